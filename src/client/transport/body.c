// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/body.h"
#include "base/json.h"
#include "base/text.h"
#include "client/python.h"

/** The bytes that the sequence starting with FIRST has; 0 when none starts so. */
static size_t sequence_size(unsigned char first)
{
    if (first < 0xc2 || first > 0xf4)
        return 0;
    return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Tells of the broken sequence at AT in the words of Python's UnicodeDecodeError. */
static bool refuse_encoding(struct slice body, size_t at, struct error *error)
{
    unsigned char first = (unsigned char)body.data[at];
    size_t size = sequence_size(first);
    size_t good = 1; // the bytes that could belong to a sequence
    while (good < size && at + good < body.size) {
        // After some first bytes the second has a narrower range (RFC 3629 section 4).
        unsigned char next = (unsigned char)body.data[at + good];
        bool odd = good == 1 && ((first == 0xe0 && next < 0xa0) || (first == 0xed && next > 0x9f) ||
                                 (first == 0xf0 && next < 0x90) || (first == 0xf4 && next > 0x8f));
        if ((next & 0xc0) != 0x80 || odd)
            break;
        good++;
    }
    const char *reason = size == 0                ? "invalid start byte"
                         : at + good == body.size ? "unexpected end of data"
                                                  : "invalid continuation byte";
    if (good == 1)
        return error_set(error, ERROR_TRANSPORT, NULL, "'utf-8' codec can't decode byte 0x%02x in position %zu: %s",
                         first, at, reason);
    return error_set(error, ERROR_TRANSPORT, NULL, "'utf-8' codec can't decode bytes in position %zu-%zu: %s", at,
                     at + good - 1, reason);
}

bool body_read(struct slice body, json_t **value, struct error *error)
{
    *value = NULL;
    size_t valid = text_utf8_valid(body);
    if (valid < body.size)
        return refuse_encoding(body, valid, error);
    if (body.size > 0)
        *value = json_parse(body, NULL);
    return true;
}

bool body_check_limits(struct slice body, struct error *error)
{
    ERROR_AUTO reason = {0};
    JSON_AUTO *value = json_parse(body, &reason);
    if (value != NULL || reason.class != ERROR_INTERNAL)
        return true;
    return error_set(error, ERROR_TRANSPORT, NULL, "Unable to parse the answer: %s", reason.message);
}

bool body_refuse_type(const json_t *value, struct error *error)
{
    return error_set(error, ERROR_TRANSPORT, NULL, "'%s' object has no attribute 'get'", python_type_name(value));
}
