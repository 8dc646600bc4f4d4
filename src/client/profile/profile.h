// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The grammar of the AWS files `config` and `credentials`, as the AWS CLI reads it. Pure: text in, sections out.
 * Source: ../shared/reference/aws-cli-behaviour.md, section 10.
 */
#ifndef JETON_CLIENT_PROFILE_PROFILE_H
#define JETON_CLIENT_PROFILE_PROFILE_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>

/** Which file a text is; their section headers differ. */
enum profile_file {
    PROFILE_CONFIG,
    PROFILE_CREDENTIALS,
};

/** The sections of both files. */
struct profile_set;

/** An empty set, never NULL; profile_set_free() ends it, NULL is fine there. */
struct profile_set *profile_set_new(void);
void profile_set_free(struct profile_set *set);

/**
 * Adds the sections of one file.
 * @param path only for the message.
 * @param error ERROR_INTERNAL "Unable to parse config file: PATH, line 3: ..." (the AWS CLI's words and exit code 255,
 *              and then ours: which line, and what is wrong there).
 */
bool profile_parse(struct profile_set *set, enum profile_file file, const char *path, struct slice text,
                   struct error *error);

/** The same, but takes the text over, which is left empty: nothing is copied. */
bool profile_take(struct profile_set *set, enum profile_file file, const char *path, struct buffer *text,
                  struct error *error);

/** Whether either file defines the profile. */
bool profile_exists(const struct profile_set *set, const char *profile);

/** The names of all profiles, those of the config file first; NULL-terminated, in the arena. */
const char *const *profile_list(const struct profile_set *set, struct arena *arena);

/**
 * A key of a profile, "key", or "key.inner" of a nested value. The credentials file wins, and its key whole.
 * @return NULL when neither file has it. Valid as long as SET.
 */
const char *profile_get(const struct profile_set *set, const char *profile, const char *key);

/** A key of a profile in one of the files only. */
const char *profile_get_from(const struct profile_set *set, enum profile_file file, const char *profile,
                             const char *key);

/** Whether the config file has such a section, and a key in it. */
bool profile_section_exists(const struct profile_set *set, const char *type, const char *name);

/** A key of another section, such as ("services", "s1", "codeartifact.endpoint_url") or ("sso-session", ...). */
const char *profile_get_section(const struct profile_set *set, const char *type, const char *name, const char *key);

#endif
