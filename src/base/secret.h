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
/**
 * Randomness in stock, for a thread that needs a little very often: a call of the generator costs more than
 * what it gives. All zero is empty; wipe it with secret_wipe() at the end.
 */
struct secret_pool {
    unsigned char bytes[2048];
    size_t left; /**< How many at the start of BYTES are unused. */
};

/** Takes SIZE bytes (at most the pool's), which are wiped in the pool and so never given twice. False as
 * secret_random(). */
bool secret_pool_take(struct secret_pool *pool, unsigned char *out, size_t size);

/** Forbids core dumps and debugger attachment by others for this process; called first in main(). */
void secret_protect_process(void);

#endif
