// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The data directory of a service: where its files stand, and how it comes to be.
 *
 * While `jetond init` is at work, the directory holds a mark, and the store stands under another name. The
 * store is renamed into place last. So a directory with a store is whole; one with the mark and without a
 * store holds nothing but what an init that died has left, and the next one may clear it away.
 */
#ifndef JETON_SERVICE_COMMAND_DATA_DIRECTORY_H
#define JETON_SERVICE_COMMAND_DATA_DIRECTORY_H

#include "base/error.h"

#include <stdbool.h>

/** The paths in a data directory. */
struct data_directory {
    char *path;
    char *store;
    char *master_key;
    char *credentials; /**< For AWS clients: the keys of the administrator and the root. */
    char *config;      /**< For AWS clients: region and endpoint. */
    char *tokens;      /**< Which tokens were issued, when that is recorded. */
    char *new_store;   /**< The store while init is making it. */
    char *mark;        /**< There while init is at work. */
};

/** Builds the paths; touches nothing. PATH may end with slashes. */
void data_directory_set(struct data_directory *directory, const char *path);
void data_directory_free(struct data_directory *directory);
/** A scope-bound set of paths. */
#define DATA_DIRECTORY_AUTO __attribute__((cleanup(data_directory_free))) struct data_directory

/**
 * Makes the directory (0700) when there is none, locks it against another init, refuses it when it holds a
 * store or a file that is not ours, clears what an init that died has left, and sets the mark.
 * @return the descriptor that holds the lock, for the caller to close; -1 on failure.
 */
int data_directory_prepare(const struct data_directory *directory, struct error *error);

/** Puts the finished store into place and takes the mark away: from then on the service exists. */
bool data_directory_commit(const struct data_directory *directory, struct error *error);

/** Takes away all that init has made but the directory; the caller holds the lock and has not committed. */
void data_directory_clear(const struct data_directory *directory);

#endif
