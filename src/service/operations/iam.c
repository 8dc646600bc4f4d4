// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/iam.h"

#include "base/json.h"
#include "base/text.h"
#include "service/store/arn.h"
#include "service/store/identifier.h"

#include <stdarg.h>

// ------------------------------------------------------------------ failures

json_t *iam_fail(struct error *error, const char *code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *text = memory_format_list(format, arguments);
    va_end(arguments);
    (void)error_set(error, ERROR_PARAMETER, code, "%s", text);
    return NULL;
}

json_t *iam_absent(struct error *error, enum store_kind kind, const char *name)
{
    if (kind == STORE_POLICY)
        return iam_fail(error, "NoSuchEntity", "Policy %s was not found.", name);
    if (kind == STORE_PROVIDER)
        return iam_fail(error, "NoSuchEntity", "OpenIDConnect Provider not found for arn %s", name);
    return iam_fail(error, "NoSuchEntity", "The %s with name %s cannot be found.", iam_kind_word(kind), name);
}

json_t *iam_changed(const struct operation_call *call)
{
    freshness_announce(call->desk->site);
    return json_object();
}

json_t *iam_finish(const struct operation_call *call, enum store_result result, const struct store_entity *entity,
                   struct error *error)
{
    bool by_arn = entity->kind == STORE_POLICY || entity->kind == STORE_PROVIDER;
    switch (result) {
    case STORE_OK:
        return iam_changed(call);
    case STORE_FAILED:
        return NULL;
    default:
        return iam_absent(error, entity->kind, by_arn ? iam_arn(call, entity) : entity->name);
    }
}

// ------------------------------------------------------------------ words

static const struct {
    const char *word;
    const char *title;
} kind_names[] = {
    [STORE_ROOT] = {"root", "Root"},       [STORE_USER] = {"user", "User"},
    [STORE_ROLE] = {"role", "Role"},       [STORE_GROUP] = {"group", "Group"},
    [STORE_POLICY] = {"policy", "Policy"}, [STORE_PROVIDER] = {"provider", "Provider"},
};

const char *iam_kind_word(enum store_kind kind)
{
    return kind_names[kind].word;
}

const char *iam_kind_title(enum store_kind kind)
{
    return kind_names[kind].title;
}

const char *iam_arn(const struct operation_call *call, const struct store_entity *entity)
{
    return arn_write(call->arena, entity->kind, entity->account, entity->path, entity->name);
}

// ------------------------------------------------------------------ input

const char *const *iam_read_texts(const struct operation_call *call, const char *name, size_t *count)
{
    const json_t *list = json_object_get(call->input, name);
    *count = json_array_size(list);
    const char **texts = arena_allocate(call->arena, *count + 1, sizeof *texts);
    for (size_t i = 0; i < *count; i++) {
        const json_t *text = json_array_get(list, i);
        texts[i] = arena_copy(call->arena, json_string_value(text), json_string_length(text));
    }
    return texts;
}

static bool check_tag(const struct store_tag *tags, size_t index, struct error *error)
{
    struct slice key = slice_of(tags[index].key);
    if (slice_equal_nocase(slice_part(key, 0, 4), SLICE("aws:")))
        return error_set(error, ERROR_PARAMETER, "InvalidInput",
                         "Tag keys that begin with aws: are reserved; choose another one than %s", key.data);
    for (size_t i = 0; i < index; i++)
        if (slice_equal_nocase(slice_of(tags[i].key), key))
            return error_set(error, ERROR_PARAMETER, "InvalidInput",
                             "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    return true;
}

bool iam_read_tags(const struct operation_call *call, const struct store_tag **out, size_t *count, struct error *error)
{
    const json_t *list = json_object_get(call->input, "Tags");
    *count = json_array_size(list);
    struct store_tag *tags = arena_allocate(call->arena, *count + 1, sizeof *tags);
    *out = tags;
    for (size_t i = 0; i < *count; i++) {
        struct slice key = json_member_text(json_array_get(list, i), "Key");
        struct slice value = json_member_text(json_array_get(list, i), "Value");
        tags[i].key = arena_copy(call->arena, key.data, key.size);
        tags[i].value = arena_copy(call->arena, value.data, value.size);
        if (!check_tag(tags, i, error))
            return false;
    }
    return true;
}

const char *iam_new_id(const struct operation_call *call, const char *kind, struct error *error)
{
    unsigned char entropy[IDENTIFIER_ENTROPY];
    char id[IDENTIFIER_SIZE];
    if (!secret_pool_take(&call->desk->pool, entropy, sizeof entropy)) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "the machine gives no randomness");
        return NULL;
    }
    identifier_write(kind, entropy, id);
    return arena_copy(call->arena, id, strlen(id));
}

// ------------------------------------------------------------------ output

void iam_add_time(json_t *object, const char *name, int64_t when)
{
    (void)json_object_set_new(object, name, json_integer(when / TIMESTAMP_SECOND));
}

void iam_add_document(json_t *object, const char *name, struct slice document)
{
    BUFFER_AUTO encoded = {0};
    text_percent_encode(&encoded, document, "");
    (void)json_object_set_new(object, name, json_string(buffer_text(&encoded)));
}

void iam_add_tags(json_t *object, const struct store_entity *entity)
{
    json_t *list = json_array();
    for (size_t i = 0; i < entity->tag_count; i++)
        (void)json_array_append_new(
            list, json_pack("{s:s, s:s}", "Key", entity->tags[i].key, "Value", entity->tags[i].value));
    if (entity->tag_count > 0)
        (void)json_object_set(object, "Tags", list);
    json_decref(list);
}
