// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/token_text.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"

bool token_text_is_good(const char *text)
{
    const char *at = text;
    while (text_is_alpha(*at) || text_is_digit(*at) || (*at != '\0' && strchr("-._~+/", *at) != NULL))
        at++;
    bool begun = at > text;
    while (*at == '=')
        at++;
    return begun && *at == '\0';
}

/** The year 5138: later ones are nonsense. */
#define LATEST INT64_C(100000000000)

static bool read_second(const json_t *header, const char *name, int64_t *out)
{
    json_int_t second = json_integer_value(json_object_get(header, name));
    if (second <= 0 || second > LATEST)
        return false;
    *out = second * TIMESTAMP_SECOND;
    return true;
}

bool token_text_read_life(struct slice token, int64_t *issued, int64_t *ends)
{
    BUFFER_AUTO decoded = {0};
    if (!text_base64url_decode(slice_part(token, 0, slice_find(token, '.', 0)), &decoded))
        return false;
    JSON_AUTO *header = json_parse(buffer_slice(&decoded), NULL);
    return read_second(header, "isu", issued) && read_second(header, "exp", ends);
}
