// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes session tokens: no text opens that the service did not seal; and what claims say of a session is refused or
 * comes through a token as it was.
 */
#include "base/json.h"
#include "service/token/session.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct token_ring *ring;
static struct token_cipher *cipher;

static void start(void)
{
    const struct token_key key = {.id = "fuzz-key", .key = {1, 2, 3}};
    if (ring != NULL)
        return;
    ring = token_ring_new(&key, 1);
    cipher = token_cipher_new();
}

static void check_round(const struct session_scope *scope, struct arena *arena)
{
    const struct token_entropy entropy = {.content_key = {4}, .wrap_iv = {5}, .content_iv = {6}};
    const struct session_claims claims = {.access_key_id = SLICE("ASIAFUZZ"),
                                          .secret_access_key = SLICE("secret"),
                                          .principal = SLICE("AROAFUZZ"),
                                          .account = SLICE("123456789012"),
                                          .issued = 1,
                                          .expires = 2,
                                          .scope = *scope};
    BUFFER_AUTO token = {0};
    BUFFER_AUTO a = {0};
    BUFFER_AUTO b = {0};
    struct session_claims opened;
    if (!session_seal(ring, cipher, &claims, &entropy, &token, NULL))
        return;
    if (!session_open(ring, cipher, buffer_slice(&token), arena, &opened, NULL) ||
        !slice_is(opened.secret_access_key, "secret"))
        abort();
    scope_write(&a, scope);
    scope_write(&b, &opened.scope);
    if (!slice_equal(buffer_slice(&a), buffer_slice(&b)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    start();
    ARENA_AUTO *arena = arena_new();
    struct slice text = {(const char *)data, size};
    struct session_claims opened;
    struct session_scope scope;
    if (session_open(ring, cipher, text, arena, &opened, NULL))
        abort();
    JSON_AUTO *claims = json_parse(text, NULL);
    if (scope_read(claims, arena, &scope, NULL))
        check_round(&scope, arena);
    return 0;
}
