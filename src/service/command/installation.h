// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a new service starts with: its store, the first keys, and the files that make AWS clients use it. */
#ifndef JETON_SERVICE_COMMAND_INSTALLATION_H
#define JETON_SERVICE_COMMAND_INSTALLATION_H

#include "base/error.h"
#include "service/command/data_directory.h"

#include <stdbool.h>
#include <stdint.h>

/** What the person chose, checked. */
struct installation {
    const char *account;
    const char *region;
    const char *domain; /**< Or NULL: none yet. */
    const char *endpoint;
    int64_t now; /**< When everything in it was created. */
};

/**
 * Makes master key, store (under its temporary name, settled and closed), credentials and config. The directory
 * is prepared and empty; the caller commits it, or clears it on failure.
 */
bool installation_make(const struct data_directory *directory, const struct installation *installation,
                       struct error *error);

#endif
