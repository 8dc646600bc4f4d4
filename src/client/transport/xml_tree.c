// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/xml_tree.h"
#include "base/text.h"
#include "base/xml.h"

#define DEPTH_MAX 64
#define ELEMENTS_MAX 100000

struct xml_reader {
    struct arena *arena;
    struct slice text;
    size_t at;
    size_t elements;
};

static char peek(const struct xml_reader *reader)
{
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

static bool take(struct xml_reader *reader, struct slice word)
{
    if (!slice_starts_with(slice_part(reader->text, reader->at, reader->text.size), word))
        return false;
    reader->at += word.size;
    return true;
}

/** Moves behind the next END; false when there is none. */
static bool skip_past(struct xml_reader *reader, struct slice end)
{
    while (reader->at < reader->text.size) {
        if (take(reader, end))
            return true;
        reader->at++;
    }
    return false;
}

static void skip_space(struct xml_reader *reader)
{
    while (text_is_space(peek(reader)))
        reader->at++;
}

static bool is_name_character(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || c == '_' || c == '-' || c == '.' || c == ':' ||
           (unsigned char)c >= 0x80;
}

static struct slice take_name(struct xml_reader *reader)
{
    size_t start = reader->at;
    while (is_name_character(peek(reader)))
        reader->at++;
    return slice_part(reader->text, start, reader->at - start);
}

static bool take_entity(struct xml_reader *reader, struct buffer *out)
{
    size_t size = xml_read_reference(slice_part(reader->text, reader->at, reader->text.size), out);
    reader->at += size;
    return size > 0;
}

/** Attributes say nothing here; they are only stepped over. */
static bool skip_attributes(struct xml_reader *reader)
{
    for (;;) {
        size_t before = reader->at;
        skip_space(reader);
        if (peek(reader) == '>' || peek(reader) == '/')
            return true;
        if (reader->at == before || take_name(reader).size == 0)
            return false;
        skip_space(reader);
        if (!take(reader, SLICE("=")))
            return false;
        skip_space(reader);
        char quote = peek(reader);
        if (quote != '"' && quote != '\'')
            return false;
        reader->at++;
        if (!skip_past(reader, (struct slice){&quote, 1}))
            return false;
    }
}

static struct xml_node *read_element(struct xml_reader *reader, unsigned depth);

/** What stands in an element after a `<`. @return false at what is no XML; *end when the element ended. */
static bool read_markup(struct xml_reader *reader, struct xml_node ***next, struct buffer *text, unsigned depth,
                        bool *end)
{
    size_t start = reader->at;
    if (take(reader, SLICE("</"))) {
        *end = true;
        return true;
    }
    if (take(reader, SLICE("<!--")))
        return skip_past(reader, SLICE("-->"));
    if (take(reader, SLICE("<![CDATA["))) {
        size_t from = reader->at;
        if (!skip_past(reader, SLICE("]]>")))
            return false;
        buffer_append_slice(text, slice_part(reader->text, from, reader->at - 3 - from));
        return true;
    }
    if (take(reader, SLICE("<?")))
        return skip_past(reader, SLICE("?>"));
    reader->at = start;
    struct xml_node *child = read_element(reader, depth + 1);
    if (child == NULL)
        return false;
    **next = child;
    *next = &child->next;
    return true;
}

static bool read_content(struct xml_reader *reader, struct xml_node *node, unsigned depth)
{
    struct xml_node **next = &node->child;
    BUFFER_AUTO text = {0};
    bool end = false;
    while (!end) {
        if (reader->at >= reader->text.size)
            return false;
        char c = peek(reader);
        if (c == '<') {
            if (!read_markup(reader, &next, &text, depth, &end))
                return false;
        } else if (c == '&') {
            if (!take_entity(reader, &text))
                return false;
        } else {
            buffer_append_char(&text, c);
            reader->at++;
        }
    }
    node->text = (struct slice){arena_copy(reader->arena, buffer_text(&text), text.size), text.size};
    return true;
}

static struct xml_node *read_element(struct xml_reader *reader, unsigned depth)
{
    if (depth > DEPTH_MAX || ++reader->elements > ELEMENTS_MAX || !take(reader, SLICE("<")))
        return NULL;
    struct slice name = take_name(reader);
    if (name.size == 0 || !skip_attributes(reader))
        return NULL;
    struct xml_node *node = arena_allocate(reader->arena, 1, sizeof *node);
    size_t prefix = slice_find(name, ':', 0);
    node->name = prefix < name.size ? slice_part(name, prefix + 1, name.size) : name;
    if (take(reader, SLICE("/>")))
        return node;
    if (!take(reader, SLICE(">")) || !read_content(reader, node, depth) || !slice_equal(take_name(reader), name))
        return NULL;
    skip_space(reader);
    return take(reader, SLICE(">")) ? node : NULL;
}

/** What may stand before and after the root. */
static bool skip_misc(struct xml_reader *reader)
{
    for (;;) {
        skip_space(reader);
        if (take(reader, SLICE("<?"))) {
            if (!skip_past(reader, SLICE("?>")))
                return false;
        } else if (take(reader, SLICE("<!--"))) {
            if (!skip_past(reader, SLICE("-->")))
                return false;
        } else {
            return true;
        }
    }
}

/** Every end of a line is one line feed before anything is read (XML 1.0, 2.11); a `&#13;` stays what it is. */
static struct slice with_line_feeds(struct slice text, struct arena *arena)
{
    if (slice_find(text, '\r', 0) == text.size)
        return text;
    char *copy = arena_copy(arena, text.data, text.size);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\r')
            copy[size++] = text.data[i];
        else if (i + 1 == text.size || text.data[i + 1] != '\n')
            copy[size++] = '\n';
    return (struct slice){copy, size};
}

struct xml_node *xml_tree_parse(struct slice text, struct arena *arena)
{
    text = with_line_feeds(text, arena);
    struct xml_reader reader = {.arena = arena, .text = text};
    if (text_utf8_valid(text) != text.size || !skip_misc(&reader))
        return NULL;
    struct xml_node *root = read_element(&reader, 0);
    if (root == NULL || !skip_misc(&reader) || reader.at != text.size)
        return NULL;
    return root;
}

const struct xml_node *xml_tree_find(const struct xml_node *node, const char *name)
{
    const struct xml_node *at = node == NULL ? NULL : node->child;
    while (at != NULL && !slice_is(at->name, name))
        at = at->next;
    return at;
}
