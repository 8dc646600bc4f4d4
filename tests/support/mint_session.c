// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// mint-session DATA_DIR PRINCIPAL SECONDS: temporary credentials. PRINCIPAL is a unique id, the name of a user, or
// the id of an access key of it; SECONDS may be negative for a session that is over.
// Prints {"AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"}, the last in seconds since 1970.

#include "support/opened_data.h"

#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "service/caller/site.h"
#include "service/store/iam.h"
#include "service/token/session.h"

static bool find_by_name(struct opened_data *data, struct slice name, struct arena *arena, struct store_identity *out,
                         struct error *error)
{
    struct store_settings settings;
    struct store_entity user;
    if (!store_read_settings(data->store, arena, &settings, error))
        return false;
    if (store_find_entity(data->store, STORE_USER, slice_of(settings.account), name, arena, &user, error) != STORE_OK)
        return error_set(error, ERROR_PARAMETER, NULL, "there is no user %.*s", SLICE_ARGS(name));
    return store_find_principal(data->store, slice_of(user.id), arena, out, error) == STORE_OK;
}

static bool find_principal(struct opened_data *data, struct slice word, struct arena *arena, struct store_identity *out,
                           struct error *error)
{
    return store_find_principal(data->store, word, arena, out, error) == STORE_OK ||
           store_find_identity(data->store, word, arena, out, error) == STORE_OK ||
           find_by_name(data, word, arena, out, error);
}

static json_t *seal(const struct site *site, const struct store_principal *principal, int64_t seconds,
                    struct error *error)
{
    char key[IDENTIFIER_SIZE];
    char secret[IDENTIFIER_SECRET_SIZE];
    struct token_entropy entropy;
    if (!opened_data_new_key(IDENTIFIER_SESSION_KEY, key, secret, error) ||
        !secret_random((unsigned char *)&entropy, sizeof entropy))
        return NULL;
    int64_t now = timestamp_now() / TIMESTAMP_SECOND;
    const struct session_claims claims = {
        .access_key_id = slice_of(key),
        .secret_access_key = slice_of(secret),
        .principal = slice_of(principal->id),
        .account = slice_of(principal->account),
        .issued = seconds <= 0 ? now + seconds - 900 : now, // one that is over began before
        .expires = now + seconds,
    };
    BUFFER_AUTO token = {0};
    struct token_cipher *cipher = token_cipher_new();
    bool sealed = session_seal(site->ring, cipher, &claims, &entropy, &token, error);
    token_cipher_free(cipher);
    if (!sealed)
        return NULL;
    return json_pack("{s:s, s:s, s:s, s:I}", "AccessKeyId", key, "SecretAccessKey", secret, "SessionToken",
                     buffer_text(&token), "Expiration", (json_int_t)claims.expires);
}

static json_t *mint(struct opened_data *data, const char *principal, const char *seconds, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_identity identity;
    int64_t duration;
    if (!text_parse_integer(slice_of(seconds), &duration)) {
        (void)error_set(error, ERROR_USAGE, NULL, "SECONDS is a number, not %s", seconds);
        return NULL;
    }
    if (!find_principal(data, slice_of(principal), arena, &identity, error))
        return NULL;
    struct site *site = site_open(data->directory.store, data->directory.master_key, 0, error);
    if (site == NULL)
        return NULL;
    json_t *answer = seal(site, &identity.principal, duration, error);
    site_close(site);
    return answer;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct opened_data data = {0};
    json_t *answer = NULL;
    if (argc != 4)
        (void)error_set(&error, ERROR_USAGE, NULL, "usage: mint-session DATA_DIR PRINCIPAL SECONDS");
    else if (opened_data_open(&data, argv[1], &error))
        answer = mint(&data, argv[2], argv[3], &error);
    opened_data_close(&data);
    return opened_data_finish("mint-session", answer, &error);
}
