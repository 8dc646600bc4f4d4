// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Fuzzes the reading of JSON: what json_parse() makes of a text, its quick way included, is what jansson makes of it.
 */
#include "base/json.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct slice text, json_t *read, size_t more_flags)
{
    json_error_t reason;
    JSON_AUTO *wanted = json_loadb(text.data, text.size, JSON_DECODE_ANY | JSON_ALLOW_NUL | more_flags, &reason);
    if ((read == NULL) != (wanted == NULL))
        abort();
    if (read == NULL)
        return;
    // The order of members shows in the text alone, and the kind of a number as well.
    BUFFER_AUTO a = {0};
    BUFFER_AUTO b = {0};
    json_write(&a, read, 0);
    json_write(&b, wanted, 0);
    if (!slice_equal(buffer_slice(&a), buffer_slice(&b)) || !json_equal(read, wanted))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    JSON_AUTO *plain = json_parse(text, NULL);
    JSON_AUTO *unique = json_parse_unique(text, NULL);
    check(text, plain, 0);
    check(text, unique, JSON_REJECT_DUPLICATES);
    return 0;
}
