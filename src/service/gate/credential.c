// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/credential.h"

#include "base/text.h"
#include "service/token/token.h"

/** Of "Basic": a user name and a token, and what base64 makes of them. */
#define HEADER_MAX ((size_t)2 * TOKEN_SIZE_MAX)

static bool missing(struct error *error, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "MissingCredential", "%s", what);
}

static bool malformed(struct error *error, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "MalformedCredential", "%s", what);
}

/** Five parts with dots between them, and nothing that would part them otherwise. What is in them is seen when the
 * token is opened. */
static bool is_token(struct slice text)
{
    static const char separators[] = {' ', '\t', ':', ',', ';', '='};
    size_t dots = 0;
    for (size_t at = slice_find(text, '.', 0); at < text.size && dots < 5; at = slice_find(text, '.', at + 1))
        dots++;
    for (size_t i = 0; dots == 4 && i < sizeof separators; i++)
        if (slice_find(text, separators[i], 0) < text.size)
            return false;
    return dots == 4 && text.size < TOKEN_SIZE_MAX;
}

/** The value of the header; data NULL when there is none. */
static bool find_header(const struct sigv4_header *headers, size_t count, struct slice *out, struct error *error)
{
    *out = (struct slice){NULL, 0};
    for (size_t i = 0; i < count; i++) {
        if (!slice_equal_nocase(headers[i].name, SLICE("authorization")))
            continue;
        if (out->data != NULL)
            return malformed(error, "The request has more than one header Authorization.");
        *out = headers[i].value;
    }
    return true;
}

/** A user and a password of which one is a token. Which one must be clear. */
static bool read_pair(struct slice pair, struct slice *token, struct error *error)
{
    size_t colon = slice_find(pair, ':', 0);
    struct slice user = slice_part(pair, 0, colon);
    struct slice password = slice_part(pair, colon + 1, pair.size);
    if (colon == pair.size)
        return malformed(error, "The credential of the scheme Basic has no colon.");
    if (is_token(user) && is_token(password))
        return malformed(error,
                         "The credential of the scheme Basic has a token as the user and another as the password.");
    *token = is_token(user) ? user : password;
    return is_token(*token) || missing(error, "The credential of the scheme Basic holds no authorization token.");
}

static bool read_basic(struct slice encoded, struct buffer *scratch, struct slice *token, struct error *error)
{
    if (!text_base64_decode(encoded, scratch))
        return malformed(error, "The credential of the scheme Basic is not base64.");
    return read_pair(buffer_slice(scratch), token, error);
}

bool gate_read_credential(const struct sigv4_header *headers, size_t count, struct buffer *scratch, struct slice *token,
                          struct error *error)
{
    struct slice value;
    if (!find_header(headers, count, &value, error))
        return false;
    if (value.size == 0)
        return missing(error, "The request has no credential.");
    if (value.size > HEADER_MAX)
        return malformed(error, "The header Authorization is too long.");
    *token = value;
    if (is_token(value))
        return true;
    size_t blank = slice_find(value, ' ', 0);
    struct slice scheme = slice_part(value, 0, blank);
    struct slice rest = slice_part(value, blank, value.size);
    while (slice_starts_with(rest, SLICE(" ")))
        rest = slice_part(rest, 1, rest.size);
    *token = rest;
    if (slice_equal_nocase(scheme, SLICE("Basic")))
        return read_basic(rest, scratch, token, error);
    if (slice_equal_nocase(scheme, SLICE("Bearer")) && is_token(rest))
        return true;
    return missing(error, "The header Authorization holds no authorization token.");
}
