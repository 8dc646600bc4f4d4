// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Inside of the room: what a format brings, and what all of them use. */
#ifndef JETON_CLIENT_EDIT_FORMAT_H
#define JETON_CLIENT_EDIT_FORMAT_H

#include "client/edit/edit.h"

/** From START up to END. */
struct edit_span {
    size_t start;
    size_t end;
};

/** What a format says of a place. */
struct edit_found {
    bool value;               /**< The value is there. */
    struct edit_span entry;   /**< Its whole lines or element. */
    struct edit_span raw;     /**< The value as written. */
    bool section;             /**< The section is there (always, when the place has none). */
    struct edit_span heading; /**< Its heading: empty when the place has no section. */
    struct edit_span body;    /**< What belongs to it behind the heading. */
    size_t insert;            /**< Where a further entry goes. */
    size_t append;            /**< Where a further section goes. */
    size_t indent;            /**< YAML: blanks before a further entry. */
    size_t depth;             /**< How much of the path is there. */
    const char *trouble;      /**< NULL, or why the place cannot be changed. */
    size_t trouble_at;        /**< 1 and the position of that in the text; 0: not said. */
};

/** A format of lines. The formats that have no lines bring their own functions. */
struct edit_grammar {
    void (*locate)(struct slice text, const struct edit_place *place, struct edit_found *out);
    void (*decode)(struct buffer *out, struct slice raw);
    void (*encode)(struct buffer *out, struct slice value);
    /** Appends the line or lines of an entry that is not there yet, without what ends the last. */
    void (*write_entry)(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                        struct slice encoded, const char *newline);
    /** Appends the lines of the section's heading, as far as missing, with what ends them; NULL: it has none. */
    void (*write_heading)(struct buffer *out, const struct edit_place *place, const struct edit_found *found,
                          const char *newline);
    bool nested; /**< Each element of a path is a section by itself, and goes when it is empty. */
};

extern const struct edit_grammar edit_ini;
extern const struct edit_grammar edit_netrc;
extern const struct edit_grammar edit_toml;
extern const struct edit_grammar edit_yaml;

/** Elements (EDIT_XML, EDIT_NUGET). */
bool edit_xml_find(struct slice text, const struct edit_place *place, struct buffer *out);
bool edit_xml_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error);
bool edit_xml_remove(struct buffer *text, const struct edit_place *place);

/** Sets the two words of a line of .netrc in their places; false when one of them is not there (EDIT_NETRC). */
bool edit_netrc_replace(struct buffer *text, struct edit_span raw, struct slice value);

/** Members (EDIT_JSON). */
bool edit_json_find(struct slice text, const struct edit_place *place, struct buffer *out);
bool edit_json_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error);
bool edit_json_remove(struct buffer *text, const struct edit_place *place);

/** Items (EDIT_YAML_LIST). */
bool edit_list_find(struct slice text, const struct edit_place *place, struct buffer *out);
bool edit_list_add(struct buffer *text, const struct edit_place *place, struct slice item, struct error *error);
bool edit_list_replace(struct buffer *text, const struct edit_place *place, struct slice item, struct slice with);
bool edit_list_remove(struct buffer *text, const struct edit_place *place, struct slice item);

/** A line of a text. */
struct edit_line {
    size_t start;
    size_t end;  /**< Without what ends it. */
    size_t next; /**< Where the next one begins. */
};

/** The line that begins at START; false at the end of the text. */
bool edit_line_at(struct slice text, size_t start, struct edit_line *out);

/** The line's text. */
static inline struct slice edit_line_text(struct slice text, struct edit_line line)
{
    return slice_part(text, line.start, line.end - line.start);
}

/** How many blanks and tabs TEXT begins with. */
size_t edit_blanks(struct slice text);

/** What ends the lines of this text. */
const char *edit_newline(struct slice text);

/** Puts WITH where the span was; what was there is wiped. */
void edit_splice(struct buffer *text, struct edit_span span, struct slice with);

/** Appends VALUE in double quotes, a backslash before quotes and backslashes in it: a string of TOML and of YAML. */
void edit_append_quoted(struct buffer *out, struct slice value);

/** The span without white space at both ends. */
struct edit_span edit_trim(struct slice text, struct edit_span span);

#endif
