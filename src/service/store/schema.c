// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/schema.h"

/** "jetn" in ASCII: the mark in the file's header by which we know our own. */
#define APPLICATION_ID 0x6a65746e

// User names are unique whatever their case (IAM User Guide, "IAM and AWS STS quotas"), hence NOCASE. A domain
// carries the number of its repositories so that describing it costs the same however many there are.
const char *const schema_steps[] = {
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE principal ("
    " id TEXT PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK (kind IN ('root', 'user')),"
    " account TEXT NOT NULL CHECK (length(account) = 12),"
    " path TEXT NOT NULL CHECK (path LIKE '/%'),"
    " name TEXT NOT NULL COLLATE NOCASE CHECK ((name = '') = (kind = 'root')),"
    " created INTEGER NOT NULL,"
    " UNIQUE (account, kind, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE access_key ("
    " id TEXT PRIMARY KEY CHECK (id <> ''),"
    " principal TEXT NOT NULL REFERENCES principal (id),"
    " active INTEGER NOT NULL CHECK (active IN (0, 1)),"
    " sealed_secret BLOB NOT NULL CHECK (length(sealed_secret) > 0),"
    " created INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX access_key_of_principal ON access_key (principal);"
    "CREATE TABLE policy ("
    " principal TEXT NOT NULL REFERENCES principal (id),"
    " name TEXT NOT NULL CHECK (name <> ''),"
    " document TEXT NOT NULL CHECK (document <> ''),"
    " PRIMARY KEY (principal, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE sealing_key ("
    " id TEXT PRIMARY KEY CHECK (id <> ''),"
    " sealed_key BLOB NOT NULL CHECK (length(sealed_key) > 0),"
    " created INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE domain ("
    " owner TEXT NOT NULL CHECK (length(owner) = 12),"
    " name TEXT NOT NULL CHECK (name <> ''),"
    " encryption_key TEXT,"
    " tags TEXT,"
    " created INTEGER NOT NULL,"
    " repository_count INTEGER NOT NULL DEFAULT 0 CHECK (repository_count >= 0),"
    " PRIMARY KEY (owner, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE repository ("
    " owner TEXT NOT NULL,"
    " domain TEXT NOT NULL,"
    " name TEXT NOT NULL CHECK (name <> ''),"
    " administrator TEXT NOT NULL CHECK (length(administrator) = 12),"
    " description TEXT,"
    " upstreams TEXT,"
    " tags TEXT,"
    " created INTEGER NOT NULL,"
    " PRIMARY KEY (owner, domain, name),"
    " FOREIGN KEY (owner, domain) REFERENCES domain (owner, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER repository_added AFTER INSERT ON repository BEGIN"
    " UPDATE domain SET repository_count = repository_count + 1 WHERE owner = NEW.owner AND name = NEW.domain;"
    "END;"
    "CREATE TRIGGER repository_deleted AFTER DELETE ON repository BEGIN"
    " UPDATE domain SET repository_count = repository_count - 1 WHERE owner = OLD.owner AND name = OLD.domain;"
    "END;",
    // Permissions policies of domains (no repository) and repositories, and the index for an account's repositories.
    "CREATE TABLE resource_policy ("
    " owner TEXT NOT NULL,"
    " domain TEXT NOT NULL,"
    " repository TEXT NOT NULL,"
    " revision INTEGER NOT NULL CHECK (revision > 0),"
    " document TEXT NOT NULL CHECK (document <> ''),"
    " PRIMARY KEY (owner, domain, repository),"
    " FOREIGN KEY (owner, domain) REFERENCES domain (owner, name) ON DELETE CASCADE"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER repository_without_policy AFTER DELETE ON repository BEGIN"
    " DELETE FROM resource_policy WHERE owner = OLD.owner AND domain = OLD.domain AND repository = OLD.name;"
    "END;"
    "CREATE INDEX repository_of_administrator ON repository (administrator, name, domain, owner);",
    // Whatever IAM names is an entity; what belongs to one kind alone is NULL for the others. What hangs on an entity
    // and must go before it refers to it plainly; what goes with it cascades. The policies of AWS itself belong to the
    // account "aws" and are the same for everyone.
    "CREATE TABLE entity ("
    " id TEXT PRIMARY KEY CHECK (id <> ''),"
    " kind TEXT NOT NULL CHECK (kind IN ('root', 'user', 'role', 'group', 'policy', 'provider')),"
    " account TEXT NOT NULL CHECK (length(account) = 12 OR (account = 'aws' AND kind = 'policy')),"
    " path TEXT NOT NULL CHECK (path LIKE '/%'),"
    " name TEXT NOT NULL COLLATE NOCASE CHECK ((name = '') = (kind = 'root')),"
    " created INTEGER NOT NULL,"
    " description TEXT,"
    " boundary TEXT REFERENCES entity (id),"
    " trust TEXT CHECK ((trust IS NOT NULL) = (kind = 'role')),"
    " max_session INTEGER CHECK ((max_session IS NOT NULL) = (kind = 'role')),"
    " default_version INTEGER CHECK ((default_version IS NOT NULL) = (kind = 'policy')),"
    " last_version INTEGER CHECK ((last_version IS NOT NULL) = (kind = 'policy')),"
    " updated INTEGER CHECK ((updated IS NOT NULL) = (kind = 'policy')),"
    " thumbprints TEXT CHECK ((thumbprints IS NOT NULL) = (kind = 'provider')),"
    " last_used INTEGER,"
    " last_region TEXT,"
    " UNIQUE (account, kind, name)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX entity_with_boundary ON entity (boundary) WHERE boundary IS NOT NULL;"
    "INSERT INTO entity (id, kind, account, path, name, created)"
    " SELECT id, kind, account, path, name, created FROM principal;"
    "CREATE TABLE key_of_entity ("
    " id TEXT PRIMARY KEY CHECK (id <> ''),"
    " principal TEXT NOT NULL REFERENCES entity (id),"
    " active INTEGER NOT NULL CHECK (active IN (0, 1)),"
    " sealed_secret BLOB NOT NULL CHECK (length(sealed_secret) > 0),"
    " created INTEGER NOT NULL,"
    " last_used INTEGER,"
    " last_service TEXT,"
    " last_region TEXT"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO key_of_entity (id, principal, active, sealed_secret, created)"
    " SELECT id, principal, active, sealed_secret, created FROM access_key;"
    "DROP TABLE access_key;"
    "ALTER TABLE key_of_entity RENAME TO access_key;"
    "CREATE INDEX access_key_of_principal ON access_key (principal);"
    "CREATE TABLE inline_policy ("
    " entity TEXT NOT NULL REFERENCES entity (id),"
    " name TEXT NOT NULL CHECK (name <> ''),"
    " document TEXT NOT NULL CHECK (document <> ''),"
    " PRIMARY KEY (entity, name)"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO inline_policy (entity, name, document) SELECT principal, name, document FROM policy;"
    "DROP TABLE policy;"
    "DROP TABLE principal;"
    "CREATE TABLE policy_version ("
    " policy TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,"
    " number INTEGER NOT NULL CHECK (number > 0),"
    " document TEXT NOT NULL CHECK (document <> ''),"
    " created INTEGER NOT NULL,"
    " PRIMARY KEY (policy, number)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE attachment ("
    " entity TEXT NOT NULL REFERENCES entity (id),"
    " policy TEXT NOT NULL REFERENCES entity (id),"
    " PRIMARY KEY (entity, policy)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX attachment_of_policy ON attachment (policy);"
    "CREATE TABLE membership ("
    " member TEXT NOT NULL REFERENCES entity (id),"
    " team TEXT NOT NULL REFERENCES entity (id),"
    " PRIMARY KEY (member, team)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX membership_of_team ON membership (team);"
    "CREATE TABLE tag ("
    " entity TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,"
    " key TEXT NOT NULL COLLATE NOCASE CHECK (key <> ''),"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (entity, key)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE provider_client ("
    " provider TEXT NOT NULL REFERENCES entity (id) ON DELETE CASCADE,"
    " client TEXT NOT NULL CHECK (client <> ''),"
    " PRIMARY KEY (provider, client)"
    ") STRICT, WITHOUT ROWID;"
    "INSERT INTO entity (id, kind, account, path, name, created, description, default_version, last_version, updated)"
    " VALUES ('ANPAZ3CODEARTIFACTADM', 'policy', 'aws', '/', 'AWSCodeArtifactAdminAccess', 1592351580000000,"
    " 'Everything in CodeArtifact.', 1, 1, 1592351580000000),"
    " ('ANPAZ3CODEARTIFACTRDO', 'policy', 'aws', '/', 'AWSCodeArtifactReadOnlyAccess', 1593120180000000,"
    " 'Reading in CodeArtifact.', 1, 1, 1593120180000000);"
    "INSERT INTO policy_version (policy, number, document, created)"
    " SELECT id, 1, '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":' ||"
    " iif(id LIKE '%ADM', '[\"codeartifact:*\"]', '[\"codeartifact:Describe*\",\"codeartifact:Get*\","
    "\"codeartifact:List*\",\"codeartifact:ReadFromRepository\"]') ||"
    " ',\"Resource\":\"*\"},{\"Effect\":\"Allow\",\"Action\":\"sts:GetServiceBearerToken\",\"Resource\":\"*\",'"
    " || '\"Condition\":{\"StringEquals\":{\"sts:AWSServiceName\":\"codeartifact.amazonaws.com\"}}}]}', created"
    " FROM entity WHERE account = 'aws';",
    // A number is never given twice, and one that replaces another gets a new one: who has seen some asks for those
    // above.
    "CREATE TABLE revocation ("
    " number INTEGER PRIMARY KEY AUTOINCREMENT,"
    " kind TEXT NOT NULL CHECK (kind IN ('token', 'principal', 'all')),"
    " subject TEXT NOT NULL CHECK ((subject = '') = (kind = 'all')),"
    " cutoff INTEGER NOT NULL,"
    " made INTEGER NOT NULL,"
    " ends INTEGER NOT NULL,"
    " UNIQUE (kind, subject)"
    ") STRICT;",
};
const size_t schema_step_count = COUNT_OF(schema_steps);

static bool read_pragma(struct store *store, const char *sql, int64_t *out, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, sql, NULL, 0, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return sqlite_fail(store, "read", error);
    *out = sqlite3_column_int64(statement, 0);
    return true;
}

static bool is_ours(struct store *store, struct error *error)
{
    int64_t application = 0;
    if (!read_pragma(store, "PRAGMA application_id", &application, error))
        return false;
    if (application != APPLICATION_ID)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s is not a store of jetond but a file of another program; give the directory that "
                         "jetond init made",
                         store->path);
    return true;
}

static bool read_version(struct store *store, size_t newest, size_t *out, struct error *error)
{
    int64_t version = 0;
    if (!read_pragma(store, "PRAGMA user_version", &version, error))
        return false;
    if (version < 0 || (uint64_t)version > newest)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s was written by a newer jetond (schema %lld, this one knows up to %zu); run that "
                         "version or a newer one",
                         store->path, (long long)version, newest);
    *out = (size_t)version;
    return true;
}

static bool set_version(struct store *store, size_t version, struct error *error)
{
    MEMORY_AUTO char *sql = memory_format("PRAGMA user_version = %zu", version);
    return sqlite_execute(store, sql, "upgrade", error);
}

/** Runs the steps that are missing, within the transaction of the caller. */
static bool run_steps(struct store *store, const char *const *steps, size_t count, struct error *error)
{
    size_t version = 0;
    if (!read_version(store, count, &version, error))
        return false;
    for (size_t i = version; i < count; i++) {
        if (!sqlite_execute(store, steps[i], "upgrade", error))
            return false;
    }
    return set_version(store, count, error);
}

static bool run_transaction(struct store *store, const char *const *steps, size_t count, struct error *error)
{
    if (!sqlite_execute(store, "BEGIN IMMEDIATE", "upgrade", error))
        return false;
    if (run_steps(store, steps, count, error) && sqlite_execute(store, "COMMIT", "upgrade", error))
        return true;
    // The error that counts is the first one; a rollback that fails leaves the same to recovery.
    (void)sqlite_execute(store, "ROLLBACK", "upgrade", NULL);
    return false;
}

bool schema_upgrade(struct store *store, const char *const *steps, size_t count, struct error *error)
{
    size_t version = 0;
    if (!is_ours(store, error) || !read_version(store, count, &version, error))
        return false;
    return version == count || run_transaction(store, steps, count, error);
}

bool schema_compare(struct store *store, size_t count, size_t *behind, struct error *error)
{
    size_t version = 0;
    if (!is_ours(store, error) || !read_version(store, count, &version, error))
        return false;
    *behind = count - version;
    return true;
}

/** The mode stays in the file; SQLite answers with the old mode where the file system cannot share memory. */
static bool use_write_ahead_log(struct store *store, struct error *error)
{
    STATEMENT_AUTO *statement = sqlite_begin(store, "PRAGMA journal_mode = WAL", NULL, 0, error);
    if (statement == NULL)
        return false;
    if (sqlite3_step(statement) != SQLITE_ROW)
        return sqlite_fail(store, "create", error);
    if (sqlite3_stricmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0)
        return true;
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "the file system of %s cannot hold a write-ahead log; put the data directory on a local disk",
                     store->path);
}

bool schema_is_absent(struct store *store, bool *absent, struct error *error)
{
    int64_t application = 0;
    if (!read_pragma(store, "PRAGMA application_id", &application, error))
        return false;
    *absent = application == 0;
    return true;
}

bool schema_create(struct store *store, const char *const *steps, size_t count, struct error *error)
{
    MEMORY_AUTO char *mark = memory_format("PRAGMA application_id = %d", APPLICATION_ID);
    return sqlite_execute(store, mark, "create", error) && use_write_ahead_log(store, error) &&
           run_transaction(store, steps, count, error);
}
