// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the support programs share: a data directory, opened, and how they end. */
#ifndef JETON_TESTS_SUPPORT_OPENED_DATA_H
#define JETON_TESTS_SUPPORT_OPENED_DATA_H

#include "base/error.h"
#include "base/json.h"
#include "service/command/data_directory.h"
#include "service/store/identifier.h"
#include "service/store/seal.h"
#include "service/store/store.h"

#include <stdbool.h>

/** The store and the master key of a data directory. */
struct opened_data {
    struct data_directory directory;
    struct store *store;
    struct seal_key master_key;
};

bool opened_data_open(struct opened_data *data, const char *path, struct error *error);
void opened_data_close(struct opened_data *data);

/** A new secret access key and an id of that kind (identifier.h). */
bool opened_data_new_key(const char *kind, char id[static IDENTIFIER_SIZE], char secret[static IDENTIFIER_SECRET_SIZE],
                         struct error *error);

/** Prints the JSON on one line, or the error; ends both. @return the exit code. */
int opened_data_finish(const char *program, json_t *answer, struct error *error);

#endif
