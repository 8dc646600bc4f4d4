// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void secret_wipe(void *data, size_t size)
{
    // glibc's is as fast as memset(); OpenSSL's goes byte by byte for small sizes.
    if (size > 0)
        explicit_bzero(data, size);
}

void secret_free(char *text)
{
    if (text != NULL)
        secret_wipe(text, strlen(text));
    free(text);
}

/** Whether any of the first bytes, a multiple of eight, differ. OpenSSL's way goes byte by byte: a token has many. */
static uint64_t find_difference(struct slice a, struct slice b, size_t size)
{
    uint64_t difference = 0;
    for (size_t i = 0; i < size; i += sizeof difference) {
        uint64_t words[2];
        memcpy(&words[0], a.data + i, sizeof words[0]);
        memcpy(&words[1], b.data + i, sizeof words[1]);
        difference |= words[0] ^ words[1];
        __asm__ volatile("" : "+r"(difference)); // so that no compiler leaves the loop early
    }
    return difference;
}

bool secret_equal(struct slice a, struct slice b)
{
    if (a.size != b.size)
        return false;
    const size_t whole = a.size - a.size % sizeof(uint64_t);
    const uint64_t difference = find_difference(a, b, whole);
    const int rest = whole == a.size ? 0 : CRYPTO_memcmp(a.data + whole, b.data + whole, a.size - whole);
    return (difference | (uint64_t)(unsigned)rest) == 0;
}

bool secret_random(unsigned char *out, size_t size)
{
    return size <= INT_MAX && RAND_bytes(out, (int)size) == 1;
}

bool secret_pool_take(struct secret_pool *pool, unsigned char *out, size_t size)
{
    if (size > pool->left) {
        if (size > sizeof pool->bytes || !secret_random(pool->bytes, sizeof pool->bytes))
            return false;
        pool->left = sizeof pool->bytes;
    }
    pool->left -= size;
    memcpy(out, pool->bytes + pool->left, size);
    secret_wipe(pool->bytes + pool->left, size);
    return true;
}

void secret_protect_process(void)
{
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
