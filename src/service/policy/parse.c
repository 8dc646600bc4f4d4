// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/document.h"

#include "base/json.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

/** A policy being read: where it goes, and what the patterns may hold. */
struct reader {
    struct policy *policy;
    bool has_variables; /**< Version 2012-10-17: `${...}` in a resource is a variable, not text. */
    struct error *error;
};

static bool refuse(struct error *error, const char *place, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "MalformedPolicyDocument", "%s: %s", place, what);
}

/** A member's name as an error may show it. */
static const char *shown_name(const char *name)
{
    struct slice text = slice_of(name);
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]))
            return "?";
    return text.size <= 32 ? name : "?";
}

/** That OBJECT has no members but those of NAMES (NULL-terminated). PLACE is "" for the document. */
static bool check_members(struct reader *reader, json_t *object, const char *place, const char *const *names)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        size_t i = 0;
        while (names[i] != NULL && strcmp(names[i], name) != 0)
            i++;
        if (names[i] != NULL)
            continue;
        return error_set(reader->error, ERROR_PARAMETER, "MalformedPolicyDocument",
                         "%s%s%s: this element is not supported, and a policy with it is not taken, so that no "
                         "restriction is ignored; leave it out",
                         place, place[0] == '\0' ? "" : ".", shown_name(name));
    }
    return true;
}

// ------------------------------------------------------------------ actions and resources

static bool check_action(const struct reader *reader, struct slice text, const char **wrong)
{
    (void)reader;
    *wrong = "must be \"*\" or a vendor and a name, such as \"codeartifact:Get*\"";
    if (slice_is(text, "*"))
        return true;
    size_t colon = slice_find(text, ':', 0);
    if (colon == 0 || colon + 1 >= text.size)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (i != colon && !text_is_alpha(c) && !text_is_digit(c) && c != '-' && (i < colon || (c != '*' && c != '?')))
            return false;
    }
    return true;
}

static bool check_resource(const struct reader *reader, struct slice text, const char **wrong)
{
    *wrong = "must be \"*\" or an ARN, such as \"arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain\"";
    if (slice_is(text, "*"))
        return true;
    struct slice rest = text;
    struct slice part;
    if (!slice_cut(&rest, ':', &part) || !slice_is(part, "arn") || !slice_cut(&rest, ':', &part) || part.size == 0 ||
        !slice_cut(&rest, ':', &part) || part.size == 0)
        return false;
    if (slice_find(part, '*', 0) < part.size || slice_find(part, '?', 0) < part.size) {
        *wrong = "must not have a wildcard in the service part of the ARN";
        return false;
    }
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f)
            return false;
        if (reader->has_variables && text.data[i] == '$' && slice_is(slice_part(text, i + 1, 1), "{")) {
            *wrong = "policy variables are not supported; write the value";
            return false;
        }
    }
    return true;
}

/** Checks one pattern; WRONG says what is wrong with it, or would be. */
typedef bool check_function(const struct reader *reader, struct slice text, const char **wrong);

/** Reads a text or an array of texts, which must have at least one. */
static bool read_patterns(struct reader *reader, const json_t *value, const char *place, check_function *check,
                          struct policy_patterns *out)
{
    const char *wrong = "is missing; it must be a text or an array of texts";
    bool is_array = json_is_array(value);
    if (!is_array && !json_is_string(value))
        return refuse(reader->error, place, wrong);
    size_t count = is_array ? json_array_size(value) : 1;
    if (count == 0)
        return refuse(reader->error, place, "must not be empty");
    out->items = arena_allocate(reader->policy->arena, count, sizeof *out->items);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = is_array ? json_array_get(value, i) : value;
        struct slice text = {json_string_value(item), json_string_length(item)};
        if (!json_is_string(item))
            wrong = "must be a text";
        else if (check(reader, text, &wrong)) {
            out->items[out->count++] =
                (struct slice){arena_copy(reader->policy->arena, text.data, text.size), text.size};
            continue;
        }
        if (!is_array)
            return refuse(reader->error, place, wrong);
        return error_set(reader->error, ERROR_PARAMETER, "MalformedPolicyDocument", "%s[%zu]: %s", place, i, wrong);
    }
    return true;
}

// ------------------------------------------------------------------ statements

/** "Statement[1].Sid" */
struct place {
    char text[64];
};

static struct place place_of(const char *statement, const char *member)
{
    struct place place;
    (void)snprintf(place.text, sizeof place.text, "%s.%s", statement, member);
    return place;
}

static bool read_id(struct reader *reader, const json_t *value, const char *place, struct policy_statement *out)
{
    if (value == NULL)
        return true;
    struct slice text = {json_string_value(value), json_string_length(value)};
    bool good = json_is_string(value);
    for (size_t i = 0; good && i < text.size; i++)
        good = text_is_alpha(text.data[i]) || text_is_digit(text.data[i]);
    if (!good)
        return refuse(reader->error, place, "must be a text of letters and digits");
    for (size_t i = 0; text.size > 0 && i < reader->policy->statement_count; i++)
        if (slice_equal(reader->policy->statements[i].id, text))
            return refuse(reader->error, place, "another statement has the same Sid; they must differ");
    out->id = (struct slice){arena_copy(reader->policy->arena, text.data, text.size), text.size};
    return true;
}

static bool read_effect(struct reader *reader, const json_t *value, const char *place, struct policy_statement *out)
{
    struct slice text = {json_string_value(value), json_string_length(value)};
    out->deny = slice_is(text, "Deny");
    if (json_is_string(value) && (out->deny || slice_is(text, "Allow")))
        return true;
    return refuse(reader->error, place, "must be \"Allow\" or \"Deny\"");
}

static bool read_statement(struct reader *reader, json_t *value, const char *place)
{
    static const char *const names[] = {"Sid", "Effect", "Action", "Resource", NULL};
    struct policy_statement *out = &reader->policy->statements[reader->policy->statement_count];
    if (!json_is_object(value))
        return refuse(reader->error, place, "must be an object");
    if (!check_members(reader, value, place, names) ||
        !read_id(reader, json_object_get(value, "Sid"), place_of(place, "Sid").text, out) ||
        !read_effect(reader, json_object_get(value, "Effect"), place_of(place, "Effect").text, out) ||
        !read_patterns(reader, json_object_get(value, "Action"), place_of(place, "Action").text, check_action,
                       &out->actions) ||
        !read_patterns(reader, json_object_get(value, "Resource"), place_of(place, "Resource").text, check_resource,
                       &out->resources))
        return false;
    reader->policy->statement_count++;
    return true;
}

static bool read_statements(struct reader *reader, json_t *value)
{
    bool is_array = json_is_array(value);
    if (value == NULL)
        return refuse(reader->error, "Statement", "is missing");
    size_t count = is_array ? json_array_size(value) : 1;
    if (count == 0 || count > POLICY_STATEMENTS_MAX)
        return error_set(reader->error, ERROR_PARAMETER, "MalformedPolicyDocument",
                         "Statement: must have 1 to %d statements, and has %zu", POLICY_STATEMENTS_MAX, count);
    reader->policy->statements = arena_allocate(reader->policy->arena, count, sizeof *reader->policy->statements);
    for (size_t i = 0; i < count; i++) {
        struct place place = {"Statement"};
        if (is_array)
            (void)snprintf(place.text, sizeof place.text, "Statement[%zu]", i);
        if (!read_statement(reader, is_array ? json_array_get(value, i) : value, place.text))
            return false;
    }
    return true;
}

static bool read_document(struct reader *reader, json_t *document)
{
    static const char *const names[] = {"Version", "Id", "Statement", NULL};
    if (!json_is_object(document))
        return refuse(reader->error, "the policy", "must be a JSON object");
    const json_t *version = json_object_get(document, "Version");
    const json_t *id = json_object_get(document, "Id");
    struct slice text = json_member_text(document, "Version");
    reader->has_variables = slice_is(text, "2012-10-17");
    if (version != NULL && !reader->has_variables && !slice_is(text, "2008-10-17"))
        return refuse(reader->error, "Version", "must be \"2012-10-17\" or \"2008-10-17\"");
    if (id != NULL && !json_is_string(id))
        return refuse(reader->error, "Id", "must be a text");
    return check_members(reader, document, "", names) &&
           read_statements(reader, json_object_get(document, "Statement"));
}

struct policy *policy_parse(struct slice document, struct error *error)
{
    if (document.size > POLICY_SIZE_MAX) {
        (void)error_set(error, ERROR_PARAMETER, "MalformedPolicyDocument",
                        "the policy has %zu bytes, and must have no more than %d", document.size, POLICY_SIZE_MAX);
        return NULL;
    }
    ERROR_AUTO reason = {0};
    JSON_AUTO *value = json_parse_unique(document, &reason);
    if (value == NULL) {
        (void)error_set(error, ERROR_PARAMETER, "MalformedPolicyDocument", "the policy is no JSON: %s", reason.message);
        return NULL;
    }
    struct policy *policy = memory_new(1, sizeof *policy);
    policy->arena = arena_new();
    struct reader reader = {.policy = policy, .error = error};
    if (read_document(&reader, value))
        return policy;
    policy_free(policy);
    return NULL;
}

void policy_free(struct policy *policy)
{
    if (policy == NULL)
        return;
    arena_free(policy->arena);
    free(policy);
}
