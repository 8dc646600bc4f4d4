// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on tags of users, roles, policies and providers. */
#include "service/operations/iam_entity.h"

#include "base/json.h"

json_t *iam_tag(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    const struct store_tag *tags;
    size_t count;
    if (!iam_read_tags(call, &tags, &count, error) || !iam_find_subject(call, &subject, error))
        return NULL;
    enum store_result result = store_put_tags(call->desk->store, subject.id, tags, count, IAM_TAGS_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "The number of tags has reached the maximum limit.");
    return iam_finish(call, result, &subject, error);
}

json_t *iam_untag(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    size_t count;
    const char *const *keys = iam_read_texts(call, "TagKeys", &count);
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    return iam_finish(call, store_remove_tags(call->desk->store, subject.id, keys, count, error), &subject, error);
}

json_t *iam_list_tags(const struct operation_call *call, struct error *error)
{
    struct store_entity subject;
    if (!iam_find_subject(call, &subject, error))
        return NULL;
    JSON_AUTO *tagged = json_pack("{s:[]}", "Tags");
    iam_add_tags(tagged, &subject);
    return iam_page(call, json_incref(json_object_get(tagged, "Tags")), "Key", "Tags", error);
}
