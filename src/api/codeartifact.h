// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The table of CodeArtifact's operations; the rest of the program finds it through api.h. */
#ifndef JETON_API_CODEARTIFACT_H
#define JETON_API_CODEARTIFACT_H

#include "api/api.h"

/** The header of GetAuthorizationToken that narrows the token; jetond's own. */
#define API_SCOPE_HEADER "X-Jeton-Scope"

extern const struct api_service api_codeartifact;

#endif
