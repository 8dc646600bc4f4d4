// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which logins there are, and what each has set: a file of its own (XDG_STATE_HOME/jeton/logins.json, mode 0600),
 * because only so a logout can put back what stood there, and can tell what is ours at an endpoint of any name. It
 * holds digests of what was set, and so no token of ours; what stood there before is kept as it was.
 */
#ifndef JETON_CLIENT_PACKAGERS_LOGINS_H
#define JETON_CLIENT_PACKAGERS_LOGINS_H

#include "client/packagers/packager.h"

/** All logins; logins_free() ends it. */
struct logins;

/** Reads the file; locked against others until logins_free(). NULL on failure. */
struct logins *logins_open(environment_function *environment, struct error *error);
void logins_free(struct logins *logins);
void logins_free_at(struct logins **logins);
#define LOGINS_AUTO __attribute__((cleanup(logins_free_at))) struct logins

/**
 * Before a login is worked out: when it was made before in another way (with a helper, as an extra index), that is
 * undone, so that nothing is left that this way does not need.
 */
bool logins_begin(struct logins *logins, const struct login *login, struct changes *changes, struct error *error);

/** Adds what a login set, which changes_take_record() gave; what it had set before stays known. */
void logins_add(struct logins *logins, const struct login *login, json_t *record);

/** Which logins are meant: NULL is any. */
struct logins_filter {
    const char *tool;
    const char *domain;
    const char *repository;
    const char *namespace;
};

/**
 * Undoes the logins that FILTER means, the last one first.
 * @param count out: how many there were.
 */
bool logins_undo(struct logins *logins, const struct logins_filter *filter, struct changes *changes, size_t *count,
                 struct error *error);

/** Writes the file, if anything changed. */
bool logins_save(struct logins *logins, struct error *error);

/** Writes it as it was read: what was to be done came to nothing. */
bool logins_save_old(struct logins *logins, struct error *error);

#endif
