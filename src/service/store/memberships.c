// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What ties two things together: policies attached to entities, users in groups, audiences of providers. */
#include "service/store/entity.h"

/** One tie, and the statements for its kind. */
struct tie {
    const char *owner;
    const char *other;
    int64_t limit;
    const char *add;   /**< Changes a row even when it is there. */
    const char *count; /**< How many the owner has. */
};

static enum store_result tie(struct store *store, const void *context, struct error *error)
{
    const struct tie *tie = context;
    const struct sqlite_value values[] = {sqlite_text(tie->owner), sqlite_text(tie->other)};
    enum store_result result = sqlite_change(store, tie->add, values, COUNT_OF(values), STORE_ABSENT, error);
    int64_t count = 0;
    if (result != STORE_OK)
        return result;
    if (!sqlite_read_number(store, tie->count, values, 1, &count, error))
        return STORE_FAILED;
    return count <= tie->limit ? STORE_OK : STORE_LIMIT;
}

/** @return STORE_ABSENT when there was no such tie. */
static enum store_result untie(struct store *store, const char *sql, const char *owner, const char *other,
                               struct error *error)
{
    const struct sqlite_value values[] = {sqlite_text(owner), sqlite_text(other)};
    return sqlite_change(store, sql, values, COUNT_OF(values), STORE_FAILED, error);
}

enum store_result store_attach_policy(struct store *store, const char *id, const char *policy, int64_t limit,
                                      struct error *error)
{
    const struct tie attachment = {
        .owner = id,
        .other = policy,
        .limit = limit,
        .add = "INSERT INTO attachment (entity, policy) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET policy = ?2",
        .count = "SELECT count(*) FROM attachment WHERE entity = ?",
    };
    return sqlite_transact(store, tie, &attachment, error);
}

enum store_result store_detach_policy(struct store *store, const char *id, const char *policy, struct error *error)
{
    return untie(store, "DELETE FROM attachment WHERE entity = ? AND policy = ?", id, policy, error);
}

enum store_result store_join_group(struct store *store, const char *user, const char *group, int64_t limit,
                                   struct error *error)
{
    const struct tie membership = {
        .owner = user,
        .other = group,
        .limit = limit,
        .add = "INSERT INTO membership (member, team) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET team = ?2",
        .count = "SELECT count(*) FROM membership WHERE member = ?",
    };
    return sqlite_transact(store, tie, &membership, error);
}

enum store_result store_leave_group(struct store *store, const char *user, const char *group, struct error *error)
{
    enum store_result result = untie(store, "DELETE FROM membership WHERE member = ? AND team = ?", user, group, error);
    return result == STORE_ABSENT ? STORE_OK : result;
}

enum store_result store_add_client(struct store *store, const char *provider, const char *client, int64_t limit,
                                   struct error *error)
{
    const struct tie audience = {
        .owner = provider,
        .other = client,
        .limit = limit,
        .add = "INSERT INTO provider_client (provider, client) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET client = ?2",
        .count = "SELECT count(*) FROM provider_client WHERE provider = ?",
    };
    return sqlite_transact(store, tie, &audience, error);
}

enum store_result store_remove_client(struct store *store, const char *provider, const char *client,
                                      struct error *error)
{
    enum store_result result =
        untie(store, "DELETE FROM provider_client WHERE provider = ? AND client = ?", provider, client, error);
    return result == STORE_ABSENT ? STORE_OK : result;
}
