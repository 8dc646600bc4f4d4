// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/fixture.h"

#include "base/memory.h"
#include "base/secret.h"
#include "service/store/seal.h"
#include "service/store/store.h"
#include "service/token/session.h"
#include "support/temporary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void need(bool done, const char *what, const struct error *error)
{
    if (done)
        return;
    (void)fprintf(stderr, "fixture: %s: %s\n", what, error->message == NULL ? "?" : error->message);
    abort();
}

#define ALLOW(action) "{\"Effect\":\"Allow\",\"Action\":\"" action "\",\"Resource\":\"*\"}"
#define POLICY(statements) "{\"Version\":\"2012-10-17\",\"Statement\":[" statements "]}"

static const struct {
    const char *id;
    const char *path;
    const char *name;
    const char *key;
    const char *policy;
    const char *account; // NULL: FIXTURE_ACCOUNT
} people[] = {
    {FIXTURE_ACCOUNT, "/", "", KEY_ROOT, NULL, NULL},
    {PRINCIPAL_ADMIN, "/ops/", "admin", KEY_ADMIN, POLICY(ALLOW("*")), NULL},
    {"AIDAFIXTUREREADER001", "/", "reader", KEY_READER, POLICY(ALLOW("codeartifact:Describe*")), NULL},
    {"AIDAFIXTURENOBEARER1", "/", "bearerless", KEY_BEARERLESS, POLICY(ALLOW("codeartifact:*")), NULL},
    {"AIDAFIXTUREDENIED001", "/", "denied", KEY_DENIED,
     POLICY(ALLOW("*") ",{\"Effect\":\"Deny\",\"Action\":\"codeartifact:GetAuthorizationToken\",\"Resource\":\"*\"}"),
     NULL},
    {"AIDAFIXTURESTRANGER1", "/", "stranger", KEY_STRANGER, POLICY(ALLOW("*")), FIXTURE_OTHER_ACCOUNT},
};

static void add_key(struct store *store, const struct seal_key *master, const char *key, const char *principal,
                    bool active)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO label = {0};
    BUFFER_AUTO sealed = {0};
    buffer_append_format(&label, "access-key/%s", key);
    need(seal_close(master, buffer_slice(&label), SLICE(FIXTURE_SECRET), &sealed, &error), key, &error);
    const struct store_access_key stored = {
        .id = key, .principal = principal, .active = active, .sealed_secret = buffer_slice(&sealed), .created = 1};
    need(store_add_access_key(store, &stored, &error) == STORE_OK, key, &error);
}

static void add_people(struct store *store, const struct seal_key *master)
{
    ERROR_AUTO error = {0};
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        const struct store_principal principal = {
            .id = people[i].id,
            .kind = people[i].name[0] == '\0' ? STORE_ROOT : STORE_USER,
            .account = people[i].account == NULL ? FIXTURE_ACCOUNT : people[i].account,
            .path = people[i].path,
            .name = people[i].name,
            .created = 1,
        };
        need(store_add_principal(store, &principal, &error) == STORE_OK, people[i].id, &error);
        if (people[i].policy != NULL)
            need(store_put_policy(store, people[i].id, "inline", slice_of(people[i].policy), &error) == STORE_OK,
                 people[i].id, &error);
        add_key(store, master, people[i].key, people[i].id, true);
    }
    add_key(store, master, KEY_INACTIVE, PRINCIPAL_ADMIN, false);
}

static void add_rest(struct store *store, const struct seal_key *master)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO sealed = {0};
    need(seal_close(master, SLICE("sealing-key/abcd1234"), SLICE("0123456789abcdef"), &sealed, &error), "key", &error);
    const struct store_sealing_key key = {.id = "abcd1234", .sealed_key = buffer_slice(&sealed), .created = 1};
    need(store_add_sealing_key(store, &key, &error) == STORE_OK, "sealing key", &error);
    const struct store_domain domain = {.name = FIXTURE_DOMAIN, .owner = FIXTURE_ACCOUNT, .created = 1700000000123456};
    need(store_add_domain(store, &domain, &error) == STORE_OK, "domain", &error);
}

void fixture_open(struct fixture *fixture)
{
    ERROR_AUTO error = {0};
    fixture->directory = temporary_make();
    MEMORY_AUTO char *store_path = temporary_path(fixture->directory, "store.sqlite");
    MEMORY_AUTO char *key_path = temporary_path(fixture->directory, "master.key");
    struct seal_key master;
    need(seal_key_create(key_path, &master, &error), key_path, &error);
    const struct store_settings settings = {.account = FIXTURE_ACCOUNT, .region = FIXTURE_REGION};
    need(store_create(store_path, &settings, &error), store_path, &error);
    struct store *store = store_open(store_path, &error);
    need(store != NULL, store_path, &error);
    add_people(store, &master);
    add_rest(store, &master);
    store_close(store);
    secret_wipe(&master, sizeof master);
    fixture->site = site_open(store_path, key_path, 300, &error);
    need(fixture->site != NULL, "site", &error);
}

void fixture_close(struct fixture *fixture)
{
    site_close(fixture->site);
    temporary_remove(fixture->directory);
    free(fixture->directory);
}

static const char *or_else(const char *text, const char *otherwise)
{
    return text == NULL ? otherwise : text;
}

struct http_request fixture_sign(const struct fixture_request *what, struct arena *arena)
{
    int64_t signed_at = what->signed_at == 0 ? FIXTURE_NOW : what->signed_at;
    struct sigv4_header *headers = arena_allocate(arena, 6, sizeof *headers);
    struct sigv4_request message = {
        .method = slice_of(what->method),
        .path = slice_of(what->path),
        .query = slice_of(or_else(what->query, "")),
        .headers = headers,
        .body = slice_of(or_else(what->body, "")),
    };
    headers[message.header_count++] = (struct sigv4_header){SLICE("Host"), SLICE(FIXTURE_HOST)};
    headers[message.header_count++] = (struct sigv4_header){SLICE("User-Agent"), SLICE("fixture/1")};
    if (what->content_type != NULL)
        headers[message.header_count++] = (struct sigv4_header){SLICE("Content-Type"), slice_of(what->content_type)};
    const struct sigv4_signer signer = {
        .access_key_id = slice_of(what->key),
        .secret_access_key = slice_of(or_else(what->secret, FIXTURE_SECRET)),
        .session_token = slice_of(what->session_token),
        .region = slice_of(or_else(what->region, FIXTURE_REGION)),
        .service = slice_of(or_else(what->service, "codeartifact")),
        .now = signed_at,
        .options = sigv4_default_options,
    };
    struct sigv4_signature signature;
    struct digest *digest = digest_new();
    sigv4_sign(digest, &signer, &message, arena, &signature);
    digest_free(digest);
    const char *date = arena_copy(arena, signature.amz_date, strlen(signature.amz_date));
    headers[message.header_count++] = (struct sigv4_header){SLICE("X-Amz-Date"), slice_of(date)};
    if (what->session_token != NULL)
        headers[message.header_count++] =
            (struct sigv4_header){SLICE("X-Amz-Security-Token"), slice_of(what->session_token)};
    headers[message.header_count++] = (struct sigv4_header){SLICE("Authorization"), signature.authorization};
    return (struct http_request){.message = message, .client = "192.0.2.1", .now = FIXTURE_NOW};
}

const char *fixture_session(const struct fixture *fixture, const char *key, int64_t expires, struct arena *arena)
{
    ERROR_AUTO error = {0};
    struct token_entropy entropy;
    need(secret_random((unsigned char *)&entropy, sizeof entropy), "random", &error);
    const struct session_claims claims = {
        .access_key_id = slice_of(key),
        .secret_access_key = SLICE(FIXTURE_SECRET),
        .principal = SLICE(PRINCIPAL_ADMIN),
        .account = SLICE(FIXTURE_ACCOUNT),
        .issued = expires - 3600,
        .expires = expires,
    };
    BUFFER_AUTO token = {0};
    struct token_cipher *cipher = token_cipher_new();
    need(session_seal(fixture->site->ring, cipher, &claims, &entropy, &token, &error), "session", &error);
    token_cipher_free(cipher);
    return arena_copy(arena, token.data, token.size);
}
