// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"

const char *const entity_kinds[] = {
    [STORE_ROOT] = "root",   [STORE_USER] = "user",     [STORE_ROLE] = "role",
    [STORE_GROUP] = "group", [STORE_POLICY] = "policy", [STORE_PROVIDER] = "provider",
};

enum store_kind entity_kind_of(const char *name)
{
    size_t kind = 0;
    while (kind + 1 < COUNT_OF(entity_kinds) && !slice_is(slice_of(name), entity_kinds[kind]))
        kind++;
    return (enum store_kind)kind;
}

struct store_entity entity_read(sqlite3_stmt *statement, struct arena *arena)
{
    return (struct store_entity){
        .id = sqlite_column_copy(statement, 0, arena),
        .kind = entity_kind_of((const char *)sqlite3_column_text(statement, 1)),
        .account = sqlite_column_copy(statement, 2, arena),
        .path = sqlite_column_copy(statement, 3, arena),
        .name = sqlite_column_copy(statement, 4, arena),
        .created = sqlite3_column_int64(statement, 5),
        .description = sqlite_column_copy(statement, 6, arena),
        .boundary = sqlite_column_copy(statement, 7, arena),
        .trust = sqlite_column_copy(statement, 8, arena),
        .max_session = sqlite3_column_int64(statement, 9),
        .thumbprints = sqlite_column_copy(statement, 10, arena),
        .default_version = sqlite3_column_int64(statement, 11),
        .updated = sqlite3_column_int64(statement, 12),
        .last_used = sqlite3_column_int64(statement, 13),
        .last_region = sqlite_column_copy(statement, 14, arena),
        .boundary_account = sqlite_column_copy(statement, 15, arena),
        .boundary_path = sqlite_column_copy(statement, 16, arena),
        .boundary_name = sqlite_column_copy(statement, 17, arena),
        .attachment_count = sqlite3_column_int64(statement, 18),
        .boundary_count = sqlite3_column_int64(statement, 19),
    };
}

bool entity_read_texts(struct store *store, const char *sql, struct slice id, struct arena *arena, const char ***out,
                       size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_slice(id);
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = sqlite_column_copy(statement, 0, arena);
    }
    return result == STORE_ABSENT;
}

// ------------------------------------------------------------------ adding

/** A kind's own columns are not NULL, and those of the others are. */
static struct sqlite_value number_of(const struct store_entity *entity, enum store_kind kind, int64_t number)
{
    return entity->kind == kind ? sqlite_integer(number) : sqlite_text(NULL);
}

static enum store_result add_row(struct store *store, const struct store_entity *entity, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_text(entity->id),
        sqlite_text(entity_kinds[entity->kind]),
        sqlite_text(entity->account),
        sqlite_text(entity->path),
        sqlite_text(entity->name),
        sqlite_integer(entity->created),
        sqlite_text(entity->description),
        sqlite_text(entity->boundary),
        sqlite_text(entity->trust),
        number_of(entity, STORE_ROLE, entity->max_session),
        sqlite_text(entity->thumbprints),
        number_of(entity, STORE_POLICY, 1),
        number_of(entity, STORE_POLICY, entity->created),
    };
    return sqlite_change(store,
                         "INSERT INTO entity (id, kind, account, path, name, created, description, boundary, trust,"
                         " max_session, thumbprints, default_version, last_version, updated)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12, ?13)",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

static enum store_result add_clients(struct store *store, const struct store_entity *entity, struct error *error)
{
    enum store_result result = STORE_OK;
    for (size_t i = 0; i < entity->client_count && result == STORE_OK; i++) {
        const struct sqlite_value values[] = {sqlite_text(entity->id), sqlite_text(entity->clients[i])};
        result = sqlite_change(store,
                               "INSERT INTO provider_client (provider, client) VALUES (?1, ?2)"
                               " ON CONFLICT DO UPDATE SET client = ?2",
                               values, COUNT_OF(values), STORE_ABSENT, error);
    }
    return result;
}

static enum store_result add_document(struct store *store, const struct store_entity *entity, struct error *error)
{
    if (entity->kind != STORE_POLICY)
        return STORE_OK;
    const struct sqlite_value values[] = {sqlite_text(entity->id), sqlite_slice(entity->document),
                                          sqlite_integer(entity->created)};
    return sqlite_change(store, "INSERT INTO policy_version (policy, number, document, created) VALUES (?, 1, ?, ?)",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

static enum store_result add_entity(struct store *store, const void *context, struct error *error)
{
    const struct store_entity *entity = context;
    enum store_result result = add_row(store, entity, error);
    if (result == STORE_OK)
        result = entity_add_tags(store, entity->id, entity->tags, entity->tag_count, error);
    if (result == STORE_OK)
        result = add_clients(store, entity, error);
    return result == STORE_OK ? add_document(store, entity, error) : result;
}

enum store_result store_add_entity(struct store *store, const struct store_entity *entity, struct error *error)
{
    return sqlite_transact(store, add_entity, entity, error);
}

// ------------------------------------------------------------------ finding

static bool read_clients(struct store *store, struct arena *arena, struct store_entity *entity, struct error *error)
{
    const char **clients = NULL;
    bool read = entity->kind != STORE_PROVIDER ||
                entity_read_texts(store, "SELECT client FROM provider_client WHERE provider = ? ORDER BY client",
                                  slice_of(entity->id), arena, &clients, &entity->client_count, error);
    entity->clients = clients;
    return read;
}

static enum store_result find_entity(struct store *store, const char *sql, const struct sqlite_value *values,
                                     size_t count, struct arena *arena, struct store_entity *out, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, values, count, error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result != STORE_OK)
        return result;
    *out = entity_read(statement, arena);
    struct store_tag *tags = NULL;
    // The statement is still open, so that all is read of one moment.
    bool read = entity_read_tags(store, slice_of(out->id), arena, &tags, &out->tag_count, error) &&
                read_clients(store, arena, out, error);
    out->tags = tags;
    return read ? STORE_OK : STORE_FAILED;
}

enum store_result store_find_entity(struct store *store, enum store_kind kind, struct slice account, struct slice name,
                                    struct arena *arena, struct store_entity *out, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(entity_kinds[kind]), sqlite_slice(account), sqlite_slice(name)};
    return find_entity(store,
                       "SELECT " ENTITY_COLUMNS " FROM entity e" ENTITY_BOUNDARY
                       " WHERE e.kind = ?1 AND e.account = ?2 AND e.name = ?3 AND e.name = ?3 COLLATE BINARY",
                       values, COUNT_OF(values), arena, out, error);
}

enum store_result store_find_entity_by_id(struct store *store, struct slice id, struct arena *arena,
                                          struct store_entity *out, struct error *error)
{
    const struct sqlite_value value = sqlite_slice(id);
    return find_entity(store, "SELECT " ENTITY_COLUMNS " FROM entity e" ENTITY_BOUNDARY " WHERE e.id = ?", &value, 1,
                       arena, out, error);
}

enum store_result entity_require(struct store *store, const char *id, struct error *error)
{
    const struct sqlite_value value = sqlite_text(id);
    int64_t count = 0;
    if (!sqlite_read_number(store, "SELECT count(*) FROM entity WHERE id = ?", &value, 1, &count, error))
        return STORE_FAILED;
    return count > 0 ? STORE_OK : STORE_ABSENT;
}

// ------------------------------------------------------------------ changing

enum store_result store_change_entity(struct store *store, const char *id, const struct store_changes *changes,
                                      struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_text(id),
        sqlite_text(changes->path),
        sqlite_text(changes->name),
        sqlite_text(changes->description),
        sqlite_text(changes->trust),
        changes->max_session == 0 ? sqlite_text(NULL) : sqlite_integer(changes->max_session),
        sqlite_text(changes->thumbprints),
    };
    return sqlite_change(store,
                         "UPDATE entity SET path = coalesce(?2, path), name = coalesce(?3, name),"
                         " description = coalesce(?4, description), trust = coalesce(?5, trust),"
                         " max_session = coalesce(?6, max_session), thumbprints = coalesce(?7, thumbprints)"
                         " WHERE id = ?1",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

enum store_result store_set_boundary(struct store *store, const char *id, const char *policy, struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(policy), sqlite_text(id)};
    return sqlite_change(store, "UPDATE entity SET boundary = ? WHERE id = ?", values, COUNT_OF(values), STORE_ABSENT,
                         error);
}

// ------------------------------------------------------------------ deleting

/** The versions of a policy go with it, unless there are several: then they are deleted one by one before. */
enum store_result store_delete_entity(struct store *store, const char *id, struct error *error)
{
    const struct sqlite_value value = sqlite_text(id);
    enum store_result result = sqlite_change(store,
                                             "DELETE FROM entity WHERE id = ?1"
                                             " AND (SELECT count(*) FROM policy_version WHERE policy = ?1) <= 1",
                                             &value, 1, STORE_NOT_EMPTY, error);
    if (result != STORE_ABSENT)
        return result;
    result = entity_require(store, id, error);
    return result == STORE_OK ? STORE_NOT_EMPTY : result;
}

bool store_find_ties(struct store *store, const char *id, struct store_ties *out, struct error *error)
{
    const struct sqlite_value value = sqlite_text(id);
    STATEMENT_AUTO *statement = sqlite_begin(store,
                                             "SELECT (SELECT count(*) FROM access_key WHERE principal = ?1),"
                                             " (SELECT count(*) FROM inline_policy WHERE entity = ?1),"
                                             " (SELECT count(*) FROM attachment WHERE entity = ?1),"
                                             " (SELECT count(*) FROM membership WHERE team = ?1),"
                                             " (SELECT count(*) FROM membership WHERE member = ?1),"
                                             " (SELECT count(*) FROM policy_version WHERE policy = ?1),"
                                             " (SELECT count(*) FROM attachment WHERE policy = ?1) +"
                                             " (SELECT count(*) FROM entity WHERE boundary = ?1)",
                                             &value, 1, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return sqlite_fail(store, "read", error);
    *out = (struct store_ties){
        .keys = sqlite3_column_int64(statement, 0),
        .inline_policies = sqlite3_column_int64(statement, 1),
        .attached = sqlite3_column_int64(statement, 2),
        .members = sqlite3_column_int64(statement, 3),
        .groups = sqlite3_column_int64(statement, 4),
        .versions = sqlite3_column_int64(statement, 5),
        .uses = sqlite3_column_int64(statement, 6),
    };
    return true;
}
