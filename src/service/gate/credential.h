// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The credential of a request, in each form that package managers send a token in. Pure.
 *
 * | header                              | token        | sent by                                  |
 * |-------------------------------------|--------------|------------------------------------------|
 * | `Authorization: Bearer TOKEN`       | TOKEN        | npm, pnpm, yarn, bun, swift, gem push    |
 * | `Authorization: Basic USER:TOKEN`   | the password | pip, twine, Maven, NuGet, Bundler, curl  |
 * | `Authorization: Basic TOKEN:`       | the user     | tools that have one field only           |
 * | `Authorization: TOKEN`              | TOKEN        | cargo                                    |
 */
#ifndef JETON_SERVICE_GATE_CREDENTIAL_H
#define JETON_SERVICE_GATE_CREDENTIAL_H

#include "base/bytes.h"
#include "base/error.h"
#include "sigv4/sigv4.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * Finds the token.
 * @param scratch room for what is decoded; the caller's, who wipes it.
 * @param token   of a header or of SCRATCH.
 * @param error   "MissingCredential": there is none, or none of these forms; "MalformedCredential": more than one, or
 *                one that could be read in two ways. Never any part of it.
 */
bool gate_read_credential(const struct sigv4_header *headers, size_t count, struct buffer *scratch, struct slice *token,
                          struct error *error);

#endif
