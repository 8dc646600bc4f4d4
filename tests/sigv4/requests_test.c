// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole requests, as clients send them and as somebody in between may change them. */
#include "sigv4/sigv4.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define EMPTY_HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

struct fixture {
    struct arena *arena;
    struct digest *digest;
    struct sigv4_signer signer;
    struct sigv4_verifier verifier;
    struct sigv4_header headers[8];
    struct sigv4_request request;
    struct sigv4_signature made;
    struct error error;
};

static int set_up(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){.arena = arena_new(), .digest = digest_new()};
    fixture.headers[0] = (struct sigv4_header){SLICE("Host"), SLICE("127.0.0.1:18701")};
    fixture.request = (struct sigv4_request){.method = SLICE("POST"),
                                             .path = SLICE("/v1/authorization-token"),
                                             .query = SLICE("domain=my-dom&domain-owner=123456789012&duration=900"),
                                             .headers = fixture.headers,
                                             .header_count = 1};
    fixture.signer = (struct sigv4_signer){.access_key_id = SLICE("AKIDEXAMPLE"),
                                           .secret_access_key = SLICE("SECRETEXAMPLE"),
                                           .region = SLICE("us-west-2"),
                                           .service = SLICE("codeartifact"),
                                           .options = sigv4_default_options};
    assert_true(timestamp_parse_amz(SLICE("20261123T200414Z"), &fixture.signer.now));
    fixture.verifier = (struct sigv4_verifier){.region = SLICE("us-west-2"),
                                               .service = SLICE("codeartifact"),
                                               .now = fixture.signer.now,
                                               .tolerance = 300,
                                               .options = sigv4_default_options};
    *state = &fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    error_free(&fixture->error);
    arena_free(fixture->arena);
    digest_free(fixture->digest);
    return 0;
}

static void add_header(struct fixture *fixture, const char *name, struct slice value)
{
    fixture->headers[fixture->request.header_count++] = (struct sigv4_header){slice_of(name), value};
}

/** Signs the request and adds what is to be sent. */
static void sign(struct fixture *fixture)
{
    sigv4_sign(fixture->digest, &fixture->signer, &fixture->request, fixture->arena, &fixture->made);
    add_header(fixture, "X-Amz-Date", slice_of(fixture->made.amz_date));
    if (fixture->signer.session_token.size > 0)
        add_header(fixture, "X-Amz-Security-Token", fixture->signer.session_token);
    if (fixture->signer.sign_body_header)
        add_header(fixture, "X-Amz-Content-SHA256", fixture->made.payload_hash);
    add_header(fixture, "Authorization", fixture->made.authorization);
}

static void presign(struct fixture *fixture)
{
    sigv4_presign(fixture->digest, &fixture->signer, &fixture->request, 60, fixture->arena, &fixture->made);
    fixture->request.query = fixture->made.query;
}

static bool verify(struct fixture *fixture, struct sigv4_claim *claim)
{
    DIGEST_KEY_AUTO *key = digest_key_new(fixture->digest);
    error_free(&fixture->error);
    if (!sigv4_read_claim(&fixture->request, fixture->arena, claim, &fixture->error) ||
        !sigv4_check_claim(&fixture->verifier, claim, &fixture->error))
        return false;
    sigv4_set_signing_key(fixture->digest, fixture->signer.secret_access_key, &claim->scope, key);
    return sigv4_verify(&fixture->verifier, &fixture->request, claim, key, fixture->arena, &fixture->error);
}

static void assert_accepted(struct fixture *fixture)
{
    struct sigv4_claim claim;
    if (!verify(fixture, &claim))
        fail_msg("%s: %s", fixture->error.code, fixture->error.message);
}

static void assert_refused(struct fixture *fixture, const char *start)
{
    struct sigv4_claim claim;
    assert_false(verify(fixture, &claim));
    assert_string_equal(fixture->error.code, "InvalidSignature");
    if (strncmp(fixture->error.message, start, strlen(start)) != 0)
        fail_msg("%s", fixture->error.message);
}

/** The signatures that the AWS CLI made of these two requests. */
static void test_aws_cli(void **state)
{
    struct fixture *fixture = *state;
    fixture->signer.session_token = SLICE("TOK/en+=");
    add_header(fixture, "amz-sdk-invocation-id", SLICE("any"));
    add_header(fixture, "User-Agent", SLICE("any"));
    add_header(fixture, "Accept-Encoding", SLICE("identity"));
    sign(fixture);
    assert_true(slice_is(fixture->made.signed_headers, "host;x-amz-date;x-amz-security-token"));
    assert_string_equal(fixture->made.signature, "387039847ab1edc2948afb49843d5ce110effa9fe68fba289c64db0187f745b8");
    assert_accepted(fixture);
    fixture->signer.session_token = (struct slice){NULL, 0};
    fixture->request.method = SLICE("GET");
    fixture->request.path = SLICE("/v1/repository/endpoint");
    fixture->request.query = SLICE("domain=my-dom&repository=re%20po%26x&format=npm");
    fixture->request.header_count = 1;
    sign(fixture);
    assert_string_equal(fixture->made.signature, "b0f5074822a7bf5cb3c9dd132123e4f22128f659c7de6eeeb0a409620a1313d1");
    assert_accepted(fixture);
}

static void test_query_pairs(void **state)
{
    struct fixture *fixture = *state;
    fixture->request.query = SLICE("domain-owner=1&b&domain=2&domain=1&a=%7e%2f&&c=a%zz+b=c");
    sigv4_sign(fixture->digest, &fixture->signer, &fixture->request, fixture->arena, &fixture->made);
    struct slice rest = fixture->made.canonical_request;
    struct slice line;
    for (int i = 0; i < 3; i++)
        assert_true(slice_cut(&rest, '\n', &line));
    assert_int_equal(slice_compare(line, SLICE("a=~%2F&b=&c=a%25zz%2Bb%3Dc&domain=1&domain=2&domain-owner=1")), 0);
}

static void test_many_parameters(void **state)
{
    struct fixture *fixture = *state;
    BUFFER_AUTO query = {0};
    for (int i = 60; i > 0; i--)
        buffer_append_format(&query, "p%d=%%61/&", i);
    fixture->request.query = buffer_slice(&query);
    sign(fixture);
    assert_accepted(fixture);
}

static void test_double_encoding(void **state)
{
    struct fixture *fixture = *state;
    fixture->request.path = SLICE("/a%20b/../c%2Fd/./e");
    sigv4_sign(fixture->digest, &fixture->signer, &fixture->request, fixture->arena, &fixture->made);
    assert_true(slice_starts_with(fixture->made.canonical_request, SLICE("POST\n/c%252Fd/e\n")));
    fixture->signer.options = (struct sigv4_options){false, false};
    sigv4_sign(fixture->digest, &fixture->signer, &fixture->request, fixture->arena, &fixture->made);
    assert_true(slice_starts_with(fixture->made.canonical_request, SLICE("POST\n/a%20b/../c%2Fd/./e\n")));
    fixture->signer.options = sigv4_default_options;
    static const char *const paths[][2] = {{"", "/"},           {"/", "/"},       {"/..", "/"},      {"/../../a", "/a"},
                                           {"/a/..", "/"},      {"//", "/"},      {"/a/b/..", "/a"}, {"/a/./", "/a/"},
                                           {"/a/b/../", "/a/"}, {"/...", "/..."}, {"a/..", "/"},     {"/a//b", "/a/b"}};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        fixture->request.path = slice_of(paths[i][0]);
        sigv4_sign(fixture->digest, &fixture->signer, &fixture->request, fixture->arena, &fixture->made);
        struct slice expected = slice_of(arena_format(fixture->arena, "POST\n%s\n", paths[i][1]));
        if (!slice_starts_with(fixture->made.canonical_request, expected))
            fail_msg("%s: %.*s", paths[i][0], SLICE_ARGS(fixture->made.canonical_request));
    }
}

/** Signed by hand with what is not what sigv4_sign() would take. */
static void sign_names(struct fixture *fixture, const char *names, const char *amz_date, const char *payload)
{
    struct slice list[8];
    size_t count = 0;
    struct slice rest = slice_of(names);
    while (slice_cut(&rest, ';', &list[count]))
        count++;
    const struct sigv4_scope scope = {slice_part(slice_of(amz_date), 0, 8), fixture->signer.region,
                                      fixture->signer.service};
    BUFFER_AUTO canonical = {0};
    sigv4_canonical_request(&fixture->request, list, count, slice_of(payload), &sigv4_default_options, &canonical);
    BUFFER_AUTO to_sign = {0};
    sigv4_string_to_sign(slice_of(amz_date), &scope, buffer_slice(&canonical), &to_sign);
    unsigned char key[DIGEST_SIZE];
    sigv4_signing_key(fixture->digest, fixture->signer.secret_access_key, &scope, key);
    char signature[DIGEST_HEX_SIZE];
    sigv4_signature(fixture->digest, key, buffer_slice(&to_sign), signature);
    add_header(
        fixture, "Authorization",
        slice_of(arena_format(fixture->arena,
                              "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/%.8s/us-west-2/codeartifact/aws4_request, "
                              "SignedHeaders=%s, Signature=%s",
                              amz_date, names, signature)));
}

static void test_date_header(void **state)
{
    struct fixture *fixture = *state;
    add_header(fixture, "Date", SLICE("Mon, 23 Nov 2026 20:04:14 GMT"));
    sign_names(fixture, "date;host", "20261123T200414Z", EMPTY_HASH);
    assert_accepted(fixture);
    // An x-amz-date that is not signed changes nothing, whatever it says.
    add_header(fixture, "X-Amz-Date", SLICE("20200101T000000Z"));
    assert_accepted(fixture);
}

static void test_unsigned_headers(void **state)
{
    struct fixture *fixture = *state;
    sign(fixture);
    add_header(fixture, "X-Amz-Content-SHA256", SLICE("UNSIGNED-PAYLOAD"));
    assert_accepted(fixture);
    fixture->request.body = SLICE("changed");
    assert_refused(fixture, "The request signature we calculated does not match the signature you provided. Check your "
                            "AWS Secret Access Key and signing method. Consult the service documentation for details.");
}

static void test_repeated_signed_header(void **state)
{
    struct fixture *fixture = *state;
    add_header(fixture, "X-Amz-Meta", SLICE(" a  b "));
    add_header(fixture, "x-amz-meta", SLICE("c"));
    sign(fixture);
    assert_accepted(fixture);
    fixture->headers[2].value = SLICE("d");
    assert_refused(fixture, "The request signature we calculated");
    fixture->headers[2].value = SLICE("c");
    // Where the line between the two stands is not signed; that nothing else comes in, is.
    add_header(fixture, "x-amz-meta", SLICE("e"));
    assert_refused(fixture, "The request signature we calculated");
}

static void test_payload(void **state)
{
    struct fixture *fixture = *state;
    fixture->request.body = SLICE("{}");
    fixture->signer.sign_body_header = true;
    sign(fixture);
    assert_accepted(fixture);
    fixture->request.body = SLICE("{ }");
    assert_refused(fixture, "The provided 'x-amz-content-sha256' header does not match what was computed.");
}

static void test_unsigned_payload(void **state)
{
    struct fixture *fixture = *state;
    fixture->request.body = SLICE("{}");
    fixture->signer.sign_body_header = true;
    fixture->signer.payload_hash = SLICE("UNSIGNED-PAYLOAD");
    sign(fixture);
    assert_refused(fixture, "x-amz-content-sha256 must not be UNSIGNED-PAYLOAD without TLS.");
    fixture->verifier.allow_unsigned_payload = true;
    assert_accepted(fixture);
}

static void test_other_payloads(void **state)
{
    struct fixture *fixture = *state;
    static const char *const values[] = {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER", "",
                                         "e3b0c442", "unsigned-payload"};
    fixture->verifier.allow_unsigned_payload = true;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        fixture->request.header_count = 1;
        add_header(fixture, "X-Amz-Date", SLICE("20261123T200414Z"));
        add_header(fixture, "X-Amz-Content-SHA256", slice_of(values[i]));
        sign_names(fixture, "host;x-amz-content-sha256;x-amz-date", "20261123T200414Z", values[i]);
        assert_refused(fixture, "x-amz-content-sha256 must be the SHA-256 of the body");
    }
}

static void test_session_token(void **state)
{
    struct fixture *fixture = *state;
    struct sigv4_claim claim;
    for (int after = 0; after < 2; after++) {
        fixture->request.header_count = 1;
        fixture->request.query = SLICE("domain=a");
        fixture->signer.session_token = SLICE("TOK/en+=");
        fixture->signer.token_after_signing = after == 1;
        sign(fixture);
        assert_true(verify(fixture, &claim));
        assert_true(slice_is(claim.session_token, "TOK/en+="));
        assert_int_equal(claim.signed_count, after == 1 ? 2 : 3);
        fixture->request.header_count = 1;
        presign(fixture);
        assert_true(verify(fixture, &claim));
        assert_true(slice_is(claim.session_token, "TOK/en+="));
        assert_int_equal(claim.expires, 60);
    }
    // A token that was signed cannot be exchanged.
    fixture->signer.token_after_signing = false;
    fixture->request.header_count = 1;
    fixture->request.query = SLICE("domain=a");
    sign(fixture);
    fixture->headers[2].value = SLICE("another");
    assert_refused(fixture, "The request signature we calculated");
}

static void test_presigned_expiry(void **state)
{
    struct fixture *fixture = *state;
    presign(fixture);
    fixture->verifier.now += 60 * TIMESTAMP_SECOND;
    assert_accepted(fixture);
    fixture->verifier.now += TIMESTAMP_SECOND;
    assert_refused(fixture, "Signature expired: ");
}

static void test_signature_text(void **state)
{
    struct fixture *fixture = *state;
    sign(fixture);
    struct slice whole = fixture->made.authorization;
    // Cut, longer, in capitals, empty of meaning: none is taken for the right one.
    fixture->headers[2].value = slice_part(whole, 0, whole.size - 1);
    assert_refused(fixture, "The request signature we calculated");
    fixture->headers[2].value = slice_of(arena_format(fixture->arena, "%.*s0", SLICE_ARGS(whole)));
    assert_refused(fixture, "The request signature we calculated");
    char *capitals = arena_copy(fixture->arena, whole.data, whole.size);
    for (size_t i = whole.size - 64; i < whole.size; i++)
        if (capitals[i] >= 'a' && capitals[i] <= 'f')
            capitals[i] = (char)(capitals[i] - 'a' + 'A');
    fixture->headers[2].value = slice_of(capitals);
    assert_refused(fixture, "The request signature we calculated");
    assert_null(strstr(fixture->error.message, fixture->made.signature));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_aws_cli, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_query_pairs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_parameters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_double_encoding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_date_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unsigned_headers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repeated_signed_header, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_payload, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unsigned_payload, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_other_payloads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_session_token, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_presigned_expiry, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_signature_text, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
