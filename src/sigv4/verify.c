// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/secret.h"
#include "base/text.h"

#include <stdio.h>

static bool invalid(struct error *error, const char *message)
{
    return error_set(error, ERROR_PARAMETER, "InvalidSignature", "%s", message);
}

// ------------------------------------------------------------------ times and scope

/** "5 min." or "90 sec." */
struct span {
    char text[32];
};

static struct span show_span(int64_t seconds)
{
    struct span span;
    bool minutes = seconds % 60 == 0;
    (void)snprintf(span.text, sizeof span.text, "%lld %s", (long long)(minutes ? seconds / 60 : seconds),
                   minutes ? "min." : "sec.");
    return span;
}

/** The claim's time is more than SPAN seconds from NOW. */
static bool refuse_time(const struct sigv4_claim *claim, int64_t now, int64_t span, bool early, struct error *error)
{
    char now_text[TIMESTAMP_AMZ_SIZE];
    char bound[TIMESTAMP_AMZ_SIZE];
    timestamp_format_amz(now, now_text);
    timestamp_format_amz(now + (early ? span : -span) * TIMESTAMP_SECOND, bound);
    return error_set(error, ERROR_PARAMETER, "InvalidSignature", "Signature %s: %.*s is %s than %s (%s %c %s)",
                     early ? "not yet current" : "expired", SLICE_ARGS(claim->amz_date),
                     early ? "still later" : "now earlier", bound, now_text, early ? '+' : '-', show_span(span).text);
}

/** Whole seconds, as they stand in the messages: a moment is judged by what is shown of it. */
static bool check_times(const struct sigv4_verifier *verifier, const struct sigv4_claim *claim, struct error *error)
{
    int64_t now = verifier->now - (verifier->now % TIMESTAMP_SECOND + TIMESTAMP_SECOND) % TIMESTAMP_SECOND;
    int64_t life = claim->presigned ? claim->expires : verifier->tolerance;
    if (claim->when < now - life * TIMESTAMP_SECOND)
        return refuse_time(claim, now, life, false, error);
    if (claim->when > now + verifier->tolerance * TIMESTAMP_SECOND)
        return refuse_time(claim, now, verifier->tolerance, true, error);
    return true;
}

static bool check_scope(const struct sigv4_verifier *verifier, const struct sigv4_claim *claim, struct error *error)
{
    struct slice date = slice_part(claim->amz_date, 0, 8);
    bool region = slice_equal(claim->scope.region, verifier->region);
    bool service = slice_equal(claim->scope.service, verifier->service);
    bool terminator = slice_is(claim->terminator, SIGV4_TERMINATOR);
    bool same_day = slice_equal(claim->scope.date, date);
    if (region && service && terminator && same_day)
        return true;
    // AWS tells all that is wrong at once, in this order.
    BUFFER_AUTO message = {0};
    if (!region)
        buffer_append_format(&message, "Credential should be scoped to a valid region, not '%s'. ",
                             sigv4_show(claim->scope.region).text);
    if (!service)
        buffer_append_format(&message, "Credential should be scoped to correct service: '%.*s'. ",
                             SLICE_ARGS(verifier->service));
    if (!terminator)
        buffer_append_format(&message,
                             "Credential should be scoped with a valid terminator: '" SIGV4_TERMINATOR "', not '%s'. ",
                             sigv4_show(claim->terminator).text);
    if (!same_day)
        buffer_append_format(
            &message,
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%.*s', "
            "from '%.*s'. ",
            sigv4_show(claim->scope.date).text, SLICE_ARGS(date), SLICE_ARGS(claim->amz_date));
    return error_set(error, ERROR_PARAMETER, "InvalidSignature", "%.*s", (int)message.size - 1, buffer_text(&message));
}

bool sigv4_check_claim(const struct sigv4_verifier *verifier, const struct sigv4_claim *claim, struct error *error)
{
    return check_times(verifier, claim, error) && check_scope(verifier, claim, error);
}

// ------------------------------------------------------------------ payload and signature

/** The payload hash to put in the canonical request; HASH is room for the body's. */
static bool payload_hash(const struct sigv4_verifier *verifier, const struct sigv4_request *request,
                         const struct sigv4_claim *claim, struct arena *arena, char hash[static DIGEST_HEX_SIZE],
                         struct slice *out, struct error *error)
{
    struct slice name = SLICE("x-amz-content-sha256");
    bool given = sigv4_is_signed(claim, name);
    struct slice value = given ? sigv4_header_value(request, name, arena) : (struct slice){NULL, 0};
    *out = value;
    if (given && slice_is(value, SIGV4_UNSIGNED_PAYLOAD)) {
        if (verifier->allow_unsigned_payload)
            return true;
        return invalid(error, "x-amz-content-sha256 must not be " SIGV4_UNSIGNED_PAYLOAD " without TLS.");
    }
    unsigned char claimed[DIGEST_SIZE];
    if (given && !text_hex_decode(value, claimed, sizeof claimed))
        return invalid(error, "x-amz-content-sha256 must be the SHA-256 of the body in hexadecimal digits; streaming "
                              "payloads are not accepted.");
    unsigned char actual[DIGEST_SIZE];
    digest_sha256(request->body, actual);
    if (given && !slice_equal((struct slice){(const char *)claimed, sizeof claimed},
                              (struct slice){(const char *)actual, sizeof actual}))
        return invalid(error, "The provided 'x-amz-content-sha256' header does not match what was computed.");
    if (!given) {
        text_hex_write(hash, actual, sizeof actual);
        *out = (struct slice){hash, DIGEST_HEX_SIZE - 1};
    }
    return true;
}

static bool signature_fits(const struct sigv4_verifier *verifier, const struct sigv4_request *request,
                           const struct sigv4_claim *claim, struct slice payload, struct digest_key *key)
{
    BUFFER_ROOM(canonical, 2048);
    sigv4_canonical_request(request, claim->signed_headers, claim->signed_count, payload, &verifier->options,
                            &canonical);
    BUFFER_ROOM(to_sign, 512);
    sigv4_string_to_sign(claim->amz_date, &claim->scope, buffer_slice(&canonical), &to_sign);
    unsigned char code[DIGEST_SIZE];
    digest_key_hmac_sha256(key, buffer_slice(&to_sign), code);
    char expected[DIGEST_HEX_SIZE];
    text_hex_write(expected, code, sizeof code);
    bool fits = secret_equal((struct slice){expected, sizeof expected - 1}, claim->signature);
    secret_wipe(code, sizeof code);
    secret_wipe(expected, sizeof expected);
    return fits;
}

/** The query without its session token, as it was when the token was added after signing. */
static struct slice query_without_token(struct slice query, struct arena *arena)
{
    char *kept = arena_allocate(arena, query.size + 1, 1);
    size_t size = 0;
    struct slice rest = query;
    struct slice part;
    while (slice_cut(&rest, '&', &part)) {
        SIGV4_PARAMETERS_AUTO one;
        sigv4_parameters_read(&one, part);
        if (part.size == 0 || slice_is(one.items[0].name, "X-Amz-Security-Token"))
            continue;
        if (size > 0)
            kept[size++] = '&';
        memcpy(kept + size, part.data, part.size);
        size += part.size;
    }
    return (struct slice){kept, size};
}

bool sigv4_verify(const struct sigv4_verifier *verifier, const struct sigv4_request *request,
                  const struct sigv4_claim *claim, struct digest_key *key, struct arena *arena, struct error *error)
{
    char hash[DIGEST_HEX_SIZE];
    struct slice payload;
    if (!payload_hash(verifier, request, claim, arena, hash, &payload, error))
        return false;
    if (signature_fits(verifier, request, claim, payload, key))
        return true;
    if (claim->presigned && claim->session_token.size > 0) {
        struct sigv4_request without = *request;
        without.query = query_without_token(request->query, arena);
        if (signature_fits(verifier, &without, claim, payload, key))
            return true;
    }
    return invalid(error, "The request signature we calculated does not match the signature you provided. Check your "
                          "AWS Secret Access Key and signing method. Consult the service documentation for details.");
}
