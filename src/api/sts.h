// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The table of STS's operations; the rest of the program finds it through api.h. */
#ifndef JETON_API_STS_H
#define JETON_API_STS_H

#include "api/api.h"

extern const struct api_service api_sts;

/** What the client calls on the way to credentials. */
extern const struct api_operation api_sts_assume_role;
extern const struct api_operation api_sts_assume_role_with_web_identity;

#endif
