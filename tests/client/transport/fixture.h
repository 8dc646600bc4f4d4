// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A client with its server on the loopback, for tests of whole calls. */
#ifndef JETON_TESTS_CLIENT_TRANSPORT_FIXTURE_H
#define JETON_TESTS_CLIENT_TRANSPORT_FIXTURE_H

#include "client/transport/transport.h"
#include "stub.h"

#define OK_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define OK_BODY "{\"authorizationToken\":\"t\"}"
#define OK OK_HEAD "Content-Length: 26\r\n\r\n" OK_BODY

/** One test's client, server and outcome. */
struct fixture {
    struct arena *arena;
    struct stub *stub;
    struct settings settings;
    struct credentials credentials;
    struct transport *transport;
    json_t *output;
    struct error error;
    struct buffer received;
    size_t connections;
};

/** Starts the server, and makes settings and credentials for it, which a test may still change. */
void begin(struct fixture *fixture, const struct stub_step *steps);
/** Calls an operation with an input that it takes. */
bool call(struct fixture *fixture, const struct api_service *service, const char *name);
/** Calls GetAuthorizationToken. */
bool get_token(struct fixture *fixture);
/** Ends client and server; what was received stays until forget(). */
void stop(struct fixture *fixture);
void forget(struct fixture *fixture);
/** TEXT with the server's port for {PORT}. */
const char *with_port(struct fixture *fixture, const char *text);
/** The error's message is FORMAT, with the server's port for {PORT}. */
void assert_message(struct fixture *fixture, const char *format);
/** How often WORD stands in what the server received. */
size_t count_of(const struct fixture *fixture, const char *word);

#endif
