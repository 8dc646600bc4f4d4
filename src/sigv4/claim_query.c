// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/text.h"

/** A week: the most that AWS lets a query be good for. */
#define EXPIRES_MAX 604800

/** The parameters of the query form, in the order in which AWS names missing ones. */
enum part { ALGORITHM, CREDENTIAL, SIGNATURE, SIGNED_HEADERS, DATE, EXPIRES, TOKEN, PART_COUNT };

static const char *const part_names[PART_COUNT] = {"X-Amz-Algorithm",     "X-Amz-Credential", "X-Amz-Signature",
                                                   "X-Amz-SignedHeaders", "X-Amz-Date",       "X-Amz-Expires",
                                                   "X-Amz-Security-Token"};

/** The decoded text, in the arena. Cannot fail: the parameters are canonical. */
static struct slice decoded(struct slice text, struct arena *arena)
{
    BUFFER_AUTO plain = {0};
    (void)text_percent_decode(&plain, text, false);
    return (struct slice){arena_copy(arena, buffer_text(&plain), plain.size), plain.size};
}

static bool collect(const struct sigv4_parameters *parameters, struct arena *arena, struct slice parts[PART_COUNT],
                    struct error *error)
{
    for (size_t i = 0; i < parameters->count; i++) {
        for (size_t j = 0; j < PART_COUNT; j++) {
            if (!slice_is(parameters->items[i].name, part_names[j]))
                continue;
            if (parts[j].data != NULL)
                return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                                 "AWS query-string parameters must include '%s' only once.", part_names[j]);
            parts[j] = decoded(parameters->items[i].value, arena);
        }
    }
    BUFFER_AUTO message = {0};
    for (size_t j = 0; j < TOKEN; j++)
        if (parts[j].size == 0)
            buffer_append_format(&message, "AWS query-string parameters must include '%s'. ", part_names[j]);
    if (message.size == 0)
        return true;
    return error_set(error, ERROR_PARAMETER, "IncompleteSignature", "%sRe-examine the query-string parameters.",
                     buffer_text(&message));
}

bool sigv4_read_query_claim(const struct sigv4_request *request, const struct sigv4_parameters *parameters,
                            struct arena *arena, struct sigv4_claim *out, struct error *error)
{
    struct slice parts[PART_COUNT] = {0};
    if (!collect(parameters, arena, parts, error))
        return false;
    if (!slice_is(parts[ALGORITHM], SIGV4_ALGORITHM))
        return error_set(error, ERROR_PARAMETER, "IncompleteSignature", "Unsupported AWS 'algorithm': '%s'.",
                         parts[ALGORITHM].size <= 32 ? sigv4_show(parts[ALGORITHM]).text : "***");
    if (!timestamp_parse_amz(parts[DATE], &out->when))
        return sigv4_refuse_date(parts[DATE], error);
    uint64_t expires;
    if (!text_parse_unsigned(parts[EXPIRES], &expires) || expires < 1 || expires > EXPIRES_MAX)
        return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                         "X-Amz-Expires must be a number of seconds from 1 to %d, got '%s'.", EXPIRES_MAX,
                         sigv4_show(parts[EXPIRES]).text);
    out->presigned = true;
    out->expires = (int64_t)expires;
    out->amz_date = parts[DATE];
    out->signature = parts[SIGNATURE];
    out->session_token = parts[TOKEN];
    sigv4_read_signed_headers(parts[SIGNED_HEADERS], arena, out);
    return sigv4_read_credential(parts[CREDENTIAL], out, error) && sigv4_check_signed_headers(request, out, error);
}
