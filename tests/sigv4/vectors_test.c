// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The published signing suite, stage by stage, in both forms, signed and verified. Argument: its folder. */
#include "vector.h"

#include "base/text.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/** The folder has 33 cases; a lost one would otherwise go unnoticed. */
#define CASES_EXPECTED 33

static const char *suite;

static void assert_text(const char *folder, const char *file, struct slice got, struct arena *arena)
{
    struct slice expected = vector_read_file(folder, file, arena);
    if (!slice_equal(got, expected))
        fail_msg("%s/%s\nexpected:\n%.*s\ngot:\n%.*s", folder, file, SLICE_ARGS(expected), SLICE_ARGS(got));
}

/** Each stage's function alone, fed with the stage before it as the suite has it. */
static void check_stages(const char *folder, const char *form, const struct vector_context *context,
                         struct digest *digest, struct arena *arena)
{
    char date[TIMESTAMP_AMZ_SIZE];
    timestamp_format_amz(context->when, date);
    const struct sigv4_scope scope = {{date, 8}, context->region, context->service};
    struct slice canonical = vector_read_file(folder, arena_format(arena, "%s-canonical-request.txt", form), arena);
    BUFFER_AUTO to_sign = {0};
    sigv4_string_to_sign(slice_of(date), &scope, canonical, &to_sign);
    assert_text(folder, arena_format(arena, "%s-string-to-sign.txt", form), buffer_slice(&to_sign), arena);
    unsigned char key[DIGEST_SIZE];
    sigv4_signing_key(digest, context->secret_access_key, &scope, key);
    char signature[DIGEST_HEX_SIZE];
    sigv4_signature(digest, key, buffer_slice(&to_sign), signature);
    assert_text(folder, arena_format(arena, "%s-signature.txt", form), slice_of(signature), arena);
}

static void check_signature(const char *folder, const char *form, const struct sigv4_signature *made,
                            struct arena *arena)
{
    assert_text(folder, arena_format(arena, "%s-canonical-request.txt", form), made->canonical_request, arena);
    assert_text(folder, arena_format(arena, "%s-string-to-sign.txt", form), made->string_to_sign, arena);
    assert_text(folder, arena_format(arena, "%s-signature.txt", form), slice_of(made->signature), arena);
}

static int compare_headers(const void *left, const void *right)
{
    const struct sigv4_header *a = left;
    const struct sigv4_header *b = right;
    for (size_t i = 0; i < a->name.size && i < b->name.size; i++) {
        int order = text_lower(a->name.data[i]) - text_lower(b->name.data[i]);
        if (order != 0)
            return order;
    }
    if (a->name.size != b->name.size)
        return a->name.size < b->name.size ? -1 : 1;
    return slice_compare(a->value, b->value);
}

/** The same request but for the order in which different headers stand, which the suite leaves open. */
static void assert_same_request(const char *folder, const struct sigv4_request *expected,
                                const struct sigv4_request *got)
{
    struct sigv4_header a[VECTOR_HEADERS_MAX];
    struct sigv4_header b[VECTOR_HEADERS_MAX];
    if (!slice_equal(expected->method, got->method) || !slice_equal(expected->path, got->path) ||
        !slice_equal(expected->query, got->query) || !slice_equal(expected->body, got->body) ||
        expected->header_count != got->header_count)
        fail_msg("%s: another request: %.*s?%.*s, expected %.*s?%.*s", folder, SLICE_ARGS(got->path),
                 SLICE_ARGS(got->query), SLICE_ARGS(expected->path), SLICE_ARGS(expected->query));
    memcpy(a, expected->headers, expected->header_count * sizeof *a);
    memcpy(b, got->headers, got->header_count * sizeof *b);
    qsort(a, expected->header_count, sizeof *a, compare_headers);
    qsort(b, got->header_count, sizeof *b, compare_headers);
    for (size_t i = 0; i < expected->header_count; i++)
        if (compare_headers(&a[i], &b[i]) != 0)
            fail_msg("%s: header %.*s: %.*s, expected %.*s: %.*s", folder, SLICE_ARGS(b[i].name),
                     SLICE_ARGS(b[i].value), SLICE_ARGS(a[i].name), SLICE_ARGS(a[i].value));
}

static bool is_accepted(const struct sigv4_request *request, const struct vector_context *context, struct slice secret,
                        struct digest *digest, struct arena *arena)
{
    const struct sigv4_verifier verifier = vector_verifier(context);
    struct sigv4_claim claim;
    DIGEST_KEY_AUTO *key = digest_key_new(digest);
    if (!sigv4_read_claim(request, arena, &claim, NULL) || !sigv4_check_claim(&verifier, &claim, NULL))
        return false;
    sigv4_set_signing_key(digest, secret, &claim.scope, key);
    return sigv4_verify(&verifier, request, &claim, key, arena, NULL);
}

static struct slice with_last_changed(struct slice text, struct arena *arena)
{
    char *copy = arena_copy(arena, text.data, text.size);
    copy[text.size - 1] = copy[text.size - 1] == '0' ? '1' : '0';
    return (struct slice){copy, text.size};
}

/** Refused when anything that is signed is changed. */
static void check_verified(const char *folder, const struct vector_request *signed_request,
                           const struct vector_context *context, struct digest *digest, struct arena *arena)
{
    struct slice secret = context->secret_access_key;
    if (!is_accepted(&signed_request->request, context, secret, digest, arena))
        fail_msg("%s: refused", folder);
    struct sigv4_claim claim;
    assert_true(sigv4_read_claim(&signed_request->request, arena, &claim, NULL));
    assert_true(slice_equal(claim.access_key_id, context->access_key_id));
    assert_true(slice_equal(claim.session_token, context->session_token));
    assert_int_equal(claim.when, context->when);
    assert_int_equal(claim.expires, claim.presigned ? context->expires : 0);
    const char *const changes[] = {"method",
                                   "path",
                                   "another parameter",
                                   "a parameter's value",
                                   "body",
                                   "host",
                                   "any signed header",
                                   "signature",
                                   "another host",
                                   "secret",
                                   "no host"};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct vector_request changed = *signed_request;
        struct sigv4_request *request = &changed.request;
        request->headers = changed.headers;
        struct slice tried = secret;
        struct sigv4_header *last = &changed.headers[request->header_count - 1];
        bool query_form = !slice_equal_nocase(last->name, SLICE("Authorization"));
        size_t host = 0;
        while (!slice_equal_nocase(changed.headers[host].name, SLICE("host")))
            host++;
        switch (i) {
        case 0:
            request->method = SLICE("PUT");
            break;
        case 1:
            request->path = slice_of(arena_format(arena, "%.*szz", SLICE_ARGS(request->path)));
            break;
        case 2:
            request->query = slice_of(arena_format(arena, "added=1&%.*s", SLICE_ARGS(request->query)));
            break;
        case 3:
            if (request->query.size == 0)
                continue;
            // In the query form the last one is the signature: then the number of seconds before it.
            request->query = slice_of(arena_format(arena, "%.*s", SLICE_ARGS(request->query)));
            if (query_form) {
                char *expires = strstr((char *)(uintptr_t)request->query.data, "X-Amz-Expires=3600");
                assert_non_null(expires);
                expires[sizeof "X-Amz-Expires=3600" - 2] = '1';
            } else {
                request->query = with_last_changed(request->query, arena);
            }
            break;
        case 4:
            request->body = slice_of(arena_format(arena, "%.*s!", SLICE_ARGS(request->body)));
            break;
        case 5:
            changed.headers[host].value = SLICE("example.org");
            break;
        case 6:
            changed.headers[host == 0 && request->header_count > 2 ? 1 : host].value = SLICE("changed");
            break;
        case 7:
            if (query_form)
                request->query = with_last_changed(request->query, arena);
            else
                last->value = with_last_changed(last->value, arena);
            break;
        case 8:
            // A second one is joined to the first.
            changed.headers[request->header_count++] = (struct sigv4_header){SLICE("Host"), SLICE("example.org")};
            break;
        case 9:
            tried = SLICE("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEZ");
            break;
        default:
            changed.headers[host].name = SLICE("X-Host");
            break;
        }
        // The header after the first is not always a signed one: a token that was added after signing.
        if (i == 6 && context->omit_session_token)
            continue;
        if (is_accepted(request, context, tried, digest, arena))
            fail_msg("%s: accepted with a change of: %s", folder, changes[i]);
    }
}

static void check_header_form(const char *folder, const struct vector_request *plain,
                              const struct vector_context *context, struct digest *digest, struct arena *arena)
{
    const struct sigv4_signer signer = vector_signer(context);
    struct sigv4_signature made;
    sigv4_sign(digest, &signer, &plain->request, arena, &made);
    check_signature(folder, "header", &made, arena);
    struct vector_request got = *plain;
    size_t count = plain->request.header_count;
    got.headers[count++] = (struct sigv4_header){SLICE("x-amz-date"), slice_of(made.amz_date)};
    if (context->session_token.size > 0)
        got.headers[count++] = (struct sigv4_header){SLICE("x-amz-security-token"), context->session_token};
    if (context->sign_body)
        got.headers[count++] = (struct sigv4_header){SLICE("x-amz-content-sha256"), made.payload_hash};
    got.headers[count++] = (struct sigv4_header){SLICE("authorization"), made.authorization};
    got.request.header_count = count;
    got.request.headers = got.headers;
    struct vector_request expected;
    vector_parse_request(vector_read_file(folder, "header-signed-request.txt", arena), &expected);
    assert_same_request(folder, &expected.request, &got.request);
    check_verified(folder, &expected, context, digest, arena);
}

static void check_query_form(const char *folder, const struct vector_request *plain,
                             const struct vector_context *context, struct digest *digest, struct arena *arena)
{
    const struct sigv4_signer signer = vector_signer(context);
    struct sigv4_signature made;
    sigv4_presign(digest, &signer, &plain->request, context->expires, arena, &made);
    check_signature(folder, "query", &made, arena);
    struct sigv4_request got = plain->request;
    got.query = made.query;
    struct vector_request expected;
    vector_parse_request(vector_read_file(folder, "query-signed-request.txt", arena), &expected);
    assert_same_request(folder, &expected.request, &got);
    check_verified(folder, &expected, context, digest, arena);
}

static void test_suite(void **state)
{
    (void)state;
    DIR *folder = opendir(suite);
    assert_non_null(folder);
    struct digest *digest = digest_new();
    size_t count = 0;
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        if (entry->d_name[0] == '.')
            continue;
        ARENA_AUTO *arena = arena_new();
        const char *path = arena_format(arena, "%s/%s", suite, entry->d_name);
        struct vector_context context;
        struct vector_request plain;
        vector_read_context(path, arena, &context);
        vector_parse_request(vector_read_file(path, "request.txt", arena), &plain);
        check_stages(path, "header", &context, digest, arena);
        check_stages(path, "query", &context, digest, arena);
        check_header_form(path, &plain, &context, digest, arena);
        check_query_form(path, &plain, &context, digest, arena);
        count++;
    }
    assert_int_equal(count, CASES_EXPECTED);
    digest_free(digest);
    closedir(folder);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        (void)fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
        return 2;
    }
    suite = arguments[1];
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_suite)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
