// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reading the small XML answers of the query protocol: elements, text, CDATA, comments and the predefined and
 * numeric entities. No document type, so no entity of one's own. Strict, bounded, pure.
 * Source: Extensible Markup Language 1.0, fifth edition.
 */
#ifndef JETON_CLIENT_TRANSPORT_XML_TREE_H
#define JETON_CLIENT_TRANSPORT_XML_TREE_H

#include "base/bytes.h"
#include "base/memory.h"

/** An element; all in the arena. */
struct xml_node {
    struct xml_node *next;  /**< The element after this one in the same parent. */
    struct xml_node *child; /**< The first element in it. */
    struct slice name;      /**< Without a namespace prefix. */
    struct slice text;      /**< Its own text, joined, entities replaced. */
};

/** Reads one document; NULL when it is none. At most 64 levels and 100000 elements. */
struct xml_node *xml_tree_parse(struct slice text, struct arena *arena);

/** The first child of that name, or NULL; NODE may be NULL. */
const struct xml_node *xml_tree_find(const struct xml_node *node, const char *name);

#endif
