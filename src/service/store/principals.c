// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"

enum store_result store_add_principal(struct store *store, const struct store_principal *principal, struct error *error)
{
    const struct store_entity entity = {
        .id = principal->id,
        .kind = principal->kind,
        .account = principal->account,
        .path = principal->path,
        .name = principal->name,
        .created = principal->created,
    };
    return store_add_entity(store, &entity, error);
}

/** The columns of an identity. */
enum {
    PRINCIPAL_ID,
    PRINCIPAL_KIND,
    PRINCIPAL_ACCOUNT,
    PRINCIPAL_PATH,
    PRINCIPAL_NAME,
    PRINCIPAL_CREATED,
    BOUNDARY_DOCUMENT,
    KEY_ID,
    KEY_ACTIVE,
    KEY_SEALED_SECRET,
    KEY_CREATED,
};
#define PRINCIPAL_COLUMNS "p.id, p.kind, p.account, p.path, p.name, p.created, v.document"
#define KEY_COLUMNS "k.id, k.active, k.sealed_secret, k.created"
#define BOUNDARY                                                                                                       \
    " LEFT JOIN entity b ON b.id = p.boundary"                                                                         \
    " LEFT JOIN policy_version v ON v.policy = b.id AND v.number = b.default_version"

static void read_principal(sqlite3_stmt *statement, struct arena *arena, struct store_principal *out)
{
    out->id = sqlite_column_copy(statement, PRINCIPAL_ID, arena);
    out->kind = entity_kind_of((const char *)sqlite3_column_text(statement, PRINCIPAL_KIND));
    out->account = sqlite_column_copy(statement, PRINCIPAL_ACCOUNT, arena);
    out->path = sqlite_column_copy(statement, PRINCIPAL_PATH, arena);
    out->name = sqlite_column_copy(statement, PRINCIPAL_NAME, arena);
    out->created = sqlite3_column_int64(statement, PRINCIPAL_CREATED);
}

static void read_key(sqlite3_stmt *statement, struct arena *arena, const char *principal, struct store_access_key *out)
{
    out->id = sqlite_column_copy(statement, KEY_ID, arena);
    out->principal = principal;
    out->active = sqlite3_column_int(statement, KEY_ACTIVE) != 0;
    out->sealed_secret = sqlite_column_slice(statement, KEY_SEALED_SECRET, arena);
    out->created = sqlite3_column_int64(statement, KEY_CREATED);
}

/** Groups have no groups, so one step is enough. */
#define SELF_AND_GROUPS "(SELECT ?1 UNION ALL SELECT team FROM membership WHERE member = ?1)"

bool store_list_held_policies(struct store *store, const char *id, struct arena *arena, struct store_held_policy **out,
                              size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value value = sqlite_text(id);
    STATEMENT_AUTO *statement =
        sqlite_begin(store,
                     "SELECT 0, i.entity <> ?1, i.entity, i.name, h.kind, NULL, i.document FROM inline_policy i"
                     " JOIN entity h ON h.id = i.entity WHERE i.entity IN " SELF_AND_GROUPS " UNION ALL"
                     " SELECT 1, a.entity <> ?1, a.entity, p.name, h.kind, p.account, v.document FROM attachment a"
                     " JOIN entity h ON h.id = a.entity JOIN entity p ON p.id = a.policy"
                     " JOIN policy_version v ON v.policy = p.id AND v.number = p.default_version"
                     " WHERE a.entity IN " SELF_AND_GROUPS " ORDER BY 1, 2, 3, 4",
                     &value, 1, error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = (struct store_held_policy){
            .name = sqlite_column_copy(statement, 3, arena),
            .holder = entity_kind_of((const char *)sqlite3_column_text(statement, 4)),
            .account = sqlite_column_copy(statement, 5, arena),
            .document = sqlite_column_slice(statement, 6, arena),
        };
    }
    return result == STORE_ABSENT;
}

static bool read_policies(struct store *store, struct arena *arena, struct store_identity *out, struct error *error)
{
    struct store_held_policy *held = NULL;
    if (!store_list_held_policies(store, out->principal.id, arena, &held, &out->policy_count, error))
        return false;
    out->policies = arena_allocate(arena, out->policy_count + 1, sizeof *out->policies);
    for (size_t i = 0; i < out->policy_count; i++)
        out->policies[i] = held[i].document;
    return true;
}

/** The first statement stays open until the last one is through, so that all is read of one moment. */
static enum store_result find_identity(struct store *store, const char *sql, bool with_key, struct slice id,
                                       struct arena *arena, struct store_identity *out, struct error *error)
{
    const struct sqlite_value value = sqlite_slice(id);
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, &value, 1, error);
    if (statement == NULL)
        return STORE_FAILED;
    enum store_result result = sqlite_next(store, statement, error);
    if (result != STORE_OK)
        return result;
    *out = (struct store_identity){0};
    read_principal(statement, arena, &out->principal);
    out->boundary = sqlite_column_slice(statement, BOUNDARY_DOCUMENT, arena);
    if (with_key)
        read_key(statement, arena, out->principal.id, &out->key);
    bool read = read_policies(store, arena, out, error) &&
                entity_read_tags(store, slice_of(out->principal.id), arena, &out->tags, &out->tag_count, error);
    return read ? STORE_OK : STORE_FAILED;
}

enum store_result store_find_identity(struct store *store, struct slice access_key_id, struct arena *arena,
                                      struct store_identity *out, struct error *error)
{
    return find_identity(store,
                         "SELECT " PRINCIPAL_COLUMNS ", " KEY_COLUMNS
                         " FROM access_key k JOIN entity p ON p.id = k.principal" BOUNDARY " WHERE k.id = ?",
                         true, access_key_id, arena, out, error);
}

enum store_result store_find_principal(struct store *store, struct slice principal, struct arena *arena,
                                       struct store_identity *out, struct error *error)
{
    return find_identity(store,
                         "SELECT " PRINCIPAL_COLUMNS " FROM entity p" BOUNDARY
                         " WHERE p.id = ? AND p.kind IN ('root', 'user', 'role')",
                         false, principal, arena, out, error);
}
