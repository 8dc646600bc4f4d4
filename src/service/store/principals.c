// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/sqlite.h"

static const char *const kinds[] = {[STORE_ROOT] = "root", [STORE_USER] = "user"};

enum store_result store_add_principal(struct store *store, const struct store_principal *principal, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_text(principal->id),   sqlite_text(kinds[principal->kind]), sqlite_text(principal->account),
        sqlite_text(principal->path), sqlite_text(principal->name),        sqlite_integer(principal->created),
    };
    return sqlite_change(store,
                         "INSERT INTO principal (id, kind, account, path, name, created) VALUES (?, ?, ?, ?, ?, ?)",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

enum store_result store_add_access_key(struct store *store, const struct store_access_key *key, struct error *error)
{
    const struct sqlite_value values[] = {
        sqlite_text(key->id),         sqlite_text(key->principal),
        sqlite_integer(key->active),  sqlite_blob(key->sealed_secret),
        sqlite_integer(key->created),
    };
    return sqlite_change(store,
                         "INSERT INTO access_key (id, principal, active, sealed_secret, created)"
                         " VALUES (?, ?, ?, ?, ?)",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

enum store_result store_put_policy(struct store *store, const char *principal, const char *name, struct slice document,
                                   struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(principal), sqlite_text(name), sqlite_slice(document)};
    return sqlite_change(store,
                         "INSERT INTO policy (principal, name, document) VALUES (?, ?, ?)"
                         " ON CONFLICT (principal, name) DO UPDATE SET document = excluded.document",
                         values, COUNT_OF(values), STORE_ABSENT, error);
}

/** The columns of an identity, the policy's document last: one row a policy, or one without any. */
enum {
    PRINCIPAL_ID,
    PRINCIPAL_KIND,
    PRINCIPAL_ACCOUNT,
    PRINCIPAL_PATH,
    PRINCIPAL_NAME,
    PRINCIPAL_CREATED,
    POLICY_DOCUMENT,
    KEY_ID,
    KEY_ACTIVE,
    KEY_SEALED_SECRET,
    KEY_CREATED,
};
#define PRINCIPAL_COLUMNS "p.id, p.kind, p.account, p.path, p.name, p.created, d.document"
#define KEY_COLUMNS "k.id, k.active, k.sealed_secret, k.created"

static void read_principal(sqlite3_stmt *statement, struct arena *arena, struct store_principal *out)
{
    const unsigned char *kind = sqlite3_column_text(statement, PRINCIPAL_KIND);
    out->id = sqlite_column_copy(statement, PRINCIPAL_ID, arena);
    out->kind = slice_is(slice_of((const char *)kind), kinds[STORE_ROOT]) ? STORE_ROOT : STORE_USER;
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

/** One statement reads all, so that all of it is of the same moment. */
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
    if (with_key)
        read_key(statement, arena, out->principal.id, &out->key);
    while (result == STORE_OK) {
        if (sqlite3_column_type(statement, POLICY_DOCUMENT) != SQLITE_NULL) {
            out->policies = sqlite_grow(arena, out->policies, out->policy_count, sizeof *out->policies);
            out->policies[out->policy_count++] = sqlite_column_slice(statement, POLICY_DOCUMENT, arena);
        }
        result = sqlite_next(store, statement, error);
    }
    return result == STORE_ABSENT ? STORE_OK : result;
}

enum store_result store_find_identity(struct store *store, struct slice access_key_id, struct arena *arena,
                                      struct store_identity *out, struct error *error)
{
    return find_identity(store,
                         "SELECT " PRINCIPAL_COLUMNS ", " KEY_COLUMNS
                         " FROM access_key k JOIN principal p ON p.id = k.principal"
                         " LEFT JOIN policy d ON d.principal = p.id WHERE k.id = ? ORDER BY d.name",
                         true, access_key_id, arena, out, error);
}

enum store_result store_find_principal(struct store *store, struct slice principal, struct arena *arena,
                                       struct store_identity *out, struct error *error)
{
    return find_identity(store,
                         "SELECT " PRINCIPAL_COLUMNS " FROM principal p"
                         " LEFT JOIN policy d ON d.principal = p.id WHERE p.id = ? ORDER BY d.name",
                         false, principal, arena, out, error);
}
