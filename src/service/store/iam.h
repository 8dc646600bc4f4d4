// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The contract of the store for what IAM administers: users, roles, groups, managed policies, OpenID Connect providers,
 * all of them entities, and what hangs on them. What store.h says of transactions, threads, memory and errors holds
 * here too; STORE_ABSENT always also means that there is no such entity.
 */
#ifndef JETON_SERVICE_STORE_IAM_H
#define JETON_SERVICE_STORE_IAM_H

#include "service/store/store.h"

/** The account whose managed policies everyone has. */
#define STORE_AWS_ACCOUNT "aws"

/** What does not apply to its kind is NULL or 0. */
struct store_entity {
    const char *id; /**< "AIDA...", "AROA...", "AGPA...", "ANPA..."; a provider's is its ARN. */
    enum store_kind kind;
    const char *account;
    const char *path; /**< "/" or "/a/b/" */
    const char *name; /**< Unique in its account and kind, whatever its case. */
    int64_t created;
    const char *description;   /**< A role's or a policy's; may be NULL. */
    const char *boundary;      /**< The id of the policy that bounds a user or role, or NULL. */
    const char *trust;         /**< A role's trust policy. */
    int64_t max_session;       /**< A role's, in seconds. */
    const char *thumbprints;   /**< A provider's: a JSON array of texts. */
    int64_t default_version;   /**< A policy's. */
    int64_t updated;           /**< A policy's. */
    int64_t last_used;         /**< A role's; 0: never. */
    const char *last_region;   /**< Likewise; NULL: never. */
    int64_t attachment_count;  /**< A policy's; read only, as the next two. */
    int64_t boundary_count;    /**< For how many entities the policy is the boundary. */
    const char *boundary_path; /**< With the next, what the boundary's ARN needs. */
    const char *boundary_name;
    const char *boundary_account;
    const struct store_tag *tags; /**< Not read by listings, as the next two. */
    size_t tag_count;
    const char *const *clients; /**< A provider's audiences. */
    size_t client_count;
    struct slice document; /**< The first version of a policy that is added; not read. */
};

/** Adds it with its tags, clients and first version. STORE_EXISTS when the id or the name is taken, STORE_ABSENT when
 * the boundary does not exist. */
enum store_result store_add_entity(struct store *store, const struct store_entity *entity, struct error *error);
/** Finds an entity by its name, exactly as it is written. */
enum store_result store_find_entity(struct store *store, enum store_kind kind, struct slice account, struct slice name,
                                    struct arena *arena, struct store_entity *out, struct error *error);
/** Finds it by its id. */
enum store_result store_find_entity_by_id(struct store *store, struct slice id, struct arena *arena,
                                          struct store_entity *out, struct error *error);

/** What may be changed at once; NULL or 0 leaves it as it is. */
struct store_changes {
    const char *path;
    const char *name;
    const char *description;
    const char *trust;
    int64_t max_session;
    const char *thumbprints;
};
/** STORE_EXISTS when the new name is taken. */
enum store_result store_change_entity(struct store *store, const char *id, const struct store_changes *changes,
                                      struct error *error);
/** Sets the boundary; POLICY is a policy's id, or NULL to take it away. */
enum store_result store_set_boundary(struct store *store, const char *id, const char *policy, struct error *error);
/** Deletes it with its tags; STORE_NOT_EMPTY while anything else hangs on it, or a policy has several versions. */
enum store_result store_delete_entity(struct store *store, const char *id, struct error *error);

/** What keeps an entity from being deleted. */
struct store_ties {
    int64_t keys;
    int64_t inline_policies;
    int64_t attached; /**< Managed policies that are attached to it. */
    int64_t members;  /**< Of the group. */
    int64_t groups;   /**< That the user is in. */
    int64_t versions; /**< Of the policy. */
    int64_t uses;     /**< Of the policy, attached or as a boundary. */
};
/** All zero for one that is not there. */
bool store_find_ties(struct store *store, const char *id, struct store_ties *out, struct error *error);

// ------------------------------------------------------------------ listings

/** Which entities a listing gives. */
enum store_relation {
    STORE_ALL,      /**< Of the account and kind. */
    STORE_POLICIES, /**< Managed policies of the account and of AWS. */
    STORE_ATTACHED, /**< The managed policies attached to OF. */
    STORE_ATTACHES, /**< The entities that the policy OF is attached to. */
    STORE_BOUNDED,  /**< The entities that the policy OF bounds. */
    STORE_USES,     /**< Both of these. */
    STORE_MEMBERS,  /**< The users in the group OF. */
    STORE_GROUPS,   /**< The groups that the user OF is in. */
};

/** In the order of names; from the start when AFTER is NULL. */
struct store_listing {
    enum store_relation relation;
    const char *of;          /**< An id; not for the first two. */
    const char *account;     /**< For the first two. */
    enum store_kind kind;    /**< For STORE_ALL; elsewhere only these, or all for STORE_ROOT. */
    const char *path_prefix; /**< Only paths that start so; NULL all. */
    bool only_attached;      /**< Only policies that are attached. */
    bool only_boundaries;    /**< Only policies that are a boundary. */
    const char *after;       /**< The name of the last one seen, and its id: names may occur twice. */
    const char *after_id;
    int64_t limit;
};
bool store_list_entities(struct store *store, const struct store_listing *listing, struct arena *arena,
                         struct store_entity **out, size_t *count, struct error *error);

// ------------------------------------------------------------------ what hangs on an entity

/** Adds tags; a key that is there, whatever its case, gets the new value. STORE_LIMIT above LIMIT in all. */
enum store_result store_put_tags(struct store *store, const char *id, const struct store_tag *tags, size_t count,
                                 int64_t limit, struct error *error);
/** Takes tags away; those that are not there do not matter. */
enum store_result store_remove_tags(struct store *store, const char *id, const char *const *keys, size_t count,
                                    struct error *error);

/** Puts an inline policy; STORE_LIMIT when all of them would have more than LIMIT characters that are not white. */
enum store_result store_put_inline_policy(struct store *store, const char *id, const char *name, struct slice document,
                                          int64_t limit, struct error *error);
enum store_result store_find_inline_policy(struct store *store, const char *id, struct slice name, struct arena *arena,
                                           struct slice *document, struct error *error);
enum store_result store_delete_inline_policy(struct store *store, const char *id, struct slice name,
                                             struct error *error);
/** The names of its inline policies, in byte order. */
bool store_list_inline_policies(struct store *store, const char *id, struct arena *arena, const char ***out,
                                size_t *count, struct error *error);

/** Attaches a managed policy; nothing changes when it is attached already. STORE_LIMIT above LIMIT of them. */
enum store_result store_attach_policy(struct store *store, const char *id, const char *policy, int64_t limit,
                                      struct error *error);
enum store_result store_detach_policy(struct store *store, const char *id, const char *policy, struct error *error);

/** Puts a user into a group; nothing changes when it is there already. STORE_LIMIT above LIMIT groups. */
enum store_result store_join_group(struct store *store, const char *user, const char *group, int64_t limit,
                                   struct error *error);
/** Nothing changes when it is not in it. */
enum store_result store_leave_group(struct store *store, const char *user, const char *group, struct error *error);

/** Adds an audience; nothing changes when it is there already. STORE_LIMIT above LIMIT of them. */
enum store_result store_add_client(struct store *store, const char *provider, const char *client, int64_t limit,
                                   struct error *error);
/** Nothing changes when it is not there. */
enum store_result store_remove_client(struct store *store, const char *provider, const char *client,
                                      struct error *error);

/** A policy that an entity has, itself or by a group. */
struct store_held_policy {
    enum store_kind holder; /**< Of the one that has it: the entity's kind, or STORE_GROUP. */
    const char *account;    /**< Of a managed policy; NULL for an inline one. */
    const char *name;
    struct slice document;
};
/** In the order of struct store_identity. */
bool store_list_held_policies(struct store *store, const char *id, struct arena *arena, struct store_held_policy **out,
                              size_t *count, struct error *error);

// ------------------------------------------------------------------ versions of managed policies

struct store_policy_version {
    int64_t number;
    bool is_default;
    int64_t created;
    struct slice document;
};
/** Adds a version with the next number, which VERSION gets; STORE_LIMIT above LIMIT of them. */
enum store_result store_add_policy_version(struct store *store, const char *policy,
                                           struct store_policy_version *version, int64_t limit, struct error *error);
enum store_result store_find_policy_version(struct store *store, const char *policy, int64_t number,
                                            struct arena *arena, struct store_policy_version *out, struct error *error);
/** The newest first, without their documents. */
bool store_list_policy_versions(struct store *store, const char *policy, struct arena *arena,
                                struct store_policy_version **out, size_t *count, struct error *error);
enum store_result store_set_default_version(struct store *store, const char *policy, int64_t number, int64_t now,
                                            struct error *error);
/** STORE_NOT_EMPTY for the one that is in force. */
enum store_result store_delete_policy_version(struct store *store, const char *policy, int64_t number,
                                              struct error *error);

// ------------------------------------------------------------------ access keys

/** Adds a key; STORE_LIMIT above LIMIT of them. */
enum store_result store_add_limited_key(struct store *store, const struct store_access_key *key, int64_t limit,
                                        struct error *error);
/** Finds a key, whosever it is. */
enum store_result store_find_access_key(struct store *store, struct slice id, struct arena *arena,
                                        struct store_access_key *out, struct error *error);
/** The keys of one principal, by their ids. */
bool store_list_access_keys(struct store *store, const char *principal, struct arena *arena,
                            struct store_access_key **out, size_t *count, struct error *error);
/** Switches a key of that principal on or off. */
enum store_result store_switch_access_key(struct store *store, const char *principal, struct slice id, bool active,
                                          struct error *error);
enum store_result store_delete_access_key(struct store *store, const char *principal, struct slice id,
                                          struct error *error);

/** That something was used. */
struct store_use {
    const char *key; /**< An access key's id, or a role's. */
    int64_t when;
    const char *service; /**< Signing names. */
    const char *region;
};
/** By how much a use must be later than the one that is known to be worth writing, in a timestamp's units. */
#define STORE_USE_INTERVAL INT64_C(60000000)
/** Records the uses in one transaction; of what is gone, or was used shortly before or later, nothing. */
enum store_result store_record_uses(struct store *store, const struct store_use *uses, size_t count,
                                    struct error *error);

#endif
