// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the client says of itself. */
#ifndef JETON_CLIENT_TRANSPORT_USER_AGENT_H
#define JETON_CLIENT_TRANSPORT_USER_AGENT_H

#include "api/api.h"
#include "base/bytes.h"
#include "client/settings.h"

/**
 * Appends "jeton/0.1.0 os/linux md/arch#x86_64 [exec-env/X ][app/X ]md/command#codeartifact.get-authorization-token";
 * characters that may not stand in the names become "-".
 */
void user_agent_write(struct buffer *out, const struct settings *settings, const struct api_operation *operation);

#endif
