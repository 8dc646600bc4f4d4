// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The table of AWS Identity and Access Management. jetond serves it; the client has no commands of it, so
 * api_services does not name it.
 */
#ifndef JETON_API_IAM_H
#define JETON_API_IAM_H

#include "api/api.h"

extern const struct api_service api_iam;

#endif
