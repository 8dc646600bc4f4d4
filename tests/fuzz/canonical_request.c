// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes src/sigv4. The input is a request: a line with method, blank and target, lines of headers
 * ("name:value"), an empty line, the body. It is read as a signed request; then it is signed in both forms,
 * and what was signed must verify, and must not with another secret.
 */
#include "base/text.h"
#include "sigv4/parts.h"

#include <stdlib.h>

#define HEADERS_MAX 32
#define NOW (INT64_C(1788093360) * TIMESTAMP_SECOND)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    struct sigv4_request request;
    struct sigv4_header headers[HEADERS_MAX + 4];
};

static const struct sigv4_options option_sets[] = {{true, true}, {false, true}, {true, false}, {false, false}};

static void parse_input(struct slice rest, struct input *out)
{
    struct slice line = {0};
    *out = (struct input){0};
    out->request.headers = out->headers;
    (void)slice_cut(&rest, '\n', &line);
    size_t blank = slice_find(line, ' ', 0);
    struct slice target = slice_part(line, blank + 1, line.size);
    size_t mark = slice_find(target, '?', 0);
    out->request.method = slice_part(line, 0, blank);
    out->request.path = slice_part(target, 0, mark);
    out->request.query = slice_part(target, mark + 1, target.size);
    while (slice_cut(&rest, '\n', &line) && line.size > 0) {
        size_t colon = slice_find(line, ':', 0);
        if (colon < line.size && out->request.header_count < HEADERS_MAX)
            out->headers[out->request.header_count++] =
                (struct sigv4_header){slice_part(line, 0, colon), slice_part(line, colon + 1, line.size)};
    }
    out->request.body = rest;
}

static bool verify(struct digest *digest, const struct sigv4_request *request, const struct sigv4_options *options,
                   struct slice secret, struct arena *arena)
{
    const struct sigv4_verifier verifier = {
        .region = SLICE("r"), .service = SLICE("s"), .now = NOW, .tolerance = 300, .options = *options};
    ERROR_AUTO error = {0};
    struct sigv4_claim claim;
    DIGEST_KEY_AUTO *key = digest_key_new(digest);
    if (!sigv4_read_claim(request, arena, &claim, &error) || !sigv4_check_claim(&verifier, &claim, &error))
        return false;
    sigv4_set_signing_key(digest, secret, &claim.scope, key);
    return sigv4_verify(&verifier, request, &claim, key, arena, &error);
}

/** What a header is called in HTTP (a little less: RFC 9110 section 5.6.2 has more characters). */
static bool is_header_name(struct slice name)
{
    for (size_t i = 0; i < name.size; i++)
        if (!text_is_alpha(name.data[i]) && !text_is_digit(name.data[i]) && name.data[i] != '-')
            return false;
    return name.size > 0;
}

/** Leaves what a signer may be given: no authorization of its own, no x-amz-* headers, and a host. */
static void make_signable(struct input *input)
{
    size_t count = 0;
    for (size_t i = 0; i < input->request.header_count; i++) {
        struct slice name = input->headers[i].name;
        if (is_header_name(name) && !slice_equal_nocase(name, SLICE("authorization")) &&
            !slice_equal_nocase(slice_part(name, 0, 6), SLICE("x-amz-")))
            input->headers[count++] = input->headers[i];
    }
    input->headers[count++] = (struct sigv4_header){SLICE("Host"), SLICE("localhost")};
    input->request.header_count = count;
    SIGV4_PARAMETERS_AUTO parameters;
    sigv4_parameters_read(&parameters, input->request.query);
    for (size_t i = 0; i < parameters.count; i++)
        if (slice_starts_with(parameters.items[i].name, SLICE("X-Amz-")))
            input->request.query.size = 0;
}

static void must(bool condition)
{
    if (!condition)
        abort();
}

static void sign_and_verify(struct digest *digest, const struct input *plain, const struct sigv4_options *options,
                            struct slice token, struct arena *arena)
{
    struct sigv4_signer signer = {.access_key_id = SLICE("AKID"),
                                  .secret_access_key = SLICE("secret"),
                                  .session_token = token,
                                  .region = SLICE("r"),
                                  .service = SLICE("s"),
                                  .now = NOW,
                                  .token_after_signing = plain->request.body.size % 2 == 1,
                                  .options = *options};
    struct sigv4_signature made;
    struct input sent = *plain;
    size_t count = plain->request.header_count;
    sent.request.headers = sent.headers;
    sigv4_sign(digest, &signer, &plain->request, arena, &made);
    sent.headers[count++] = (struct sigv4_header){SLICE("X-Amz-Date"), slice_of(made.amz_date)};
    if (token.size > 0)
        sent.headers[count++] = (struct sigv4_header){SLICE("X-Amz-Security-Token"), token};
    sent.headers[count++] = (struct sigv4_header){SLICE("Authorization"), made.authorization};
    sent.request.header_count = count;
    must(verify(digest, &sent.request, options, SLICE("secret"), arena));
    must(!verify(digest, &sent.request, options, SLICE("another"), arena));
    struct sigv4_request presigned = plain->request;
    sigv4_presign(digest, &signer, &plain->request, 60, arena, &made);
    presigned.query = made.query;
    must(verify(digest, &presigned, options, SLICE("secret"), arena));
    must(!verify(digest, &presigned, options, SLICE("another"), arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    struct digest *digest = digest_new();
    struct input input;
    parse_input((struct slice){(const char *)data, size}, &input);
    struct slice names[HEADERS_MAX];
    for (size_t i = 0; i < input.request.header_count; i++)
        names[i] = input.headers[i].name;
    for (size_t i = 0; i < sizeof option_sets / sizeof option_sets[0]; i++) {
        BUFFER_AUTO canonical = {0};
        sigv4_canonical_request(&input.request, names, input.request.header_count, SLICE("UNSIGNED-PAYLOAD"),
                                &option_sets[i], &canonical);
        // Nobody has the secret: whatever the input says of itself is not to be believed.
        must(!verify(digest, &input.request, &option_sets[i], SLICE("unknown"), arena));
    }
    make_signable(&input);
    for (size_t i = 0; i < 2; i++)
        sign_and_verify(digest, &input, &option_sets[i], i == 0 ? SLICE("") : SLICE("T/o+k="), arena);
    digest_free(digest);
    return 0;
}
