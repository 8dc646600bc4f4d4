// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** IP addresses and ranges of them, of both versions. */
#ifndef JETON_SERVICE_POLICY_ADDRESS_H
#define JETON_SERVICE_POLICY_ADDRESS_H

#include "base/bytes.h"

#include <stdbool.h>

#define ADDRESS_SIZE ((size_t)16)

/** An address, or with fewer bits a range. Version 4 stands as ::ffff:a.b.c.d, so that both compare alike. */
struct address {
    unsigned char bytes[ADDRESS_SIZE];
    unsigned bits; /**< How many at the start count. */
};

/** Reads "203.0.113.7" or "2001:db8::1" (RFC 4291 section 2.2); false on anything else. */
bool address_parse(struct slice text, struct address *out);
/** Reads an address with or without "/24"; bits behind the prefix may be set, and do not count. */
bool address_parse_range(struct slice text, struct address *out);
/** Whether the address is in the range. */
bool address_in_range(const struct address *address, const struct address *range);

#endif
