// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * AWS Signature Version 4: each stage a function, then signing and verifying whole requests.
 *
 * Pure: the clock is an argument, memory is the caller's. One `struct digest` (base/digest.h) a thread.
 * Sources: "Create a signed AWS API request" of the IAM User Guide; the vectors of
 * tests/sigv4 show every stage.
 */
#ifndef JETON_SIGV4_SIGV4_H
#define JETON_SIGV4_SIGV4_H

#include "base/bytes.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/timestamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A header as it stands in the request: repeats are separate entries, values untrimmed. */
struct sigv4_header {
    struct slice name;
    struct slice value;
};

/** A request as it goes over the wire. Everything is borrowed. */
struct sigv4_request {
    struct slice method; /**< "POST" */
    struct slice path;   /**< Encoded as sent, before the `?`; "" counts as "/". */
    struct slice query;  /**< After the `?`, as sent; may be empty. */
    const struct sigv4_header *headers;
    size_t header_count;
    struct slice body;
};

/** What the signing key is bound to. */
struct sigv4_scope {
    struct slice date; /**< "20260830" */
    struct slice region;
    struct slice service;
};

/** How a path is brought into canonical form. S3 wants neither; everything here wants both. */
struct sigv4_options {
    bool normalize_path; /**< Remove dot segments and repeated slashes (RFC 3986 section 5.2.4). */
    bool encode_path;    /**< Percent-encode the encoded path once more. */
};
/** The options of every service in the table. */
extern const struct sigv4_options sigv4_default_options;

/**
 * Appends the canonical request.
 * @param signed_headers lower-case names, in the order in which they are signed (sorted).
 * @param payload_hash   64 digits, or the literal value of x-amz-content-sha256.
 * Query parameters are sorted as (name, value) pairs; `X-Amz-Signature` is left out.
 */
void sigv4_canonical_request(const struct sigv4_request *request, const struct slice *signed_headers,
                             size_t signed_count, struct slice payload_hash, const struct sigv4_options *options,
                             struct buffer *out);

/** Appends "AWS4-HMAC-SHA256", the time, the scope and the hash of the canonical request. */
void sigv4_string_to_sign(struct slice amz_date, const struct sigv4_scope *scope, struct slice canonical_request,
                          struct buffer *out);

/** The signing key: the HMAC chain over date, region, service and terminator. Wipe it after use. */
void sigv4_signing_key(struct digest *digest, struct slice secret, const struct sigv4_scope *scope,
                       unsigned char out[static DIGEST_SIZE]);
/** The same, made ready for sigv4_verify(). */
void sigv4_set_signing_key(struct digest *digest, struct slice secret, const struct sigv4_scope *scope,
                           struct digest_key *out);

/** The signature as 64 digits and a NUL. */
void sigv4_signature(struct digest *digest, const unsigned char key[static DIGEST_SIZE], struct slice string_to_sign,
                     char out[static DIGEST_HEX_SIZE]);

/** Who signs and for what. */
struct sigv4_signer {
    struct slice access_key_id;
    struct slice secret_access_key;
    struct slice session_token; /**< Empty: long-term keys. */
    struct slice region;
    struct slice service;
    int64_t now;               /**< A timestamp (base/timestamp.h). */
    struct slice payload_hash; /**< Empty: SHA-256 of the body. Otherwise used as it is. */
    bool token_after_signing;  /**< Add the session token unsigned (a few services want that). */
    bool sign_body_header;     /**< Add and sign x-amz-content-sha256. */
    struct sigv4_options options;
};

/** What signing made, for `--debug` and for tests. All in the arena. */
struct sigv4_signature {
    char amz_date[TIMESTAMP_AMZ_SIZE];
    struct slice canonical_request; /**< Holds the session token when that is signed: never log it unredacted. */
    struct slice string_to_sign;
    struct slice signed_headers; /**< "host;x-amz-date" */
    char signature[DIGEST_HEX_SIZE];
    struct slice authorization; /**< Header form: the value of Authorization. */
    struct slice query;         /**< Query form: the whole query string, signature last. */
    struct slice payload_hash;  /**< What was signed for the body: the value of x-amz-content-sha256. */
};

/**
 * Signs in the header form. The headers of REQUEST are all signed, but for authorization, user-agent,
 * accept-encoding, amz-sdk-*, x-amzn-trace-id and the hop-by-hop ones: a header that may change on the way
 * is better not given. x-amz-date, x-amz-security-token and (with sign_body_header) x-amz-content-sha256
 * are added by this function, must not be among the request's own, and must be sent by the caller after
 * those: with the values amz_date, the signer's token, payload_hash.
 */
void sigv4_sign(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                struct arena *arena, struct sigv4_signature *out);

/** Signs in the query form, for EXPIRES seconds (1 to 604800). sign_body_header is not used. */
void sigv4_presign(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                   int64_t expires, struct arena *arena, struct sigv4_signature *out);

/** What a signed request says of itself; slices into the request or the arena. Nothing is believed yet. */
struct sigv4_claim {
    bool presigned; /**< Query form. */
    struct slice access_key_id;
    struct sigv4_scope scope;
    struct slice terminator; /**< Should be "aws4_request". */
    struct slice *signed_headers;
    size_t signed_count;
    struct slice signature;
    struct slice amz_date;      /**< In basic form, whichever header it came from. */
    int64_t when;               /**< The same as a timestamp. */
    int64_t expires;            /**< Seconds, query form only. */
    struct slice session_token; /**< Empty when there is none. */
};

/**
 * Reads the claim out of a request: the Authorization header or the query, never both.
 * Insists that `host` and the date are among the signed headers (header form), that a named header is
 * there, and takes no x-amz-* header that is not signed into account; the session token alone may come
 * unsigned, since it is checked by itself.
 * @param error neutral codes (api_find_common_error): "MissingAuthenticationToken", "IncompleteSignature",
 *              "InvalidSignature" (host not signed; header and query form together), in AWS's words. What is
 *              repeated of the request is printable ASCII, bounded, and never the signature.
 */
bool sigv4_read_claim(const struct sigv4_request *request, struct arena *arena, struct sigv4_claim *out,
                      struct error *error);

/** What a verifier insists on. */
struct sigv4_verifier {
    struct slice region;  /**< The only region accepted. */
    struct slice service; /**< The only service accepted. */
    int64_t now;
    int64_t tolerance;           /**< Seconds of clock difference either way: 300, at most 900. */
    bool allow_unsigned_payload; /**< Over TLS only. */
    struct sigv4_options options;
};

/**
 * Checks times and scope, before the secret is looked up. The query form is good from its date (less the
 * tolerance) for the seconds that it names itself.
 * @param error "InvalidSignature" in AWS's words (expired, not yet current, wrong scope).
 */
bool sigv4_check_claim(const struct sigv4_verifier *verifier, const struct sigv4_claim *claim, struct error *error);

/**
 * Recomputes the signature with a signing key (sigv4_set_signing_key() over the claim's scope) and compares in
 * constant time. A signed x-amz-content-sha256 is taken as it is, and the body must hash to it; without one
 * the body's own hash is. Streaming payloads are refused.
 * @param error "InvalidSignature".
 */
bool sigv4_verify(const struct sigv4_verifier *verifier, const struct sigv4_request *request,
                  const struct sigv4_claim *claim, struct digest_key *key, struct arena *arena, struct error *error);

#endif
