// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/findings.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

/** Findings that are told; a body can hold thousands. */
#define TOLD_MAX 10
/** Bytes of a refused value that are told. */
#define VALUE_MAX 256

struct listing {
    struct buffer text;
    size_t count;
};

/** Appends "Tags[0].Key" as AWS writes it: "tags.1.member.key". */
static void append_path(struct buffer *out, const char *path)
{
    bool starts = true;
    while (*path != '\0') {
        if (*path != '[') {
            buffer_append_char(out, starts ? text_lower(*path) : *path);
            starts = *path++ == '.';
            continue;
        }
        struct slice rest = slice_of(path + 1);
        struct slice digits = slice_part(rest, 0, slice_find(rest, ']', 0));
        uint64_t index = 0;
        (void)text_parse_unsigned(digits, &index);
        buffer_append_format(out, ".%llu.member", (unsigned long long)(index + 1));
        path += 1 + digits.size + (digits.size < rest.size ? 1 : 0);
    }
}

static void append_value(struct buffer *out, const json_t *value)
{
    BUFFER_AUTO text = {0};
    if (json_is_string(value))
        buffer_append(&text, json_string_value(value), json_string_length(value));
    else
        json_write(&text, value, 0);
    struct slice shown = slice_part(buffer_slice(&text), 0, VALUE_MAX);
    shown.size = text_utf8_valid(shown);
    buffer_append_format(out, "'%.*s%s'", SLICE_ARGS(shown), shown.size < text.size ? "..." : "");
}

static void append_choices(struct buffer *out, const char *const *values)
{
    buffer_append_text(out, "Member must satisfy enum value set: [");
    for (size_t i = 0; values[i] != NULL; i++)
        buffer_append_format(out, "%s%s", i == 0 ? "" : ", ", values[i]);
    buffer_append_char(out, ']');
}

/** The words for a number that a value breaks. */
static const char *const limits[] = {
    [API_TOO_SHORT] = "Member must have length greater than or equal to",
    [API_TOO_LONG] = "Member must have length less than or equal to",
    [API_TOO_SMALL] = "Member must have value greater than or equal to",
    [API_TOO_LARGE] = "Member must have value less than or equal to",
};

static const char *const type_names[] = {
    [API_STRING] = "a string",       [API_INTEGER] = "an integer", [API_LONG] = "an integer",
    [API_BOOLEAN] = "true or false", [API_TIMESTAMP] = "a time",   [API_LIST] = "a list",
    [API_STRUCTURE] = "a structure",
};

static void append_constraint(struct buffer *out, const struct api_finding *finding)
{
    const struct api_shape *shape = finding->shape;
    bool low = finding->problem == API_TOO_SHORT || finding->problem == API_TOO_SMALL;
    switch (finding->problem) {
    case API_MISSING:
        buffer_append_text(out, "Member must not be null");
        return;
    case API_TOO_SHORT:
    case API_TOO_LONG:
    case API_TOO_SMALL:
    case API_TOO_LARGE:
        buffer_append_format(out, "%s %lld", limits[finding->problem], (long long)(low ? shape->min : shape->max));
        return;
    case API_NO_MATCH:
        buffer_append_format(out, "Member must satisfy regular expression pattern: %s", shape->pattern->text);
        return;
    case API_NO_CHOICE:
        append_choices(out, shape->values);
        return;
    case API_WRONG_TYPE:
        buffer_append_format(out, "Member must be %s", type_names[shape->type]);
        return;
    case API_UNKNOWN:
        buffer_append_text(out, "Member is not known");
        return;
    }
}

static void list_finding(void *context, const struct api_finding *finding)
{
    struct listing *listing = context;
    if (listing->count++ >= TOLD_MAX)
        return;
    struct buffer *out = &listing->text;
    buffer_append_text(out, listing->count == 1 ? "Value " : "; Value ");
    if (finding->value == NULL)
        buffer_append_text(out, "null");
    else
        append_value(out, finding->value);
    buffer_append_text(out, " at '");
    append_path(out, finding->path);
    if (finding->problem == API_MISSING || finding->problem == API_UNKNOWN) {
        buffer_append_text(out, finding->path[0] == '\0' ? "" : ".");
        append_path(out, finding->name);
    }
    buffer_append_text(out, "' failed to satisfy constraint: ");
    append_constraint(out, finding);
}

bool findings_check(const struct api_shape *shape, const json_t *input, struct error *error)
{
    struct listing listing = {0};
    bool valid = api_validate(shape, input, list_finding, &listing);
    if (!valid) {
        (void)error_set(error, ERROR_PARAMETER, "ValidationError", "%zu validation error%s detected: %s", listing.count,
                        listing.count == 1 ? "" : "s", buffer_text(&listing.text));
        if (error != NULL)
            error->details = json_pack("{s:s}", "reason", "FIELD_VALIDATION_FAILED");
    }
    buffer_free(&listing.text);
    return valid;
}
