// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/envelope.h"
#include "service/token/cipher.h"

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>

/** 9999-12-31T23:59:59Z: what every reader of a time can take. */
#define SECONDS_MAX INT64_C(253402300799)

/** What a header says, decoded. */
struct header {
    struct envelope_times times;
    struct slice key_id;
    unsigned char iv[CIPHER_IV_SIZE];
    unsigned char tag[CIPHER_TAG_SIZE];
};

// ------------------------------------------------------------------ claims

void envelope_begin_claims(struct buffer *claims, const char *kind, const struct envelope_times *times)
{
    buffer_append_text(claims, "{\"typ\":\"");
    buffer_append_text(claims, kind);
    buffer_append_text(claims, "\",\"iat\":");
    text_append_integer(claims, times->issued);
    buffer_append_text(claims, ",\"exp\":");
    text_append_integer(claims, times->expires);
}

void envelope_claim(struct buffer *claims, const char *name, struct slice value)
{
    buffer_append_text(claims, ",\"");
    buffer_append_text(claims, name);
    buffer_append_text(claims, "\":");
    json_write_string(claims, value);
}

static bool malformed(struct error *error, const char *message)
{
    return error_set(error, ERROR_PARAMETER, "malformed", "%s", message);
}

json_t *envelope_read_claims(struct slice claims, const char *kind, const struct envelope_times *times,
                             struct error *error)
{
    JSON_AUTO *object = json_parse(claims, NULL);
    if (!json_is_object(object)) {
        (void)malformed(error, "The token holds no claims.");
        return NULL;
    }
    if (!slice_is(json_member_text(object, "typ"), kind)) {
        (void)error_set(error, ERROR_PARAMETER, "malformed", "This is a token of another kind, not of the kind %s.",
                        kind);
        return NULL;
    }
    const json_t *issued = json_object_get(object, "iat");
    const json_t *expires = json_object_get(object, "exp");
    if (!json_is_integer(issued) || !json_is_integer(expires) || json_integer_value(issued) != times->issued ||
        json_integer_value(expires) != times->expires) {
        (void)error_set(error, ERROR_PARAMETER, "forged", "The token's header and claims do not agree.");
        return NULL;
    }
    return json_incref(object);
}

bool envelope_text(const json_t *claims, const char *name, struct arena *arena, struct slice *out, struct error *error)
{
    struct slice text = json_member_text(claims, name);
    if (text.data == NULL)
        return error_set(error, ERROR_PARAMETER, "malformed", "The token's claims lack \"%s\".", name);
    *out = (struct slice){arena_copy(arena, text.data, text.size), text.size};
    return true;
}

// ------------------------------------------------------------------ the header

/** CodeArtifact's own order, and the key's id after it. */
static void append_header(struct buffer *out, const struct header *header)
{
    buffer_append_text(out, "{\"ver\":1,\"isu\":");
    text_append_integer(out, header->times.issued);
    buffer_append_text(out, ",\"enc\":\"A128GCM\",\"tag\":\"");
    text_base64url_encode(out, header->tag, sizeof header->tag);
    buffer_append_text(out, "\",\"exp\":");
    text_append_integer(out, header->times.expires);
    buffer_append_text(out, ",\"alg\":\"A128GCMKW\",\"iv\":\"");
    text_base64url_encode(out, header->iv, sizeof header->iv);
    buffer_append_text(out, "\",\"kid\":\"");
    buffer_append_slice(out, header->key_id);
    buffer_append_text(out, "\"}");
}

static bool take(struct slice *rest, struct slice literal)
{
    if (!slice_starts_with(*rest, literal))
        return false;
    *rest = slice_part(*rest, literal.size, rest->size);
    return true;
}

/** A number of seconds as append_header() writes it. */
static bool take_seconds(struct slice *rest, int64_t *out)
{
    size_t size = 0;
    while (size < rest->size && text_is_digit(rest->data[size]))
        size++;
    struct slice digits = slice_part(*rest, 0, size);
    *rest = slice_part(*rest, size, rest->size);
    return text_parse_integer(digits, out) && *out <= SECONDS_MAX && (size == 1 || digits.data[0] != '0');
}

/** Base64url of exactly SIZE bytes. */
static bool take_bytes(struct slice *rest, unsigned char *out, size_t size)
{
    BUFFER_AUTO bytes = {0};
    size_t digits = (size * 8 + 5) / 6;
    if (!text_base64url_decode(slice_part(*rest, 0, digits), &bytes) || bytes.size != size)
        return false;
    memcpy(out, bytes.data, size);
    *rest = slice_part(*rest, digits, rest->size);
    return true;
}

/**
 * Reads a header that is, byte for byte, what append_header() writes: so order, white space, repeats and
 * additions need no rules of their own, and no JSON is parsed before the token has proved to be ours.
 * OUT->key_id points into TEXT.
 */
static bool read_header(struct slice text, struct header *out)
{
    struct slice rest = text;
    if (!take(&rest, SLICE("{\"ver\":1,\"isu\":")) || !take_seconds(&rest, &out->times.issued) ||
        !take(&rest, SLICE(",\"enc\":\"A128GCM\",\"tag\":\"")) || !take_bytes(&rest, out->tag, sizeof out->tag) ||
        !take(&rest, SLICE("\",\"exp\":")) || !take_seconds(&rest, &out->times.expires) ||
        !take(&rest, SLICE(",\"alg\":\"A128GCMKW\",\"iv\":\"")) || !take_bytes(&rest, out->iv, sizeof out->iv) ||
        !take(&rest, SLICE("\",\"kid\":\"")))
        return false;
    out->key_id = slice_part(rest, 0, TOKEN_KEY_ID_SIZE);
    return slice_is(slice_part(rest, TOKEN_KEY_ID_SIZE, rest.size), "\"}");
}

// ------------------------------------------------------------------ sealing

/** Wraps the content key under the sealing key: A128GCMKW, RFC 7518 section 4.7. */
static bool wrap_key(const struct token_ring *ring, struct token_cipher *cipher, const struct token_entropy *entropy,
                     struct header *header, unsigned char wrapped[static TOKEN_KEY_SIZE])
{
    const struct token_key *key = token_ring_sealing_key(ring);
    header->key_id = (struct slice){key->id, TOKEN_KEY_ID_SIZE};
    memcpy(header->iv, entropy->wrap_iv, sizeof header->iv);
    return cipher_wrap(cipher, key->key, header->iv, entropy->content_key, wrapped, header->tag);
}

/** At least the characters of the five parts; what is reserved at once, so that no slice into it moves. */
static size_t token_size(size_t header_size, size_t content_size)
{
    const size_t sizes[] = {header_size, TOKEN_KEY_SIZE, CIPHER_IV_SIZE, content_size, CIPHER_TAG_SIZE};
    size_t size = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        size += 1 + (sizes[i] / 3 + 1) * 4;
    return size;
}

bool envelope_seal(const struct token_ring *ring, struct token_cipher *cipher, const struct envelope_times *times,
                   struct slice content, const struct token_entropy *entropy, struct buffer *out, struct error *error)
{
    if (times->issued < 0 || times->expires <= times->issued || times->expires > SECONDS_MAX)
        return error_set(error, ERROR_INTERNAL, NULL, "a token cannot be good from %" PRId64 " to %" PRId64,
                         times->issued, times->expires);
    struct header header = {.times = *times};
    unsigned char wrapped[TOKEN_KEY_SIZE];
    if (!wrap_key(ring, cipher, entropy, &header, wrapped))
        return error_set(error, ERROR_INTERNAL, NULL, "OpenSSL could not wrap a token's key");
    BUFFER_ROOM(header_text, 256);
    append_header(&header_text, &header);
    size_t start = out->size;
    buffer_reserve(out, token_size(header_text.size, content.size));
    text_base64url_encode(out, header_text.data, header_text.size);
    struct slice aad = {out->data + start, out->size - start};
    BUFFER_ROOM(sealed, 512);
    buffer_reserve(&sealed, content.size);
    unsigned char tag[CIPHER_TAG_SIZE];
    if (!cipher_seal(cipher, entropy->content_key, entropy->content_iv, aad, content, (unsigned char *)sealed.data,
                     tag)) {
        buffer_cut(out, start);
        return error_set(error, ERROR_INTERNAL, NULL, "OpenSSL could not seal a token");
    }
    const struct slice parts[] = {{(const char *)wrapped, sizeof wrapped},
                                  {(const char *)entropy->content_iv, sizeof entropy->content_iv},
                                  {sealed.data, content.size},
                                  {(const char *)tag, sizeof tag}};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        buffer_append_char(out, '.');
        text_base64url_encode(out, parts[i].data, parts[i].size);
    }
    return true;
}

bool envelope_check_size(struct buffer *out, size_t start, size_t limit, struct error *error)
{
    size_t size = out->size - start;
    if (size < limit)
        return true;
    buffer_cut(out, start);
    return error_set(error, ERROR_PARAMETER, "too large",
                     "the token would have %zu characters, and must have less than %zu", size, limit);
}

// ------------------------------------------------------------------ opening

/** The parts of a compact JWE, decoded. */
struct parts {
    struct slice aad; /**< The header as it stands in the token. */
    struct slice decoded[5];
};

static bool split(struct slice token, struct buffer *bytes, struct parts *out)
{
    // Reserved in one go, so that no slice into it moves.
    buffer_reserve(bytes, token.size + 16);
    struct slice rest = token;
    struct slice part;
    size_t count = 0;
    while (slice_cut(&rest, '.', &part)) {
        size_t start = bytes->size;
        if (count == 5 || !text_base64url_decode(part, bytes))
            return false;
        if (count == 0)
            out->aad = part;
        out->decoded[count++] = (struct slice){bytes->data + start, bytes->size - start};
    }
    return count == 5 && out->decoded[1].size == TOKEN_KEY_SIZE && out->decoded[2].size == CIPHER_IV_SIZE &&
           out->decoded[4].size == CIPHER_TAG_SIZE;
}

bool envelope_open(const struct token_ring *ring, struct token_cipher *cipher, struct slice token, struct arena *arena,
                   struct envelope_times *times, struct slice *content, struct error *error)
{
    BUFFER_AUTO bytes = {0};
    struct parts parts = {0};
    struct header header = {0};
    if (!split(token, &bytes, &parts) || !read_header(parts.decoded[0], &header))
        return malformed(error, "This is no token of this service.");
    const struct token_key *key = token_ring_find_key(ring, header.key_id);
    if (key == NULL)
        return error_set(error, ERROR_PARAMETER, "unknown key",
                         "The token was sealed by a key that this service does not have.");
    unsigned char content_key[TOKEN_KEY_SIZE];
    char *plain = arena_allocate(arena, parts.decoded[3].size + 1, 1);
    bool opened =
        cipher_open(cipher, key->key, header.iv, (struct slice){NULL, 0}, parts.decoded[1], header.tag, content_key) &&
        cipher_open(cipher, content_key, (const unsigned char *)parts.decoded[2].data, parts.aad, parts.decoded[3],
                    (const unsigned char *)parts.decoded[4].data, (unsigned char *)plain);
    secret_wipe(content_key, sizeof content_key);
    if (!opened)
        return error_set(error, ERROR_PARAMETER, "forged", "The token is not as this service sealed it.");
    *times = header.times;
    *content = (struct slice){plain, parts.decoded[3].size};
    return true;
}
