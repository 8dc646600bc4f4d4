// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A small service for the tests of caller, operations and http, and for the fuzzer: a store in a directory of its
 * own with a few principals, and requests signed by them at a moment of the test's choice.
 */
#ifndef JETON_TESTS_SERVICE_HTTP_FIXTURE_H
#define JETON_TESTS_SERVICE_HTTP_FIXTURE_H

#include "service/caller/site.h"
#include "service/http/http.h"

#define FIXTURE_ACCOUNT "123456789012"
#define FIXTURE_OTHER_ACCOUNT "210987654321"
#define FIXTURE_REGION "eu-west-1"
#define FIXTURE_DOMAIN "my-domain"
#define FIXTURE_HOST "127.0.0.1:4480"
#define FIXTURE_SECRET "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
/** 2026-08-30T12:36:00Z */
#define FIXTURE_NOW (INT64_C(1788093360) * TIMESTAMP_SECOND)

/** The access keys; all have FIXTURE_SECRET. */
#define KEY_ADMIN "AKIAFIXTUREADMIN0001"      /**< Everything; user /ops/admin. */
#define KEY_ROOT "AKIAFIXTUREROOT00001"       /**< The account's root. */
#define KEY_READER "AKIAFIXTUREREADER001"     /**< codeartifact:Describe* on everything. */
#define KEY_BEARERLESS "AKIAFIXTURENOBEARER1" /**< codeartifact:* only. */
#define KEY_DENIED "AKIAFIXTUREDENIED001"     /**< Everything, but GetAuthorizationToken explicitly not. */
#define KEY_INACTIVE "AKIAFIXTUREINACTIVE1"   /**< The administrator's, switched off. */
#define KEY_STRANGER "AKIAFIXTURESTRANGER1"   /**< Everything in FIXTURE_OTHER_ACCOUNT. */
#define PRINCIPAL_ADMIN "AIDAFIXTUREADMIN0001"

struct fixture {
    char *directory;
    struct site *site;
};

/** Makes the store and opens the site. */
void fixture_open(struct fixture *fixture);
/** Closes and removes all. */
void fixture_close(struct fixture *fixture);

/** Who asks for what. Zero members mean: no query, no body, no session, codeartifact, FIXTURE_NOW. */
struct fixture_request {
    const char *key;
    const char *method;
    const char *path;
    const char *query;
    const char *body;
    const char *content_type;
    const char *service;
    const char *region;
    const char *secret;
    const char *session_token;
    int64_t signed_at;
};

/** The request, signed; all in the arena. */
struct http_request fixture_sign(const struct fixture_request *what, struct arena *arena);

/** A session token of the administrator for that access key id, ending at EXPIRES (seconds); in the arena. */
const char *fixture_session(const struct fixture *fixture, const char *key, int64_t expires, struct arena *arena);

#endif
