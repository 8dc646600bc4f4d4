// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Values in other programs' configuration files, changed in place: what is not the value stays byte for byte, comments,
 * order and layout too. One file a format, and each knows as much of it as it takes to find where a value stands; what
 * it cannot see through (a table written in another way, a broken tag) it refuses rather than guesses.
 *
 * Pure: texts in, texts out.
 */
#ifndef JETON_CLIENT_EDIT_EDIT_H
#define JETON_CLIENT_EDIT_EDIT_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

enum edit_format {
    EDIT_INI,        /**< Python's configparser: .pypirc. Values may go on in deeper lines; keys whatever their case. */
    EDIT_PIP,        /**< The same, and `_` in a key is `-`: pip.conf. */
    EDIT_NPMRC,      /**< npm's `ini`: `key=value`, a line each, before any section. */
    EDIT_PROPERTIES, /**< Java's: `key=value`. */
    EDIT_NETRC,      /**< `machine HOST login L password P`; the value is "L P", path[0] the host. */
    EDIT_TOML,       /**< Strings in tables, and in arrays of tables by `select`. */
    EDIT_YAML,       /**< Block mappings of plain and quoted scalars. */
    EDIT_YAML_LIST,  /**< A block sequence of scalars under a key of the outermost mapping; items alone. */
    EDIT_XML,        /**< Elements with text; `select` picks one by a child's text. path[0] is the root. */
    EDIT_JSON,       /**< A member of an object; the value is JSON. What is not the value is laid out anew. */
    EDIT_NUGET,      /**< NuGet.Config: `<add key="KEY" value="VALUE" />` in the element that the path leads to. */
};

#define EDIT_DEPTH 4

/** Where a value stands. */
struct edit_place {
    enum edit_format format;
    const char *path[EDIT_DEPTH + 1]; /**< Sections, tables or elements from the outside in, NULL-terminated. */
    const char *select_key;           /**< The innermost is one of many, known by its value of this key; or NULL. */
    const char *select;               /**< That value. */
    const char *key;
    bool first; /**< A new one goes before its like, not behind (EDIT_XML). */
};

/**
 * Looks a value up.
 * @param out gets it, without quotes and escapes; values of several lines with a line feed between.
 * @return whether it is there.
 */
bool edit_find(struct slice text, const struct edit_place *place, struct buffer *out);

/**
 * Sets a value: in its place when it is there, else as the last of its section, which is made when missing. TEXT is
 * unchanged when the value is what it was.
 * @param error ERROR_INTERNAL: what the file has in that place is written in a way that is not understood.
 */
bool edit_set(struct buffer *text, const struct edit_place *place, struct slice value, struct error *error);

/** Takes a value out, and with the last one of a section the section. @return whether it was there. */
bool edit_remove(struct buffer *text, const struct edit_place *place);

/** Adds ITEM as the last of a value of several lines or items (EDIT_INI, EDIT_PIP, EDIT_YAML_LIST), unless it is there.
 */
bool edit_add_item(struct buffer *text, const struct edit_place *place, struct slice item, struct error *error);

/** The value of the key in the Nth table of an array of tables (EDIT_TOML), whatever else is in it. */
bool edit_find_nth(struct slice text, const struct edit_place *place, size_t n, struct buffer *out);

/** The key that has this value in the element that the path leads to (EDIT_NUGET alone); PLACE's own key is not asked.
 */
bool edit_find_key(struct slice text, const struct edit_place *place, struct slice value, struct buffer *out);

/** Puts WITH in the place of the line ITEM. @return whether it was there. */
bool edit_replace_item(struct buffer *text, const struct edit_place *place, struct slice item, struct slice with);

/** Takes that line out again, and with the last one the value. @return whether it was there. */
bool edit_remove_item(struct buffer *text, const struct edit_place *place, struct slice item);

#endif
