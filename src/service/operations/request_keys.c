// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/request_keys.h"

#include "base/json.h"
#include "base/timestamp.h"

// ------------------------------------------------------------------ one value

/** The value of a key, in the call's arena where it must be made; data NULL when the request does not have it. */
typedef struct slice value_function(const struct request_keys *keys);

static struct slice format_time(struct arena *arena, int64_t when)
{
    BUFFER_ROOM(text, 32);
    timestamp_format_utc(&text, when, false);
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static struct slice current_time(const struct request_keys *keys)
{
    return format_time(keys->call->arena, keys->call->now);
}

static struct slice epoch_time(const struct request_keys *keys)
{
    return slice_of(arena_format(keys->call->arena, "%lld", (long long)(keys->call->now / TIMESTAMP_SECOND)));
}

/** The managed policy that is attached or detached, or that is to bound what is made. */
static struct slice policy_arn(const struct request_keys *keys)
{
    return json_member_text(keys->call->input, "PolicyArn");
}

static struct slice permissions_boundary(const struct request_keys *keys)
{
    return json_member_text(keys->call->input, "PermissionsBoundary");
}

/** No session has been made with a second factor; long-term keys do not have this key at all. */
static struct slice mfa_present(const struct request_keys *keys)
{
    return keys->call->caller->has_session ? SLICE("false") : (struct slice){NULL, 0};
}

static struct slice principal_account(const struct request_keys *keys)
{
    return slice_of(keys->call->caller->principal->account);
}

/** Of a role's session the role's. */
static struct slice principal_arn(const struct request_keys *keys)
{
    return slice_of(keys->call->caller->entity_arn);
}

static struct slice principal_type(const struct request_keys *keys)
{
    static const char *const types[] = {[STORE_ROOT] = "Account", [STORE_USER] = "User", [STORE_ROLE] = "AssumedRole"};
    return slice_of(types[keys->call->caller->principal->kind]);
}

/** A text of the caller's session; absent without a session, or when it is empty. */
static struct slice of_session(struct slice text)
{
    return text.size > 0 ? text : (struct slice){NULL, 0};
}

static struct slice federated_provider(const struct request_keys *keys)
{
    const struct session_scope *session = keys->call->caller->session;
    return session == NULL ? (struct slice){NULL, 0} : of_session(session->provider);
}

static struct slice source_identity(const struct request_keys *keys)
{
    const struct session_scope *session = keys->call->caller->session;
    return session == NULL ? (struct slice){NULL, 0} : of_session(session->source_identity);
}

static struct slice requested_region(const struct request_keys *keys)
{
    return slice_of(keys->call->desk->site->region);
}

static struct slice resource_account(const struct request_keys *keys)
{
    return keys->resource_account.size > 0 ? keys->resource_account : principal_account(keys);
}

static struct slice secure_transport(const struct request_keys *keys)
{
    if (keys->call->relayed)
        return (struct slice){NULL, 0};
    return keys->call->tls ? SLICE("true") : SLICE("false");
}

static struct slice source_ip(const struct request_keys *keys)
{
    return slice_of(keys->call->client);
}

static struct slice token_issue_time(const struct request_keys *keys)
{
    if (!keys->call->caller->has_session)
        return (struct slice){NULL, 0};
    return format_time(keys->call->arena, keys->call->caller->session_issued * TIMESTAMP_SECOND);
}

static struct slice user_agent(const struct request_keys *keys)
{
    return keys->call->user_agent;
}

static struct slice user_id(const struct request_keys *keys)
{
    return slice_of(keys->call->caller->user_id);
}

static struct slice user_name(const struct request_keys *keys)
{
    const struct store_principal *principal = keys->call->caller->principal;
    return principal->kind == STORE_USER ? slice_of(principal->name) : (struct slice){NULL, 0};
}

static const struct {
    value_function *find;
    bool of_caller; /**< Who has not signed has no such key. */
} single_values[POLICY_KEYS] = {
    [POLICY_KEY_CURRENT_TIME] = {current_time, false},
    [POLICY_KEY_EPOCH_TIME] = {epoch_time, false},
    [POLICY_KEY_FEDERATED_PROVIDER] = {federated_provider, true},
    [POLICY_KEY_MFA_PRESENT] = {mfa_present, true},
    [POLICY_KEY_PRINCIPAL_ACCOUNT] = {principal_account, true},
    [POLICY_KEY_PRINCIPAL_ARN] = {principal_arn, true},
    [POLICY_KEY_PRINCIPAL_TYPE] = {principal_type, true},
    [POLICY_KEY_REQUESTED_REGION] = {requested_region, false},
    [POLICY_KEY_RESOURCE_ACCOUNT] = {resource_account, false},
    [POLICY_KEY_SECURE_TRANSPORT] = {secure_transport, false},
    [POLICY_KEY_SOURCE_IDENTITY] = {source_identity, true},
    [POLICY_KEY_SOURCE_IP] = {source_ip, false},
    [POLICY_KEY_TOKEN_ISSUE_TIME] = {token_issue_time, true},
    [POLICY_KEY_USER_AGENT] = {user_agent, false},
    [POLICY_KEY_USER_ID] = {user_id, true},
    [POLICY_KEY_USER_NAME] = {user_name, true},
    [POLICY_KEY_IAM_PERMISSIONS_BOUNDARY] = {permissions_boundary, false},
    [POLICY_KEY_IAM_POLICY_ARN] = {policy_arn, false},
};

// ------------------------------------------------------------------ tags of the request and of who makes it

/** The tags that the request gives what it makes: pairs of `key` and `value`, whatever the letters of those names. */
static const json_t *request_tags(const struct request_keys *keys)
{
    const json_t *tags = json_object_get(keys->call->input, "tags");
    return tags != NULL ? tags : json_object_get(keys->call->input, "Tags");
}

static struct slice tag_member(const json_t *tag, const char *small, const char *capital)
{
    struct slice text = json_member_text(tag, small);
    return text.data != NULL ? text : json_member_text(tag, capital);
}

static bool find_request_tag(const struct request_keys *keys, struct slice name, struct slice *out)
{
    const json_t *tags = request_tags(keys);
    for (size_t i = 0; i < json_array_size(tags); i++) {
        const json_t *tag = json_array_get(tags, i);
        if (!slice_equal_nocase(tag_member(tag, "key", "Key"), name))
            continue;
        *out = tag_member(tag, "value", "Value");
        return out->data != NULL;
    }
    return false;
}

/** The keys of tags that the request wants to take away. */
static bool find_keys_to_untag(const struct request_keys *keys, struct policy_values *out)
{
    const json_t *list = json_object_get(keys->call->input, "tagKeys");
    if (list == NULL)
        list = json_object_get(keys->call->input, "TagKeys");
    size_t count = json_array_size(list);
    struct slice *names = arena_allocate(keys->call->arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        const json_t *name = json_array_get(list, i);
        names[i] = (struct slice){json_string_value(name), json_string_length(name)};
    }
    *out = (struct policy_values){names, count};
    return list != NULL;
}

static bool find_principal_tag(const struct request_keys *keys, struct slice name, struct slice *out)
{
    const struct caller *caller = keys->call->caller;
    for (size_t i = 0; caller != NULL && i < caller->tag_count; i++) {
        *out = slice_of(caller->tags[i].value);
        if (slice_equal_nocase(slice_of(caller->tags[i].key), name))
            return true;
    }
    return false;
}

static bool find_tag_keys(const struct request_keys *keys, struct policy_values *out)
{
    const json_t *tags = request_tags(keys);
    if (tags == NULL)
        return find_keys_to_untag(keys, out);
    size_t count = json_array_size(tags);
    struct slice *names = arena_allocate(keys->call->arena, count + 1, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = tag_member(json_array_get(tags, i), "key", "Key");
    *out = (struct policy_values){names, count};
    return true;
}

// ------------------------------------------------------------------ tags of the resource

/** Reads them once; what has none has an empty list. */
static bool read_resource_tags(struct request_keys *keys)
{
    if (keys->tags != NULL)
        return true;
    if (keys->tagged == NULL || keys->failed)
        return false;
    keys->failed = store_find_resource_tags(keys->call->desk->store, keys->tagged, keys->call->arena, &keys->tags,
                                            keys->error) == STORE_FAILED;
    if (keys->tags == NULL)
        keys->tags = "[]";
    return !keys->failed;
}

/** Their keys match in any case of letters ("Controlling access to AWS resources using tags", IAM User Guide). */
static bool find_resource_tag(struct request_keys *keys, struct slice name, struct slice *out)
{
    if (!read_resource_tags(keys))
        return false;
    JSON_AUTO *tags = json_parse(slice_of(keys->tags), NULL);
    for (size_t i = 0; i < json_array_size(tags); i++) {
        const json_t *tag = json_array_get(tags, i);
        if (!slice_equal_nocase(json_member_text(tag, "key"), name))
            continue;
        struct slice value = json_member_text(tag, "value");
        *out = (struct slice){arena_copy(keys->call->arena, value.data, value.size), value.size};
        return true;
    }
    return false;
}

// ------------------------------------------------------------------ claims of the session's identity token

/**
 * Of the claims that a session was given for, the subject and the audience stay with it: "HOST/PATH:sub" and ":aud", by
 * the provider that it came from ("Available keys for AWS OIDC federation": available in session).
 */
static bool find_claim(const struct request_keys *keys, struct slice name, struct slice *out)
{
    const struct session_scope *session = keys->call->caller == NULL ? NULL : keys->call->caller->session;
    if (session == NULL || session->provider.size == 0)
        return false;
    struct slice provider =
        slice_part(session->provider, slice_find(session->provider, '/', 0) + 1, session->provider.size);
    struct slice claim = slice_part(name, provider.size + 1, name.size);
    if (claim.size == 0 || name.data[provider.size] != ':' ||
        !slice_equal_nocase(slice_part(name, 0, provider.size), provider))
        return false;
    bool subject = slice_equal_nocase(claim, SLICE("sub"));
    *out = of_session(subject                                   ? session->subject
                      : slice_equal_nocase(claim, SLICE("aud")) ? session->audience
                                                                : (struct slice){NULL, 0});
    return out->data != NULL;
}

// ------------------------------------------------------------------ the lookup

static bool find_value(struct request_keys *keys, const struct policy_key *key, struct slice *out)
{
    if (key->id == POLICY_KEY_REQUEST_TAG)
        return find_request_tag(keys, key->tag, out);
    if (key->id == POLICY_KEY_RESOURCE_TAG)
        return find_resource_tag(keys, key->tag, out);
    if (key->id == POLICY_KEY_PRINCIPAL_TAG)
        return find_principal_tag(keys, key->tag, out);
    if (key->id == POLICY_KEY_OTHER)
        return find_claim(keys, key->name, out);
    if (single_values[key->id].find == NULL || (single_values[key->id].of_caller && keys->call->caller == NULL))
        return false;
    *out = single_values[key->id].find(keys);
    return out->data != NULL;
}

bool request_keys_lookup(void *data, const struct policy_key *key, struct policy_values *out)
{
    struct request_keys *keys = data;
    struct slice value;
    // The cast is of a pointer that the table does not write to.
    if (keys->more != NULL && policy_context_lookup((void *)(uintptr_t)keys->more, key, out))
        return true;
    if (key->id == POLICY_KEY_TAG_KEYS)
        return find_tag_keys(keys, out);
    if (!find_value(keys, key, &value))
        return false;
    struct slice *kept = arena_allocate(keys->call->arena, 1, sizeof *kept);
    *kept = value;
    *out = (struct policy_values){kept, 1};
    return true;
}
