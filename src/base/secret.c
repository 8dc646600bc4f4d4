// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/secret.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <limits.h>
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

bool secret_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || CRYPTO_memcmp(a.data, b.data, a.size) == 0);
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
