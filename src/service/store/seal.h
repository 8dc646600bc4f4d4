// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Secrets at rest: AES-256-GCM under the master key, bound to the name of what they belong to, so that a
 * sealed secret cannot be moved from one record to another.
 * The master key is a file of 64 hexadecimal digits, mode 0600, refused when others can read it.
 */
#ifndef JETON_SERVICE_STORE_SEAL_H
#define JETON_SERVICE_STORE_SEAL_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

#define SEAL_KEY_SIZE 32

/** The master key; wiped by its owner. */
struct seal_key {
    unsigned char bytes[SEAL_KEY_SIZE];
};

/** Makes a new random key and writes it to PATH; refuses when there is a file already. */
bool seal_key_create(const char *path, struct seal_key *out, struct error *error);
/** Reads it; ERROR_CONFIGURATION when it is missing, malformed, or its mode or owner is wrong. */
bool seal_key_read(const char *path, struct seal_key *out, struct error *error);

/**
 * Appends a format byte, nonce, ciphertext and tag of SECRET, bound to LABEL ("access-key/AKIA...").
 * NIST SP 800-38D: a random nonce of 96 bits serves 2^32 secrets under one key.
 */
bool seal_close(const struct seal_key *key, struct slice label, struct slice secret, struct buffer *out,
                struct error *error);
/** Appends the secret; ERROR_INTERNAL when key, label or bytes do not fit, and OUT stays as it was. */
bool seal_open(const struct seal_key *key, struct slice label, struct slice sealed, struct buffer *out,
               struct error *error);

#endif
