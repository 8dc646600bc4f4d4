// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who would sign, told without asking: the parts that a provider's `identify` adds up. They are hashed together by
 * whoever keeps something for that identity; so each part has its size before it, and no two lists of parts are alike.
 */
#ifndef JETON_CLIENT_CREDENTIALS_IDENTITY_H
#define JETON_CLIENT_CREDENTIALS_IDENTITY_H

#include "base/bytes.h"

/** Appends a part: what it is, and its value; NULL is another value than "". */
void identity_write(struct buffer *out, const char *what, const char *value);

/** The same for bytes. */
void identity_write_slice(struct buffer *out, const char *what, struct slice value);

/**
 * Appends whom a signed token speaks of: its issuer, subject and audience when it is a JWT, since a token file is
 * filled anew again and again for the same bearer; else the whole token.
 */
void identity_write_bearer(struct buffer *out, const char *what, struct slice token);

#endif
