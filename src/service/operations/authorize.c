// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/authorize.h"

#include "service/operations/request_keys.h"

/** What AWS calls each kind of policy, and with which article. */
static const struct {
    const char *name;
    const char *article;
} kinds[POLICY_KINDS] = {
    [POLICY_IDENTITY] = {"identity-based", "an"}, [POLICY_RESOURCE] = {"resource-based", "a"},
    [POLICY_TRUST] = {"role trust", "a"},         [POLICY_BOUNDARY] = {"permissions boundary", "a"},
    [POLICY_SESSION] = {"session", "a"},          [POLICY_TOKEN] = {"token scope", "a"},
};

/** "permissions boundary" is a policy by itself, and AWS does not say the word again. */
static const char *policy_word(enum policy_kind kind)
{
    return kind == POLICY_BOUNDARY ? "" : " policy";
}

/** Who has not signed is not told why. */
static bool refuse_stranger(const char *action, struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "AccessDenied", "Not authorized to perform %s", action);
}

bool authorize_refuse(const struct caller *caller, const char *action, const char *resource, enum policy_kind kind,
                      struct error *error)
{
    if (caller == NULL)
        return refuse_stranger(action, error);
    return error_set(error, ERROR_PARAMETER, "AccessDenied",
                     "User: %s is not authorized to perform: %s on resource: %s because no %s%s allows the %s action",
                     caller->arn, action, resource, kinds[kind].name, policy_word(kind), action);
}

static bool refuse_explicitly(const struct caller *caller, const char *action, const char *resource,
                              enum policy_kind kind, struct error *error)
{
    if (caller == NULL)
        return refuse_stranger(action, error);
    return error_set(error, ERROR_PARAMETER, "AccessDenied",
                     "User: %s is not authorized to perform: %s on resource: %s with an explicit deny in %s %s%s",
                     caller->arn, action, resource, kinds[kind].article, kinds[kind].name, policy_word(kind));
}

static struct policy_principal describe(const struct operation_call *call)
{
    const struct caller *caller = call->caller;
    if (caller == NULL)
        return (struct policy_principal){
            .kind = POLICY_PRINCIPAL_FEDERATED,
            .provider = slice_of(call->federation == NULL ? NULL : call->federation->provider),
        };
    static const enum policy_principal_kind of[] = {
        [STORE_ROOT] = POLICY_PRINCIPAL_ROOT,
        [STORE_USER] = POLICY_PRINCIPAL_USER,
        [STORE_ROLE] = POLICY_PRINCIPAL_SESSION,
    };
    return (struct policy_principal){
        .kind = of[caller->principal->kind],
        .account = slice_of(caller->principal->account),
        .arn = slice_of(caller->arn),
        .entity_arn = slice_of(caller->principal->kind == STORE_ROLE ? caller->entity_arn : NULL),
        .entity_id = slice_of(caller->principal->id),
    };
}

static void add_own_policies(const struct caller *caller, struct policy_sets *sets)
{
    if (caller == NULL)
        return;
    sets->of[POLICY_IDENTITY] = (struct policy_set){caller->policies, caller->policy_count};
    sets->of[POLICY_BOUNDARY] = (struct policy_set){&caller->boundary, caller->boundary == NULL ? 0 : 1};
    sets->of[POLICY_SESSION] = (struct policy_set){caller->session_policies, caller->session_policy_count};
    sets->of[POLICY_TOKEN] = (struct policy_set){&caller->token_policy, caller->token_policy == NULL ? 0 : 1};
}

bool authorize_question(const struct operation_call *call, const struct authorize_question *question,
                        struct error *error)
{
    const struct policy_principal principal = describe(call);
    struct request_keys keys = {.call = call,
                                .resource_account = question->resource_account,
                                .more = question->keys,
                                .tagged = question->tagged,
                                .error = error};
    const struct policy_request request = {
        .action = slice_of(question->action),
        .resource = slice_of(question->resource),
        .any_name = question->any_name,
        .principal = &principal,
        .resource_account = question->resource_account,
        .lookup = request_keys_lookup,
        .lookup_data = &keys,
        .arena = call->arena,
    };
    struct policy_sets sets = {
        .of = {[POLICY_RESOURCE] = question->resource_policies, [POLICY_TRUST] = question->trust_policies}};
    add_own_policies(call->caller, &sets);
    const struct policy_verdict verdict = policy_decide(&sets, &request);
    if (keys.failed)
        return false;
    switch (verdict.outcome) {
    case POLICY_ALLOWED:
        return true;
    case POLICY_EXPLICITLY_DENIED:
        return refuse_explicitly(call->caller, question->action, question->resource, verdict.kind, error);
    case POLICY_NOT_ALLOWED:
        break;
    }
    return authorize_refuse(call->caller, question->action, question->resource, verdict.kind, error);
}

bool authorize(const struct operation_call *call, const char *action, const char *resource, struct error *error)
{
    const struct authorize_question question = {.action = action, .resource = resource};
    return authorize_question(call, &question, error);
}
