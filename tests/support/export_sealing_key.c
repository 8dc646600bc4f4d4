// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// export-sealing-key DATA_DIR: prints the newest sealing key of the tokens as a JWK (RFC 7517), for the jose program.

#include "support/opened_data.h"

#include "base/memory.h"
#include "base/text.h"

static json_t *export_newest(struct opened_data *data, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_sealing_key *keys;
    size_t count;
    if (!store_list_sealing_keys(data->store, arena, &keys, &count, error))
        return NULL;
    if (count == 0) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "the store has no sealing key");
        return NULL;
    }
    BUFFER_AUTO key = {0};
    BUFFER_AUTO text = {0};
    const char *label = arena_format(arena, "sealing-key/%s", keys[0].id);
    if (!seal_open(&data->master_key, slice_of(label), keys[0].sealed_key, &key, error))
        return NULL;
    text_base64url_encode(&text, key.data, key.size);
    return json_pack("{s:s, s:s, s:s, s:s}", "kty", "oct", "alg", "A128GCMKW", "kid", keys[0].id, "k",
                     buffer_text(&text));
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct opened_data data = {0};
    json_t *answer = NULL;
    if (argc != 2)
        (void)error_set(&error, ERROR_USAGE, NULL, "usage: export-sealing-key DATA_DIR");
    else if (opened_data_open(&data, argv[1], &error))
        answer = export_newest(&data, &error);
    opened_data_close(&data);
    return opened_data_finish("export-sealing-key", answer, &error);
}
