// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Action, NotAction, Resource, NotResource. */
#include "service/policy/parse.h"

#include "base/text.h"

/** A member and its complement, of which a statement has one. VALUE is NULL when it has neither. */
struct element {
    const json_t *value;
    struct parse_place place;
    bool negated;
};

static bool find_element(const struct parse_reader *reader, const json_t *statement, const struct parse_place *parent,
                         const char *const names[static 2], struct element *out)
{
    const json_t *plain = json_object_get(statement, names[0]);
    const json_t *negated = json_object_get(statement, names[1]);
    *out = (struct element){plain == NULL ? negated : plain, {parent, names[negated != NULL], 0}, negated != NULL};
    if (plain != NULL && negated != NULL)
        return parse_refuse(reader, &out->place, PARSE_SYNTAX, "must not stand beside the element that it negates");
    return true;
}

// ------------------------------------------------------------------ actions

static bool is_good_vendor(struct slice vendor)
{
    for (size_t i = 0; i < vendor.size; i++)
        if (!text_is_alpha(vendor.data[i]) && !text_is_digit(vendor.data[i]) && vendor.data[i] != '-' &&
            vendor.data[i] != '.')
            return false;
    return vendor.size > 0;
}

static bool is_good_name(struct slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!text_is_alpha(c) && !text_is_digit(c) && strchr("-_./*?", c) == NULL)
            return false;
    }
    return name.size > 0 && slice_find(name, '\0', 0) == name.size;
}

static bool check_action(const struct parse_reader *reader, const struct parse_place *place, struct slice text)
{
    static const char example[] = "must be \"*\" or a vendor and a name, such as \"codeartifact:Get*\"";
    size_t colon = slice_find(text, ':', 0);
    struct slice vendor = slice_part(text, 0, colon);
    struct slice name = slice_part(text, colon + 1, text.size);
    if (reader->kind == POLICY_TRUST && !slice_equal_nocase(vendor, SLICE("sts")))
        return parse_refuse(reader, place, PARSE_TRUST_ACTION, "must be an action of sts");
    if (slice_is(text, "*"))
        return true;
    if (colon == text.size)
        return parse_refuse(reader, place, PARSE_NO_VENDOR, example);
    if (slice_find(name, ':', 0) < name.size)
        return parse_refuse(reader, place, PARSE_ONE_COLON, example);
    if (!slice_is(vendor, "*") && !is_good_vendor(vendor))
        return parse_refuse(
            reader, place, arena_format(reader->arena, "Vendor %s is not valid", parse_shown(reader, vendor)), example);
    return is_good_name(name) || parse_refuse(reader, place, PARSE_SYNTAX, example);
}

static struct slice lower(struct arena *arena, struct slice text)
{
    char *copy = arena_copy(arena, text.data, text.size);
    for (size_t i = 0; i < text.size; i++)
        copy[i] = text_lower(copy[i]);
    return (struct slice){copy, text.size};
}

static void compile_action(const struct parse_reader *reader, struct slice text, struct policy_action *out)
{
    const struct pattern_form form = {.wildcards = true};
    text = lower(reader->arena, text);
    size_t colon = slice_find(text, ':', 0);
    out->vendor = slice_part(text, 0, colon);
    out->vendor_hash = policy_hash(out->vendor);
    out->any_vendor = slice_is(out->vendor, "*");
    // Without a colon it is `*`, which stands for any name too.
    (void)pattern_compile(reader->arena, colon < text.size ? slice_part(text, colon + 1, text.size) : text, form,
                          &out->name);
    if (out->name.kind == PATTERN_EXACT)
        out->name_hash = policy_hash(out->name.text);
}

bool parse_actions(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                   struct policy_statement *out)
{
    static const char *const names[] = {"Action", "NotAction"};
    struct element element;
    if (!find_element(reader, statement, place, names, &element))
        return false;
    size_t count = parse_count(element.value);
    if (count == 0)
        return parse_refuse(reader, &element.place, PARSE_NO_ACTIONS,
                            element.value == NULL ? "is missing" : "must not be empty");
    out->not_actions = element.negated;
    out->actions = arena_allocate(reader->arena, count, sizeof *out->actions);
    for (size_t i = 0; i < count; i++) {
        struct parse_place at;
        const json_t *value = parse_element(element.value, i, &element.place, &at);
        if (!json_is_string(value))
            return parse_refuse(reader, &at, PARSE_SYNTAX, "must be a text");
        if (!check_action(reader, &at, parse_text(value)))
            return false;
        compile_action(reader, parse_text(value), &out->actions[out->action_count++]);
    }
    return true;
}

// ------------------------------------------------------------------ resources

static bool refuse_arn(const struct parse_reader *reader, const struct parse_place *place, struct slice text)
{
    return parse_refuse(
        reader, place,
        arena_format(reader->arena, "Resource %s must be in ARN format or \"*\".", parse_shown(reader, text)),
        "must be \"*\" or an ARN, such as \"arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain\"");
}

static bool read_resource(const struct parse_reader *reader, const struct parse_place *place, struct slice text,
                          struct pattern_arn *out)
{
    struct pattern_arn_parts arn = pattern_split_arn(text);
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7f)
            return refuse_arn(reader, place, (struct slice){NULL, 0});
    if (!slice_is(arn.parts[0], "arn") || arn.count < 2 || arn.parts[1].size == 0)
        return refuse_arn(reader, place, text);
    if (!pattern_compile_resource(reader->arena, text, reader->variables, out))
        return parse_refuse(reader, place, PARSE_SYNTAX,
                            "must have a variable as \"${key}\" or \"${key, 'default'}\", and behind the fifth colon");
    if (arn.count < 3 || arn.parts[2].size == 0 || out->parts[2].kind != PATTERN_EXACT)
        return parse_refuse(reader, place, PARSE_RESOURCE_VENDOR, "must have the service in the third part of the ARN");
    return true;
}

/** Whether a statement may be without, or must be. */
static bool check_presence(const struct parse_reader *reader, const struct element *element)
{
    if (reader->kind == POLICY_TRUST)
        return element->value == NULL ||
               parse_refuse(reader, &element->place, PARSE_TRUST_RESOURCE, "the role is the resource");
    if (element->value == NULL ? reader->kind == POLICY_RESOURCE : parse_count(element->value) > 0)
        return true;
    return parse_refuse(reader, &element->place, PARSE_NO_RESOURCES,
                        element->value == NULL ? "is missing" : "must not be empty");
}

bool parse_resources(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                     struct policy_statement *out)
{
    static const char *const names[] = {"Resource", "NotResource"};
    struct element element;
    if (!find_element(reader, statement, place, names, &element) || !check_presence(reader, &element))
        return false;
    size_t count = parse_count(element.value);
    out->any_resource = count == 0;
    out->not_resources = element.negated;
    out->resources = arena_allocate(reader->arena, count + 1, sizeof *out->resources);
    for (size_t i = 0; i < count; i++) {
        struct parse_place at;
        const json_t *value = parse_element(element.value, i, &element.place, &at);
        if (!json_is_string(value))
            return parse_refuse(reader, &at, PARSE_SYNTAX, "must be a text");
        if (slice_is(parse_text(value), "*"))
            out->any_resource = true;
        else if (!read_resource(reader, &at, parse_text(value), &out->resources[out->resource_count++]))
            return false;
    }
    return true;
}
