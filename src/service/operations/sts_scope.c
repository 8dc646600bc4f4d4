// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a new session of a role is to be: policies that narrow it, tags, source identity. */
#include "service/operations/sts.h"

#include "base/json.h"
#include "service/operations/role_cache.h"
#include "service/policy/policy.h"
#include "service/store/arn.h"
#include "service/store/iam.h"

#define POLICY_ARNS_MAX 10

static struct slice text_at(const json_t *list, size_t index)
{
    const json_t *text = json_array_get(list, index);
    return (struct slice){json_string_value(text), json_string_length(text)};
}

// ------------------------------------------------------------------ policies

/** The session policy without the white space that it may have. */
static bool read_policy(const struct operation_call *call, struct slice *out, struct error *error)
{
    struct slice document = json_member_text(call->input, "Policy");
    if (document.data == NULL)
        return true;
    BUFFER_AUTO written = {0};
    if (!policy_write_compact(POLICY_SESSION, document, POLICY_SIZE_SESSION, &written, error))
        return false;
    *out = (struct slice){arena_copy(call->arena, written.data, written.size), written.size};
    return true;
}

/** A managed policy of the role's account, or of AWS. */
static bool check_policy_arn(const struct operation_call *call, const struct role *role, struct slice arn,
                             struct error *error)
{
    struct arn_parts parts;
    struct store_entity policy;
    if (!arn_read(arn, &parts) || parts.kind != STORE_POLICY)
        return error_set(error, ERROR_PARAMETER, "ValidationError", "ARN %.*s is not valid.", SLICE_ARGS(arn));
    bool reachable = slice_is(parts.account, role->account) || slice_is(parts.account, STORE_AWS_ACCOUNT);
    enum store_result result = reachable ? store_find_entity(call->desk->store, STORE_POLICY, parts.account, parts.name,
                                                             call->arena, &policy, error)
                                         : STORE_ABSENT;
    if (result == STORE_OK && !slice_is(parts.path, policy.path))
        result = STORE_ABSENT;
    if (result == STORE_ABSENT)
        (void)error_set(error, ERROR_PARAMETER, "ValidationError", "Policy %.*s was not found.", SLICE_ARGS(arn));
    return result == STORE_OK;
}

static bool read_policy_arns(const struct operation_call *call, const struct role *role, struct session_scope *out,
                             struct error *error)
{
    const json_t *list = json_object_get(call->input, "PolicyArns");
    size_t count = json_array_size(list);
    struct slice *arns = arena_allocate(call->arena, count + 1, sizeof *arns);
    if (count > POLICY_ARNS_MAX)
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "1 validation error detected: Value at 'policyArns' failed to satisfy constraint: Member "
                         "must have length less than or equal to %d",
                         POLICY_ARNS_MAX);
    for (size_t i = 0; i < count; i++) {
        arns[i] = json_member_text(json_array_get(list, i), "arn");
        if (!check_policy_arn(call, role, arns[i], error))
            return false;
    }
    out->policy_arns = arns;
    out->policy_arn_count = count;
    return true;
}

// ------------------------------------------------------------------ tags

/** The tag of that key, whatever its case, among the first COUNT; COUNT for none. */
static size_t find_tag(const struct scope_tag *tags, size_t count, struct slice key)
{
    size_t i = 0;
    while (i < count && !slice_equal_nocase(tags[i].key, key))
        i++;
    return i;
}

static bool refuse_tag(struct error *error, const char *text)
{
    return error_set(error, ERROR_PARAMETER, "InvalidParameterValue", "%s", text);
}

/** The caller's transitive tags, which pass on. */
static void inherit_tags(const struct session_scope *session, struct scope_tag *tags, size_t *count)
{
    for (size_t i = 0; session != NULL && i < session->tag_count; i++)
        if (session->tags[i].transitive)
            tags[(*count)++] = session->tags[i];
}

static bool add_tag(struct scope_tag *tags, size_t *count, size_t inherited, const struct scope_tag *tag,
                    struct error *error)
{
    size_t same = find_tag(tags, *count, tag->key);
    if (same < inherited)
        return refuse_tag(error, "One of the specified tag keys can't be set because it conflicts with a transitive "
                                 "tag key from the calling session.");
    if (same < *count)
        return refuse_tag(error, "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    if (slice_equal_nocase(slice_part(tag->key, 0, 4), SLICE("aws:")))
        return refuse_tag(error, "Tag keys that begin with aws: are reserved.");
    tags[(*count)++] = *tag;
    return true;
}

static bool mark_transitive(const json_t *keys, struct scope_tag *tags, size_t count, size_t inherited,
                            struct error *error)
{
    for (size_t i = 0; i < json_array_size(keys); i++) {
        size_t found = find_tag(tags, count, text_at(keys, i));
        if (found < inherited)
            return refuse_tag(error, "One of the specified transitive tag keys can't be set because it conflicts with "
                                     "a transitive tag key from the calling session.");
        if (found == count)
            return refuse_tag(error, "The specified transitive tag key must be included in the requested tags.");
        tags[found].transitive = true;
    }
    return true;
}

static bool read_tags(const struct operation_call *call, struct session_scope *out, struct error *error)
{
    const struct session_scope *session = call->caller == NULL ? NULL : call->caller->session;
    const json_t *list = json_object_get(call->input, "Tags");
    size_t room = json_array_size(list) + (session == NULL ? 0 : session->tag_count);
    struct scope_tag *tags = arena_allocate(call->arena, room + 1, sizeof *tags);
    size_t count = 0;
    inherit_tags(session, tags, &count);
    size_t inherited = count;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const struct scope_tag tag = {json_member_text(json_array_get(list, i), "Key"),
                                      json_member_text(json_array_get(list, i), "Value"), false};
        if (!add_tag(tags, &count, inherited, &tag, error))
            return false;
    }
    out->tags = tags;
    out->tag_count = count;
    return mark_transitive(json_object_get(call->input, "TransitiveTagKeys"), tags, count, inherited, error);
}

// ------------------------------------------------------------------ source identity

static bool read_source_identity(const struct operation_call *call, struct slice *out, struct error *error)
{
    const struct session_scope *session = call->caller == NULL ? NULL : call->caller->session;
    const struct slice none = {NULL, 0};
    const struct slice present = session == NULL ? none : session->source_identity;
    struct slice asked = json_member_text(call->input, "SourceIdentity");
    *out = present.size > 0 ? present : asked;
    return present.size == 0 || asked.data == NULL || slice_equal(present, asked) ||
           error_set(error, ERROR_PARAMETER, "ValidationError",
                     "The source identity of the calling session cannot be changed.");
}

// ------------------------------------------------------------------ all of it

static size_t percentage(const struct session_scope *scope)
{
    return (scope_packed_size(scope) * 100 + SCOPE_PACKED_MAX - 1) / SCOPE_PACKED_MAX;
}

static bool check_size(const struct session_scope *scope, struct error *error)
{
    bool policies = scope->policy.size > 0 || scope->policy_arn_count > 0;
    if (scope_packed_size(scope) <= SCOPE_PACKED_MAX)
        return true;
    return error_set(error, ERROR_PARAMETER, "PackedPolicyTooLarge",
                     "Packed size of %s consumes %zu%% of allotted space.",
                     !policies               ? "session tags"
                     : scope->tag_count == 0 ? "session policies"
                                             : "session policies and tags",
                     percentage(scope));
}

bool sts_read_scope(const struct operation_call *call, const struct role *role, struct session_scope *out,
                    struct error *error)
{
    *out = (struct session_scope){.name = json_member_text(call->input, "RoleSessionName")};
    return read_policy(call, &out->policy, error) && read_policy_arns(call, role, out, error) &&
           read_tags(call, out, error) && read_source_identity(call, &out->source_identity, error) &&
           check_size(out, error);
}

void sts_add_scope(json_t *output, const struct session_scope *scope)
{
    if (scope->policy.size > 0 || scope->policy_arn_count > 0 || scope->tag_count > 0)
        (void)json_object_set_new(output, "PackedPolicySize", json_integer((json_int_t)percentage(scope)));
    if (scope->source_identity.size > 0)
        (void)json_object_set_new(output, "SourceIdentity",
                                  json_stringn(scope->source_identity.data, scope->source_identity.size));
}
