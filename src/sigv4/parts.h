// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the files of this room share: query parameters, header values, and text that may be shown. */
#ifndef JETON_SIGV4_PARTS_H
#define JETON_SIGV4_PARTS_H

#include "sigv4/sigv4.h"

#define SIGV4_ALGORITHM "AWS4-HMAC-SHA256"
#define SIGV4_TERMINATOR "aws4_request"
#define SIGV4_UNSIGNED_PAYLOAD "UNSIGNED-PAYLOAD"

/** One query parameter, both parts percent-encoded in the one canonical way. */
struct sigv4_parameter {
    struct slice name;
    struct slice value;
};

/** The parameters of a query, in wire order. Slices into the query or into `text`. */
struct sigv4_parameters {
    struct sigv4_parameter *items;
    size_t count;
    struct sigv4_parameter few[16];
    struct buffer text;
};

/**
 * Splits a query at `&` and each parameter at its first `=`; a parameter without one has an empty value,
 * empty parameters are dropped. `+` is a plus, as it is for AWS' own signers.
 */
void sigv4_parameters_read(struct sigv4_parameters *out, struct slice query);
void sigv4_parameters_free(struct sigv4_parameters *parameters);
#define SIGV4_PARAMETERS_AUTO __attribute__((cleanup(sigv4_parameters_free))) struct sigv4_parameters

/** Whether the request has a header of that name, in any case of letters. */
bool sigv4_has_header(const struct sigv4_request *request, struct slice name);
/**
 * Appends the value of a header as it is signed: trimmed, runs of white space one blank, repeats joined by
 * commas in their order. Nothing when there is none.
 */
void sigv4_append_header(const struct sigv4_request *request, struct slice name, struct buffer *out);
/** The same, in the arena where it differs from what stands in the request; data NULL when there is no such header. */
struct slice sigv4_header_value(const struct sigv4_request *request, struct slice name, struct arena *arena);

/** Whether NAME (in lower case) is among the signed headers of a claim. */
bool sigv4_is_signed(const struct sigv4_claim *claim, struct slice name);

/** Some text of a request as an error may repeat it: printable ASCII, bounded. */
struct sigv4_shown {
    char text[260];
};
struct sigv4_shown sigv4_show(struct slice text);

/** The claim of the query form; PARAMETERS are those of the request. */
bool sigv4_read_query_claim(const struct sigv4_request *request, const struct sigv4_parameters *parameters,
                            struct arena *arena, struct sigv4_claim *out, struct error *error);
/** Takes in the credential ("keyid/date/region/service/term"), and checks that it has five parts. */
bool sigv4_read_credential(struct slice credential, struct sigv4_claim *out, struct error *error);
/** Takes in "host;x-amz-date". */
void sigv4_read_signed_headers(struct slice list, struct arena *arena, struct sigv4_claim *out);
/** That `host` is signed and every signed header is there. */
bool sigv4_check_signed_headers(const struct sigv4_request *request, const struct sigv4_claim *claim,
                                struct error *error);
/** ERROR_PARAMETER "IncompleteSignature": the date that was given cannot be read. */
bool sigv4_refuse_date(struct slice date, struct error *error);

/** The lower-case, sorted names of those headers that a signer signs, in the arena. */
struct slice *sigv4_names_to_sign(const struct sigv4_request *request, struct arena *arena, size_t *count);
/** Joins names by `;`, in the arena. */
struct slice sigv4_join_names(const struct slice *names, size_t count, struct arena *arena);
/** The payload hash that SIGNER wants: its own, that of the request's header, or that of the body. */
struct slice sigv4_signer_payload(const struct sigv4_signer *signer, const struct sigv4_request *request,
                                  struct arena *arena);
/** All stages from the canonical request to the signature. OUT->amz_date is set already. */
void sigv4_sign_stages(struct digest *digest, const struct sigv4_signer *signer, const struct sigv4_request *request,
                       const struct slice *names, size_t name_count, struct arena *arena, struct sigv4_signature *out);

#endif
