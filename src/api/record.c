// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/record.h"

#include "api/codeartifact_table.h"
#include "api/iam_table.h"

static const struct api_pattern solid = {"\\S+", "\\S", "\\S", "\\S"};
static const char *const formats[] = {API_RECORD_FORMAT, NULL};
static const char *const states[] = {"Active", "Inactive", NULL};

STRING_SHAPE(format, -1, -1, NULL, formats);
NUMBER_SHAPE(version, API_INTEGER, API_RECORD_VERSION, API_RECORD_VERSION);
STRING_SHAPE(document, 1, 131072, NULL, NULL);
STRING_SHAPE(moment, 20, 40, NULL, NULL);
STRING_SHAPE(description, 0, 1000, NULL, NULL);
STRING_SHAPE(state, -1, -1, NULL, states);
STRING_SHAPE(name_of_provider, 1, 255, &solid, NULL);
STRING_SHAPE(client, 1, 255, NULL, NULL);
STRING_SHAPE(thumbprint, 40, 40, NULL, NULL);
STRING_SHAPE(region, 1, 64, NULL, NULL);
NUMBER_SHAPE(session, API_INTEGER, 3600, 43200);
NUMBER_SHAPE(number, API_LONG, 1, INT64_C(1000000000));
PLAIN_SHAPE(truth, API_BOOLEAN);

static const struct api_member tag_members[] = {
    BODY_MEMBER("key", api_iam_tag_key, REQUIRED, "The tag's key."),
    BODY_MEMBER("value", api_iam_tag_value, REQUIRED, "The tag's value."),
};
STRUCTURE_SHAPE(tag, tag_members);
LIST_SHAPE(tags, tag, 50);

static const struct api_member inline_members[] = {
    BODY_MEMBER("name", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("document", document, REQUIRED, "What it says."),
};
STRUCTURE_SHAPE(inline_policy, inline_members);
LIST_SHAPE(inline_policies, inline_policy, -1);
LIST_SHAPE(arns, api_iam_arn, -1);
LIST_SHAPE(group_names, api_iam_group_name, -1);

static const struct api_member key_members[] = {
    BODY_MEMBER("id", api_iam_id, REQUIRED, "The access key's id."),
    BODY_MEMBER("status", state, REQUIRED, "Whether it can be used."),
    BODY_MEMBER("created", moment, OPTIONAL, "When it was made."),
};
STRUCTURE_SHAPE(access_key, key_members);
LIST_SHAPE(access_keys, access_key, -1);

// ------------------------------------------------------------------ whatever IAM names

#define PATH_MEMBER BODY_MEMBER("path", api_iam_path, OPTIONAL, "Its path; / when left out.")
#define ID_MEMBER BODY_MEMBER("id", api_iam_id, OPTIONAL, "Its unique id; made up when left out.")
#define CREATED_MEMBER BODY_MEMBER("created", moment, OPTIONAL, "When it was made; now when left out.")
#define DESCRIPTION_MEMBER BODY_MEMBER("description", description, OPTIONAL, "What it is for.")
#define INLINE_MEMBER BODY_MEMBER("inlinePolicies", inline_policies, OPTIONAL, "Its own policies.")
#define ATTACHED_MEMBER BODY_MEMBER("attachedPolicies", arns, OPTIONAL, "The ARNs of its managed policies.")
#define KEYS_MEMBER BODY_MEMBER("accessKeys", access_keys, OPTIONAL, "Its access keys, without their secrets.")
#define BOUNDARY_MEMBER                                                                                                \
    BODY_MEMBER("permissionsBoundary", api_iam_arn, OPTIONAL, "The ARN of the policy that bounds it.")
#define TAGS_MEMBER BODY_MEMBER("tags", tags, OPTIONAL, "Its tags.")

static const struct api_member root_members[] = {CREATED_MEMBER, INLINE_MEMBER, ATTACHED_MEMBER, KEYS_MEMBER};
STRUCTURE_SHAPE(root, root_members);

static const struct api_member version_members[] = {
    BODY_MEMBER("number", number, REQUIRED, "The version's number."),
    BODY_MEMBER("default", truth, OPTIONAL, "Whether it is in force; one of them is."),
    BODY_MEMBER("created", moment, OPTIONAL, "When it was made."),
    BODY_MEMBER("document", document, REQUIRED, "What it says."),
};
STRUCTURE_SHAPE(policy_version, version_members);
LIST_SHAPE(versions, policy_version, 5);

static const struct api_member policy_members[] = {
    BODY_MEMBER("name", api_iam_policy_name, REQUIRED, "The policy's name."),
    BODY_MEMBER("path", api_iam_policy_path, OPTIONAL, "Its path; / when left out."),
    ID_MEMBER,
    CREATED_MEMBER,
    DESCRIPTION_MEMBER,
    TAGS_MEMBER,
    BODY_MEMBER("versions", versions, REQUIRED, "Its versions."),
};
STRUCTURE_SHAPE(policy, policy_members);
LIST_SHAPE(policies, policy, -1);

static const struct api_member group_members[] = {
    BODY_MEMBER("name", api_iam_group_name, REQUIRED, "The group's name."),
    PATH_MEMBER,
    ID_MEMBER,
    CREATED_MEMBER,
    INLINE_MEMBER,
    ATTACHED_MEMBER,
};
STRUCTURE_SHAPE(group, group_members);
LIST_SHAPE(groups, group, -1);

static const struct api_member user_members[] = {
    BODY_MEMBER("name", api_iam_user_name, REQUIRED, "The user's name."),
    PATH_MEMBER,
    ID_MEMBER,
    CREATED_MEMBER,
    BOUNDARY_MEMBER,
    TAGS_MEMBER,
    INLINE_MEMBER,
    ATTACHED_MEMBER,
    BODY_MEMBER("groups", group_names, OPTIONAL, "The names of the groups that it is in."),
    KEYS_MEMBER,
};
STRUCTURE_SHAPE(user, user_members);
LIST_SHAPE(users, user, -1);

static const struct api_member role_members[] = {
    BODY_MEMBER("name", api_iam_role_name, REQUIRED, "The role's name."),
    PATH_MEMBER,
    ID_MEMBER,
    CREATED_MEMBER,
    DESCRIPTION_MEMBER,
    BODY_MEMBER("maxSessionDuration", session, OPTIONAL, "How long its sessions may last; 3600 when left out."),
    BOUNDARY_MEMBER,
    TAGS_MEMBER,
    BODY_MEMBER("trustPolicy", document, REQUIRED, "Who may assume it."),
    INLINE_MEMBER,
    ATTACHED_MEMBER,
};
STRUCTURE_SHAPE(role, role_members);
LIST_SHAPE(roles, role, -1);

LIST_SHAPE(clients, client, -1);
LIST_SHAPE(thumbprints, thumbprint, 5);
static const struct api_member provider_members[] = {
    BODY_MEMBER("name", name_of_provider, REQUIRED, "Its address without https://."),
    CREATED_MEMBER,
    TAGS_MEMBER,
    BODY_MEMBER("clientIds", clients, OPTIONAL, "The audiences that tokens may be for."),
    BODY_MEMBER("thumbprints", thumbprints, OPTIONAL, "Hashes of its certificates."),
};
STRUCTURE_SHAPE(provider, provider_members);
LIST_SHAPE(providers, provider, -1);

// ------------------------------------------------------------------ domains

#define PERMISSIONS_MEMBER BODY_MEMBER("permissionsPolicy", document, OPTIONAL, "Who may do what with it.")
#define RESOURCE_TAGS_MEMBER BODY_MEMBER("tags", codeartifact_tag_list, OPTIONAL, "Its tags.")

LIST_SHAPE(upstreams, codeartifact_repository_name, 10);
static const struct api_member repository_members[] = {
    BODY_MEMBER("name", codeartifact_repository_name, REQUIRED, "The repository's name."),
    CREATED_MEMBER,
    DESCRIPTION_MEMBER,
    BODY_MEMBER("administrator", codeartifact_account_id, OPTIONAL, "The account that administers it."),
    BODY_MEMBER("upstreams", upstreams, OPTIONAL, "Where it looks for what it does not hold, in this order."),
    RESOURCE_TAGS_MEMBER,
    PERMISSIONS_MEMBER,
};
STRUCTURE_SHAPE(repository, repository_members);
LIST_SHAPE(repositories, repository, -1);

static const struct api_member domain_members[] = {
    BODY_MEMBER("name", codeartifact_domain_name, REQUIRED, "The domain's name."),
    CREATED_MEMBER,
    BODY_MEMBER("encryptionKey", codeartifact_arn, OPTIONAL, "The key that it names."),
    RESOURCE_TAGS_MEMBER,
    PERMISSIONS_MEMBER,
    BODY_MEMBER("repositories", repositories, OPTIONAL, "Its repositories."),
};
STRUCTURE_SHAPE(domain, domain_members);
LIST_SHAPE(domains, domain, -1);

// ------------------------------------------------------------------ revocations

static const char *const kinds[] = {"token", "principal", "all", NULL};
STRING_SHAPE(kind, -1, -1, NULL, kinds);
STRING_SHAPE(subject, 1, 200, &solid, NULL);
static const struct api_member revocation_members[] = {
    BODY_MEMBER("kind", kind, REQUIRED, "What it is of."),
    BODY_MEMBER("subject", subject, OPTIONAL, "The id of the token or the principal; none for all."),
    BODY_MEMBER("issuedBefore", moment, REQUIRED, "What was issued before it is revoked."),
    BODY_MEMBER("made", moment, REQUIRED, "When it was made."),
    BODY_MEMBER("ends", moment, REQUIRED, "When nothing that it revokes can be alive."),
};
STRUCTURE_SHAPE(revocation, revocation_members);
LIST_SHAPE(revocations, revocation, -1);

// ------------------------------------------------------------------ the whole

static const struct api_member settings_members[] = {
    BODY_MEMBER("account", codeartifact_account_id, REQUIRED, "The account, which ARNs name."),
    BODY_MEMBER("region", region, REQUIRED, "The region, likewise."),
};
STRUCTURE_SHAPE(settings, settings_members);

static const struct api_member record_members[] = {
    BODY_MEMBER("format", format, REQUIRED, "Whose document it is."),
    BODY_MEMBER("version", version, REQUIRED, "The version of its form."),
    BODY_MEMBER("settings", settings, REQUIRED, "What is true of the whole installation."),
    BODY_MEMBER("root", root, OPTIONAL, "The account's root."),
    BODY_MEMBER("policies", policies, OPTIONAL, "Managed policies."),
    BODY_MEMBER("groups", groups, OPTIONAL, "Groups."),
    BODY_MEMBER("users", users, OPTIONAL, "Users."),
    BODY_MEMBER("roles", roles, OPTIONAL, "Roles."),
    BODY_MEMBER("openIdConnectProviders", providers, OPTIONAL, "OpenID Connect providers."),
    BODY_MEMBER("domains", domains, OPTIONAL, "Domains with their repositories."),
    BODY_MEMBER("revocations", revocations, OPTIONAL, "Which tokens count no more."),
};
const struct api_shape api_record = {
    .type = API_STRUCTURE, .members = record_members, .member_count = COUNT(record_members)};
