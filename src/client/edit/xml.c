// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Elements of XML found and changed in the text itself: a library would write the document anew, and lose its layout,
 * its quotes and what stands between the attributes. Maven's settings.xml, NuGet.Config.
 */
#include "base/text.h"
#include "client/edit/format.h"
#include "client/edit/xml_text.h"

/** Where the place leads. */
struct way {
    struct xml_element elements[EDIT_DEPTH + 1]; // as far as the path is there
    size_t depth;
    size_t size; // of the path
    bool value;
    struct xml_element entry;
    struct edit_span raw;
    const char *trouble;
};

static struct slice part_of(struct slice text, struct edit_span span)
{
    return slice_part(text, span.start, span.end - span.start);
}

/** Whether a child NAME of ELEMENT has this text. */
static bool child_is(struct slice text, const struct xml_element *element, const char *name, const char *wanted)
{
    struct xml_element child;
    const char *trouble = NULL;
    for (size_t at = element->content.start; xml_next_element(text, element->content, &at, &child, &trouble);) {
        BUFFER_AUTO value = {0};
        xml_text_decode(&value, slice_trim(part_of(text, child.content)));
        if (slice_is(child.name, name))
            return slice_is(buffer_slice(&value), wanted);
    }
    return false;
}

/** Whether an element is the next one of the way. */
static bool is_next(struct slice text, const struct way *way, const struct edit_place *place,
                    const struct xml_element *element)
{
    if (!slice_is(element->name, place->path[way->depth]))
        return false;
    return way->depth + 1 < way->size || place->select == NULL ||
           child_is(text, element, place->select_key, place->select);
}

/** The value in the innermost element. */
static bool is_entry(struct slice text, const struct edit_place *place, const struct xml_element *child,
                     struct edit_span *raw)
{
    if (place->format == EDIT_XML) {
        *raw = child->content;
        return slice_is(child->name, place->key) && !child->empty;
    }
    struct edit_span key;
    BUFFER_AUTO decoded = {0};
    if (!slice_is(child->name, "add") || !xml_find_attribute(text, child, "key", &key) ||
        !xml_find_attribute(text, child, "value", raw))
        return false;
    xml_text_decode(&decoded, part_of(text, key));
    return slice_is(buffer_slice(&decoded), place->key);
}

static void walk(struct slice text, const struct edit_place *place, struct way *way)
{
    struct edit_span within = {0, text.size};
    struct xml_element element;
    while (way->size < EDIT_DEPTH && place->path[way->size] != NULL)
        way->size++;
    while (way->depth < way->size) {
        bool found = false;
        for (size_t at = within.start; !found && xml_next_element(text, within, &at, &element, &way->trouble);)
            found = is_next(text, way, place, &element);
        if (!found)
            return;
        way->elements[way->depth++] = element;
        within = element.content;
    }
    for (size_t at = within.start; !way->value && xml_next_element(text, within, &at, &element, &way->trouble);)
        if (is_entry(text, place, &element, &way->raw)) {
            way->value = true;
            way->entry = element;
        }
}

bool edit_xml_find(struct slice text, const struct edit_place *place, struct buffer *out)
{
    struct way way = {0};
    walk(text, place, &way);
    if (!way.value)
        return false;
    struct slice raw = part_of(text, way.raw);
    xml_text_decode(out, place->format == EDIT_XML ? slice_trim(raw) : raw);
    return true;
}

bool edit_find_key(struct slice text, const struct edit_place *place, struct slice value, struct buffer *out)
{
    struct way way = {0};
    struct xml_element child;
    struct edit_place at = *place;
    const char *trouble = NULL;
    at.key = "";
    walk(text, &at, &way);
    if (way.depth == 0 || way.depth < way.size)
        return false;
    const struct xml_element *parent = &way.elements[way.depth - 1];
    for (size_t i = parent->content.start; xml_next_element(text, parent->content, &i, &child, &trouble);) {
        struct edit_span raw;
        BUFFER_AUTO decoded = {0};
        if (!slice_is(child.name, "add") || !xml_find_attribute(text, &child, "value", &raw))
            continue;
        xml_text_decode(&decoded, part_of(text, raw));
        if (slice_equal(buffer_slice(&decoded), value) && xml_find_attribute(text, &child, "key", &raw)) {
            xml_text_decode(out, part_of(text, raw));
            return true;
        }
    }
    return false;
}

/** The blanks before what stands at AT, when nothing else does on its line. */
static struct slice indent_at(struct slice text, size_t at)
{
    size_t start = at;
    while (start > 0 && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t'))
        start--;
    bool alone = start == 0 || text.data[start - 1] == '\n';
    return slice_part(text, start, alone ? at - start : 0);
}

/** How new lines are laid out. */
struct layout {
    const char *newline;
    struct buffer indent; // of the children
    struct slice unit;    // one step deeper
};

static void begin_line(struct buffer *out, const struct layout *layout, size_t deeper)
{
    buffer_append_text(out, layout->newline);
    buffer_append_slice(out, buffer_slice(&layout->indent));
    for (size_t i = 0; i < deeper; i++)
        buffer_append_slice(out, layout->unit);
}

/** Appends the entry itself, in a line of its own. */
static void write_entry(struct buffer *out, const struct edit_place *place, struct slice value,
                        const struct layout *layout, size_t deeper)
{
    begin_line(out, layout, deeper);
    if (place->format == EDIT_XML) {
        buffer_append_format(out, "<%s>", place->key);
        xml_text_encode(out, value);
        buffer_append_format(out, "</%s>", place->key);
        return;
    }
    buffer_append_text(out, "<add key=\"");
    xml_text_encode(out, slice_of(place->key));
    buffer_append_text(out, "\" value=\"");
    xml_text_encode(out, value);
    buffer_append_text(out, "\" />");
}

/** Appends what is missing of the way from DEPTH on, with the entry in it. */
static void write_missing(struct buffer *out, const struct edit_place *place, const struct way *way, struct slice value,
                          const struct layout *layout)
{
    size_t deeper = 0;
    for (size_t i = way->depth; i < way->size; i++, deeper++) {
        begin_line(out, layout, deeper);
        buffer_append_format(out, "<%s>", place->path[i]);
    }
    if (deeper > 0 && place->select != NULL) {
        begin_line(out, layout, deeper);
        buffer_append_format(out, "<%s>", place->select_key);
        xml_text_encode(out, slice_of(place->select));
        buffer_append_format(out, "</%s>", place->select_key);
    }
    write_entry(out, place, value, layout, deeper);
    for (size_t i = way->size; i > way->depth; i--) {
        begin_line(out, layout, --deeper);
        buffer_append_format(out, "</%s>", place->path[i - 1]);
    }
}

/** A document of nothing but the way. */
static void write_document(struct buffer *text, const struct edit_place *place, const struct way *way,
                           struct slice value)
{
    BUFFER_AUTO made = {0};
    struct layout layout = {.newline = "\n", .unit = SLICE("  ")};
    buffer_append_text(&made, "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
    write_missing(&made, place, way, value, &layout);
    buffer_append_char(&made, '\n');
    edit_splice(text, (struct edit_span){0, text->size}, buffer_slice(&made));
}

/** Puts what is missing into the innermost element that is there. */
static void insert(struct buffer *text, const struct edit_place *place, const struct way *way, struct slice value)
{
    struct slice old = buffer_slice(text);
    const struct xml_element *parent = &way->elements[way->depth - 1];
    struct layout layout = {.newline = edit_newline(old)};
    struct xml_element child;
    struct slice outer = indent_at(old, parent->tag.start);
    const char *trouble = NULL;
    size_t at = parent->content.start;
    size_t after = at;
    bool first = true;
    layout.unit = slice_starts_with(outer, SLICE("\t")) ? SLICE("\t") : SLICE("  ");
    for (; xml_next_element(old, parent->content, &at, &child, &trouble); first = false, after = child.end)
        if (first) {
            struct slice indent = indent_at(old, child.tag.start);
            buffer_append_slice(&layout.indent, indent);
            if (indent.size > outer.size && slice_starts_with(indent, outer))
                layout.unit = slice_part(indent, outer.size, indent.size);
        }
    // Behind the last of its like, or before the first.
    if (place->first && way->depth + 1 == way->size)
        after = parent->content.start;
    if (first) {
        // The root's layout says how deep a step is.
        buffer_append_slice(&layout.indent, outer);
        if (way->depth > 1) {
            struct slice above = indent_at(old, way->elements[way->depth - 2].tag.start);
            if (outer.size > above.size)
                layout.unit = slice_part(outer, above.size, outer.size);
        }
        buffer_append_slice(&layout.indent, layout.unit);
    }
    BUFFER_AUTO made = {0};
    struct edit_span span = {after, after};
    if (parent->empty) {
        span = (struct edit_span){parent->tag.end - 2, parent->tag.end};
        while (span.start > 0 && text_is_space(old.data[span.start - 1]))
            span.start--;
        buffer_append_text(&made, span.start > 0 && old.data[span.start - 1] == '/' ? " >" : ">");
    }
    write_missing(&made, place, way, value, &layout);
    bool one_line = first && slice_find(part_of(old, parent->content), '\n', 0) == part_of(old, parent->content).size;
    if (one_line) {
        buffer_append_text(&made, layout.newline);
        buffer_append_slice(&made, outer);
        span.end = parent->empty ? span.end : parent->content.end;
    }
    if (parent->empty) {
        buffer_append_text(&made, "</");
        buffer_append_slice(&made, parent->name);
        buffer_append_char(&made, '>');
    }
    edit_splice(text, span, buffer_slice(&made));
    buffer_free(&layout.indent);
}

/** Behind the first WHAT in TEXT, or its end. */
static size_t find_text(struct slice text, const char *what)
{
    size_t at = 0;
    while (at < text.size && !slice_starts_with(slice_part(text, at, text.size), slice_of(what)))
        at++;
    at += strlen(what);
    return at < text.size ? at : text.size;
}

/** Whether nothing but comments and declarations stands beside the one root; else why not. */
static const char *check_outside(struct slice text)
{
    size_t at = slice_starts_with(text, SLICE("\xef\xbb\xbf")) ? 3 : 0;
    size_t roots = 0;
    while (at < text.size) {
        struct slice rest = slice_part(text, at, text.size);
        struct xml_element element;
        const char *trouble = NULL;
        size_t behind = at;
        if (text_is_space(text.data[at])) {
            at++;
        } else if (slice_starts_with(rest, SLICE("<!--"))) {
            at += find_text(rest, "-->");
        } else if (slice_starts_with(rest, SLICE("<?")) || slice_starts_with(rest, SLICE("<!"))) {
            at += find_text(rest, ">");
        } else if (!xml_next_element(text, (struct edit_span){at, text.size}, &behind, &element, &trouble)) {
            return trouble != NULL ? trouble : "what stands beside its root is no XML";
        } else if (element.tag.start != at || ++roots > 1) {
            return "something stands behind its root, or before it";
        } else {
            at = element.end;
        }
    }
    return NULL;
}

bool edit_xml_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error)
{
    struct way way = {0};
    struct slice old = buffer_slice(text);
    walk(old, place, &way);
    const char *trouble = way.trouble != NULL ? way.trouble : check_outside(old);
    if (trouble != NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "%s", trouble);
    if (!way.value) {
        if (way.depth > 0)
            insert(text, place, &way, value);
        else if (slice_trim(old).size == 0)
            write_document(text, place, &way, value);
        else
            return error_set(error, ERROR_INTERNAL, NULL, "there is no <%s> in it", place->path[0]);
        return true;
    }
    BUFFER_AUTO current = {0};
    BUFFER_AUTO encoded = {0};
    xml_text_decode(&current, part_of(old, way.raw));
    xml_text_encode(&encoded, value);
    if (!slice_equal(place->format == EDIT_XML ? slice_trim(buffer_slice(&current)) : buffer_slice(&current), value))
        edit_splice(text, way.raw, buffer_slice(&encoded));
    return true;
}

/** An element, and its line when nothing else is on it. */
static void remove_element(struct buffer *text, const struct xml_element *element)
{
    struct slice old = buffer_slice(text);
    struct edit_span span = {element->tag.start, element->end};
    struct slice indent = indent_at(old, span.start);
    bool begins = span.start - indent.size == 0 || old.data[span.start - indent.size - 1] == '\n';
    size_t end = span.end + edit_blanks(slice_part(old, span.end, old.size));
    end += end < old.size && old.data[end] == '\r' ? 1 : 0;
    if (begins && end < old.size && old.data[end] == '\n')
        span = (struct edit_span){span.start - indent.size, end + 1};
    edit_splice(text, span, (struct slice){0});
}

/** Whether nothing is in the element, but what it is known by. */
static bool is_bare(struct slice text, const struct xml_element *element, const char *select_key)
{
    struct edit_span left = edit_trim(text, element->content);
    struct xml_element child;
    const char *trouble = NULL;
    size_t at = left.start;
    if (left.start == left.end)
        return true;
    return select_key != NULL && xml_next_element(text, element->content, &at, &child, &trouble) &&
           child.tag.start == left.start && child.end == left.end && slice_is(child.name, select_key);
}

bool edit_xml_remove(struct buffer *text, const struct edit_place *place)
{
    struct way way = {0};
    walk(buffer_slice(text), place, &way);
    if (!way.value || way.trouble != NULL)
        return false;
    remove_element(text, &way.entry);
    // From the inside out, but never the root.
    for (size_t depth = way.size; depth > 1; depth--) {
        struct way left = {0};
        struct edit_place at = *place;
        for (size_t i = depth; i <= EDIT_DEPTH; i++)
            at.path[i] = NULL;
        if (depth < way.size)
            at.select = at.select_key = NULL;
        walk(buffer_slice(text), &at, &left);
        if (left.depth < depth || !is_bare(buffer_slice(text), &left.elements[depth - 1], at.select_key))
            break;
        remove_element(text, &left.elements[depth - 1]);
    }
    return true;
}
