// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/site.h"

#include "base/secret.h"
#include "service/store/store.h"

#include <stdlib.h>
#include <string.h>

static const char *copy_text(struct arena *arena, const char *text)
{
    return arena_copy(arena, text, strlen(text));
}

/** Opens one sealing key; it stands in the clear only in the ring. */
static bool open_sealing_key(const struct seal_key *master, const struct store_sealing_key *stored,
                             struct token_key *out, struct error *error)
{
    struct slice id = slice_of(stored->id);
    BUFFER_AUTO label = {0};
    BUFFER_AUTO key = {0};
    buffer_append_text(&label, "sealing-key/");
    buffer_append_slice(&label, id);
    if (!seal_open(master, buffer_slice(&label), stored->sealed_key, &key, error))
        return error_prefix(error, "sealing key %s", stored->id);
    if (id.size != TOKEN_KEY_ID_SIZE || key.size != TOKEN_KEY_SIZE)
        return error_set(error, ERROR_INTERNAL, NULL, "sealing key %s in the store is malformed", stored->id);
    memcpy(out->id, id.data, id.size + 1);
    memcpy(out->key, key.data, key.size);
    return true;
}

static bool read_ring(struct site *site, struct store *store, struct arena *scratch, struct error *error)
{
    struct store_sealing_key *stored = NULL;
    size_t count = 0;
    if (!store_list_sealing_keys(store, scratch, &stored, &count, error))
        return false;
    if (count == 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s holds no sealing key; make the data directory anew with "
                         "jetond init",
                         site->store_path);
    struct token_key *keys = arena_allocate(scratch, count, sizeof *keys);
    for (size_t i = 0; i < count; i++)
        if (!open_sealing_key(&site->master, &stored[i], &keys[i], error))
            return false;
    site->ring = token_ring_new(keys, count);
    return true;
}

static bool fill(struct site *site, struct store *store, const char *key_path, struct error *error)
{
    ARENA_AUTO *scratch = arena_new();
    struct store_settings settings = {0};
    if (!store_read_settings(store, scratch, &settings, error) || !seal_key_read(key_path, &site->master, error))
        return false;
    site->account = copy_text(site->arena, settings.account);
    site->region = copy_text(site->arena, settings.region);
    // Nearly always it is the key that does not fit the store, so its file is named.
    return read_ring(site, store, scratch, error) || error_prefix(error, "%s", key_path);
}

struct site *site_open(const char *store_path, const char *key_path, int64_t tolerance, struct error *error)
{
    struct store *store = store_open(store_path, error);
    if (store == NULL)
        return NULL;
    struct site *site = memory_new(1, sizeof *site);
    site->arena = arena_new();
    site->store_path = copy_text(site->arena, store_path);
    site->tolerance = tolerance;
    site->uses = uses_new(site->store_path);
    bool filled = fill(site, store, key_path, error);
    store_close(store);
    if (filled)
        return site;
    site_close(site);
    return NULL;
}

void site_close(struct site *site)
{
    if (site == NULL)
        return;
    uses_free(site->uses);
    recorder_free(site->recorder);
    if (site->ring != NULL)
        token_ring_free(site->ring);
    arena_free(site->arena);
    secret_wipe(site, sizeof *site);
    free(site);
}
