// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the instance metadata service gives beside credentials. Behaviour document, sections 8 and 9.1. */
#ifndef JETON_CLIENT_CREDENTIALS_INSTANCE_H
#define JETON_CLIENT_CREDENTIALS_INSTANCE_H

#include "base/error.h"
#include "base/memory.h"
#include "client/settings.h"

#include <stdbool.h>

/**
 * Checks how the service would be reached. The AWS CLI refuses a bad endpoint, mode, time-out or number of attempts
 * before it looks for any credentials, wherever they come from.
 * @param error ERROR_INTERNAL in its words.
 */
bool instance_check(const struct settings *settings, struct error *error);

/**
 * Asks for the region when nothing else has named it: the availability zone less its last letter. No answer leaves
 * it NULL.
 * @param arena for the region.
 * @param error as instance_check(); ERROR_INTERNAL when the region is no name for one.
 */
bool instance_find_region(struct settings *settings, struct arena *arena, struct error *error);

#endif
