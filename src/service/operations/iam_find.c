// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which entity a request of IAM is about. */
#include "service/operations/iam.h"

#include "base/json.h"
#include "service/store/arn.h"

static bool find_named(const struct operation_call *call, enum store_kind kind, struct slice name,
                       struct store_entity *out, struct error *error)
{
    switch (store_find_entity(call->desk->store, kind, slice_of(call->caller->principal->account), name, call->arena,
                              out, error)) {
    case STORE_OK:
        return true;
    case STORE_ABSENT:
        return iam_absent(error, kind, arena_copy(call->arena, name.data, name.size)) != NULL;
    default:
        return false;
    }
}

bool iam_find(const struct operation_call *call, enum store_kind kind, const char *member, struct store_entity *out,
              struct error *error)
{
    return find_named(call, kind, json_member_text(call->input, member), out, error);
}

/** Finds what has the ARN; OUT is only good with STORE_OK. */
static enum store_result find_by_arn(const struct operation_call *call, const struct arn_parts *parts,
                                     struct store_entity *out, struct error *error)
{
    enum store_result result =
        store_find_entity(call->desk->store, parts->kind, parts->account, parts->name, call->arena, out, error);
    return result == STORE_OK && !slice_is(parts->path, out->path) ? STORE_ABSENT : result;
}

static bool refuse_arn(const char *arn, struct error *error)
{
    return iam_fail(error, "InvalidInput", "ARN %s is not valid.", arn) != NULL;
}

bool iam_find_arn(const struct operation_call *call, const char *member, struct store_entity *out, struct error *error)
{
    const char *arn = operation_member_text(call, member);
    struct arn_parts parts;
    if (!arn_read(slice_of(arn), &parts))
        return refuse_arn(arn, error);
    bool own = slice_is(parts.account, call->caller->principal->account) ||
               (parts.kind == STORE_POLICY && slice_is(parts.account, STORE_AWS_ACCOUNT));
    enum store_result result = own ? find_by_arn(call, &parts, out, error) : STORE_ABSENT;
    if (result == STORE_ABSENT)
        (void)iam_absent(error, parts.kind, arn);
    return result == STORE_OK;
}

static bool find_with_arn(const struct operation_call *call, enum store_kind kind, const char *member,
                          struct store_entity *out, struct error *error)
{
    struct arn_parts parts;
    const char *arn = operation_member_text(call, member);
    if (!arn_read(slice_of(arn), &parts) || parts.kind != kind)
        return refuse_arn(arn, error);
    return iam_find_arn(call, member, out, error);
}

bool iam_find_policy(const struct operation_call *call, const char *member, struct store_entity *out,
                     struct error *error)
{
    return find_with_arn(call, STORE_POLICY, member, out, error);
}

bool iam_find_own_policy(const struct operation_call *call, struct store_entity *out, struct error *error)
{
    if (!iam_find_policy(call, "PolicyArn", out, error))
        return false;
    if (!slice_is(slice_of(out->account), STORE_AWS_ACCOUNT))
        return true;
    return iam_fail(error, "AccessDenied", "The policy %s is managed by AWS and cannot be changed.",
                    iam_arn(call, out)) != NULL;
}

bool iam_find_boundary(const struct operation_call *call, const char **id, struct error *error)
{
    struct store_entity policy = {0};
    *id = NULL;
    if (json_object_get(call->input, "PermissionsBoundary") == NULL)
        return true;
    if (!iam_find_policy(call, "PermissionsBoundary", &policy, error))
        return false;
    *id = policy.id;
    return true;
}

// ------------------------------------------------------------------ the subject

/** In this order: who is in an operation beside another is never the one that it acts on. */
static const struct iam_subject subjects[] = {
    {"GroupName", STORE_GROUP},
    {"RoleName", STORE_ROLE},
    {"UserName", STORE_USER},
    {"PolicyArn", STORE_POLICY},
    {"OpenIDConnectProviderArn", STORE_PROVIDER},
};

const struct iam_subject *iam_subject_of(const struct operation_call *call)
{
    for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++)
        if (json_object_get(call->input, subjects[i].member) != NULL)
            return &subjects[i];
    return NULL;
}

static bool find_caller(const struct operation_call *call, struct store_entity *out, struct error *error)
{
    const struct store_principal *principal = call->caller->principal;
    if (principal->kind == STORE_ROLE)
        return iam_fail(error, "ValidationError", "Must specify userName when calling with non-User credentials") !=
               NULL;
    enum store_result result =
        store_find_entity_by_id(call->desk->store, slice_of(principal->id), call->arena, out, error);
    if (result == STORE_ABSENT)
        (void)iam_absent(error, STORE_USER, principal->name);
    return result == STORE_OK;
}

bool iam_find_subject(const struct operation_call *call, struct store_entity *out, struct error *error)
{
    const struct iam_subject *subject = iam_subject_of(call);
    if (subject == NULL)
        return find_caller(call, out, error);
    if (subject->kind == STORE_POLICY || subject->kind == STORE_PROVIDER)
        return find_with_arn(call, subject->kind, subject->member, out, error);
    return iam_find(call, subject->kind, subject->member, out, error);
}
