// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of STS; bound in operations.c. */
#ifndef JETON_SERVICE_OPERATIONS_STS_H
#define JETON_SERVICE_OPERATIONS_STS_H

#include "service/operations/operations.h"

/** Says who the caller is; needs no permission. */
json_t *sts_get_caller_identity(const struct operation_call *call, struct error *error);

#endif
