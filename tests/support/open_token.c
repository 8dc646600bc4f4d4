// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// open-token DATA_DIR SECONDS TOKEN: what the service makes of an authorization token at that second since 1970, or
// why it refuses it. Prints {"principal", "issued", "expires"} or {"refused"}.

#include "support/opened_data.h"

#include "base/memory.h"
#include "base/text.h"
#include "service/caller/site.h"
#include "service/token/token.h"

static json_t *describe(const struct token_claims *claims)
{
    return json_pack("{s:s%, s:s%, s:s%, s:I, s:I, s:s%, s:s%, s:i}", "id", claims->id.data, claims->id.size,
                     "principal", claims->principal.data, claims->principal.size, "domain", claims->domain.data,
                     claims->domain.size, "issued", (json_int_t)claims->issued, "expires", (json_int_t)claims->expires,
                     "policy", claims->session.policy.data == NULL ? "" : claims->session.policy.data,
                     claims->session.policy.size, "source",
                     claims->session.source_identity.data == NULL ? "" : claims->session.source_identity.data,
                     claims->session.source_identity.size, "tags", (int)claims->session.tag_count);
}

static json_t *open_token(const struct opened_data *data, int64_t now, const char *token, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO reason = {0};
    struct token_claims claims;
    struct site *site = site_open(data->directory.store, data->directory.master_key, 0, error);
    if (site == NULL)
        return NULL;
    struct token_cipher *cipher = token_cipher_new();
    bool opened = token_open(site->ring, cipher, slice_of(token), now, arena, &claims, &reason);
    json_t *answer = opened ? describe(&claims) : json_pack("{s:s}", "refused", reason.code);
    token_cipher_free(cipher);
    site_close(site);
    return answer;
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct opened_data data = {0};
    json_t *answer = NULL;
    int64_t now;
    if (argc != 4 || !text_parse_integer(slice_of(argv[2]), &now))
        (void)error_set(&error, ERROR_USAGE, NULL, "usage: open-token DATA_DIR SECONDS TOKEN");
    else if (opened_data_open(&data, argv[1], &error))
        answer = open_token(&data, now, argv[3], &error);
    opened_data_close(&data);
    return opened_data_finish("open-token", answer, &error);
}
