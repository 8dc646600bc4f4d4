// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Keys of an issuer and tokens signed with them, for tests. Failures end the program. */
#ifndef JETON_TESTS_SERVICE_JWT_FIXTURE_H
#define JETON_TESTS_SERVICE_JWT_FIXTURE_H

#include "base/bytes.h"

#include <openssl/evp.h>

/** A new key of a curve ("P-256"), or an RSA key of so many bits ("2048"). The caller frees it. */
EVP_PKEY *fixture_make_key(const char *kind);

/** Appends the public key as a JWK; MORE are further members (",\"kid\":\"a\""), or "". */
void fixture_write_jwk(EVP_PKEY *key, const char *more, struct buffer *out);

/** Appends a token of this header and these claims, signed as the name of an algorithm says ("ES256"). */
void fixture_sign(EVP_PKEY *key, const char *algorithm, const char *header, const char *claims, struct buffer *out);

#endif
