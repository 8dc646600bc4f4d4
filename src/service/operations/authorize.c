// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/authorize.h"

bool authorize_refuse(const struct caller *caller, const char *action, const char *resource, const char *kind,
                      struct error *error)
{
    return error_set(
        error, ERROR_PARAMETER, "AccessDenied",
        "User: %s is not authorized to perform: %s on resource: %s because no %s policy allows the %s action",
        caller->arn, action, resource, kind, action);
}

bool authorize(const struct caller *caller, const char *action, const char *resource, struct error *error)
{
    if (caller->principal->kind == STORE_ROOT)
        return true;
    const struct policy_question question = {.action = slice_of(action), .resource = slice_of(resource)};
    switch (policy_evaluate(caller->policies, caller->policy_count, &question)) {
    case POLICY_ALLOWED:
        return true;
    case POLICY_EXPLICITLY_DENIED:
        return error_set(error, ERROR_PARAMETER, "AccessDenied",
                         "User: %s is not authorized to perform: %s on resource: %s with an explicit deny in an "
                         "identity-based policy",
                         caller->arn, action, resource);
    case POLICY_NOT_ALLOWED:
        break;
    }
    return authorize_refuse(caller, action, resource, "identity-based", error);
}
