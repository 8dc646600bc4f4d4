// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The signature algorithms that are accepted, as a table: asymmetric ones only (RFC 7518 sections 3.3 to 3.5). `none`
 * and the HMACs are not in it, so nothing can choose them.
 */
#ifndef JETON_SERVICE_JWT_ALGORITHM_H
#define JETON_SERVICE_JWT_ALGORITHM_H

#include "base/bytes.h"

#include <openssl/evp.h>
#include <stdbool.h>

enum jwt_key_type { JWT_RSA, JWT_EC };

/** An elliptic curve, by its name in a key and in OpenSSL. */
struct jwt_curve {
    const char *name;
    const char *group;
    size_t size; /**< Bytes of a coordinate, and of each half of a signature. */
};

struct jwt_algorithm {
    const char *name;
    enum jwt_key_type type;
    const char *digest;
    bool pss;                      /**< RSASSA-PSS, with a salt as long as the digest. */
    const struct jwt_curve *curve; /**< The one curve that goes with it; NULL for RSA. */
};

/** All names, for messages. */
#define JWT_ALGORITHMS "RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or ES512"

/** The algorithm of that name, exactly, or NULL. */
const struct jwt_algorithm *jwt_find_algorithm(struct slice name);

/** The curve of that name in a key ("P-256"), or NULL. */
const struct jwt_curve *jwt_find_curve(struct slice name);

/** Whether SIGNATURE, as a token carries it, is that of KEY, which fits the algorithm, over CONTENT. */
bool jwt_verify_signature(const struct jwt_algorithm *algorithm, EVP_PKEY *key, struct slice content,
                          struct slice signature);

#endif
