// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Policy documents on their way in, and what of those with principals is kept otherwise than it was written. */
#include "service/operations/iam.h"

#include "base/json.h"
#include "service/policy/policy.h"
#include "service/store/arn.h"

static const size_t limits[] = {
    [IAM_USER_POLICY] = POLICY_SIZE_USER,   [IAM_ROLE_POLICY] = POLICY_SIZE_ROLE,
    [IAM_GROUP_POLICY] = POLICY_SIZE_GROUP, [IAM_MANAGED_POLICY] = POLICY_SIZE_MANAGED,
    [IAM_TRUST_POLICY] = POLICY_SIZE_TRUST,
};

int64_t iam_document_limit(enum iam_document kind)
{
    return (int64_t)limits[kind];
}

bool iam_read_document(const struct operation_call *call, enum iam_document kind, const char *member, struct slice *out,
                       struct error *error)
{
    *out = json_member_text(call->input, member);
    struct policy *policy =
        policy_parse(kind == IAM_TRUST_POLICY ? POLICY_TRUST : POLICY_IDENTITY, *out, limits[kind], error);
    policy_free(policy);
    return policy != NULL;
}

// ------------------------------------------------------------------ principals

/** One text of a principal; what it becomes in the arena, or NULL when it stays. False with the error. */
typedef bool translate_function(const struct operation_call *call, struct slice text, const char **out,
                                struct error *error);

static bool find_id(const struct operation_call *call, struct slice text, const char **out, struct error *error)
{
    struct arn_parts parts;
    struct store_entity entity;
    *out = NULL;
    if (!arn_read(text, &parts) || (parts.kind != STORE_USER && parts.kind != STORE_ROLE) ||
        !slice_is(parts.account, call->caller->principal->account))
        return true;
    enum store_result result =
        store_find_entity(call->desk->store, parts.kind, parts.account, parts.name, call->arena, &entity, error);
    if (result == STORE_OK && slice_is(parts.path, entity.path)) {
        *out = entity.id;
        return true;
    }
    return result != STORE_FAILED && error_set(error, ERROR_PARAMETER, "MalformedPolicyDocument",
                                               "Invalid principal in policy: \"AWS\":\"%.*s\"", SLICE_ARGS(text));
}

/** As find_id(), but one who is not there is no error. */
static bool to_id(const struct operation_call *call, struct slice text, const char **out, struct error *error)
{
    ERROR_AUTO reason = {0};
    return find_id(call, text, out, &reason) || reason.class == ERROR_PARAMETER || error_move(error, &reason);
}

/** A unique id has no colon, as every ARN does. */
static bool to_arn(const struct operation_call *call, struct slice text, const char **out, struct error *error)
{
    struct store_entity entity;
    *out = NULL;
    if (slice_find(text, ':', 0) < text.size)
        return true;
    enum store_result result = store_find_entity_by_id(call->desk->store, text, call->arena, &entity, error);
    if (result == STORE_OK && (entity.kind == STORE_USER || entity.kind == STORE_ROLE))
        *out = iam_arn(call, &entity);
    return result != STORE_FAILED;
}

/** One pass over a document. */
struct translation {
    const struct operation_call *call;
    translate_function *translate;
    bool changed;
    struct error *error;
};

/** @return what is to stand in the place of VALUE, a new reference; NULL with the error. */
static json_t *translate_text(struct translation *translation, json_t *value)
{
    const char *text = NULL;
    if (!json_is_string(value))
        return json_incref(value);
    if (!translation->translate(translation->call, (struct slice){json_string_value(value), json_string_length(value)},
                                &text, translation->error))
        return NULL;
    translation->changed = translation->changed || text != NULL;
    return text == NULL ? json_incref(value) : json_string(text);
}

/** A text or an array of texts at NAME of OBJECT. */
static bool translate_member(struct translation *translation, json_t *object, const char *name)
{
    json_t *texts = json_object_get(object, name);
    if (!json_is_array(texts)) {
        json_t *translated = translate_text(translation, texts);
        return texts == NULL || (translated != NULL && json_object_set_new(object, name, translated) == 0);
    }
    for (size_t i = 0; i < json_array_size(texts); i++) {
        json_t *translated = translate_text(translation, json_array_get(texts, i));
        if (translated == NULL || json_array_set_new(texts, i, translated) != 0)
            return false;
    }
    return true;
}

static bool translate_statement(struct translation *translation, json_t *statement)
{
    static const char *const elements[] = {"Principal", "NotPrincipal"};
    for (size_t i = 0; i < sizeof elements / sizeof elements[0]; i++) {
        json_t *principals = json_object_get(statement, elements[i]);
        if (json_is_object(principals) && !translate_member(translation, principals, "AWS"))
            return false;
    }
    return true;
}

/** @return the document, the text itself when nothing in it changes, in the arena; NULL with the error. */
static const char *translate(struct translation *translation, struct slice text)
{
    struct arena *arena = translation->call->arena;
    ERROR_AUTO reason = {0};
    JSON_AUTO *document = json_parse(text, &reason);
    json_t *statements = json_object_get(document, "Statement");
    if (json_is_object(statements) && !translate_statement(translation, statements))
        return NULL;
    for (size_t i = 0; i < json_array_size(statements); i++)
        if (!translate_statement(translation, json_array_get(statements, i)))
            return NULL;
    if (!translation->changed)
        return arena_copy(arena, text.data, text.size);
    BUFFER_AUTO written = {0};
    json_write(&written, document, 0);
    return arena_copy(arena, written.data, written.size);
}

const char *iam_principals_to_store(const struct operation_call *call, struct slice document, bool strict,
                                    struct error *error)
{
    struct translation translation = {.call = call, .translate = strict ? find_id : to_id, .error = error};
    return translate(&translation, document);
}

const char *iam_principals_to_show(const struct operation_call *call, const char *stored)
{
    struct translation translation = {.call = call, .translate = to_arn};
    const char *shown = translate(&translation, slice_of(stored));
    return shown == NULL ? stored : shown;
}
