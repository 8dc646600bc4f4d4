// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/token.h"
#include "service/token/envelope.h"

#include "base/json.h"
#include "base/text.h"
#include "service/token/pack.h"

/** Base64url of 16 bytes. */
#define ID_SIZE 22
/** Claims of no more bytes fit into TOKEN_SIZE_MAX as they are; others are packed before they are sealed. */
#define PLAIN_MAX ((size_t)600)

static void write_claims(const struct token_claims *claims, const struct envelope_times *times, struct slice id,
                         struct buffer *out)
{
    envelope_begin_claims(out, ENVELOPE_AUTHORIZATION, times);
    envelope_claim(out, "jti", id);
    envelope_claim(out, "sub", claims->principal);
    envelope_claim(out, "acc", claims->account);
    envelope_claim(out, "dom", claims->domain);
    if (claims->session_issued != 0) {
        buffer_append_text(out, ",\"sit\":");
        text_append_integer(out, claims->session_issued);
        scope_write(out, &claims->session);
    }
    if (claims->narrowing.size > 0)
        envelope_claim(out, "lim", claims->narrowing);
    buffer_append_char(out, '}');
}

bool token_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct token_claims *claims,
                const struct token_entropy *entropy, struct buffer *out, char id_out[static 23], struct error *error)
{
    const struct envelope_times times = {claims->issued, claims->expires};
    BUFFER_ROOM(id, 32);
    text_base64url_encode(&id, entropy->id, sizeof entropy->id);
    BUFFER_ROOM(content, 512);
    BUFFER_AUTO packed = {0};
    write_claims(claims, &times, buffer_slice(&id), &content);
    bool pack = content.size > PLAIN_MAX && pack_claims(buffer_slice(&content), &packed);
    size_t start = out->size;
    if (!envelope_seal(ring, cipher, &times, buffer_slice(pack ? &packed : &content), entropy, out, error) ||
        !envelope_check_size(out, start, TOKEN_SIZE_MAX, error))
        return false;
    memcpy(id_out, id.data, ID_SIZE + 1);
    return true;
}

bool token_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, int64_t now,
                struct arena *arena, struct token_claims *out, struct error *error)
{
    struct envelope_times times;
    struct slice content;
    if (token.size >= TOKEN_SIZE_MAX)
        return error_set(error, ERROR_PARAMETER, "malformed", "This is no token of this service.");
    if (!envelope_open(ring, cipher, token, arena, &times, &content, error))
        return false;
    if (pack_is_packed(content) && !pack_open_claims(content, arena, &content, error))
        return false;
    JSON_AUTO *claims = envelope_read_claims(content, ENVELOPE_AUTHORIZATION, &times, error);
    if (claims == NULL)
        return false;
    struct token_claims read = {.issued = times.issued, .expires = times.expires};
    if (!envelope_text(claims, "jti", arena, &read.id, error) ||
        !envelope_text(claims, "sub", arena, &read.principal, error) ||
        !envelope_text(claims, "acc", arena, &read.account, error) ||
        !envelope_text(claims, "dom", arena, &read.domain, error) || !scope_read(claims, arena, &read.session, error))
        return false;
    if (json_object_get(claims, "lim") != NULL && !envelope_text(claims, "lim", arena, &read.narrowing, error))
        return false;
    read.session_issued = json_integer_value(json_object_get(claims, "sit"));
    if (read.expires <= now)
        return error_set(error, ERROR_PARAMETER, "expired", "The token has expired.");
    *out = read;
    return true;
}
