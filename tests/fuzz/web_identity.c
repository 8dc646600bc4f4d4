// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the checking of identity tokens. The input's lines are a token, or its header, its claims and its signature
 * when the first is a JSON object; then a key set, a discovery document and a header Cache-Control.
 *
 * What must hold: a token that is read is exactly what encoding its parts again gives, so that it cannot be written in
 * two ways; whom a token names is what the expectation says; what is signed is not after a change.
 */
#include "base/json.h"
#include "base/text.h"
#include "service/jwt/claims.h"
#include "service/web_identity/conditions.h"
#include "service/web_identity/discovery.h"
#include "service/web_identity/lifetime.h"

#include <stdint.h>
#include <stdlib.h>

#define NOW 1700000000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct slice audiences[] = {{"sts.amazonaws.com", 17}, {"joe", 3}};
static const struct jwt_expectation expected = {{"https://issuer.example", 22}, audiences, 2};

static void must(bool good)
{
    if (!good)
        abort();
}

static struct slice line_of(struct slice *input)
{
    struct slice line = {NULL, 0};
    (void)slice_cut(input, '\n', &line);
    return line;
}

static void check_form(const struct jwt *jwt, struct slice token)
{
    BUFFER_AUTO again = {0};
    buffer_append_slice(&again, jwt->content);
    buffer_append_char(&again, '.');
    text_base64url_encode(&again, jwt->signature.data, jwt->signature.size);
    must(slice_equal(buffer_slice(&again), token));
    must(json_is_object(jwt->header) && json_is_object(jwt->claims) && jwt->algorithm != NULL);
}

static void check_conditions(const struct policy_context *conditions, struct slice prefix)
{
    for (size_t i = 0; i < conditions->count; i++) {
        must(slice_starts_with(conditions->entries[i].name, prefix));
        for (size_t j = 0; j < conditions->entries[i].values.count; j++)
            must(conditions->entries[i].values.items[j].data != NULL);
    }
}

static void check_claims(const struct jwt *jwt, struct arena *arena)
{
    struct jwt_identity identity;
    struct policy_context conditions;
    ERROR_AUTO error = {0};
    bool timely = jwt_check_times(jwt, NOW, &error);
    bool named = jwt_check_identity(jwt, &expected, &identity, &error);
    must((timely && named) || (error.code != NULL && error.message != NULL));
    if (!named)
        return;
    must(slice_equal(identity.issuer, expected.issuer) && identity.subject.size > 0);
    must(slice_equal(identity.audience, audiences[0]) || slice_equal(identity.audience, audiences[1]));
    if (conditions_make(jwt, identity.issuer, arena, &conditions, &error))
        check_conditions(&conditions, SLICE("issuer.example:"));
    if (conditions_make(jwt, SLICE("https://accounts.google.com"), arena, &conditions, &error))
        check_conditions(&conditions, SLICE("accounts.google.com:"));
}

static void check_signature(struct jwt *jwt, const struct jwt_keys *keys)
{
    if (jwt_verify(jwt, keys) != JWT_SIGNED)
        return;
    jwt->content.size--;
    must(jwt_verify(jwt, keys) != JWT_SIGNED);
    jwt->content.size++;
    jwt->signature.size--;
    must(jwt_verify(jwt, keys) != JWT_SIGNED);
    jwt->signature.size++;
}

static void check_token(struct slice token, struct slice keys_text)
{
    ARENA_AUTO *arena = arena_new();
    JWT_AUTO jwt = {0};
    ERROR_AUTO error = {0};
    struct jwt_keys *keys = jwt_keys_parse(keys_text, &error);
    must(keys != NULL || error.message != NULL);
    if (jwt_parse(token, arena, &jwt, &error)) {
        check_form(&jwt, token);
        check_claims(&jwt, arena);
        if (keys != NULL)
            check_signature(&jwt, keys);
    }
    jwt_keys_free(keys);
}

static void check_documents(struct slice discovery, struct slice cache_control)
{
    BUFFER_AUTO url = {0};
    ERROR_AUTO error = {0};
    if (discovery_read(discovery, expected.issuer, &url, &error))
        must(slice_starts_with(buffer_slice(&url), SLICE("https://")));
    const struct lifetime_headers headers = {.cache_control = cache_control, .expires = discovery, .age = discovery};
    int64_t lifetime = lifetime_read(&headers, NOW);
    must(lifetime >= LIFETIME_UNSAID && lifetime <= INT64_C(400000000000));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice input = {(const char *)data, size};
    struct slice first = line_of(&input);
    BUFFER_AUTO token = {0};
    if (slice_starts_with(first, SLICE("{"))) {
        struct slice claims = line_of(&input);
        text_base64url_encode(&token, first.data, first.size);
        buffer_append_char(&token, '.');
        text_base64url_encode(&token, claims.data, claims.size);
        buffer_append_char(&token, '.');
        buffer_append_slice(&token, line_of(&input));
    } else {
        buffer_append_slice(&token, first);
    }
    struct slice keys = line_of(&input);
    check_token(buffer_slice(&token), keys);
    struct slice discovery = line_of(&input);
    check_documents(discovery, line_of(&input));
    return 0;
}
