// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The claims of an identity token as condition keys of a trust policy: "HOST/PATH:CLAIM" for the issuer
 * https://HOST/PATH ("token.actions.githubusercontent.com:sub"). Source: "IAM and AWS STS condition context keys",
 * available keys for OIDC federation. Pure.
 *
 * AWS knows the standard claims and, for some issuers, a few more; here every claim of every issuer is a key that is a
 * text, a list of texts, an integer or a truth value (the last two as text). For https://accounts.google.com, whose
 * tokens may have `azp`, `:aud` is that and `:oaud` the claim `aud`, as with AWS.
 */
#ifndef JETON_SERVICE_WEB_IDENTITY_CONDITIONS_H
#define JETON_SERVICE_WEB_IDENTITY_CONDITIONS_H

#include "service/jwt/token.h"
#include "service/policy/policy.h"

/** More claims than any issuer has. */
#define CONDITIONS_MAX ((size_t)256)

/**
 * Makes the table that policy_context_lookup() reads.
 * @param issuer the claim `iss`, checked.
 * @param out    everything in it is in the arena.
 * @param error  ERROR_PARAMETER "InvalidIdentityToken": there are too many claims, two whose names differ by case
 *               alone, which a policy could not tell apart, or a text with U+0000.
 */
bool conditions_make(const struct jwt *jwt, struct slice issuer, struct arena *arena, struct policy_context *out,
                     struct error *error);

#endif
