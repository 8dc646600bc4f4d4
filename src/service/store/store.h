// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of the store: what the service keeps, whoever keeps it.
 *
 * Each call is one transaction: it has happened and is durable when it returns true, and has not happened
 * otherwise; store_begin() of upkeep.h makes several calls one. A `struct store` belongs to one thread; any number may
 * be open on the same data. Secrets are stored sealed under the master key (seal.h); the store never sees them in the
 * clear. What is returned lives in the arena that was passed in.
 *
 * Errors: ERROR_INTERNAL with the file and the reason (full disk, damaged file, ...), unless said otherwise. A store
 * that another process keeps locked is waited for about a second, then it is ERROR_CONFIGURATION with the neutral
 * code STORE_BUSY, in words that a client may see; while it stays so, further calls hardly wait.
 */
#ifndef JETON_SERVICE_STORE_STORE_H
#define JETON_SERVICE_STORE_STORE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;

#define STORE_BUSY "ServiceUnavailable"

/** What is true of the whole installation. */
struct store_settings {
    const char *account; /**< 12 digits. */
    const char *region;
};

/** What IAM names. The first three can make requests. */
enum store_kind {
    STORE_ROOT, /**< The account itself. Its id is the account's number, its name is empty. */
    STORE_USER,
    STORE_ROLE,
    STORE_GROUP,
    STORE_POLICY,   /**< A managed policy. */
    STORE_PROVIDER, /**< An OpenID Connect provider; its name is its address without "https://". */
};

struct store_principal {
    const char *id; /**< "AIDA..." for a user, "AROA..." for a role, the account's number for the root. */
    enum store_kind kind;
    const char *account;
    const char *path; /**< "/" */
    const char *name; /**< "" for the root. */
    int64_t created;  /**< A timestamp, as all times here. */
};

struct store_tag {
    const char *key;
    const char *value;
};

struct store_access_key {
    const char *id;        /**< "AKIA..." */
    const char *principal; /**< The principal's id. */
    bool active;
    struct slice sealed_secret;
    int64_t created;
    int64_t last_used;        /**< 0: never. */
    const char *last_service; /**< Signing names; NULL: never used. */
    const char *last_region;
};

/** A key, whose it is, and what decides about that principal. */
struct store_identity {
    struct store_access_key key;
    struct store_principal principal;
    struct slice *policies; /**< Its inline policies by name, its groups', and the managed ones attached to any. */
    size_t policy_count;
    struct slice boundary; /**< The permissions boundary; data NULL when there is none. */
    struct store_tag *tags;
    size_t tag_count;
};

/** A sealing key of the token, sealed itself. */
struct store_sealing_key {
    const char *id;
    struct slice sealed_key;
    int64_t created;
};

struct store_domain {
    const char *name;
    const char *owner;          /**< The account, 12 digits. */
    const char *encryption_key; /**< An ARN, or NULL. */
    const char *tags;           /**< JSON array of {key, value}, or NULL. */
    int64_t created;
    int64_t repository_count; /**< Read only. */
    int64_t limit;            /**< Of how many its owner may have, when it is added; 0: any number. Not read. */
};

struct store_repository {
    const char *name;
    const char *domain;
    const char *domain_owner;
    const char *administrator; /**< The account that administers it. */
    const char *description;   /**< Or NULL. */
    const char *upstreams;     /**< JSON array of {repositoryName}, or NULL. */
    const char *tags;          /**< JSON array of {key, value}, or NULL. */
    int64_t created;
    int64_t limit; /**< Of how many its domain may have, when it is added; 0: any number. Not read. */
};

/** A domain, or one of its repositories. */
struct store_resource {
    struct slice owner; /**< The account that owns the domain. */
    struct slice domain;
    struct slice repository; /**< Empty: the domain itself. */
};

/** The permissions policy of a resource. */
struct store_resource_policy {
    const char *document;
    const char *revision; /**< A number that grows with each change. */
};

/** How a change or a look-up ended. */
enum store_result {
    STORE_OK,
    STORE_ABSENT,    /**< There is no such thing (or no such parent). */
    STORE_EXISTS,    /**< There is one already. */
    STORE_NOT_EMPTY, /**< Something hangs on it. */
    STORE_CHANGED,   /**< It is not what the caller takes it for. */
    STORE_LIMIT,     /**< There would be too many. */
    STORE_FAILED,    /**< The error says why. */
};

/** A page of a listing, in byte order of names. */
struct store_page {
    const char *after;  /**< Only names above this one; NULL from the start. */
    const char *prefix; /**< Only names that start so; NULL all. */
    int64_t limit;
};

/** Makes an empty store with its schema in a new file. */
bool store_create(const char *path, const struct store_settings *settings, struct error *error);
/** Opens an existing one, bringing its schema up to date. ERROR_CONFIGURATION when there is none or it is too new. */
struct store *store_open(const char *path, struct error *error);
/** Ends the connection; NULL is fine. What was copied into arenas stays. */
void store_close(struct store *store);
/** From now on its calls wait for no other process. The one function that another thread may call. */
void store_hurry(struct store *store);
/** Moves the write-ahead log into the main file, so that the file alone is the store. */
bool store_settle(struct store *store, struct error *error);

/** Reads what store_create() was given. */
bool store_read_settings(struct store *store, struct arena *arena, struct store_settings *out, struct error *error);

/**
 * A number that differs once any thread or process has changed the store since it was last asked.
 * Cheap enough to ask for several times a second, not at each request.
 */
bool store_version(struct store *store, uint64_t *out, struct error *error);

/** A root or a user. STORE_EXISTS when the id is taken, or the account has a user of that name, whatever its case. */
enum store_result store_add_principal(struct store *store, const struct store_principal *principal,
                                      struct error *error);
/** STORE_ABSENT when there is no such principal. */
enum store_result store_add_access_key(struct store *store, const struct store_access_key *key, struct error *error);
/** Puts an inline policy, replacing one of the same name. STORE_ABSENT when there is no such entity. */
enum store_result store_put_policy(struct store *store, const char *entity, const char *name, struct slice document,
                                   struct error *error);
/** Finds a key, active or not, and all that belongs to it, as of one moment. */
enum store_result store_find_identity(struct store *store, struct slice access_key_id, struct arena *arena,
                                      struct store_identity *out, struct error *error);
/** The same for a principal by its id, whatever its keys (a session of it signs); OUT->key is all zero. */
enum store_result store_find_principal(struct store *store, struct slice principal, struct arena *arena,
                                       struct store_identity *out, struct error *error);

/** Adds a key; from then on it is the first of the list if it is the newest. */
enum store_result store_add_sealing_key(struct store *store, const struct store_sealing_key *key, struct error *error);
/** All of them, newest first. */
bool store_list_sealing_keys(struct store *store, struct arena *arena, struct store_sealing_key **out, size_t *count,
                             struct error *error);

/** STORE_EXISTS when the owner has one of that name, STORE_LIMIT when it would have too many. */
enum store_result store_add_domain(struct store *store, const struct store_domain *domain, struct error *error);
/** Finds a domain by its owner's account and its name. */
enum store_result store_find_domain(struct store *store, struct slice owner, struct slice name, struct arena *arena,
                                    struct store_domain *out, struct error *error);
/** STORE_NOT_EMPTY while it has repositories. */
enum store_result store_delete_domain(struct store *store, struct slice owner, struct slice name, struct error *error);
/** The domains of one owner. */
bool store_list_domains(struct store *store, struct slice owner, const struct store_page *page, struct arena *arena,
                        struct store_domain **out, size_t *count, struct error *error);

/** STORE_ABSENT when there is no such domain, STORE_EXISTS when it has a repository of that name, STORE_LIMIT when it
 * would have too many. */
enum store_result store_add_repository(struct store *store, const struct store_repository *repository,
                                       struct error *error);
/** Finds a repository by its domain's owner, its domain and its name. */
enum store_result store_find_repository(struct store *store, struct slice owner, struct slice domain, struct slice name,
                                        struct arena *arena, struct store_repository *out, struct error *error);
/**
 * Changes the description and the upstreams, each unless it is NULL. STORE_ABSENT when there is no such repository.
 * @param out the repository as it is then.
 */
enum store_result store_update_repository(struct store *store, const struct store_resource *resource,
                                          const char *description, const char *upstreams, struct arena *arena,
                                          struct store_repository *out, struct error *error);
/** STORE_ABSENT when there is none. */
enum store_result store_delete_repository(struct store *store, struct slice owner, struct slice domain,
                                          struct slice name, struct error *error);
/** The repositories of one domain; none when there is no such domain. ADMINISTRATOR: only those of that account; empty
 * for all. */
bool store_list_repositories(struct store *store, struct slice owner, struct slice domain, struct slice administrator,
                             const struct store_page *page, struct arena *arena, struct store_repository **out,
                             size_t *count, struct error *error);
/**
 * The repositories that one account administers, in whatever domain, by name, domain and the domain's owner.
 * @param after only those above that one (PAGE->after is its name); NULL from the start.
 */
bool store_list_administered_repositories(struct store *store, struct slice administrator,
                                          const struct store_page *page, const struct store_resource *after,
                                          struct arena *arena, struct store_repository **out, size_t *count,
                                          struct error *error);

/**
 * Sets the permissions policy. STORE_ABSENT when there is no such resource, STORE_CHANGED when REVISION is not that of
 * the policy that is there.
 * @param revision empty: whatever is there.
 * @param now      a timestamp; the new revision is no less, so none returns even when a resource is made anew.
 * @param out      the new revision.
 */
enum store_result store_put_resource_policy(struct store *store, const struct store_resource *resource,
                                            struct slice revision, struct slice document, int64_t now,
                                            struct arena *arena, const char **out, struct error *error);
/** STORE_ABSENT when there is none. */
enum store_result store_find_resource_policy(struct store *store, const struct store_resource *resource,
                                             struct arena *arena, struct store_resource_policy *out,
                                             struct error *error);
/**
 * STORE_ABSENT when there is none, STORE_CHANGED when it has another revision than REVISION, which is empty for any.
 * @param out what was deleted.
 */
enum store_result store_delete_resource_policy(struct store *store, const struct store_resource *resource,
                                               struct slice revision, struct arena *arena,
                                               struct store_resource_policy *out, struct error *error);

/** The tags of a domain or a repository: a JSON array of {key, value}, or NULL. STORE_ABSENT: no such resource. */
enum store_result store_find_resource_tags(struct store *store, const struct store_resource *resource,
                                           struct arena *arena, const char **out, struct error *error);
/** Puts AFTER in the place of BEFORE. STORE_CHANGED when it does not have the tags BEFORE, or is not there any more. */
enum store_result store_replace_resource_tags(struct store *store, const struct store_resource *resource,
                                              const char *before, const char *after, struct error *error);

#endif
