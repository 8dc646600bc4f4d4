// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The forms of what is made at random: ids, secrets, account numbers. Pure: randomness is an argument.
 * Source: "IAM identifiers" of the IAM User Guide, which names the four letters of each kind.
 */
#ifndef JETON_SERVICE_STORE_IDENTIFIER_H
#define JETON_SERVICE_STORE_IDENTIFIER_H

#include "base/bytes.h"

#include <stddef.h>

/** Four letters, up to 17 characters of A-Z and 2-7, and a NUL. */
#define IDENTIFIER_SIZE 22
/** Random bytes that go into the characters. */
#define IDENTIFIER_ENTROPY 11

#define IDENTIFIER_ACCESS_KEY "AKIA"
#define IDENTIFIER_SESSION_KEY "ASIA"
#define IDENTIFIER_USER "AIDA"
#define IDENTIFIER_ROLE "AROA"
#define IDENTIFIER_GROUP "AGPA"
#define IDENTIFIER_POLICY "ANPA"

/** 40 characters of base64 and a NUL. */
#define IDENTIFIER_SECRET_SIZE 41
#define IDENTIFIER_SECRET_ENTROPY 30

/** 12 digits and a NUL. */
#define IDENTIFIER_ACCOUNT_SIZE 13
#define IDENTIFIER_ACCOUNT_ENTROPY 8

/** Writes an id: 20 characters in all for a key, 21 for a principal. @param kind one of the four letters above. */
void identifier_write(const char *kind, const unsigned char entropy[static IDENTIFIER_ENTROPY],
                      char out[static IDENTIFIER_SIZE]);
/** Writes a secret access key, which its owner wipes. */
void identifier_write_secret(const unsigned char entropy[static IDENTIFIER_SECRET_ENTROPY],
                             char out[static IDENTIFIER_SECRET_SIZE]);
/** Writes an account number, which does not begin with 0: some programs read it as a number. */
void identifier_write_account(const unsigned char entropy[static IDENTIFIER_ACCOUNT_ENTROPY],
                              char out[static IDENTIFIER_ACCOUNT_SIZE]);

#endif
