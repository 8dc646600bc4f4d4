// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a token's text tells to everybody. Pure. */
#ifndef JETON_CLIENT_CACHE_TOKEN_TEXT_H
#define JETON_CLIENT_CACHE_TOKEN_TEXT_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

/** Whether it can be a token at all, and stand in any file and header: `b64token` of RFC 6750, section 2.1. */
bool token_text_is_good(const char *text);

/**
 * Reads the header of a token, which is not sealed: when it was issued, and when it ends (base/timestamp.h).
 * @return false when it is not that of CodeArtifact's tokens; nobody but its issuer knows then.
 */
bool token_text_read_life(struct slice token, int64_t *issued, int64_t *ends);

#endif
