// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Who may ask for introspection by a secret of its own: a gateway that has nothing but a name and a secret. The file
 * has a line each, ID:HASH, where HASH is the SHA-256 of the secret in hexadecimal digits; empty lines and lines that
 * begin with # are left aside. A hash that quick is as good as the secret is random, so it should be 32 random bytes.
 * Pure.
 */
#ifndef JETON_SERVICE_INTROSPECTION_CLIENTS_H
#define JETON_SERVICE_INTROSPECTION_CLIENTS_H

#include "base/bytes.h"
#include "base/digest.h"
#include "base/error.h"

#include <stdbool.h>

/** Bytes of the file that are read. */
#define INTROSPECTION_FILE_MAX ((size_t)1024 * 1024)

/** Immutable; shared by threads. */
struct introspection_clients;

/**
 * Reads the text of the file; it may name nobody.
 * @param path  for messages.
 * @param error ERROR_CONFIGURATION with the line and what is wrong in it, never a hash.
 * @return owned, introspection_clients_free() ends it; or NULL.
 */
struct introspection_clients *introspection_clients_read(struct slice text, const char *path, struct error *error);
/** NULL is fine. */
void introspection_clients_free(struct introspection_clients *clients);

/** Whether there is a client of that id with that secret. How long it takes says nothing of the secret. */
bool introspection_clients_check(const struct introspection_clients *clients, struct slice id, struct slice secret);

#endif
