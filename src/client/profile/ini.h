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

/** One key. Names and values stand in the text that was read, the rest in the arena. */
struct ini_entry {
    struct ini_entry *next;
    const char *key;   /**< In lower case (of ASCII); the keys of a nested value as they stand. */
    const char *value; /**< Trimmed; continuation lines joined by newlines. NULL when the value is nested. */
    struct ini_entry *nested;
    size_t line; /**< From 1; 0 for the keys of a nested value. */
};

struct ini_section {
    struct ini_section *next;
    const char *name; /**< What stands between the brackets, untrimmed. */
    struct ini_entry *entries;
    size_t line; /**< From 1. */
};

/** A file: the sections in their order, and the keys of [DEFAULT], which feed all of them. */
struct ini {
    struct ini_section *sections;
    struct ini_entry *defaults;
};

/** Whether an empty value with lines under it is a nest of `key = value`, or text that begins with a newline. */
enum ini_nests {
    INI_NESTS,
    INI_LITERAL,
};

/** What is wrong with a file. */
struct ini_fault {
    size_t line;      /**< From 1. */
    const char *what; /**< Our words, which never hold any of the text: that may be a secret. */
};

/**
 * Reads TEXT, over which the names and values are written in place, so that it must stay as long as they.
 * @return false when RawConfigParser, or botocore's reading of nests, would refuse it.
 */
bool ini_parse(struct buffer *text, enum ini_nests nests, struct arena *arena, struct ini *out,
               struct ini_fault *fault);

/** The entry of that key in a list of entries, or NULL. */
const struct ini_entry *ini_find(const struct ini_entry *entries, const char *key);

#endif
