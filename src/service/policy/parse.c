// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/parse.h"

#include "base/json.h"
#include "base/text.h"

#include <stdlib.h>

/** The longest text of a document that an error shows. */
#define SHOWN_MAX ((size_t)128)

// ------------------------------------------------------------------ refusals

const char *parse_shown(const struct parse_reader *reader, struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] < 0x20 || text.data[i] > 0x7e)
            return "?";
    return text.size > SHOWN_MAX || text.data == NULL ? "?" : arena_copy(reader->arena, text.data, text.size);
}

static void write_place(const struct parse_reader *reader, const struct parse_place *place, struct buffer *out)
{
    if (place == NULL)
        return;
    write_place(reader, place->parent, out);
    if (place->name == NULL)
        buffer_append_format(out, "[%zu]", place->index);
    else
        buffer_append_format(out, "%s%s", place->parent == NULL ? "" : ".", parse_shown(reader, slice_of(place->name)));
}

bool parse_refuse(const struct parse_reader *reader, const struct parse_place *place, const char *sentence,
                  const char *detail)
{
    BUFFER_AUTO where = {0};
    write_place(reader, place, &where);
    return error_set(reader->error, ERROR_PARAMETER, "MalformedPolicyDocument", "%s (%s: %s)", sentence,
                     where.size == 0 ? "the policy" : buffer_text(&where), detail);
}

// ------------------------------------------------------------------ values

size_t parse_count(const json_t *value)
{
    if (value == NULL)
        return 0;
    return json_is_array(value) ? json_array_size(value) : 1;
}

const json_t *parse_element(const json_t *value, size_t index, const struct parse_place *parent,
                            struct parse_place *place)
{
    *place = (struct parse_place){parent, NULL, index};
    if (json_is_array(value))
        return json_array_get(value, index);
    *place = *parent;
    return value;
}

struct slice parse_text(const json_t *value)
{
    return (struct slice){json_string_value(value), json_string_length(value)};
}

/** That an object has no members but those of NAMES (NULL-terminated). */
static bool check_members(const struct parse_reader *reader, json_t *object, const struct parse_place *place,
                          const char *const *names)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        size_t i = 0;
        while (names[i] != NULL && strcmp(names[i], name) != 0)
            i++;
        const struct parse_place member = {place, name, 0};
        if (names[i] == NULL)
            return parse_refuse(reader, &member, PARSE_SYNTAX, "is no element of the policy language");
    }
    return true;
}

// ------------------------------------------------------------------ statements

static bool read_id(const struct parse_reader *reader, const json_t *value, const struct parse_place *parent,
                    const struct policy *policy, struct policy_statement *out)
{
    const struct parse_place place = {parent, "Sid", 0};
    if (value == NULL)
        return true;
    struct slice text = parse_text(value);
    bool good = json_is_string(value);
    // Services whose resources have policies take more in a Sid ("Grammar of the IAM JSON policy language").
    for (size_t i = 0; good && reader->kind != POLICY_RESOURCE && i < text.size; i++)
        good = text_is_alpha(text.data[i]) || text_is_digit(text.data[i]);
    if (!good)
        return parse_refuse(reader, &place, PARSE_SYNTAX, "must be a text of letters and digits");
    for (size_t i = 0; text.size > 0 && i < policy->statement_count; i++)
        if (slice_equal(policy->statements[i].id, text))
            return parse_refuse(reader, &place, PARSE_UNIQUE_SID, "another statement has the same");
    out->id = (struct slice){arena_copy(reader->arena, text.data, text.size), text.size};
    return true;
}

static bool read_effect(const struct parse_reader *reader, const json_t *value, const struct parse_place *parent,
                        struct policy_statement *out)
{
    const struct parse_place place = {parent, "Effect", 0};
    struct slice text = parse_text(value);
    out->deny = slice_is(text, "Deny");
    return out->deny || slice_is(text, "Allow") ||
           parse_refuse(reader, &place, PARSE_SYNTAX, "must be \"Allow\" or \"Deny\"");
}

static bool read_statement(const struct parse_reader *reader, json_t *value, const struct parse_place *place,
                           struct policy *policy)
{
    static const char *const names[] = {"Sid",       "Effect",   "Principal",   "NotPrincipal", "Action",
                                        "NotAction", "Resource", "NotResource", "Condition",    NULL};
    struct policy_statement *out = &policy->statements[policy->statement_count];
    if (!json_is_object(value))
        return parse_refuse(reader, place, PARSE_SYNTAX, "must be an object");
    if (!check_members(reader, value, place, names) ||
        !read_id(reader, json_object_get(value, "Sid"), place, policy, out) ||
        !read_effect(reader, json_object_get(value, "Effect"), place, out) ||
        !parse_actions(reader, value, place, out) || !parse_resources(reader, value, place, out) ||
        !parse_grantees(reader, value, place, out) ||
        !parse_conditions(reader, json_object_get(value, "Condition"), place, out))
        return false;
    policy->statement_count++;
    return true;
}

// ------------------------------------------------------------------ documents

static bool read_statements(const struct parse_reader *reader, const json_t *value, struct policy *policy)
{
    const struct parse_place parent = {NULL, "Statement", 0};
    size_t count = parse_count(value);
    if (count == 0)
        return parse_refuse(reader, &parent, PARSE_SYNTAX, value == NULL ? "is missing" : "must not be empty");
    policy->statements = arena_allocate(reader->arena, count, sizeof *policy->statements);
    for (size_t i = 0; i < count; i++) {
        struct parse_place place;
        // The members of an object cannot be walked over by a const pointer.
        json_t *statement = (json_t *)(uintptr_t)parse_element(value, i, &parent, &place);
        if (!read_statement(reader, statement, &place, policy))
            return false;
    }
    return true;
}

static bool read_document(struct parse_reader *reader, json_t *document, struct policy *policy)
{
    static const char *const names[] = {"Version", "Id", "Statement", NULL};
    if (!json_is_object(document))
        return parse_refuse(reader, NULL, PARSE_SYNTAX, "must be a JSON object");
    if (!check_members(reader, document, NULL, names))
        return false;
    const json_t *version = json_object_get(document, "Version");
    const json_t *id = json_object_get(document, "Id");
    struct slice text = json_member_text(document, "Version");
    reader->variables = slice_is(text, "2012-10-17");
    if (version != NULL && !reader->variables && !slice_is(text, "2008-10-17")) {
        const struct parse_place place = {NULL, "Version", 0};
        return parse_refuse(reader, &place, PARSE_VERSION, "must be \"2012-10-17\" or \"2008-10-17\"");
    }
    if (id != NULL && !json_is_string(id)) {
        const struct parse_place place = {NULL, "Id", 0};
        return parse_refuse(reader, &place, PARSE_SYNTAX, "must be a text");
    }
    return read_statements(reader, json_object_get(document, "Statement"), policy);
}

/** Characters that count: white space does not, nor do the bytes behind a character's first. */
static size_t count_characters(struct slice document)
{
    size_t count = 0;
    for (size_t i = 0; i < document.size; i++)
        if (!text_is_space(document.data[i]) && ((unsigned char)document.data[i] & 0xc0) != 0x80)
            count++;
    return count;
}

static bool check_size(enum policy_kind kind, struct slice document, size_t size_max, struct error *error)
{
    const char *quota = kind == POLICY_TRUST ? "ACLSizePerRole" : "PolicySize";
    if (document.size <= POLICY_SIZE_MAX && count_characters(document) <= size_max)
        return true;
    return error_set(error, ERROR_PARAMETER, "LimitExceeded", "Cannot exceed quota for %s: %zu", quota,
                     document.size > POLICY_SIZE_MAX && size_max > POLICY_SIZE_MAX ? POLICY_SIZE_MAX : size_max);
}

struct policy *policy_parse(enum policy_kind kind, struct slice document, size_t size_max, struct error *error)
{
    if (!check_size(kind, document, size_max, error))
        return NULL;
    ERROR_AUTO reason = {0};
    JSON_AUTO *value = json_parse_unique(document, &reason);
    if (value == NULL) {
        (void)error_set(error, ERROR_PARAMETER, "MalformedPolicyDocument", "%s (the policy is no JSON: %s)",
                        PARSE_SYNTAX, reason.message);
        return NULL;
    }
    struct policy *policy = memory_new(1, sizeof *policy);
    policy->kind = kind;
    policy->arena = arena_new();
    struct parse_reader reader = {.kind = kind, .arena = policy->arena, .error = error};
    if (read_document(&reader, value, policy))
        return policy;
    policy_free(policy);
    return NULL;
}

bool policy_write_compact(enum policy_kind kind, struct slice document, size_t size_max, struct buffer *out,
                          struct error *error)
{
    struct policy *policy = policy_parse(kind, document, size_max, error);
    policy_free(policy);
    JSON_AUTO *parsed = policy == NULL ? NULL : json_parse(document, error);
    if (parsed == NULL)
        return false;
    json_write(out, parsed, 0);
    return true;
}

void policy_free(struct policy *policy)
{
    if (policy == NULL)
        return;
    arena_free(policy->arena);
    free(policy);
}

size_t policy_statement_count(const struct policy *policy)
{
    return policy->statement_count;
}

struct slice policy_statement_id(const struct policy *policy, size_t statement)
{
    return policy->statements[statement].id;
}
