// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** May this caller do that: the one place that asks, and the words of a refusal. */
#ifndef JETON_SERVICE_OPERATIONS_AUTHORIZE_H
#define JETON_SERVICE_OPERATIONS_AUTHORIZE_H

#include "base/error.h"
#include "service/caller/caller.h"

#include <stdbool.h>

/**
 * Decides by the caller's own policies; the root of an account may do everything.
 * @param action   "codeartifact:CreateDomain"
 * @param resource an ARN or "*".
 * @param error    "AccessDenied" in AWS's words (IAM User Guide, "Troubleshoot access denied error messages").
 */
bool authorize(const struct caller *caller, const char *action, const char *resource, struct error *error);

/**
 * Refuses because no policy of the given kind allows it.
 * @param kind "identity-based", "resource-based".
 * @return false always.
 */
bool authorize_refuse(const struct caller *caller, const char *action, const char *resource, const char *kind,
                      struct error *error);

#endif
