// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Inside of the room: the tags of an XML text, where they stand, and what is in them. */
#ifndef JETON_CLIENT_EDIT_XML_TEXT_H
#define JETON_CLIENT_EDIT_XML_TEXT_H

#include "client/edit/format.h"

/** An element, from its first tag to its last. */
struct xml_element {
    struct slice name;
    struct edit_span tag;     /**< The opening tag. */
    struct edit_span content; /**< Between the tags; empty for `<x/>`. */
    size_t end;               /**< Behind the closing tag. */
    bool empty;               /**< `<x/>` */
};

/**
 * The next element in WITHIN from *AT on, whatever is in it; comments, declarations and CDATA are passed over.
 * @param trouble set when the text ends in the middle of one.
 */
bool xml_next_element(struct slice text, struct edit_span within, size_t *at, struct xml_element *out,
                      const char **trouble);

/** Where an attribute's value stands, without its quotes. */
bool xml_find_attribute(struct slice text, const struct xml_element *element, const char *name, struct edit_span *out);

/** Appends text with the five entities and numbers replaced. */
void xml_text_decode(struct buffer *out, struct slice raw);

/** Appends text with the entities that it needs, in an attribute too. */
void xml_text_encode(struct buffer *out, struct slice value);

#endif
