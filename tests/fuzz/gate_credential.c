// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the credential of a request: one header Authorization. What is taken for a token stands in the header, or in
 * what its base64 decodes to, and two such headers are always refused.
 */
#include "service/gate/credential.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool is_within(struct slice part, struct slice whole)
{
    return part.data >= whole.data && part.data + part.size <= whole.data + whole.size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct slice value = {(const char *)data, size};
    const struct sigv4_header headers[] = {{SLICE("Authorization"), value}, {SLICE("authorization"), value}};
    BUFFER_AUTO scratch = {0};
    BUFFER_AUTO unused = {0};
    ERROR_AUTO error = {0};
    struct slice token = {NULL, 0};
    must(!gate_read_credential(headers, 2, &unused, &token, NULL) || size == 0);
    if (!gate_read_credential(headers, 1, &scratch, &token, &error)) {
        must(error.code != NULL && error.message != NULL);
        return 0;
    }
    must(is_within(token, value) || is_within(token, buffer_slice(&scratch)));
    size_t dots = 0;
    for (size_t i = 0; i < token.size; i++) {
        dots += token.data[i] == '.';
        must(token.data[i] != ' ' && token.data[i] != ':' && token.data[i] != ',');
    }
    must(dots == 4);
    return 0;
}
