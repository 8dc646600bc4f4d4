// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on policies that stand inside a user, a role or a group. */
#include "service/operations/iam.h"

#include "base/json.h"

static json_t *policy_absent(const struct operation_call *call, const struct store_entity *subject, struct error *error)
{
    return iam_fail(error, "NoSuchEntity", "The %s policy with name %s cannot be found.", iam_kind_word(subject->kind),
                    operation_member_text(call, "PolicyName"));
}

static enum iam_document document_kind(const struct store_entity *subject)
{
    static const enum iam_document kinds[] = {
        [STORE_USER] = IAM_USER_POLICY,
        [STORE_ROLE] = IAM_ROLE_POLICY,
        [STORE_GROUP] = IAM_GROUP_POLICY,
    };
    return kinds[subject->kind];
}

json_t *iam_put_inline_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    struct slice document;
    if (!iam_find_subject(call, &subject, error) ||
        !iam_read_document(call, document_kind(&subject), "PolicyDocument", &document, error))
        return NULL;
    int64_t limit = iam_document_limit(document_kind(&subject));
    enum store_result result = store_put_inline_policy(
        call->desk->store, subject.id, operation_member_text(call, "PolicyName"), document, limit, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "Maximum policy size of %lld bytes exceeded for %s %s",
                        (long long)limit, iam_kind_word(subject.kind), subject.name);
    return iam_finish(call, result, &subject, error);
}

json_t *iam_get_inline_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    struct slice document;
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    switch (store_find_inline_policy(call->desk->store, subject.id, json_member_text(call->input, "PolicyName"),
                                     call->arena, &document, error)) {
    case STORE_OK:
        break;
    case STORE_ABSENT:
        return policy_absent(call, &subject, error);
    default:
        return NULL;
    }
    json_t *output = json_object();
    operation_add_text(output, arena_format(call->arena, "%sName", iam_kind_title(subject.kind)), subject.name);
    operation_add_text(output, "PolicyName", operation_member_text(call, "PolicyName"));
    iam_add_document(output, "PolicyDocument", document);
    return output;
}

json_t *iam_list_inline_policies(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    const char **names = NULL;
    size_t count = 0;
    if (!iam_find_subject(call, &subject, error) ||
        !store_list_inline_policies(call->desk->store, subject.id, call->arena, &names, &count, error))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, json_string(names[i]));
    return iam_page(call, list, NULL, "PolicyNames", error);
}

json_t *iam_delete_inline_policy(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    enum store_result result =
        store_delete_inline_policy(call->desk->store, subject.id, json_member_text(call->input, "PolicyName"), error);
    return result == STORE_ABSENT ? policy_absent(call, &subject, error) : iam_finish(call, result, &subject, error);
}
