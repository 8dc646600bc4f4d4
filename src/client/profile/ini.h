// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The line grammar under the AWS files: sections, keys, continued values, as Python's RawConfigParser reads
 * them. Pure. Source: cpython, Lib/configparser.py; behaviour document, section 10.
 */
#ifndef JETON_CLIENT_PROFILE_INI_H
#define JETON_CLIENT_PROFILE_INI_H

#include "base/bytes.h"
#include "base/memory.h"

#include <stdbool.h>

/** One key. Everything is in the arena. */
struct ini_entry {
    struct ini_entry *next;
    const char *key;   /**< In lower case; the keys of a nested value as they stand. */
    const char *value; /**< Trimmed; continuation lines joined by newlines. NULL when the value is nested. */
    struct ini_entry *nested;
};

struct ini_section {
    struct ini_section *next;
    const char *name;  /**< What stands between the brackets, untrimmed. */
    const char *label; /**< For who reads the names further, such as profile.c; NULL here. */
    struct ini_entry *entries;
};

/** A file: the sections in their order, and the keys of [DEFAULT], which feed all of them. */
struct ini {
    struct ini_section *sections;
    struct ini_entry *defaults;
};

/** Reads TEXT. False when RawConfigParser would refuse it: no reason is told, as the AWS CLI tells none. */
bool ini_parse(struct slice text, struct arena *arena, struct ini *out);

/** The entry of that key in a list of entries, or NULL. */
const struct ini_entry *ini_find(const struct ini_entry *entries, const char *key);

#endif
