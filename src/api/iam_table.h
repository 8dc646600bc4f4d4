// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the files of IAM's table share: shapes, errors, and the operations that iam.c lists. Only for those files.
 * Source: the public service model of 2010-05-08, in our own words.
 */
#ifndef JETON_API_IAM_TABLE_H
#define JETON_API_IAM_TABLE_H

#include "api/iam.h"
#include "api/table.h"

/** The members that all operations of IAM have alike: there is one path, and no command of the client. */
#define IAM_OPERATION(name_) .service = &api_iam, .name = (name_), .method = "POST", .path = "/"

extern const struct api_shape api_iam_path;
extern const struct api_shape api_iam_user_name;
extern const struct api_shape api_iam_arn;
extern const struct api_shape api_iam_tag_key;
extern const struct api_shape api_iam_tag_value;
extern const struct api_shape api_iam_tag;
extern const struct api_shape api_iam_tag_list;
extern const struct api_shape api_iam_id;
extern const struct api_shape api_iam_date;
extern const struct api_shape api_iam_permissions_boundary_attachment;
extern const struct api_shape api_iam_attached_permissions_boundary;
extern const struct api_shape api_iam_user;
extern const struct api_shape api_iam_existing_user_name;
extern const struct api_shape api_iam_path_prefix;
extern const struct api_shape api_iam_marker;
extern const struct api_shape api_iam_max_items;
extern const struct api_shape api_iam_user_list;
extern const struct api_shape api_iam_boolean;
extern const struct api_shape api_iam_response_marker;
extern const struct api_shape api_iam_string;
extern const struct api_shape api_iam_role_name;
extern const struct api_shape api_iam_policy_document;
extern const struct api_shape api_iam_group_name;
extern const struct api_shape api_iam_policy_name;
extern const struct api_shape api_iam_policy_path;
extern const struct api_shape api_iam_policy_usage;

extern const struct api_error api_iam_concurrent_modification;
extern const struct api_error api_iam_delete_conflict;
extern const struct api_error api_iam_entity_already_exists;
extern const struct api_error api_iam_entity_temporarily_unmodifiable;
extern const struct api_error api_iam_invalid_input;
extern const struct api_error api_iam_limit_exceeded;
extern const struct api_error api_iam_malformed_policy_document;
extern const struct api_error api_iam_no_such_entity;
extern const struct api_error api_iam_policy_evaluation;
extern const struct api_error api_iam_policy_not_attachable;
extern const struct api_error api_iam_service_failure;
extern const struct api_error api_iam_unmodifiable_entity;

extern const struct api_operation api_iam_add_client_id_to_open_id_connect_provider;
extern const struct api_operation api_iam_add_user_to_group;
extern const struct api_operation api_iam_attach_group_policy;
extern const struct api_operation api_iam_attach_role_policy;
extern const struct api_operation api_iam_attach_user_policy;
extern const struct api_operation api_iam_create_access_key;
extern const struct api_operation api_iam_create_group;
extern const struct api_operation api_iam_create_open_id_connect_provider;
extern const struct api_operation api_iam_create_policy;
extern const struct api_operation api_iam_create_policy_version;
extern const struct api_operation api_iam_create_role;
extern const struct api_operation api_iam_create_user;
extern const struct api_operation api_iam_delete_access_key;
extern const struct api_operation api_iam_delete_group;
extern const struct api_operation api_iam_delete_group_policy;
extern const struct api_operation api_iam_delete_open_id_connect_provider;
extern const struct api_operation api_iam_delete_policy;
extern const struct api_operation api_iam_delete_policy_version;
extern const struct api_operation api_iam_delete_role;
extern const struct api_operation api_iam_delete_role_permissions_boundary;
extern const struct api_operation api_iam_delete_role_policy;
extern const struct api_operation api_iam_delete_user;
extern const struct api_operation api_iam_delete_user_permissions_boundary;
extern const struct api_operation api_iam_delete_user_policy;
extern const struct api_operation api_iam_detach_group_policy;
extern const struct api_operation api_iam_detach_role_policy;
extern const struct api_operation api_iam_detach_user_policy;
extern const struct api_operation api_iam_get_access_key_last_used;
extern const struct api_operation api_iam_get_group;
extern const struct api_operation api_iam_get_group_policy;
extern const struct api_operation api_iam_get_open_id_connect_provider;
extern const struct api_operation api_iam_get_policy;
extern const struct api_operation api_iam_get_policy_version;
extern const struct api_operation api_iam_get_role;
extern const struct api_operation api_iam_get_role_policy;
extern const struct api_operation api_iam_get_user;
extern const struct api_operation api_iam_get_user_policy;
extern const struct api_operation api_iam_list_access_keys;
extern const struct api_operation api_iam_list_account_aliases;
extern const struct api_operation api_iam_list_attached_group_policies;
extern const struct api_operation api_iam_list_attached_role_policies;
extern const struct api_operation api_iam_list_attached_user_policies;
extern const struct api_operation api_iam_list_entities_for_policy;
extern const struct api_operation api_iam_list_group_policies;
extern const struct api_operation api_iam_list_groups;
extern const struct api_operation api_iam_list_groups_for_user;
extern const struct api_operation api_iam_list_instance_profiles_for_role;
extern const struct api_operation api_iam_list_open_id_connect_provider_tags;
extern const struct api_operation api_iam_list_open_id_connect_providers;
extern const struct api_operation api_iam_list_policies;
extern const struct api_operation api_iam_list_policy_tags;
extern const struct api_operation api_iam_list_policy_versions;
extern const struct api_operation api_iam_list_role_policies;
extern const struct api_operation api_iam_list_role_tags;
extern const struct api_operation api_iam_list_roles;
extern const struct api_operation api_iam_list_user_policies;
extern const struct api_operation api_iam_list_user_tags;
extern const struct api_operation api_iam_list_users;
extern const struct api_operation api_iam_put_group_policy;
extern const struct api_operation api_iam_put_role_permissions_boundary;
extern const struct api_operation api_iam_put_role_policy;
extern const struct api_operation api_iam_put_user_permissions_boundary;
extern const struct api_operation api_iam_put_user_policy;
extern const struct api_operation api_iam_remove_client_id_from_open_id_connect_provider;
extern const struct api_operation api_iam_remove_user_from_group;
extern const struct api_operation api_iam_set_default_policy_version;
extern const struct api_operation api_iam_simulate_custom_policy;
extern const struct api_operation api_iam_simulate_principal_policy;
extern const struct api_operation api_iam_tag_open_id_connect_provider;
extern const struct api_operation api_iam_tag_policy;
extern const struct api_operation api_iam_tag_role;
extern const struct api_operation api_iam_tag_user;
extern const struct api_operation api_iam_untag_open_id_connect_provider;
extern const struct api_operation api_iam_untag_policy;
extern const struct api_operation api_iam_untag_role;
extern const struct api_operation api_iam_untag_user;
extern const struct api_operation api_iam_update_access_key;
extern const struct api_operation api_iam_update_assume_role_policy;
extern const struct api_operation api_iam_update_group;
extern const struct api_operation api_iam_update_open_id_connect_provider_thumbprint;
extern const struct api_operation api_iam_update_role;
extern const struct api_operation api_iam_update_role_description;
extern const struct api_operation api_iam_update_user;

#endif
