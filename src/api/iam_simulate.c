// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IAM's operations on what policies would decide. */
#include "api/iam_table.h"

LIST_SHAPE(api_iam_simulation_policy_list, api_iam_policy_document, -1);
STRING_SHAPE(api_iam_action_name, 3, 128, NULL, NULL);
LIST_SHAPE(api_iam_action_name_list, api_iam_action_name, -1);
STRING_SHAPE(api_iam_resource_name, 1, 2048, NULL, NULL);
LIST_SHAPE(api_iam_resource_name_list, api_iam_resource_name, -1);
STRING_SHAPE(api_iam_context_key_name, 5, 256, NULL, NULL);
PLAIN_SHAPE(api_iam_context_key_value, API_STRING);
LIST_SHAPE(api_iam_context_key_value_list, api_iam_context_key_value, -1);
static const char *const context_key_type_enum_values[] = {
    "string", "stringList", "numeric",    "numericList", "boolean",  "booleanList", "ip",
    "ipList", "binary",     "binaryList", "date",        "dateList", NULL};
STRING_SHAPE(api_iam_context_key_type_enum, -1, -1, NULL, context_key_type_enum_values);

static const struct api_member context_entry_members[] = {
    BODY_MEMBER("ContextKeyName", api_iam_context_key_name, OPTIONAL, "The key's name."),
    BODY_MEMBER("ContextKeyValues", api_iam_context_key_value_list, OPTIONAL, "Its values."),
    BODY_MEMBER("ContextKeyType", api_iam_context_key_type_enum, OPTIONAL, "What its values are."),
};
STRUCTURE_SHAPE(api_iam_context_entry, context_entry_members);
LIST_SHAPE(api_iam_context_entry_list, api_iam_context_entry, -1);
STRING_SHAPE(api_iam_resource_handling_option, 1, 64, NULL, NULL);
static const char *const policy_evaluation_decision_values[] = {"allowed", "explicitDeny", "implicitDeny", NULL};
STRING_SHAPE(api_iam_policy_evaluation_decision, -1, -1, NULL, policy_evaluation_decision_values);
PLAIN_SHAPE(api_iam_policy_identifier, API_STRING);
static const char *const policy_source_values[] = {"user",         "group",    "role", "aws-managed",
                                                   "user-managed", "resource", "none", NULL};
STRING_SHAPE(api_iam_policy_source, -1, -1, NULL, policy_source_values);
PLAIN_SHAPE(api_iam_line_number, API_INTEGER);
PLAIN_SHAPE(api_iam_column_number, API_INTEGER);

static const struct api_member position_members[] = {
    BODY_MEMBER("Line", api_iam_line_number, OPTIONAL, "The line."),
    BODY_MEMBER("Column", api_iam_column_number, OPTIONAL, "The column."),
};
STRUCTURE_SHAPE(api_iam_position, position_members);

static const struct api_member statement_members[] = {
    BODY_MEMBER("SourcePolicyId", api_iam_policy_identifier, OPTIONAL, "The policy."),
    BODY_MEMBER("SourcePolicyType", api_iam_policy_source, OPTIONAL, "What kind of policy it is."),
    BODY_MEMBER("StartPosition", api_iam_position, OPTIONAL, "Where the statement begins."),
    BODY_MEMBER("EndPosition", api_iam_position, OPTIONAL, "Where it ends."),
};
STRUCTURE_SHAPE(api_iam_statement, statement_members);
LIST_SHAPE(api_iam_statement_list, api_iam_statement, -1);
LIST_SHAPE(api_iam_context_key_names_result_list, api_iam_context_key_name, -1);

static const struct api_member permissions_boundary_decision_detail_members[] = {
    BODY_MEMBER("AllowedByPermissionsBoundary", api_iam_boolean, OPTIONAL, "Whether the boundary allows it."),
};
STRUCTURE_SHAPE(api_iam_permissions_boundary_decision_detail, permissions_boundary_decision_detail_members);

static const struct api_member evaluation_result_members[] = {
    BODY_MEMBER("EvalActionName", api_iam_action_name, REQUIRED, "The action."),
    BODY_MEMBER("EvalResourceName", api_iam_resource_name, OPTIONAL, "The resource."),
    BODY_MEMBER("EvalDecision", api_iam_policy_evaluation_decision, REQUIRED, "What is decided."),
    BODY_MEMBER("MatchedStatements", api_iam_statement_list, OPTIONAL, "The statements that decide it."),
    BODY_MEMBER("MissingContextValues", api_iam_context_key_names_result_list, OPTIONAL,
                "Keys that policies ask for and the request has not."),
    BODY_MEMBER("PermissionsBoundaryDecisionDetail", api_iam_permissions_boundary_decision_detail, OPTIONAL,
                "What the boundary says."),
};
STRUCTURE_SHAPE(api_iam_evaluation_result, evaluation_result_members);
LIST_SHAPE(api_iam_evaluation_results_list, api_iam_evaluation_result, -1);

static const struct api_error *const simulate_principal_policy_errors[] = {
    &api_iam_invalid_input, &api_iam_no_such_entity, &api_iam_policy_evaluation, NULL};
static const struct api_error *const simulate_custom_policy_errors[] = {&api_iam_invalid_input,
                                                                        &api_iam_policy_evaluation, NULL};

/** What both of them are asked: members of their inputs. */
#define SIMULATION_MEMBERS                                                                                             \
    BODY_MEMBER("PermissionsBoundaryPolicyInputList", api_iam_simulation_policy_list, OPTIONAL,                        \
                "A boundary in the place of the real one."),                                                           \
        BODY_MEMBER("ActionNames", api_iam_action_name_list, REQUIRED, "The actions that are asked for."),             \
        BODY_MEMBER("ResourceArns", api_iam_resource_name_list, OPTIONAL,                                              \
                    "The resources; every one when there are none."),                                                  \
        BODY_MEMBER("ResourcePolicy", api_iam_policy_document, OPTIONAL, "The policy of the resource."),               \
        BODY_MEMBER("ResourceOwner", api_iam_resource_name, OPTIONAL,                                                  \
                    "The account that owns the resource, as an ARN."),                                                 \
        BODY_MEMBER("CallerArn", api_iam_resource_name, OPTIONAL, "Who is to ask."),                                   \
        BODY_MEMBER("ContextEntries", api_iam_context_entry_list, OPTIONAL,                                            \
                    "The condition keys that the request would have."),                                                \
        BODY_MEMBER("ResourceHandlingOption", api_iam_resource_handling_option, OPTIONAL,                              \
                    "Which kind of EC2 request is meant; it changes nothing."),                                        \
        BODY_MEMBER("MaxItems", api_iam_max_items, OPTIONAL, "The most entries of a page."),                           \
        BODY_MEMBER("Marker", api_iam_marker, OPTIONAL, "Where the listing goes on.")

static const struct api_member simulate_principal_policy_request[] = {
    BODY_MEMBER("PolicySourceArn", api_iam_arn, REQUIRED, "The user, role or group."),
    BODY_MEMBER("PolicyInputList", api_iam_simulation_policy_list, OPTIONAL, "Policies that are to take part."),
    SIMULATION_MEMBERS,
};
STRUCTURE_SHAPE(simulate_principal_policy_input, simulate_principal_policy_request);

static const struct api_member simulate_principal_policy_result[] = {
    BODY_MEMBER("EvaluationResults", api_iam_evaluation_results_list, OPTIONAL,
                "One for each action on each resource."),
    BODY_MEMBER("IsTruncated", api_iam_boolean, OPTIONAL, "Whether there are more."),
    BODY_MEMBER("Marker", api_iam_response_marker, OPTIONAL, "Where the listing goes on."),
};
STRUCTURE_SHAPE(simulate_principal_policy_output, simulate_principal_policy_result);

const struct api_operation api_iam_simulate_principal_policy = {
    IAM_OPERATION("SimulatePrincipalPolicy"),
    .input = &simulate_principal_policy_input,
    .output = &simulate_principal_policy_output,
    .errors = simulate_principal_policy_errors,
    .text = "Says what the policies of a user, role or group would decide.",
};

static const struct api_member simulate_custom_policy_request[] = {
    BODY_MEMBER("PolicyInputList", api_iam_simulation_policy_list, REQUIRED, "Policies that are to take part."),
    SIMULATION_MEMBERS,
};
STRUCTURE_SHAPE(simulate_custom_policy_input, simulate_custom_policy_request);

const struct api_operation api_iam_simulate_custom_policy = {
    IAM_OPERATION("SimulateCustomPolicy"),
    .input = &simulate_custom_policy_input,
    .output = &simulate_principal_policy_output,
    .errors = simulate_custom_policy_errors,
    .text = "Says what given policies would decide.",
};
