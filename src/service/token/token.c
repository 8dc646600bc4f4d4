// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/token.h"
#include "service/token/envelope.h"

#include "base/json.h"
#include "base/text.h"

/** Base64url of 16 bytes. */
#define ID_SIZE 22

bool token_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct token_claims *claims,
                const struct token_entropy *entropy, struct buffer *out, char id_out[static 23], struct error *error)
{
    const struct envelope_times times = {claims->issued, claims->expires};
    BUFFER_ROOM(id, 32);
    text_base64url_encode(&id, entropy->id, sizeof entropy->id);
    BUFFER_ROOM(content, 512);
    envelope_begin_claims(&content, ENVELOPE_AUTHORIZATION, &times);
    envelope_claim(&content, "jti", buffer_slice(&id));
    envelope_claim(&content, "sub", claims->principal);
    envelope_claim(&content, "acc", claims->account);
    envelope_claim(&content, "dom", claims->domain);
    buffer_append_char(&content, '}');
    if (!envelope_seal(ring, cipher, &times, buffer_slice(&content), entropy, out, error))
        return false;
    memcpy(id_out, id.data, ID_SIZE + 1);
    return true;
}

bool token_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, int64_t now,
                struct arena *arena, struct token_claims *out, struct error *error)
{
    struct envelope_times times;
    struct slice content;
    if (!envelope_open(ring, cipher, token, arena, &times, &content, error))
        return false;
    JSON_AUTO *claims = envelope_read_claims(content, ENVELOPE_AUTHORIZATION, &times, error);
    if (claims == NULL)
        return false;
    struct token_claims read = {.issued = times.issued, .expires = times.expires};
    if (!envelope_text(claims, "jti", arena, &read.id, error) ||
        !envelope_text(claims, "sub", arena, &read.principal, error) ||
        !envelope_text(claims, "acc", arena, &read.account, error) ||
        !envelope_text(claims, "dom", arena, &read.domain, error))
        return false;
    if (read.expires <= now)
        return error_set(error, ERROR_PARAMETER, "expired", "The token has expired.");
    *out = read;
    return true;
}
