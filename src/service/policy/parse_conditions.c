// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Condition: operators with their qualifiers, keys, values. */
#include "service/policy/parse.h"

#include "base/json.h"
#include "service/policy/operator.h"

static const struct {
    struct slice prefix;
    enum policy_quantifier quantifier;
} quantifiers[] = {
    {{"ForAllValues:", 13}, POLICY_FOR_ALL_VALUES},
    {{"ForAnyValue:", 12}, POLICY_FOR_ANY_VALUE},
};

/** "ForAllValues:StringLikeIfExists"; Null takes no qualifier, for it asks of the key alone. */
static bool read_operator(struct slice name, struct policy_condition *out)
{
    static const struct slice if_exists = {"IfExists", 8};
    bool qualified = false;
    for (size_t i = 0; !qualified && i < sizeof quantifiers / sizeof quantifiers[0]; i++) {
        if (!slice_starts_with(name, quantifiers[i].prefix))
            continue;
        out->quantifier = quantifiers[i].quantifier;
        name = slice_part(name, quantifiers[i].prefix.size, name.size);
        qualified = true;
    }
    out->if_exists = slice_ends_with(name, if_exists);
    if (out->if_exists)
        name = slice_part(name, 0, name.size - if_exists.size);
    out->operator= operator_find(name);
    return out->operator!= NULL &&(out->operator->type != POLICY_TYPE_NULL ||(!qualified && !out->if_exists));
}

/** A value's text: quotation marks are optional for numbers and truth values. */
static bool read_text(const json_t *value, struct buffer *out)
{
    if (json_is_string(value))
        buffer_append_slice(out, parse_text(value));
    else if (json_is_number(value) || json_is_boolean(value))
        json_write(out, value, 0);
    else
        return false;
    return true;
}

static bool read_values(const struct parse_reader *reader, const json_t *values, const struct parse_place *place,
                        struct policy_condition *out)
{
    size_t count = parse_count(values);
    out->values = arena_allocate(reader->arena, count + 1, sizeof *out->values);
    for (size_t i = 0; i < count; i++) {
        struct parse_place at;
        BUFFER_AUTO text = {0};
        if (!read_text(parse_element(values, i, place, &at), &text))
            return parse_refuse(reader, &at, PARSE_SYNTAX, "must be a text, a number or a truth value");
        const char *wrong = operator_read_value(out->operator, reader->arena, buffer_slice(&text), reader->variables,
                                                &out->values[out->value_count++]);
        if (wrong != NULL)
            return parse_refuse(reader, &at, PARSE_SYNTAX, wrong);
    }
    return true;
}

/** A key is a vendor, or the host of an identity provider, a colon and a name. */
static bool is_good_key(struct slice name)
{
    size_t colon = slice_find(name, ':', 0);
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)name.data[i] < 0x20 || name.data[i] == 0x7f)
            return false;
    return colon > 0 && colon + 1 < name.size;
}

static bool read_keys(const struct parse_reader *reader, json_t *keys, const struct parse_place *place,
                      const struct policy_condition *qualified, struct policy_statement *out)
{
    const char *name;
    json_t *values;
    json_object_foreach(keys, name, values)
    {
        const struct parse_place at = {place, name, 0};
        struct policy_condition *condition = &out->conditions[out->condition_count++];
        *condition = *qualified;
        if (!is_good_key(slice_of(name)))
            return parse_refuse(reader, &at, PARSE_NO_VENDOR, "must be a key such as \"aws:SourceIp\"");
        condition->key = policy_key_of(slice_of(arena_copy(reader->arena, name, strlen(name))));
        if (!read_values(reader, values, &at, condition))
            return false;
    }
    return true;
}

/** How many pairs of an operator and a key there are. */
static size_t count_conditions(json_t *value)
{
    const char *name;
    json_t *keys;
    size_t count = 0;
    json_object_foreach(value, name, keys) count += json_object_size(keys);
    return count;
}

bool parse_conditions(const struct parse_reader *reader, json_t *value, const struct parse_place *place,
                      struct policy_statement *out)
{
    const struct parse_place at = {place, "Condition", 0};
    const char *name;
    json_t *keys;
    if (value == NULL)
        return true;
    if (!json_is_object(value))
        return parse_refuse(reader, &at, PARSE_SYNTAX, "must be an object");
    out->conditions = arena_allocate(reader->arena, count_conditions(value) + 1, sizeof *out->conditions);
    json_object_foreach(value, name, keys)
    {
        const struct parse_place member = {&at, name, 0};
        struct policy_condition qualified = {0};
        if (!read_operator(slice_of(name), &qualified))
            return parse_refuse(reader, &member, PARSE_SYNTAX, "is no condition operator");
        if (!json_is_object(keys))
            return parse_refuse(reader, &member, PARSE_SYNTAX, "must be an object of keys and values");
        if (!read_keys(reader, keys, &member, &qualified, out))
            return false;
    }
    return true;
}
