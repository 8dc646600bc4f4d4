// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Secrets: wiping, comparing, and keeping them out of core dumps. */
#ifndef JETON_BASE_SECRET_H
#define JETON_BASE_SECRET_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

/** Overwrites memory in a way that the compiler keeps. */
void secret_wipe(void *data, size_t size);
/** Wipes a C string and frees it; NULL is fine. */
void secret_free(char *text);
/** Equal, in a time that depends on the sizes alone. */
bool secret_equal(struct slice a, struct slice b);
/** Fills OUT from the operating system's generator by OpenSSL; false only when there is none. */
bool secret_random(unsigned char *out, size_t size);
/** Forbids core dumps and debugger attachment by others for this process; called first in main(). */
void secret_protect_process(void);

#endif
