// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the scopes of tokens: one that is read is the same when its own form is read again, and but for a policy of
 * its own it makes a policy that can be parsed.
 */
#include "service/token/narrowing.h"
#include "service/policy/policy.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_policy(const struct narrowing *narrowing)
{
    BUFFER_AUTO document = {0};
    narrowing_write_policy(&document, narrowing, SLICE("arn:aws:codeartifact:us-west-2:123456789012:domain/my-domain"));
    struct policy *policy = policy_parse(POLICY_TOKEN, buffer_slice(&document), POLICY_SIZE_MAX, NULL);
    if (policy == NULL && narrowing->policy.size == 0)
        abort();
    policy_free(policy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    struct narrowing narrowing;
    struct narrowing again;
    BUFFER_AUTO one = {0};
    BUFFER_AUTO other = {0};
    if (!narrowing_parse((struct slice){(const char *)data, size}, arena, &narrowing, NULL))
        return 0;
    narrowing_write(&one, &narrowing);
    if (!narrowing_parse(buffer_slice(&one), arena, &again, NULL))
        abort();
    narrowing_write(&other, &again);
    if (!slice_equal(buffer_slice(&one), buffer_slice(&other)))
        abort();
    check_policy(&narrowing);
    return 0;
}
