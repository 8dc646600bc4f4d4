// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A case of the published signing suite: a folder with a request, a context and what must come out. */
#ifndef JETON_TESTS_SIGV4_VECTOR_H
#define JETON_TESTS_SIGV4_VECTOR_H

#include "sigv4/sigv4.h"

#define VECTOR_HEADERS_MAX 16

/** A request read from its text; slices into that text. */
struct vector_request {
    struct sigv4_request request;
    struct sigv4_header headers[VECTOR_HEADERS_MAX];
};

/** What context.json says. */
struct vector_context {
    struct slice access_key_id;
    struct slice secret_access_key;
    struct slice session_token;
    struct slice region;
    struct slice service;
    int64_t when;
    int64_t expires;
    bool normalize;
    bool sign_body;
    bool omit_session_token;
};

/** The content of a file of a case; fails the test when it cannot be read. */
struct slice vector_read_file(const char *folder, const char *name, struct arena *arena);
/** Takes a request in the suite's form apart: continuation lines belong to the value above. */
void vector_parse_request(struct slice text, struct vector_request *out);
void vector_read_context(const char *folder, struct arena *arena, struct vector_context *out);
/** The signer that the context describes. */
struct sigv4_signer vector_signer(const struct vector_context *context);
/** A verifier that stands at the moment of the context. */
struct sigv4_verifier vector_verifier(const struct vector_context *context);

#endif
