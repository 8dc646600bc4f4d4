// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * .netrc: words between white space, `machine HOST` and what belongs to it, `default` last, `macdef` up to an empty
 * line, `#` at the start of a word for a comment. Source: ftp(1), and what curl and Python's netrc read.
 */
#include "base/text.h"
#include "client/edit/format.h"

static const char cut_short[] = "its last word wants another one behind it";

/** The next word from *AT on; false at the end. Comments are skipped, quotes belong to the word. */
static bool next_word(struct slice text, size_t *at, struct edit_span *out)
{
    for (;;) {
        while (*at < text.size && text_is_space(text.data[*at]))
            (*at)++;
        if (*at >= text.size)
            return false;
        if (text.data[*at] != '#')
            break;
        *at = slice_find(text, '\n', *at);
    }
    out->start = *at;
    bool quoted = text.data[*at] == '"';
    for ((*at)++; *at < text.size; (*at)++) {
        if (text.data[*at] == '\n')
            break;
        if (quoted && text.data[*at] == '\\' && *at + 1 < text.size && text.data[*at + 1] != '\n')
            (*at)++;
        else if (quoted && text.data[*at] == '"')
            quoted = false;
        else if (!quoted && text_is_space(text.data[*at]))
            break;
    }
    *at = *at < text.size ? *at : text.size;
    out->end = *at;
    return true;
}

static struct slice word_of(struct slice text, struct edit_span span)
{
    return slice_part(text, span.start, span.end - span.start);
}

static bool is_keyword(struct slice word)
{
    return slice_is(word, "login") || slice_is(word, "user") || slice_is(word, "password") || slice_is(word, "account");
}

/** A macro ends with an empty line; ENDED: there is one. */
static size_t skip_macro(struct slice text, size_t at, bool *ended)
{
    struct edit_line line;
    *ended = false;
    at = slice_find(text, '\n', at);
    at += at < text.size ? 1 : 0;
    while (edit_line_at(text, at, &line)) {
        at = line.next;
        *ended = line.end == line.start;
        if (*ended)
            break;
    }
    return at;
}

/** The whole lines of an entry when nothing else is on them. */
static struct edit_span widen(struct slice text, struct edit_span span)
{
    size_t start = span.start;
    while (start > 0 && (text.data[start - 1] == ' ' || text.data[start - 1] == '\t'))
        start--;
    size_t end = span.end;
    while (end < text.size && (text.data[end] == ' ' || text.data[end] == '\t' || text.data[end] == '\r'))
        end++;
    bool begins = start == 0 || text.data[start - 1] == '\n';
    bool ends = end == text.size || text.data[end] == '\n';
    return (struct edit_span){begins ? start : span.start, begins && ends && end < text.size ? end + 1 : end};
}

/** What belongs to the machine whose name ends at *AT. */
static void read_machine(struct slice text, size_t *at, struct edit_found *out)
{
    struct edit_span keyword;
    struct edit_span value;
    out->raw = (struct edit_span){*at, *at};
    for (size_t next = *at; next_word(text, &next, &keyword) && is_keyword(word_of(text, keyword));) {
        if (!next_word(text, &next, &value)) {
            out->trouble = cut_short;
            break;
        }
        if (out->raw.start == out->raw.end)
            out->raw.start = keyword.start;
        out->raw.end = value.end;
        *at = next;
    }
    // A machine of which nothing is said has no value.
    out->value = out->raw.start < out->raw.end;
    out->entry.end = out->raw.end;
    out->entry = widen(text, out->entry);
}

static void locate(struct slice text, const struct edit_place *place, struct edit_found *out)
{
    struct edit_span word;
    out->section = true;
    out->insert = text.size;
    for (size_t at = 0; next_word(text, &at, &word);) {
        struct slice name = word_of(text, word);
        if (slice_is(name, "macdef")) {
            bool ended;
            at = skip_macro(text, at, &ended);
            if (!ended)
                out->trouble = "a macro in it is not ended by an empty line";
        } else if (slice_is(name, "default") && out->insert == text.size) {
            out->insert = word.start;
        } else if (slice_is(name, "machine")) {
            struct edit_span host;
            if (!next_word(text, &at, &host)) {
                out->trouble = cut_short;
                return;
            }
            if (out->value || !slice_is(word_of(text, host), place->path[0])) {
                struct edit_found other = {0};
                read_machine(text, &at, &other);
                out->trouble = other.trouble != NULL ? other.trouble : out->trouble;
                continue;
            }
            out->entry.start = word.start;
            read_machine(text, &at, out);
        }
    }
}

/** "LOGIN PASSWORD" of "login L password P" in any order. */
static void decode(struct buffer *out, struct slice raw)
{
    struct edit_span keyword;
    struct edit_span value;
    struct slice login = {0};
    struct slice secret = {0};
    for (size_t at = 0; next_word(raw, &at, &keyword) && next_word(raw, &at, &value);) {
        if (slice_is(word_of(raw, keyword), "password"))
            secret = word_of(raw, value);
        else if (!slice_is(word_of(raw, keyword), "account"))
            login = word_of(raw, value);
    }
    buffer_append_slice(out, login);
    buffer_append_char(out, ' ');
    buffer_append_slice(out, secret);
}

static void encode(struct buffer *out, struct slice value)
{
    size_t blank = slice_find(value, ' ', 0);
    buffer_append_text(out, "login ");
    buffer_append_slice(out, slice_part(value, 0, blank));
    buffer_append_text(out, " password ");
    buffer_append_slice(out, slice_part(value, blank + 1, value.size));
}

bool edit_netrc_replace(struct buffer *text, struct edit_span raw, struct slice value)
{
    struct slice old = slice_part(buffer_slice(text), 0, raw.end);
    struct edit_span keyword;
    struct edit_span login = {0, 0};
    struct edit_span secret = {0, 0};
    struct edit_span word;
    for (size_t at = raw.start; next_word(old, &at, &keyword) && next_word(old, &at, &word);) {
        if (slice_is(word_of(old, keyword), "password"))
            secret = word;
        else if (!slice_is(word_of(old, keyword), "account"))
            login = word;
    }
    if (login.end == 0 || secret.end == 0)
        return false;
    size_t blank = slice_find(value, ' ', 0);
    struct slice user = slice_part(value, 0, blank);
    struct slice password = slice_part(value, blank + 1, value.size);
    // From the end, so that what is before stays where it is.
    bool password_last = secret.start > login.start;
    edit_splice(text, password_last ? secret : login, password_last ? password : user);
    edit_splice(text, password_last ? login : secret, password_last ? user : password);
    return true;
}

static void write_entry(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                        struct slice encoded, const char *newline)
{
    (void)found;
    (void)newline;
    buffer_append_format(out, "machine %s ", place->path[0]);
    buffer_append_slice(out, encoded);
}

const struct edit_grammar edit_netrc = {locate, decode, encode, write_entry, NULL, false};
