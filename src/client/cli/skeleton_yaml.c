// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/skeleton.h"

/** What goes from a member to those within it. */
struct place {
    const char *indent;
    const char *first; // what the first line starts with instead: a dash, in a list
};

static void write_structure(struct buffer *out, const struct api_shape *shape, struct place place);

/** The value that is filled in, when it stands on the line of its member. */
static const char *scalar_of(const struct api_shape *shape)
{
    switch (shape->type) {
    case API_STRING:
        return shape->values != NULL ? shape->values[0] : "''";
    case API_INTEGER:
    case API_LONG:
        return "0";
    case API_BOOLEAN:
        return "true";
    case API_TIMESTAMP:
        return SKELETON_MOMENT;
    case API_LIST:
    case API_STRUCTURE:
        break;
    }
    return NULL;
}

static void write_comment(struct buffer *out, const struct api_member *member, const char *separator)
{
    const char *const *values = member->shape->values;
    buffer_append_format(out, "%s# %s%s", separator, member->required ? "[REQUIRED] " : "", member->text);
    for (size_t i = 0; values != NULL && values[i] != NULL; i++)
        buffer_append_format(out, "%s%s", i == 0 ? " Valid values are: " : ", ", values[i]);
    buffer_append_text(out, values != NULL ? ".\n" : "\n");
}

/** Below a member: a list's one element, or the members of a structure. */
static void write_below(struct buffer *out, const struct api_shape *shape, const char *indent)
{
    BUFFER_AUTO deeper = {0};
    buffer_append_format(&deeper, "%s  ", indent);
    if (shape->type == API_STRUCTURE) {
        write_structure(out, shape, (struct place){buffer_text(&deeper), buffer_text(&deeper)});
        return;
    }
    BUFFER_AUTO dash = {0};
    buffer_append_format(&dash, "%s- ", indent);
    if (shape->element->type == API_STRUCTURE)
        write_structure(out, shape->element, (struct place){buffer_text(&deeper), buffer_text(&dash)});
    else
        buffer_append_format(out, "%s%s\n", buffer_text(&dash), scalar_of(shape->element));
}

static void write_structure(struct buffer *out, const struct api_shape *shape, struct place place)
{
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        const char *value = scalar_of(member->shape);
        buffer_append_format(out, "%s%s:%s%s", i == 0 ? place.first : place.indent, member->name,
                             value != NULL ? " " : "", value != NULL ? value : "");
        // The first comment keeps two blanks before it, as there.
        write_comment(out, member, i == 0 ? "  " : " ");
        if (value == NULL)
            write_below(out, member->shape, place.indent);
    }
}

void skeleton_write_yaml(struct buffer *out, const struct api_shape *shape)
{
    if (shape->member_count == 0)
        buffer_append_text(out, "{}\n");
    write_structure(out, shape, (struct place){"", ""});
}
