// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A ring of two keys, claims and randomness that are always the same. */
#ifndef JETON_TESTS_SERVICE_TOKEN_FIXTURE_H
#define JETON_TESTS_SERVICE_TOKEN_FIXTURE_H

#include "service/token/session.h"
#include "service/token/token.h"

#define FIXTURE_NOW INT64_C(1788093360)
/** The first key, which seals: 16 bytes 0x00 to 0x0f. */
#define FIXTURE_KEY_BASE64URL "AAECAwQFBgcICQoLDA0ODw"

struct token_fixture {
    struct token_ring *ring;
    struct token_cipher *cipher;
    struct arena *arena;
    struct token_claims claims;
    struct session_claims session;
    struct token_entropy entropy;
    struct error error;
};

/** A key whose bytes count up from START. */
static inline struct token_key fixture_key(const char *id, unsigned char start)
{
    struct token_key key = {0};
    memcpy(key.id, id, TOKEN_KEY_ID_SIZE);
    for (unsigned i = 0; i < TOKEN_KEY_SIZE; i++)
        key.key[i] = (unsigned char)(start + i);
    return key;
}

static inline int fixture_set_up(void **state)
{
    const struct token_key keys[] = {fixture_key("key-one_", 0), fixture_key("key-two_", 100)};
    struct token_fixture *fixture = memory_new(1, sizeof *fixture);
    fixture->ring = token_ring_new(keys, 2);
    fixture->cipher = token_cipher_new();
    fixture->arena = arena_new();
    fixture->claims = (struct token_claims){
        .principal = SLICE("AIDAEXAMPLEEXAMPLE123"),
        .account = SLICE("123456789012"),
        .domain = SLICE("arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain"),
        .issued = FIXTURE_NOW,
        .expires = FIXTURE_NOW + 43200,
    };
    fixture->session = (struct session_claims){
        .access_key_id = SLICE("ASIAEXAMPLEEXAMPLE12"),
        .secret_access_key = SLICE("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        .principal = SLICE("AIDAEXAMPLEEXAMPLE123"),
        .account = SLICE("123456789012"),
        .issued = FIXTURE_NOW,
        .expires = FIXTURE_NOW + 3600,
    };
    memset(fixture->entropy.content_key, 0x11, sizeof fixture->entropy.content_key);
    memset(fixture->entropy.wrap_iv, 0x22, sizeof fixture->entropy.wrap_iv);
    memset(fixture->entropy.content_iv, 0x33, sizeof fixture->entropy.content_iv);
    memset(fixture->entropy.id, 0x44, sizeof fixture->entropy.id);
    *state = fixture;
    return 0;
}

static inline int fixture_tear_down(void **state)
{
    struct token_fixture *fixture = *state;
    error_free(&fixture->error);
    arena_free(fixture->arena);
    token_cipher_free(fixture->cipher);
    token_ring_free(fixture->ring);
    memory_free_at(state);
    *state = NULL;
    return 0;
}

#endif
