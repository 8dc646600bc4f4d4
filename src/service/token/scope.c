// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/token/scope.h"

#include "base/json.h"

// ------------------------------------------------------------------ writing

static void write_name(struct buffer *out, const char *name)
{
    buffer_append_text(out, ",\"");
    buffer_append_text(out, name);
    buffer_append_text(out, "\":");
}

static void write_text(struct buffer *out, const char *name, struct slice value)
{
    if (value.size == 0)
        return;
    write_name(out, name);
    json_write_string(out, value);
}

static void write_policy_arns(struct buffer *out, const struct session_scope *scope)
{
    for (size_t i = 0; i < scope->policy_arn_count; i++) {
        if (i == 0)
            write_name(out, "arns");
        buffer_append_char(out, i == 0 ? '[' : ',');
        json_write_string(out, scope->policy_arns[i]);
    }
    if (scope->policy_arn_count > 0)
        buffer_append_char(out, ']');
}

/** The tags that are transitive or not: {"key":"value",...}, whose keys are all different. */
static void write_tags(struct buffer *out, const char *name, const struct session_scope *scope, bool transitive)
{
    size_t written = 0;
    for (size_t i = 0; i < scope->tag_count; i++) {
        const struct scope_tag *tag = &scope->tags[i];
        if (tag->transitive != transitive)
            continue;
        if (written == 0)
            write_name(out, name);
        buffer_append_char(out, written++ == 0 ? '{' : ',');
        json_write_string(out, tag->key);
        buffer_append_char(out, ':');
        json_write_string(out, tag->value);
    }
    if (written > 0)
        buffer_append_char(out, '}');
}

/** What has to share SCOPE_PACKED_MAX. */
static void write_packed(struct buffer *out, const struct session_scope *scope)
{
    write_text(out, "pol", scope->policy);
    write_policy_arns(out, scope);
    write_tags(out, "tags", scope, false);
    write_tags(out, "ttags", scope, true);
}

void scope_write(struct buffer *claims, const struct session_scope *scope)
{
    write_text(claims, "name", scope->name);
    write_text(claims, "src", scope->source_identity);
    write_text(claims, "idp", scope->provider);
    write_text(claims, "idpsub", scope->subject);
    write_text(claims, "idpaud", scope->audience);
    write_packed(claims, scope);
}

size_t scope_packed_size(const struct session_scope *scope)
{
    BUFFER_AUTO packed = {0};
    write_packed(&packed, scope);
    return packed.size;
}

// ------------------------------------------------------------------ reading

static struct slice copy(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static struct slice text_of(const json_t *value)
{
    return (struct slice){json_string_value(value), json_string_length(value)};
}

/** A text that may be absent. */
static bool read_text(const json_t *claims, const char *name, struct arena *arena, struct slice *out)
{
    const json_t *value = json_object_get(claims, name);
    if (json_is_string(value))
        *out = copy(arena, text_of(value));
    return value == NULL || json_is_string(value);
}

static bool read_policy_arns(const json_t *claims, struct arena *arena, struct session_scope *out)
{
    const json_t *list = json_object_get(claims, "arns");
    size_t count = json_array_size(list);
    struct slice *arns = arena_allocate(arena, count + 1, sizeof *arns);
    for (size_t i = 0; i < count; i++) {
        const json_t *arn = json_array_get(list, i);
        if (!json_is_string(arn))
            return false;
        arns[i] = copy(arena, text_of(arn));
    }
    out->policy_arns = arns;
    out->policy_arn_count = count;
    return list == NULL || json_is_array(list);
}

static bool read_tags(json_t *object, bool transitive, struct arena *arena, struct scope_tag *tags, size_t *count)
{
    const char *key;
    size_t key_size;
    json_t *value;
    json_object_keylen_foreach(object, key, key_size, value)
    {
        if (!json_is_string(value))
            return false;
        tags[(*count)++] =
            (struct scope_tag){copy(arena, (struct slice){key, key_size}), copy(arena, text_of(value)), transitive};
    }
    return object == NULL || json_is_object(object);
}

static bool read_all_tags(const json_t *claims, struct arena *arena, struct session_scope *out)
{
    json_t *own = json_object_get(claims, "tags");
    json_t *transitive = json_object_get(claims, "ttags");
    struct scope_tag *tags =
        arena_allocate(arena, json_object_size(own) + json_object_size(transitive) + 1, sizeof *tags);
    out->tags = tags;
    return read_tags(own, false, arena, tags, &out->tag_count) &&
           read_tags(transitive, true, arena, tags, &out->tag_count);
}

bool scope_read(const json_t *claims, struct arena *arena, struct session_scope *out, struct error *error)
{
    struct session_scope read = {0};
    if (!read_text(claims, "name", arena, &read.name) || !read_text(claims, "src", arena, &read.source_identity) ||
        !read_text(claims, "idp", arena, &read.provider) || !read_text(claims, "idpsub", arena, &read.subject) ||
        !read_text(claims, "idpaud", arena, &read.audience) || !read_text(claims, "pol", arena, &read.policy) ||
        !read_policy_arns(claims, arena, &read) || !read_all_tags(claims, arena, &read))
        return error_set(error, ERROR_PARAMETER, "malformed", "The token's claims of its session cannot be read.");
    *out = read;
    return true;
}
