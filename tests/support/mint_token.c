// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// mint-token DATA_DIR ACCESS_KEY DOMAIN_ARN SECONDS: an authorization token of the principal that has that access key,
// for that domain, whatever it is, ending in so many seconds; negative for one that is over. Prints {"token"}.

#include "support/opened_data.h"

#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "service/caller/site.h"
#include "service/token/token.h"

/** An hour before its end. */
#define LIFE 3600

static json_t *seal(const struct site *site, const struct store_principal *principal, struct slice domain,
                    int64_t seconds, struct error *error)
{
    struct token_entropy entropy;
    if (!secret_random((unsigned char *)&entropy, sizeof entropy))
        return NULL;
    const int64_t end = timestamp_now() / TIMESTAMP_SECOND + seconds;
    const struct token_claims claims = {.principal = slice_of(principal->id),
                                        .account = slice_of(principal->account),
                                        .domain = domain,
                                        .issued = end - LIFE,
                                        .expires = end};
    BUFFER_AUTO token = {0};
    char id[23];
    struct token_cipher *cipher = token_cipher_new();
    bool sealed = token_seal(site->ring, cipher, &claims, &entropy, &token, id, error);
    token_cipher_free(cipher);
    return sealed ? json_pack("{s:s}", "token", buffer_text(&token)) : NULL;
}

static json_t *mint(struct opened_data *data, char *const *words, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_identity identity;
    int64_t seconds;
    if (!text_parse_integer(slice_of(words[2]), &seconds)) {
        (void)error_set(error, ERROR_USAGE, NULL, "SECONDS is a number, not %s", words[2]);
        return NULL;
    }
    if (store_find_identity(data->store, slice_of(words[0]), arena, &identity, error) != STORE_OK) {
        (void)error_set(error, ERROR_PARAMETER, NULL, "there is no access key %s", words[0]);
        return NULL;
    }
    struct site *site = site_open(data->directory.store, data->directory.master_key, 0, error);
    if (site == NULL)
        return NULL;
    json_t *answer = seal(site, &identity.principal, slice_of(words[1]), seconds, error);
    site_close(site);
    return answer;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct opened_data data = {0};
    json_t *answer = NULL;
    if (argc != 5)
        (void)error_set(&error, ERROR_USAGE, NULL, "usage: mint-token DATA_DIR ACCESS_KEY DOMAIN_ARN SECONDS");
    else if (opened_data_open(&data, argv[1], &error))
        answer = mint(&data, argv + 2, &error);
    opened_data_close(&data);
    return opened_data_finish("mint-token", answer, &error);
}
