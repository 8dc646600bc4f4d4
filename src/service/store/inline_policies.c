// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"

enum store_result store_put_policy(struct store *store, const char *entity, const char *name, struct slice document,
                                   struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(entity), sqlite_text(name), sqlite_slice(document)};
    return sqlite_change(store,
                         "INSERT INTO inline_policy (entity, name, document) VALUES (?, ?, ?)"
                         " ON CONFLICT (entity, name) DO UPDATE SET document = excluded.document",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

struct putting {
    const char *id;
    const char *name;
    struct slice document;
    int64_t limit;
};

static enum store_result put_inline_policy(struct store *store, const void *context, struct error *error)
{
    const struct putting *putting = context;
    enum store_result result = store_put_policy(store, putting->id, putting->name, putting->document, error);
    if (result != STORE_OK)
        return result;
    const struct sqlite_value value = sqlite_text(putting->id);
    int64_t size = 0;
    // "IAM and AWS STS quotas": white space is not counted.
    if (!sqlite_read_number(store,
                            "SELECT sum(length(replace(replace(replace(replace(document, ' ', ''), char(9), ''),"
                            " char(10), ''), char(13), ''))) FROM inline_policy WHERE entity = ?",
                            &value, 1, &size, error))
        return STORE_FAILED;
    return size <= putting->limit ? STORE_OK : STORE_LIMIT;
}

enum store_result store_put_inline_policy(struct store *store, const char *id, const char *name, struct slice document,
                                          int64_t limit, struct error *error)
{
    const struct putting putting = {.id = id, .name = name, .document = document, .limit = limit};
    return sqlite_transact(store, put_inline_policy, &putting, error);
}

enum store_result store_find_inline_policy(struct store *store, const char *id, struct slice name, struct arena *arena,
                                           struct slice *document, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(id), sqlite_slice(name)};
    STATEMENT_AUTO *statement = sqlite_begin(store, "SELECT document FROM inline_policy WHERE entity = ? AND name = ?",
                                             values, COUNT_OF(values), error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result == STORE_OK)
        *document = sqlite_column_slice(statement, 0, arena);
    return result;
}

enum store_result store_delete_inline_policy(struct store *store, const char *id, struct slice name,
                                             struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(id), sqlite_slice(name)};
    return sqlite_change(store, "DELETE FROM inline_policy WHERE entity = ? AND name = ?", values, COUNT_OF(values),
                         STORE_FAILED, error);
}

bool store_list_inline_policies(struct store *store, const char *id, struct arena *arena, const char ***out,
                                size_t *count, struct error *error)
{
    return entity_read_texts(store, "SELECT name FROM inline_policy WHERE entity = ? ORDER BY name", slice_of(id),
                             arena, out, count, error);
}
