// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an identity token claims, held against what is expected of it: OpenID Connect Core 1.0 sections 2 and 3.1.3.7,
 * with AWS's error texts. Pure.
 */
#ifndef JETON_SERVICE_JWT_CLAIMS_H
#define JETON_SERVICE_JWT_CLAIMS_H

#include "service/jwt/token.h"

#include <stdint.h>

/** Seconds that clocks may differ, in both directions: IAM User Guide, "OIDC federation". */
#define JWT_LEEWAY 300

/** Who registered the issuer expects of its tokens. Everything is borrowed. */
struct jwt_expectation {
    struct slice issuer;           /**< The claim `iss`, exactly. */
    const struct slice *audiences; /**< The client ids. */
    size_t audience_count;
};

/** The claims that every token has; the token's. */
struct jwt_identity {
    struct slice issuer;
    struct slice subject;
    struct slice audience; /**< The first value of `aud` that is a client id. */
};

/**
 * The claim `iss`, by which the one who is to check the token is found.
 * @return data NULL with ERROR_PARAMETER "InvalidIdentityToken" when it has none.
 */
struct slice jwt_read_issuer(const struct jwt *jwt, struct error *error);

/**
 * Checks `exp`, `iat` and, if it is there, `nbf` at NOW, in seconds. It asks for nothing but the token.
 * @param error "ExpiredTokenException", or "InvalidIdentityToken" when one is missing, no integer or in the future.
 */
bool jwt_check_times(const struct jwt *jwt, int64_t now, struct error *error);

/**
 * Checks the others: `iss`, `sub`, `aud`, of which one value must be a client id, and `azp`, which must be one if it is
 * there.
 * @param error ERROR_PARAMETER "InvalidIdentityToken".
 */
bool jwt_check_identity(const struct jwt *jwt, const struct jwt_expectation *expected, struct jwt_identity *out,
                        struct error *error);

#endif
