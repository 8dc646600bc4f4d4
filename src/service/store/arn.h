// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The ARNs of what IAM names. Pure. Source: "IAM identifiers" of the IAM User Guide. */
#ifndef JETON_SERVICE_STORE_ARN_H
#define JETON_SERVICE_STORE_ARN_H

#include "base/bytes.h"
#include "base/memory.h"
#include "service/store/store.h"

#include <stdbool.h>

/** "arn:aws:iam::123456789012:user/path/name"; in the arena. PATH is "/" or "/path/". */
const char *arn_write(struct arena *arena, enum store_kind kind, const char *account, const char *path,
                      const char *name);

/** What an ARN says; it borrows the text. */
struct arn_parts {
    enum store_kind kind;
    struct slice account;
    struct slice path; /**< "/" where there is none. */
    struct slice name;
};

/** Reads the ARN of an entity; false for any other text. */
bool arn_read(struct slice text, struct arn_parts *out);

#endif
