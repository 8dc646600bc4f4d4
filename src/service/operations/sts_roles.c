// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** AssumeRole: which role, whether the caller may, and for how long. */
#include "service/operations/sts.h"

#include "base/json.h"
#include "service/operations/authorize.h"
#include "service/operations/role_cache.h"
#include "service/store/arn.h"

#define DURATION_DEFAULT INT64_C(3600)
/** A session that was made by a session lasts no longer. */
#define DURATION_CHAINED INT64_C(3600)

const char *sts_role_resource(const struct operation_call *call)
{
    struct slice arn = json_member_text(call->input, "RoleArn");
    return arena_copy(call->arena, arn.data, arn.size);
}

// ------------------------------------------------------------------ the role

/** STORE_OK, STORE_ABSENT or STORE_FAILED. */
static enum store_result load_role(const struct operation_call *call, struct slice arn, const struct role **out,
                                   struct error *error)
{
    struct arn_parts parts;
    struct store_entity entity;
    if (!arn_read(arn, &parts) || parts.kind != STORE_ROLE)
        return STORE_ABSENT;
    enum store_result result =
        store_find_entity(call->desk->store, STORE_ROLE, parts.account, parts.name, call->arena, &entity, error);
    if (result != STORE_OK)
        return result;
    if (!slice_is(parts.path, entity.path))
        return STORE_ABSENT;
    *out = role_cache_put(call->roles, arn, &entity, error);
    return *out == NULL ? STORE_FAILED : STORE_OK;
}

const struct role *sts_find_role(const struct operation_call *call, struct error *error)
{
    struct slice arn = json_member_text(call->input, "RoleArn");
    const struct role *role = role_cache_find(call->roles, arn);
    if (role != NULL)
        return role;
    // What is not there trusts nobody: that is all that a stranger learns.
    if (load_role(call, arn, &role, error) == STORE_ABSENT)
        (void)authorize_refuse(call->caller, call->action, call->resource, POLICY_TRUST, error);
    return role;
}

bool sts_find_end(const struct operation_call *call, const struct role *role, int64_t *end, struct error *error)
{
    const json_t *asked = json_object_get(call->input, "DurationSeconds");
    int64_t duration = asked == NULL ? DURATION_DEFAULT : json_integer_value(asked);
    if (call->caller != NULL && call->caller->has_session && duration > DURATION_CHAINED)
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
                         "chaining.");
    if (duration > role->max_session)
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    *end = call->now / TIMESTAMP_SECOND + duration;
    return true;
}

// ------------------------------------------------------------------ condition keys

/** Entries that are added one by one. */
struct entry_list {
    struct arena *arena;
    struct policy_entry *items;
    size_t count;
};

static void add_values(struct entry_list *list, const char *name, struct policy_values values)
{
    list->items[list->count++] = (struct policy_entry){slice_of(name), values};
}

static void add_text(struct entry_list *list, const char *name, struct slice value)
{
    if (value.size == 0)
        return;
    struct slice *kept = arena_allocate(list->arena, 1, sizeof *kept);
    *kept = value;
    add_values(list, name, (struct policy_values){kept, 1});
}

/** The source identity that the session will have. */
static struct slice source_identity(const struct operation_call *call)
{
    struct slice asked = json_member_text(call->input, "SourceIdentity");
    const struct session_scope *session = call->caller == NULL ? NULL : call->caller->session;
    return asked.size > 0 || session == NULL ? asked : session->source_identity;
}

static void add_transitive_keys(struct entry_list *list, const struct operation_call *call)
{
    const json_t *keys = json_object_get(call->input, "TransitiveTagKeys");
    size_t count = json_array_size(keys);
    struct slice *names = arena_allocate(list->arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] =
            (struct slice){json_string_value(json_array_get(keys, i)), json_string_length(json_array_get(keys, i))};
    if (count > 0)
        add_values(list, "sts:TransitiveTagKeys", (struct policy_values){names, count});
}

/** What a request of STS has at most, beside tags: three texts and a list. */
#define KEYS_MAX 4

/** What the token of one who has not signed claims. */
static void add_claims(struct entry_list *list, const struct operation_federation *federation)
{
    for (size_t i = 0; federation != NULL && i < federation->conditions.count; i++)
        list->items[list->count++] = federation->conditions.entries[i];
}

const struct policy_context *sts_role_keys(const struct operation_call *call, const struct role *role)
{
    struct policy_context *context = arena_allocate(call->arena, 1, sizeof *context);
    size_t claims = call->federation == NULL ? 0 : call->federation->conditions.count;
    struct entry_list list = {
        .arena = call->arena,
        .items = arena_allocate(call->arena, KEYS_MAX + claims + 2 * role->tag_count, sizeof *list.items),
    };
    add_text(&list, "sts:ExternalId", json_member_text(call->input, "ExternalId"));
    add_text(&list, "sts:RoleSessionName", json_member_text(call->input, "RoleSessionName"));
    add_text(&list, "sts:SourceIdentity", source_identity(call));
    add_transitive_keys(&list, call);
    add_claims(&list, call->federation);
    for (size_t i = 0; i < role->tag_count; i++) {
        const struct slice value = slice_of(role->tags[i].value);
        struct slice *kept = arena_allocate(call->arena, 1, sizeof *kept);
        *kept = value;
        const struct policy_values values = {kept, 1};
        add_values(&list, arena_format(call->arena, "aws:ResourceTag/%s", role->tags[i].key), values);
        add_values(&list, arena_format(call->arena, "iam:ResourceTag/%s", role->tags[i].key), values);
    }
    *context = (struct policy_context){list.items, list.count};
    return context;
}

// ------------------------------------------------------------------ permission

bool sts_guard_role(const struct operation_call *call, struct authorize_question *question, struct error *error)
{
    if (call->caller != NULL && call->caller->principal->kind == STORE_ROOT)
        return error_set(error, ERROR_PARAMETER, "AccessDenied", "Roles may not be assumed by root accounts.");
    const struct role *role = sts_find_role(call, error);
    if (role == NULL)
        return false;
    const struct policy **trust = arena_allocate(call->arena, 1, sizeof *trust);
    *trust = role->trust;
    question->resource_account = slice_of(role->account);
    question->trust_policies = (struct policy_set){trust, 1};
    question->keys = sts_role_keys(call, role);
    return true;
}

/** The same question as for the role, about another action. */
static bool authorize_action(const struct operation_call *call, const char *action, struct error *error)
{
    struct authorize_question question = {.action = action, .resource = call->resource};
    return sts_guard_role(call, &question, error) && authorize_question(call, &question, error);
}

bool sts_authorize_scope(const struct operation_call *call, const struct session_scope *scope, struct error *error)
{
    return (scope->tag_count == 0 || authorize_action(call, "sts:TagSession", error)) &&
           (scope->source_identity.size == 0 || authorize_action(call, "sts:SetSourceIdentity", error));
}

// ------------------------------------------------------------------ AssumeRole

json_t *sts_describe_session(const struct operation_call *call, const struct role *role, struct slice name)
{
    const struct slice id[] = {slice_of(role->id), SLICE(":"), name};
    const struct slice arn[] = {SLICE("arn:aws:sts::"),
                                slice_of(role->account),
                                SLICE(":assumed-role/"),
                                slice_of(role->name),
                                SLICE("/"),
                                name};
    json_t *out = json_object();
    operation_add_text(out, "AssumedRoleId", arena_join(call->arena, id, sizeof id / sizeof id[0]));
    operation_add_text(out, "Arn", arena_join(call->arena, arn, sizeof arn / sizeof arn[0]));
    return out;
}

static bool refuse_contexts(const struct operation_call *call, struct error *error)
{
    return json_array_size(json_object_get(call->input, "ProvidedContexts")) == 0 ||
           error_set(error, ERROR_PARAMETER, "InvalidParameterValue", "No provider of contexts is trusted here.");
}

json_t *sts_assume_role(const struct operation_call *call, struct error *error)
{
    const struct role *role = sts_find_role(call, error);
    struct session_claims claims = {.issued = call->now / TIMESTAMP_SECOND};
    if (role == NULL || !refuse_contexts(call, error) || !sts_read_scope(call, role, &claims.scope, error) ||
        !sts_authorize_scope(call, &claims.scope, error) || !sts_refuse_mfa(call, error) ||
        !sts_find_end(call, role, &claims.expires, error))
        return NULL;
    claims.principal = slice_of(role->id);
    claims.account = slice_of(role->account);
    json_t *credentials = sts_issue(call, &claims, error);
    if (credentials == NULL)
        return NULL;
    json_t *output = json_object();
    (void)json_object_set_new(output, "Credentials", credentials);
    (void)json_object_set_new(output, "AssumedRoleUser", sts_describe_session(call, role, claims.scope.name));
    sts_add_scope(output, &claims.scope);
    return output;
}
