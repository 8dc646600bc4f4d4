// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the search for credentials in other programs' files: the first byte picks the grammar. Whatever the file is,
 * nothing is found in it when no host is ours, and the line that is named is one of the file.
 */
#include "client/doctor/scan.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    size_t lines;
    bool ours;
};

static bool is_ours(void *context, struct slice url)
{
    const struct seen *seen = context;
    // Every byte of it can be read.
    size_t sum = 0;
    for (size_t i = 0; i < url.size; i++)
        sum += (unsigned char)url.data[i];
    return seen->ours && sum > 0;
}

static void found(void *context, size_t line, const char *what)
{
    const struct seen *seen = context;
    if (!seen->ours || line > seen->lines || what == NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct slice text = {(const char *)data + 1, size - 1};
    struct seen seen = {.lines = 1};
    for (size_t i = 0; i < text.size; i++)
        seen.lines += text.data[i] == '\n' || text.data[i] == '\r';
    struct scan scan = {(enum scan_grammar)(data[0] % 5), is_ours, found, &seen};
    scan_text(&scan, text);
    seen.ours = true;
    scan_text(&scan, text);
    return 0;
}
