// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>

void sigv4_string_to_sign(struct slice amz_date, const struct sigv4_scope *scope, struct slice canonical_request,
                          struct buffer *out)
{
    char hash[DIGEST_HEX_SIZE];
    digest_sha256_hex(canonical_request, hash);
    buffer_reserve(out, 256);
    buffer_append_text(out, SIGV4_ALGORITHM "\n");
    buffer_append_slice(out, amz_date);
    buffer_append_char(out, '\n');
    buffer_append_slice(out, scope->date);
    buffer_append_char(out, '/');
    buffer_append_slice(out, scope->region);
    buffer_append_char(out, '/');
    buffer_append_slice(out, scope->service);
    buffer_append_text(out, "/" SIGV4_TERMINATOR "\n");
    buffer_append(out, hash, sizeof hash - 1);
}

void sigv4_signing_key(struct digest *digest, struct slice secret, const struct sigv4_scope *scope,
                       unsigned char out[static DIGEST_SIZE])
{
    BUFFER_AUTO start = {0};
    buffer_reserve(&start, secret.size + 4);
    buffer_append_text(&start, "AWS4");
    buffer_append_slice(&start, secret);
    const struct slice steps[] = {scope->date, scope->region, scope->service, SLICE(SIGV4_TERMINATOR)};
    unsigned char key[DIGEST_SIZE];
    struct slice from = buffer_slice(&start);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        digest_hmac_sha256(digest, from, steps[i], out);
        memcpy(key, out, sizeof key);
        from = (struct slice){(const char *)key, sizeof key};
    }
    secret_wipe(key, sizeof key);
}

void sigv4_set_signing_key(struct digest *digest, struct slice secret, const struct sigv4_scope *scope,
                           struct digest_key *out)
{
    unsigned char key[DIGEST_SIZE];
    sigv4_signing_key(digest, secret, scope, key);
    digest_key_set(out, (struct slice){(const char *)key, sizeof key});
    secret_wipe(key, sizeof key);
}

void sigv4_signature(struct digest *digest, const unsigned char key[static DIGEST_SIZE], struct slice string_to_sign,
                     char out[static DIGEST_HEX_SIZE])
{
    unsigned char code[DIGEST_SIZE];
    digest_hmac_sha256(digest, (struct slice){(const char *)key, DIGEST_SIZE}, string_to_sign, code);
    text_hex_write(out, code, sizeof code);
}

/** Headers that are not signed: proxies change them, or they are made after signing (botocore/auth.py). */
static bool is_left_unsigned(struct slice name)
{
    static const char *const names[] = {"accept-encoding",
                                        "authorization",
                                        "connection",
                                        "expect",
                                        "keep-alive",
                                        "proxy-authenticate",
                                        "proxy-authorization",
                                        "te",
                                        "trailer",
                                        "transfer-encoding",
                                        "upgrade",
                                        "user-agent",
                                        "x-amzn-trace-id"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (slice_equal_nocase(name, slice_of(names[i])))
            return true;
    return slice_equal_nocase(slice_part(name, 0, sizeof "amz-sdk-" - 1), SLICE("amz-sdk-"));
}

static int compare_names(const void *left, const void *right)
{
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

struct slice *sigv4_names_to_sign(const struct sigv4_request *request, struct arena *arena, size_t *count)
{
    struct slice *names = arena_allocate(arena, request->header_count + 1, sizeof *names);
    size_t found = 0;
    for (size_t i = 0; i < request->header_count; i++) {
        struct slice name = request->headers[i].name;
        if (is_left_unsigned(name))
            continue;
        char *lower = arena_copy(arena, name.data, name.size);
        for (size_t j = 0; j < name.size; j++)
            lower[j] = text_lower(lower[j]);
        names[found++] = (struct slice){lower, name.size};
    }
    if (found > 1)
        qsort(names, found, sizeof *names, compare_names);
    *count = 0;
    for (size_t i = 0; i < found; i++)
        if (i == 0 || !slice_equal(names[i], names[*count - 1]))
            names[(*count)++] = names[i];
    return names;
}

struct slice sigv4_join_names(const struct slice *names, size_t count, struct arena *arena)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += names[i].size + 1;
    char *joined = arena_allocate(arena, size + 1, 1);
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            joined[at++] = ';';
        if (names[i].size > 0)
            memcpy(joined + at, names[i].data, names[i].size);
        at += names[i].size;
    }
    return (struct slice){joined, at};
}

struct slice sigv4_signer_payload(const struct sigv4_signer *signer, const struct sigv4_request *request,
                                  struct arena *arena)
{
    if (signer->payload_hash.size > 0)
        return signer->payload_hash;
    struct slice given = sigv4_header_value(request, SLICE("x-amz-content-sha256"), arena);
    if (given.data != NULL)
        return (struct slice){arena_copy(arena, given.data, given.size), given.size};
    char *hash = arena_allocate(arena, DIGEST_HEX_SIZE, 1);
    digest_sha256_hex(request->body, hash);
    return slice_of(hash);
}

static struct slice kept(struct buffer *buffer, struct arena *arena)
{
    return (struct slice){arena_copy(arena, buffer_text(buffer), buffer->size), buffer->size};
}

void sigv4_sign_stages(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                       const struct slice *names, size_t name_count, struct arena *arena, struct sigv4_signature *out)
{
    const struct sigv4_scope scope = {{out->amz_date, 8}, signer->region, signer->service};
    BUFFER_AUTO canonical = {0};
    sigv4_canonical_request(request, names, name_count, out->payload_hash, &signer->options, &canonical);
    BUFFER_AUTO to_sign = {0};
    sigv4_string_to_sign(slice_of(out->amz_date), &scope, buffer_slice(&canonical), &to_sign);
    unsigned char key[DIGEST_SIZE];
    sigv4_signing_key(digest, signer->secret_access_key, &scope, key);
    sigv4_signature(digest, key, buffer_slice(&to_sign), out->signature);
    secret_wipe(key, sizeof key);
    out->canonical_request = kept(&canonical, arena);
    out->string_to_sign = kept(&to_sign, arena);
    out->signed_headers = sigv4_join_names(names, name_count, arena);
}

void sigv4_sign(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                struct arena *arena, struct sigv4_signature *out)
{
    *out = (struct sigv4_signature){0};
    timestamp_format_amz(signer->now, out->amz_date);
    out->payload_hash = sigv4_signer_payload(signer, request, arena);
    struct sigv4_header *headers = arena_allocate(arena, request->header_count + 3, sizeof *headers);
    size_t count = request->header_count;
    if (count > 0)
        memcpy(headers, request->headers, count * sizeof *headers);
    headers[count++] = (struct sigv4_header){SLICE("x-amz-date"), slice_of(out->amz_date)};
    if (signer->session_token.size > 0 && !signer->token_after_signing)
        headers[count++] = (struct sigv4_header){SLICE("x-amz-security-token"), signer->session_token};
    if (signer->sign_body_header)
        headers[count++] = (struct sigv4_header){SLICE("x-amz-content-sha256"), out->payload_hash};
    struct sigv4_request full = *request;
    full.headers = headers;
    full.header_count = count;
    size_t name_count;
    struct slice *names = sigv4_names_to_sign(&full, arena, &name_count);
    sigv4_sign_stages(digest, signer, &full, names, name_count, arena, out);
    out->authorization = slice_of(arena_format(
        arena, SIGV4_ALGORITHM " Credential=%.*s/%.8s/%.*s/%.*s/" SIGV4_TERMINATOR ", SignedHeaders=%.*s, Signature=%s",
        SLICE_ARGS(signer->access_key_id), out->amz_date, SLICE_ARGS(signer->region), SLICE_ARGS(signer->service),
        SLICE_ARGS(out->signed_headers), out->signature));
}
