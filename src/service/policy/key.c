// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/key.h"

/** A slash at the end: what follows is a tag. */
static const struct {
    const char *name;
    enum policy_key_id id;
} known_keys[] = {
    {"aws:CurrentTime", POLICY_KEY_CURRENT_TIME},
    {"aws:EpochTime", POLICY_KEY_EPOCH_TIME},
    {"aws:FederatedProvider", POLICY_KEY_FEDERATED_PROVIDER},
    {"aws:MultiFactorAuthAge", POLICY_KEY_MFA_AGE},
    {"aws:MultiFactorAuthPresent", POLICY_KEY_MFA_PRESENT},
    {"aws:PrincipalAccount", POLICY_KEY_PRINCIPAL_ACCOUNT},
    {"aws:PrincipalArn", POLICY_KEY_PRINCIPAL_ARN},
    {"aws:PrincipalTag/", POLICY_KEY_PRINCIPAL_TAG},
    {"aws:PrincipalType", POLICY_KEY_PRINCIPAL_TYPE},
    {"aws:RequestTag/", POLICY_KEY_REQUEST_TAG},
    {"aws:RequestedRegion", POLICY_KEY_REQUESTED_REGION},
    {"aws:ResourceAccount", POLICY_KEY_RESOURCE_ACCOUNT},
    {"aws:ResourceTag/", POLICY_KEY_RESOURCE_TAG},
    {"aws:SecureTransport", POLICY_KEY_SECURE_TRANSPORT},
    {"aws:SourceIdentity", POLICY_KEY_SOURCE_IDENTITY},
    {"aws:SourceIp", POLICY_KEY_SOURCE_IP},
    {"aws:TagKeys", POLICY_KEY_TAG_KEYS},
    {"aws:TokenIssueTime", POLICY_KEY_TOKEN_ISSUE_TIME},
    {"aws:UserAgent", POLICY_KEY_USER_AGENT},
    {"aws:userid", POLICY_KEY_USER_ID},
    {"aws:username", POLICY_KEY_USER_NAME},
    {"iam:PermissionsBoundary", POLICY_KEY_IAM_PERMISSIONS_BOUNDARY},
    {"iam:PolicyARN", POLICY_KEY_IAM_POLICY_ARN},
    {"iam:ResourceTag/", POLICY_KEY_RESOURCE_TAG},
    {"sts:AWSServiceName", POLICY_KEY_STS_SERVICE_NAME},
    {"sts:DurationSeconds", POLICY_KEY_STS_DURATION_SECONDS},
    {"sts:ExternalId", POLICY_KEY_STS_EXTERNAL_ID},
    {"sts:RoleSessionName", POLICY_KEY_STS_ROLE_SESSION_NAME},
    {"sts:SourceIdentity", POLICY_KEY_STS_SOURCE_IDENTITY},
    {"sts:TransitiveTagKeys", POLICY_KEY_STS_TRANSITIVE_TAG_KEYS},
};

/** FNV-1a, of the name as it is written. */
static uint32_t hash_of(struct slice name)
{
    uint32_t hash = UINT32_C(2166136261);
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * UINT32_C(16777619);
    return hash;
}

struct policy_key policy_key_of(struct slice name)
{
    size_t slash = slice_find(name, '/', 0);
    struct slice stem = slice_part(name, 0, slash < name.size ? slash + 1 : slash);
    for (size_t i = 0; i < sizeof known_keys / sizeof known_keys[0]; i++) {
        if (!slice_equal_nocase(stem, slice_of(known_keys[i].name)))
            continue;
        struct slice tag = slice_part(name, stem.size, name.size);
        return (struct policy_key){known_keys[i].id, name, tag, tag.size > 0 ? hash_of(name) : 0};
    }
    return (struct policy_key){POLICY_KEY_OTHER, name, {NULL, 0}, hash_of(name)};
}
