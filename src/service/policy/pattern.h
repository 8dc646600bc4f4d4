// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Patterns of policy documents: `*` for any text, `?` for any one character. */
#ifndef JETON_SERVICE_POLICY_PATTERN_H
#define JETON_SERVICE_POLICY_PATTERN_H

#include "base/bytes.h"

#include <stdbool.h>

/** Whether TEXT matches PATTERN as a whole. No recursion; at worst the product of both lengths. */
bool pattern_matches(struct slice pattern, struct slice text, bool any_case);

/**
 * Whether the ARN matches the pattern, part by part (the parts between the first five colons). Parts that
 * the pattern lacks at its end match anything, as AWS completes them.
 */
bool pattern_matches_arn(struct slice pattern, struct slice arn);

#endif
