// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/edit/xml_text.h"
#include "base/text.h"
#include "base/xml.h"

static const char broken[] = "its tags do not fit together";

/** Where TERM first stands at or after AT, or the end. */
static size_t find_text(struct slice text, size_t at, struct slice term)
{
    for (; at + term.size <= text.size; at++)
        if (slice_equal(slice_part(text, at, term.size), term))
            return at;
    return text.size;
}

/** What is passed over: `<!--`, `<![CDATA[`, `<?`, `<!`; 0 when something else stands at AT. */
static size_t skip_other(struct slice text, size_t at)
{
    static const struct {
        struct slice start;
        struct slice end;
    } others[] = {
        {{"<!--", 4}, {"-->", 3}}, {{"<![CDATA[", 9}, {"]]>", 3}}, {{"<?", 2}, {"?>", 2}}, {{"<!", 2}, {">", 1}}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (!slice_starts_with(slice_part(text, at, text.size), others[i].start))
            continue;
        size_t end = find_text(text, at + others[i].start.size, others[i].end);
        return end < text.size ? end + others[i].end.size : text.size;
    }
    return 0;
}

/** A tag that begins at AT. */
struct tag {
    struct slice name;
    size_t end;
    bool closing;
    bool empty;
};

static bool read_tag(struct slice text, size_t at, struct tag *out)
{
    size_t start = at + 1;
    out->closing = start < text.size && text.data[start] == '/';
    start += out->closing ? 1 : 0;
    size_t end = start;
    while (end < text.size && !text_is_space(text.data[end]) && text.data[end] != '>' && text.data[end] != '/')
        end++;
    out->name = slice_part(text, start, end - start);
    char quote = '\0';
    for (; end < text.size; end++) {
        char c = text.data[end];
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        else if (c == '>')
            break;
    }
    out->end = end + 1;
    out->empty = end < text.size && text.data[end - 1] == '/';
    return end < text.size && out->name.size > 0;
}

/** The next tag before END. */
static bool next_tag(struct slice text, size_t end, size_t *at, size_t *start, struct tag *out, const char **trouble)
{
    struct slice part = slice_part(text, 0, end);
    for (;;) {
        *start = slice_find(part, '<', *at);
        if (*start >= end)
            return false;
        size_t skipped = skip_other(part, *start);
        if (skipped == 0)
            break;
        *at = skipped;
    }
    if (!read_tag(part, *start, out)) {
        *trouble = broken;
        return false;
    }
    *at = out->end;
    return true;
}

bool xml_next_element(struct slice text, struct edit_span within, size_t *at, struct xml_element *out,
                      const char **trouble)
{
    struct tag tag;
    size_t start;
    if (!next_tag(text, within.end, at, &start, &tag, trouble))
        return false;
    if (tag.closing) {
        *trouble = broken;
        return false;
    }
    *out = (struct xml_element){
        .name = tag.name, .tag = {start, tag.end}, .content = {tag.end, tag.end}, .end = tag.end, .empty = tag.empty};
    size_t depth = tag.empty ? 0 : 1;
    while (depth > 0) {
        if (!next_tag(text, within.end, at, &start, &tag, trouble)) {
            *trouble = broken;
            return false;
        }
        depth -= tag.closing ? 1 : 0;
        depth += !tag.closing && !tag.empty ? 1 : 0;
    }
    if (!out->empty && !slice_equal(tag.name, out->name)) {
        *trouble = broken;
        return false;
    }
    if (!out->empty)
        out->content.end = start;
    out->end = *at;
    return true;
}

bool xml_find_attribute(struct slice text, const struct xml_element *element, const char *name, struct edit_span *out)
{
    size_t at = element->tag.start + 1 + element->name.size;
    size_t end = element->tag.end - 1;
    while (at < end) {
        while (at < end && (text_is_space(text.data[at]) || text.data[at] == '/'))
            at++;
        size_t start = at;
        while (at < end && !text_is_space(text.data[at]) && text.data[at] != '=')
            at++;
        struct slice found = slice_part(text, start, at - start);
        while (at < end && text.data[at] != '"' && text.data[at] != '\'')
            at++;
        if (at >= end)
            return false;
        size_t close = slice_find(slice_part(text, 0, end), text.data[at], at + 1);
        *out = (struct edit_span){at + 1, close};
        if (slice_is(found, name))
            return close < end;
        at = close + 1;
    }
    return false;
}

static const struct {
    char c;
    struct slice entity;
} entities[] = {
    {'&', {"&amp;", 5}}, {'<', {"&lt;", 4}}, {'>', {"&gt;", 4}}, {'"', {"&quot;", 6}}, {'\'', {"&apos;", 6}},
};

void xml_text_decode(struct buffer *out, struct slice raw)
{
    for (size_t i = 0; i < raw.size;) {
        size_t size = raw.data[i] == '&' ? xml_read_reference(slice_part(raw, i, raw.size), out) : 0;
        if (size == 0)
            buffer_append_char(out, raw.data[i]);
        i += size > 0 ? size : 1;
    }
}

void xml_text_encode(struct buffer *out, struct slice value)
{
    for (size_t i = 0; i < value.size; i++) {
        size_t k = 0;
        while (k < sizeof entities / sizeof *entities && entities[k].c != value.data[i])
            k++;
        // An apostrophe needs none where it is written.
        if (k < sizeof entities / sizeof *entities && value.data[i] != '\'')
            buffer_append_slice(out, entities[k].entity);
        else
            buffer_append_char(out, value.data[i]);
    }
}
