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

static void found(void *context, size_t line, const char *what, struct slice secret)
{
    const struct seen *seen = context;
    size_t sum = 0;
    for (size_t i = 0; i < secret.size; i++)
        sum += (unsigned char)secret.data[i];
    if (!seen->ours || line > seen->lines || what == NULL || (secret.size > 0 && sum > SIZE_MAX / 2))
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
    ARENA_AUTO *arena = arena_new();
    struct scan_names names = {.arena = arena};
    struct scan scan = {(enum scan_grammar)(data[0] % SCAN_GRAMMARS), is_ours, found, &seen, &names, true};
    for (int ours = 0; ours < 2; ours++) {
        seen.ours = ours == 1;
        scan.collecting = true;
        scan_text(&scan, text);
        scan.collecting = false;
        scan_text(&scan, text);
    }
    return 0;
}
