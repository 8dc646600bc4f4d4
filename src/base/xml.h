// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** XML writing, for the answers of the query protocol; and what a reference in XML means. */
#ifndef JETON_BASE_XML_H
#define JETON_BASE_XML_H

#include "base/bytes.h"

/** Appends "<NAME>". */
void xml_open(struct buffer *out, const char *name);
/** Appends "</NAME>". */
void xml_close(struct buffer *out, const char *name);
/** Appends TEXT with `& < > " '` escaped; characters that XML 1.0 cannot hold become U+FFFD. */
void xml_text(struct buffer *out, struct slice text);
/** Appends "<NAME>TEXT</NAME>". */
void xml_element(struct buffer *out, const char *name, struct slice text);

/**
 * Reads the reference that TEXT begins with: one of the five that XML names (`&amp;`), or a character's number
 * (`&#65;`,
 * `&#x41;`).
 * @param out gets the character, in UTF-8.
 * @return its size; 0 (OUT as it was) when TEXT begins with none.
 */
size_t xml_read_reference(struct slice text, struct buffer *out);

#endif
