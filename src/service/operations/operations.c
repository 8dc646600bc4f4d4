// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/operations.h"

#include "base/json.h"
#include "service/operations/authorize.h"
#include "service/operations/codeartifact.h"
#include "service/operations/iam.h"
#include "service/operations/jeton.h"
#include "service/operations/sts.h"

#include <stdlib.h>
#include <string.h>

/** Sorted by their actions. Which resource an action is asked for: service-semantics.md section 6 of the project's
 * reference. */
const struct operation_binding operation_bindings[] = {
    {"codeartifact:CreateDomain", codeartifact_no_resource, codeartifact_create_domain, NULL},
    {"codeartifact:CreateRepository", codeartifact_no_resource, codeartifact_create_repository,
     codeartifact_guard_domain},
    {"codeartifact:DeleteDomain", codeartifact_domain_resource, codeartifact_delete_domain, codeartifact_guard_domain},
    {"codeartifact:DeleteDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_delete_permissions_policy,
     codeartifact_guard_domain},
    {"codeartifact:DeleteRepository", codeartifact_repository_resource, codeartifact_delete_repository,
     codeartifact_guard_repository},
    {"codeartifact:DeleteRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_delete_permissions_policy, codeartifact_guard_repository},
    {"codeartifact:DescribeDomain", codeartifact_domain_resource, codeartifact_describe_domain,
     codeartifact_guard_domain},
    {"codeartifact:DescribeRepository", codeartifact_repository_resource, codeartifact_describe_repository,
     codeartifact_guard_repository},
    {"codeartifact:GetAuthorizationToken", codeartifact_domain_resource, codeartifact_get_authorization_token,
     codeartifact_guard_domain},
    {"codeartifact:GetDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_get_permissions_policy,
     codeartifact_guard_domain},
    {"codeartifact:GetRepositoryEndpoint", codeartifact_repository_resource, codeartifact_get_repository_endpoint,
     codeartifact_guard_repository},
    {"codeartifact:GetRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_get_permissions_policy, codeartifact_guard_repository},
    {"codeartifact:ListDomains", codeartifact_no_resource, codeartifact_list_domains, NULL},
    {"codeartifact:ListRepositories", codeartifact_no_resource, codeartifact_list_repositories, NULL},
    {"codeartifact:ListRepositoriesInDomain", codeartifact_domain_resource, codeartifact_list_repositories_in_domain,
     codeartifact_guard_domain},
    {"codeartifact:ListTagsForResource", codeartifact_tagged_resource, codeartifact_list_tags_for_resource,
     codeartifact_guard_tagged},
    {"codeartifact:PutDomainPermissionsPolicy", codeartifact_domain_resource, codeartifact_put_permissions_policy,
     codeartifact_guard_own},
    {"codeartifact:PutRepositoryPermissionsPolicy", codeartifact_repository_resource,
     codeartifact_put_permissions_policy, codeartifact_guard_own},
    {"codeartifact:TagResource", codeartifact_tagged_resource, codeartifact_tag_resource, codeartifact_guard_tagged},
    {"codeartifact:UntagResource", codeartifact_tagged_resource, codeartifact_untag_resource,
     codeartifact_guard_tagged},
    {"codeartifact:UpdateRepository", codeartifact_repository_resource, codeartifact_update_repository,
     codeartifact_guard_repository},
    {"iam:AddClientIDToOpenIDConnectProvider", iam_subject_resource, iam_add_client, iam_guard_subject},
    {"iam:AddUserToGroup", iam_subject_resource, iam_add_user_to_group, iam_guard_subject},
    {"iam:AttachGroupPolicy", iam_subject_resource, iam_attach_policy, iam_guard_subject},
    {"iam:AttachRolePolicy", iam_subject_resource, iam_attach_policy, iam_guard_subject},
    {"iam:AttachUserPolicy", iam_subject_resource, iam_attach_policy, iam_guard_subject},
    {"iam:CreateAccessKey", iam_subject_resource, iam_create_access_key, iam_guard_subject},
    {"iam:CreateGroup", iam_new_group_resource, iam_create_group, NULL},
    {"iam:CreateOpenIDConnectProvider", iam_new_provider_resource, iam_create_provider, NULL},
    {"iam:CreatePolicy", iam_new_policy_resource, iam_create_policy, NULL},
    {"iam:CreatePolicyVersion", iam_subject_resource, iam_create_policy_version, iam_guard_subject},
    {"iam:CreateRole", iam_new_role_resource, iam_create_role, NULL},
    {"iam:CreateUser", iam_new_user_resource, iam_create_user, NULL},
    {"iam:DeleteAccessKey", iam_subject_resource, iam_delete_access_key, iam_guard_subject},
    {"iam:DeleteGroup", iam_subject_resource, iam_delete_group, iam_guard_subject},
    {"iam:DeleteGroupPolicy", iam_subject_resource, iam_delete_inline_policy, iam_guard_subject},
    {"iam:DeleteOpenIDConnectProvider", iam_subject_resource, iam_delete_provider, iam_guard_subject},
    {"iam:DeletePolicy", iam_subject_resource, iam_delete_policy, iam_guard_subject},
    {"iam:DeletePolicyVersion", iam_subject_resource, iam_delete_policy_version, iam_guard_subject},
    {"iam:DeleteRole", iam_subject_resource, iam_delete_role, iam_guard_subject},
    {"iam:DeleteRolePermissionsBoundary", iam_subject_resource, iam_delete_boundary, iam_guard_subject},
    {"iam:DeleteRolePolicy", iam_subject_resource, iam_delete_inline_policy, iam_guard_subject},
    {"iam:DeleteUser", iam_subject_resource, iam_delete_user, iam_guard_subject},
    {"iam:DeleteUserPermissionsBoundary", iam_subject_resource, iam_delete_boundary, iam_guard_subject},
    {"iam:DeleteUserPolicy", iam_subject_resource, iam_delete_inline_policy, iam_guard_subject},
    {"iam:DetachGroupPolicy", iam_subject_resource, iam_detach_policy, iam_guard_subject},
    {"iam:DetachRolePolicy", iam_subject_resource, iam_detach_policy, iam_guard_subject},
    {"iam:DetachUserPolicy", iam_subject_resource, iam_detach_policy, iam_guard_subject},
    {"iam:GetAccessKeyLastUsed", iam_no_resource, iam_get_access_key_last_used, iam_guard_key},
    {"iam:GetGroup", iam_subject_resource, iam_get_group, iam_guard_subject},
    {"iam:GetGroupPolicy", iam_subject_resource, iam_get_inline_policy, iam_guard_subject},
    {"iam:GetOpenIDConnectProvider", iam_subject_resource, iam_get_provider, iam_guard_subject},
    {"iam:GetPolicy", iam_subject_resource, iam_get_policy, iam_guard_subject},
    {"iam:GetPolicyVersion", iam_subject_resource, iam_get_policy_version, iam_guard_subject},
    {"iam:GetRole", iam_subject_resource, iam_get_role, iam_guard_subject},
    {"iam:GetRolePolicy", iam_subject_resource, iam_get_inline_policy, iam_guard_subject},
    {"iam:GetUser", iam_subject_resource, iam_get_user, iam_guard_subject},
    {"iam:GetUserPolicy", iam_subject_resource, iam_get_inline_policy, iam_guard_subject},
    {"iam:ListAccessKeys", iam_subject_resource, iam_list_access_keys, iam_guard_subject},
    {"iam:ListAccountAliases", iam_no_resource, iam_list_account_aliases, NULL},
    {"iam:ListAttachedGroupPolicies", iam_subject_resource, iam_list_attached_policies, iam_guard_subject},
    {"iam:ListAttachedRolePolicies", iam_subject_resource, iam_list_attached_policies, iam_guard_subject},
    {"iam:ListAttachedUserPolicies", iam_subject_resource, iam_list_attached_policies, iam_guard_subject},
    {"iam:ListEntitiesForPolicy", iam_subject_resource, iam_list_entities_for_policy, iam_guard_subject},
    {"iam:ListGroupPolicies", iam_subject_resource, iam_list_inline_policies, iam_guard_subject},
    {"iam:ListGroups", iam_groups_resource, iam_list_groups, NULL},
    {"iam:ListGroupsForUser", iam_subject_resource, iam_list_groups_for_user, iam_guard_subject},
    {"iam:ListInstanceProfilesForRole", iam_subject_resource, iam_list_instance_profiles, iam_guard_subject},
    {"iam:ListOpenIDConnectProviderTags", iam_subject_resource, iam_list_tags, iam_guard_subject},
    {"iam:ListOpenIDConnectProviders", iam_no_resource, iam_list_providers, NULL},
    {"iam:ListPolicies", iam_no_resource, iam_list_policies, NULL},
    {"iam:ListPolicyTags", iam_subject_resource, iam_list_tags, iam_guard_subject},
    {"iam:ListPolicyVersions", iam_subject_resource, iam_list_policy_versions, iam_guard_subject},
    {"iam:ListRolePolicies", iam_subject_resource, iam_list_inline_policies, iam_guard_subject},
    {"iam:ListRoleTags", iam_subject_resource, iam_list_tags, iam_guard_subject},
    {"iam:ListRoles", iam_roles_resource, iam_list_roles, NULL},
    {"iam:ListUserPolicies", iam_subject_resource, iam_list_inline_policies, iam_guard_subject},
    {"iam:ListUserTags", iam_subject_resource, iam_list_tags, iam_guard_subject},
    {"iam:ListUsers", iam_users_resource, iam_list_users, NULL},
    {"iam:PutGroupPolicy", iam_subject_resource, iam_put_inline_policy, iam_guard_subject},
    {"iam:PutRolePermissionsBoundary", iam_subject_resource, iam_put_boundary, iam_guard_subject},
    {"iam:PutRolePolicy", iam_subject_resource, iam_put_inline_policy, iam_guard_subject},
    {"iam:PutUserPermissionsBoundary", iam_subject_resource, iam_put_boundary, iam_guard_subject},
    {"iam:PutUserPolicy", iam_subject_resource, iam_put_inline_policy, iam_guard_subject},
    {"iam:RemoveClientIDFromOpenIDConnectProvider", iam_subject_resource, iam_remove_client, iam_guard_subject},
    {"iam:RemoveUserFromGroup", iam_subject_resource, iam_remove_user_from_group, iam_guard_subject},
    {"iam:SetDefaultPolicyVersion", iam_subject_resource, iam_set_default_policy_version, iam_guard_subject},
    {"iam:SimulateCustomPolicy", iam_no_resource, iam_simulate_custom_policy, NULL},
    {"iam:SimulatePrincipalPolicy", iam_source_resource, iam_simulate_principal_policy, NULL},
    {"iam:TagOpenIDConnectProvider", iam_subject_resource, iam_tag, iam_guard_subject},
    {"iam:TagPolicy", iam_subject_resource, iam_tag, iam_guard_subject},
    {"iam:TagRole", iam_subject_resource, iam_tag, iam_guard_subject},
    {"iam:TagUser", iam_subject_resource, iam_tag, iam_guard_subject},
    {"iam:UntagOpenIDConnectProvider", iam_subject_resource, iam_untag, iam_guard_subject},
    {"iam:UntagPolicy", iam_subject_resource, iam_untag, iam_guard_subject},
    {"iam:UntagRole", iam_subject_resource, iam_untag, iam_guard_subject},
    {"iam:UntagUser", iam_subject_resource, iam_untag, iam_guard_subject},
    {"iam:UpdateAccessKey", iam_subject_resource, iam_update_access_key, iam_guard_subject},
    {"iam:UpdateAssumeRolePolicy", iam_subject_resource, iam_update_assume_role_policy, iam_guard_subject},
    {"iam:UpdateGroup", iam_subject_resource, iam_update_group, iam_guard_subject},
    {"iam:UpdateOpenIDConnectProviderThumbprint", iam_subject_resource, iam_update_thumbprint, iam_guard_subject},
    {"iam:UpdateRole", iam_subject_resource, iam_update_role, iam_guard_subject},
    {"iam:UpdateRoleDescription", iam_subject_resource, iam_update_role_description, iam_guard_subject},
    {"iam:UpdateUser", iam_subject_resource, iam_update_user, iam_guard_subject},
    {"jeton:RevokeTokens", jeton_revoked_resource, jeton_revoke_tokens, NULL},
    {"sts:AssumeRole", sts_role_resource, sts_assume_role, sts_guard_role},
    {"sts:AssumeRoleWithWebIdentity", NULL, sts_assume_role_with_web_identity, NULL},
    {"sts:GetAccessKeyInfo", sts_no_resource, sts_get_access_key_info, NULL},
    {"sts:GetCallerIdentity", NULL, sts_get_caller_identity, NULL},
    {"sts:GetSessionToken", NULL, sts_get_session_token, NULL},
};

const size_t operation_binding_count = sizeof operation_bindings / sizeof operation_bindings[0];

/** By the action, which is the service's signing name, a colon and the operation's name. */
static int compare_binding(const void *operation, const void *binding)
{
    const struct api_operation *wanted = operation;
    const char *action = ((const struct operation_binding *)binding)->action;
    size_t size = strlen(wanted->service->signing_name);
    int order = strncmp(wanted->service->signing_name, action, size);
    if (order == 0)
        order = ':' - action[size];
    return order != 0 ? order : strcmp(wanted->name, action + size + 1);
}

const struct operation_binding *operation_find_binding(const struct api_operation *operation)
{
    return bsearch(operation, operation_bindings, operation_binding_count, sizeof *operation_bindings, compare_binding);
}

/** What GetSessionToken gives without a second factor is good for nothing of IAM: its page of the STS API Reference. */
static bool is_closed_to(const struct caller *caller, const char *action)
{
    return caller != NULL && caller->has_session && caller->principal->kind != STORE_ROLE &&
           slice_starts_with(slice_of(action), SLICE("iam:"));
}

json_t *operation_run(const struct api_operation *operation, const struct operation_call *call, struct error *error)
{
    const struct operation_binding *binding = operation_find_binding(operation);
    if (binding == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "%s is in the table but bound to nothing", operation->name);
        return NULL;
    }
    if (is_closed_to(call->caller, binding->action)) {
        (void)error_set(error, ERROR_PARAMETER, "UnrecognizedClient",
                        "The security token included in the request is invalid.");
        return NULL;
    }
    if (binding->resource == NULL)
        return binding->run(call, error);
    struct operation_call allowed = *call;
    allowed.action = binding->action;
    allowed.resource = binding->resource(call);
    struct authorize_question question = {.action = allowed.action, .resource = allowed.resource};
    if ((binding->guard != NULL && !binding->guard(&allowed, &question, error)) ||
        !authorize_question(&allowed, &question, error))
        return NULL;
    return binding->run(&allowed, error);
}

const char *operation_member_text(const struct operation_call *call, const char *name)
{
    struct slice text = json_member_text(call->input, name);
    return text.data == NULL ? NULL : arena_copy(call->arena, text.data, text.size);
}

void operation_add_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(object, name, json_string(text));
}
