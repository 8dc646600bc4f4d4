// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The operations of IAM, bound in operations.c, and what their files share. An operation on what users, roles, groups,
 * policies and providers have alike (inline policies, attachments, tags, boundaries) is one function, which finds in
 * the input which of them is meant: its subject.
 *
 * The texts of errors are AWS's: service-semantics.md section 7 of the project's reference.
 */
#ifndef JETON_SERVICE_OPERATIONS_IAM_H
#define JETON_SERVICE_OPERATIONS_IAM_H

#include "service/operations/operations.h"
#include "service/store/iam.h"

#define IAM_TAGS_MAX 50
#define IAM_KEYS_MAX 2
#define IAM_ATTACHED_MAX 10
#define IAM_GROUPS_MAX 10
#define IAM_VERSIONS_MAX 5
#define IAM_CLIENTS_MAX 100
#define IAM_PROVIDERS_MAX 100
#define IAM_THUMBPRINTS_MAX 5

operation_function iam_create_user, iam_get_user, iam_list_users, iam_update_user, iam_delete_user;
operation_function iam_create_access_key, iam_list_access_keys, iam_update_access_key, iam_delete_access_key;
operation_function iam_get_access_key_last_used;
operation_function iam_create_role, iam_get_role, iam_list_roles, iam_update_role, iam_delete_role;
operation_function iam_update_assume_role_policy, iam_update_role_description, iam_list_instance_profiles;
operation_function iam_create_group, iam_get_group, iam_list_groups, iam_update_group, iam_delete_group;
operation_function iam_add_user_to_group, iam_remove_user_from_group, iam_list_groups_for_user;
operation_function iam_put_inline_policy, iam_get_inline_policy, iam_list_inline_policies, iam_delete_inline_policy;
operation_function iam_create_policy, iam_get_policy, iam_list_policies, iam_delete_policy;
operation_function iam_create_policy_version, iam_get_policy_version, iam_list_policy_versions;
operation_function iam_set_default_policy_version, iam_delete_policy_version;
operation_function iam_attach_policy, iam_detach_policy, iam_list_attached_policies, iam_list_entities_for_policy;
operation_function iam_put_boundary, iam_delete_boundary;
operation_function iam_tag, iam_untag, iam_list_tags;
operation_function iam_create_provider, iam_get_provider, iam_list_providers, iam_delete_provider;
operation_function iam_add_client, iam_remove_client, iam_update_thumbprint;
operation_function iam_list_account_aliases;
operation_function iam_simulate_principal_policy, iam_simulate_custom_policy;

// ------------------------------------------------------------------ whom a permission is asked for

/** The ARN of the subject, as if it had no path. */
operation_resource iam_subject_resource;
/** The ARN that what is to be made will have. */
operation_resource iam_new_user_resource, iam_new_role_resource, iam_new_group_resource, iam_new_policy_resource,
    iam_new_provider_resource;
/** The path that is listed, as an ARN. */
operation_resource iam_users_resource, iam_roles_resource, iam_groups_resource;
/** The member PolicySourceArn. */
operation_resource iam_source_resource;
/** "*" */
operation_resource iam_no_resource;
/** Gives the path of a subject that exists, and its tags and its boundary to the policies that ask for them. */
operation_guard iam_guard_subject;
/** The same for the user whose key is meant. */
operation_guard iam_guard_key;

// ------------------------------------------------------------------ input

/** The tags of the input. @param error "InvalidInput" when a key stands twice. */
bool iam_read_tags(const struct operation_call *call, const struct store_tag **tags, size_t *count,
                   struct error *error);
/** The texts of a list of the input. */
const char *const *iam_read_texts(const struct operation_call *call, const char *name, size_t *count);

/** Makes a new unique id of that kind. @param kind one of the letters of identifier.h. */
const char *iam_new_id(const struct operation_call *call, const char *kind, struct error *error);

// ------------------------------------------------------------------ entities

/** The entity of that kind which the input's member names. @param error "NoSuchEntity". */
bool iam_find(const struct operation_call *call, enum store_kind kind, const char *member, struct store_entity *out,
              struct error *error);
/** The managed policy whose ARN is the member. @param error "NoSuchEntity", "InvalidInput" when it is no such ARN. */
bool iam_find_policy(const struct operation_call *call, const char *member, struct store_entity *out,
                     struct error *error);
/** The entity of any kind whose ARN is the member. @param error as iam_find_policy(). */
bool iam_find_arn(const struct operation_call *call, const char *member, struct store_entity *out, struct error *error);
/** The same, but one that can be changed: not AWS's own. */
bool iam_find_own_policy(const struct operation_call *call, struct store_entity *out, struct error *error);
/** The subject: whom RoleName, GroupName, UserName, PolicyArn or OpenIDConnectProviderArn names, else the caller. */
bool iam_find_subject(const struct operation_call *call, struct store_entity *out, struct error *error);
/** A member of the input that names the subject, and what it names. */
struct iam_subject {
    const char *member;
    enum store_kind kind;
};
/** The first of them that the input has; NULL: the caller is meant. */
const struct iam_subject *iam_subject_of(const struct operation_call *call);
/** The boundary that the input asks for, as a policy's id; NULL when it asks for none. */
bool iam_find_boundary(const struct operation_call *call, const char **id, struct error *error);

/** "user", "role", ... and "User", "Role", ... */
const char *iam_kind_word(enum store_kind kind);
const char *iam_kind_title(enum store_kind kind);
/** The ARN of an entity. */
const char *iam_arn(const struct operation_call *call, const struct store_entity *entity);

// ------------------------------------------------------------------ output

/** Sets the error. @return NULL always. */
json_t *iam_fail(struct error *error, const char *code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/** "NoSuchEntity" for an entity of that kind and name (a policy's and a provider's is its ARN). @return NULL always. */
json_t *iam_absent(struct error *error, enum store_kind kind, const char *name);
/** Tells all threads that the store has changed. @return an empty output. */
json_t *iam_changed(const struct operation_call *call);
/** iam_changed() for STORE_OK; for STORE_ABSENT that the entity is gone by now. */
json_t *iam_finish(const struct operation_call *call, enum store_result result, const struct store_entity *entity,
                   struct error *error);

/** Adds a moment, in whole seconds as IAM gives them. */
void iam_add_time(json_t *object, const char *name, int64_t when);
/** Adds a policy document, percent-encoded as IAM gives it (RFC 3986). */
void iam_add_document(json_t *object, const char *name, struct slice document);

/** An entity as IAM describes it: the path, names, ids and times of its kind; WHOLE adds what listings leave out. */
json_t *iam_describe(const struct operation_call *call, const struct store_entity *entity, bool whole);
/** Adds the tags, unless there are none. */
void iam_add_tags(json_t *object, const struct store_entity *entity);

// ------------------------------------------------------------------ listings

/**
 * Lists entities by Marker and MaxItems of the input.
 * @param list   what is listed; its page is filled in here.
 * @param output gets IsTruncated and Marker.
 * @return whether it could; ITEMS and COUNT are the page. @param error "ValidationError" for a foreign marker.
 */
bool iam_list(const struct operation_call *call, struct store_listing *list, json_t *output,
              struct store_entity **items, size_t *count, struct error *error);
/** The same for entities that iam_describe() describes: {MEMBER: [...]}. */
json_t *iam_list_described(const struct operation_call *call, struct store_listing *list, const char *member,
                           struct error *error);
/**
 * Cuts a list that is whole into the page that the input asks for; KEY is the member of an entry that tells them
 * apart, NULL when the entries are texts. Takes LIST.
 * @return {MEMBER: [...]} with IsTruncated and Marker; NULL for a foreign marker.
 */
json_t *iam_page(const struct operation_call *call, json_t *list, const char *key, const char *member,
                 struct error *error);

/** How many entries a page may have. */
size_t iam_page_size(const struct operation_call *call);
/** The decoded marker, in the arena; NULL when there is none. @param error "ValidationError" when it is foreign. */
bool iam_read_marker(const struct operation_call *call, const char **out, struct error *error);
/** Adds whether there is more, and the marker after LAST; NULL when there is not. */
void iam_add_marker(json_t *output, const char *last);

// ------------------------------------------------------------------ policy documents

/** What a document is for, which decides what it must have. */
enum iam_document {
    IAM_USER_POLICY,
    IAM_ROLE_POLICY,
    IAM_GROUP_POLICY,
    IAM_MANAGED_POLICY,
    IAM_TRUST_POLICY,
};
/** How many characters that are not white it may have. */
int64_t iam_document_limit(enum iam_document kind);
/** Reads the input's member as a document. @param error "MalformedPolicyDocument", "LimitExceeded". */
bool iam_read_document(const struct operation_call *call, enum iam_document kind, const char *member, struct slice *out,
                       struct error *error);
/**
 * A policy with principals as it is kept: the ARNs of users and roles of this account are their unique ids, so that one
 * who is made anew under an old name is another.
 * @param strict whether there must be such a user or role; else an ARN of nobody stays as it is.
 * @param error  "MalformedPolicyDocument" when there is none.
 */
const char *iam_principals_to_store(const struct operation_call *call, struct slice document, bool strict,
                                    struct error *error);
/** The same as it is shown: ARNs again; the id where nobody has it any more. */
const char *iam_principals_to_show(const struct operation_call *call, const char *stored);

#endif
