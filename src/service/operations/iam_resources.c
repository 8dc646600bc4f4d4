// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** For which resource a permission of IAM is asked, and what is known of that resource. */
#include "service/operations/iam.h"

#include "base/json.h"
#include "service/operations/authorize.h"
#include "service/store/arn.h"

const char *iam_subject_resource(const struct operation_call *call)
{
    const struct iam_subject *subject = iam_subject_of(call);
    if (subject == NULL)
        return call->caller->arn;
    const char *name = operation_member_text(call, subject->member);
    if (subject->kind == STORE_POLICY || subject->kind == STORE_PROVIDER)
        return name;
    return arn_write(call->arena, subject->kind, call->caller->principal->account, "/", name);
}

static const char *new_resource(const struct operation_call *call, enum store_kind kind, const char *member)
{
    const char *path = operation_member_text(call, "Path");
    return arn_write(call->arena, kind, call->caller->principal->account, path == NULL ? "/" : path,
                     operation_member_text(call, member));
}

const char *iam_new_user_resource(const struct operation_call *call)
{
    return new_resource(call, STORE_USER, "UserName");
}

const char *iam_new_role_resource(const struct operation_call *call)
{
    return new_resource(call, STORE_ROLE, "RoleName");
}

const char *iam_new_group_resource(const struct operation_call *call)
{
    return new_resource(call, STORE_GROUP, "GroupName");
}

const char *iam_new_policy_resource(const struct operation_call *call)
{
    return new_resource(call, STORE_POLICY, "PolicyName");
}

const char *iam_new_provider_resource(const struct operation_call *call)
{
    struct slice url = json_member_text(call->input, "Url");
    if (slice_starts_with(url, SLICE("https://")))
        url = slice_part(url, 8, url.size);
    return arn_write(call->arena, STORE_PROVIDER, call->caller->principal->account, "/",
                     arena_copy(call->arena, url.data, url.size));
}

static const char *listed_resource(const struct operation_call *call, enum store_kind kind)
{
    const char *prefix = operation_member_text(call, "PathPrefix");
    return arn_write(call->arena, kind, call->caller->principal->account, prefix == NULL ? "/" : prefix, "");
}

const char *iam_users_resource(const struct operation_call *call)
{
    return listed_resource(call, STORE_USER);
}

const char *iam_roles_resource(const struct operation_call *call)
{
    return listed_resource(call, STORE_ROLE);
}

const char *iam_groups_resource(const struct operation_call *call)
{
    return listed_resource(call, STORE_GROUP);
}

const char *iam_source_resource(const struct operation_call *call)
{
    return operation_member_text(call, "PolicySourceArn");
}

const char *iam_no_resource(const struct operation_call *call)
{
    (void)call;
    return "*";
}

// ------------------------------------------------------------------ what policies ask of the resource

/** An entry of one value. */
static struct policy_entry entry_of(struct arena *arena, const char *name, const char *value)
{
    struct slice *kept = arena_allocate(arena, 1, sizeof *kept);
    *kept = slice_of(value);
    return (struct policy_entry){.name = slice_of(name), .values = {kept, 1}};
}

/** The subject's tags under both of their names, and its boundary. */
static const struct policy_context *describe(const struct operation_call *call, const struct store_entity *subject)
{
    struct policy_context *context = arena_allocate(call->arena, 1, sizeof *context);
    struct policy_entry *entries = arena_allocate(call->arena, 2 * subject->tag_count + 1, sizeof *entries);
    size_t count = 0;
    for (size_t i = 0; i < subject->tag_count; i++) {
        const struct store_tag *tag = &subject->tags[i];
        entries[count++] = entry_of(call->arena, arena_format(call->arena, "aws:ResourceTag/%s", tag->key), tag->value);
        entries[count++] = entry_of(call->arena, arena_format(call->arena, "iam:ResourceTag/%s", tag->key), tag->value);
    }
    if (subject->boundary != NULL && json_object_get(call->input, "PermissionsBoundary") == NULL)
        entries[count++] = entry_of(call->arena, "iam:PermissionsBoundary",
                                    arn_write(call->arena, STORE_POLICY, subject->boundary_account,
                                              subject->boundary_path, subject->boundary_name));
    *context = (struct policy_context){.entries = entries, .count = count};
    return context;
}

/** What is not there has no path and no tags; the operation will say that it is not there, to whom may know. */
static bool ignore_absence(struct error *reason, struct error *error)
{
    return reason->class == ERROR_PARAMETER || error_move(error, reason);
}

bool iam_guard_subject(const struct operation_call *call, struct authorize_question *question, struct error *error)
{
    struct store_entity subject;
    ERROR_AUTO reason = {0};
    if (!iam_find_subject(call, &subject, &reason))
        return ignore_absence(&reason, error);
    question->resource = iam_arn(call, &subject);
    question->keys = describe(call, &subject);
    return true;
}

bool iam_guard_key(const struct operation_call *call, struct authorize_question *question, struct error *error)
{
    struct store_access_key key;
    struct store_entity owner;
    enum store_result result = store_find_access_key(call->desk->store, json_member_text(call->input, "AccessKeyId"),
                                                     call->arena, &key, error);
    if (result == STORE_OK)
        result = store_find_entity_by_id(call->desk->store, slice_of(key.principal), call->arena, &owner, error);
    if (result == STORE_OK) {
        question->resource = iam_arn(call, &owner);
        question->keys = describe(call, &owner);
    }
    return result != STORE_FAILED;
}
