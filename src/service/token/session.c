// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Inside stand the claims as JSON, a line break, and the secret as it is: the JSON library frees what it
 * parses without wiping it, so the secret must not go through it. JSON as written here has no line break.
 */
#include "service/token/session.h"
#include "service/token/envelope.h"

#include "base/json.h"

bool session_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct session_claims *claims,
                  const struct token_entropy *entropy, struct buffer *out, struct error *error)
{
    const struct envelope_times times = {claims->issued, claims->expires};
    BUFFER_AUTO content = {0};
    envelope_begin_claims(&content, ENVELOPE_SESSION, &times);
    envelope_claim(&content, "akid", claims->access_key_id);
    envelope_claim(&content, "sub", claims->principal);
    envelope_claim(&content, "acc", claims->account);
    scope_write(&content, &claims->scope);
    buffer_append_text(&content, "}\n");
    buffer_append_slice(&content, claims->secret_access_key);
    size_t start = out->size;
    return envelope_seal(ring, cipher, &times, buffer_slice(&content), entropy, out, error) &&
           envelope_check_size(out, start, SESSION_SIZE_MAX, error);
}

bool session_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, struct arena *arena,
                  struct session_claims *out, struct error *error)
{
    struct envelope_times times;
    struct slice content;
    if (token.size >= SESSION_SIZE_MAX)
        return error_set(error, ERROR_PARAMETER, "malformed", "This is no token of this service.");
    if (!envelope_open(ring, cipher, token, arena, &times, &content, error))
        return false;
    size_t end = slice_find(content, '\n', 0);
    JSON_AUTO *claims = envelope_read_claims(slice_part(content, 0, end), ENVELOPE_SESSION, &times, error);
    if (claims == NULL)
        return false;
    struct session_claims read = {.issued = times.issued, .expires = times.expires};
    if (!envelope_text(claims, "akid", arena, &read.access_key_id, error) ||
        !envelope_text(claims, "sub", arena, &read.principal, error) ||
        !envelope_text(claims, "acc", arena, &read.account, error) || !scope_read(claims, arena, &read.scope, error))
        return false;
    read.secret_access_key = slice_part(content, end + 1, content.size);
    if (read.secret_access_key.size == 0)
        return error_set(error, ERROR_PARAMETER, "malformed", "The session token holds no secret.");
    *out = read;
    return true;
}
