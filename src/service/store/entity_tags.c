// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"

bool entity_read_tags(struct store *store, struct slice id, struct arena *arena, struct store_tag **out, size_t *count,
                      struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_slice(id);
    STATEMENT_AUTO *statement = sqlite_begin(
        store, "SELECT key, value FROM tag WHERE entity = ? ORDER BY key COLLATE BINARY", &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct store_tag){
            .key = sqlite_column_copy(statement, 0, arena),
            .value = sqlite_column_copy(statement, 1, arena),
        };
    }
    return result == STORE_ABSENT;
}

enum store_result entity_add_tags(struct store *store, const char *id, const struct store_tag *tags, size_t count,
                                  struct error *error)
{
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < count && result == STORE_OK; i++) {
        const struct sqlite_value values[] = {sqlite_text(id), sqlite_text(tags[i].key), sqlite_text(tags[i].value)};
        result = sqlite_change(store,
                               "INSERT INTO tag (entity, key, value) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT DO UPDATE SET key = ?2, value = ?3",
                               values, COUNT_OF(values), STORE_ABSENT, error);
    }
    return result;
}

struct tagging {
    const char *id;
    const struct store_tag *tags;
    size_t count;
    int64_t limit;
};

static enum store_result put_tags(struct store *store, const void *context, struct error *error)
{
    const struct tagging *tagging = context;
    const struct sqlite_value value = sqlite_text(tagging->id);
    int64_t count = 0;
    enum store_result result = entity_require(store, tagging->id, error);
    if (result == STORE_OK)
        result = entity_add_tags(store, tagging->id, tagging->tags, tagging->count, error);
    if (result != STORE_OK)
        return result;
    if (!sqlite_read_number(store, "SELECT count(*) FROM tag WHERE entity = ?", &value, 1, &count, error))
        return STORE_FAILED;
    return count <= tagging->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_put_tags(struct store *store, const char *id, const struct store_tag *tags, size_t count,
                                 int64_t limit, struct error *error)
{
    const struct tagging tagging = {.id = id, .tags = tags, .count = count, .limit = limit};
    return sqlite_transact(store, put_tags, &tagging, error);
}

struct untagging {
    const char *id;
    const char *const *keys;
    size_t count;
};

static enum store_result remove_tags(struct store *store, const void *context, struct error *error)
{
    const struct untagging *untagging = context;
    enum store_result result = entity_require(store, untagging->id, error);
    for (size_t i = 0; i < untagging->count && result == STORE_OK; i++) {
        const struct sqlite_value values[] = {sqlite_text(untagging->id), sqlite_text(untagging->keys[i])};
        result = sqlite_change(store, "DELETE FROM tag WHERE entity = ? AND key = ?", values, COUNT_OF(values),
                               STORE_FAILED, error);
        if (result == STORE_ABSENT)
            result = STORE_OK;
    }
    return result;
}

enum store_result store_remove_tags(struct store *store, const char *id, const char *const *keys, size_t count,
                                    struct error *error)
{
    const struct untagging untagging = {.id = id, .keys = keys, .count = count};
    return sqlite_transact(store, remove_tags, &untagging, error);
}
