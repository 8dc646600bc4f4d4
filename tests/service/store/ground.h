// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the tests of the store stand on: a new store in a folder of its own. */
#ifndef JETON_TESTS_SERVICE_STORE_GROUND_H
#define JETON_TESTS_SERVICE_STORE_GROUND_H

#include "base/error.h"
#include "base/memory.h"
#include "service/store/store.h"

struct ground {
    char *directory;
    char *path; /**< Of the store in it. */
    struct store *store;
    struct arena *arena;
    struct error error;
};

/** Makes a store of that account and region, and opens it. @return owned, ground_free() ends it. */
struct ground *ground_new(const char *account, const char *region);
/** Closes it, and removes the folder. */
void ground_free(struct ground *ground);

#endif
