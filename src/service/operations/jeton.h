// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations beyond AWS's, bound in operations.c. */
#ifndef JETON_SERVICE_OPERATIONS_JETON_H
#define JETON_SERVICE_OPERATIONS_JETON_H

#include "service/operations/operations.h"

operation_function jeton_revoke_tokens;

/** "arn:aws:jeton:REGION:ACCOUNT:token/ID" for one token, the principal's ARN as it was given, "*" for everyone. */
operation_resource jeton_revoked_resource;

#endif
