// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/jwt/token.h"

#include "base/json.h"
#include "base/text.h"

#define PARTS 3

static bool refuse(struct error *error, const char *reason)
{
    // AWS says this much, whatever is wrong; what comes after the colon is ours.
    return error_set(
        error, ERROR_PARAMETER, "InvalidIdentityToken",
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token): %s", reason);
}

void jwt_free(struct jwt *jwt)
{
    json_decref(jwt->header);
    json_decref(jwt->claims);
    *jwt = (struct jwt){0};
}

/** The three parts between the dots; there are no more and no fewer. */
static bool split(struct slice token, struct slice parts[static PARTS])
{
    for (size_t i = 0; i < PARTS; i++)
        if (!slice_cut(&token, '.', &parts[i]))
            return false;
    return token.data == NULL;
}

static json_t *read_object(struct slice part)
{
    BUFFER_AUTO text = {0};
    if (!text_base64url_decode(part, &text))
        return NULL;
    JSON_AUTO *value = json_parse_unique(buffer_slice(&text), NULL);
    return json_is_object(value) ? json_incref(value) : NULL;
}

/** "JWT", or nothing: RFC 7519 section 5.1 and RFC 7515 section 4.1.9. */
static bool is_type(const json_t *header)
{
    struct slice type = json_member_text(header, "typ");
    return json_object_get(header, "typ") == NULL || slice_equal_nocase(type, SLICE("JWT")) ||
           slice_equal_nocase(type, SLICE("application/jwt"));
}

static bool read_header(struct jwt *jwt, struct error *error)
{
    jwt->algorithm = jwt_find_algorithm(json_member_text(jwt->header, "alg"));
    if (jwt->algorithm == NULL)
        return refuse(error, "its algorithm is not " JWT_ALGORITHMS);
    if (!is_type(jwt->header))
        return refuse(error, "it is a token of another type");
    // RFC 7515 section 4.1.11; RFC 7797's `b64`, which changes what is signed, has to stand in `crit`.
    if (json_object_get(jwt->header, "crit") != NULL || json_object_get(jwt->header, "b64") != NULL)
        return refuse(error, "its header asks for an extension that is not known");
    jwt->key_id = json_member_text(jwt->header, "kid");
    if (json_object_get(jwt->header, "kid") != NULL && jwt->key_id.data == NULL)
        return refuse(error, "its header's kid is no text");
    return true;
}

static bool read_signature(struct slice part, struct arena *arena, struct jwt *jwt, struct error *error)
{
    BUFFER_AUTO bytes = {0};
    if (!text_base64url_decode(part, &bytes))
        return refuse(error, "its signature is not base64url");
    jwt->signature = (struct slice){arena_copy(arena, buffer_text(&bytes), bytes.size), bytes.size};
    return true;
}

static bool parse(struct slice token, struct arena *arena, struct jwt *jwt, struct error *error)
{
    struct slice parts[PARTS];
    if (token.size > JWT_SIZE_MAX)
        return refuse(error, "it is longer than 20000 characters");
    if (!split(token, parts))
        return refuse(error, "it does not have three parts");
    jwt->header = read_object(parts[0]);
    if (jwt->header == NULL)
        return refuse(error, "its header is no JSON object in base64url");
    if (!read_header(jwt, error))
        return false;
    jwt->claims = read_object(parts[1]);
    if (jwt->claims == NULL)
        return refuse(error, "its claims are no JSON object in base64url");
    jwt->content = slice_part(token, 0, parts[0].size + 1 + parts[1].size);
    return read_signature(parts[2], arena, jwt, error);
}

bool jwt_parse(struct slice token, struct arena *arena, struct jwt *out, struct error *error)
{
    *out = (struct jwt){0};
    if (parse(token, arena, out, error))
        return true;
    jwt_free(out);
    return false;
}

enum jwt_verdict jwt_verify(const struct jwt *jwt, const struct jwt_keys *keys)
{
    EVP_PKEY *key = jwt_keys_find(keys, jwt->algorithm, jwt->key_id);
    if (key == NULL)
        return JWT_UNKNOWN_KEY;
    if (jwt_verify_signature(jwt->algorithm, key, jwt->content, jwt->signature))
        return JWT_SIGNED;
    return jwt->key_id.data == NULL ? JWT_UNKNOWN_KEY : JWT_FORGED;
}
