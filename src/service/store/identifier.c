// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/identifier.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

#define KIND_SIZE 4
#define BITS 5
#define KEY_CHARACTERS 16
#define PRINCIPAL_CHARACTERS 17

static bool is_key(const char *kind)
{
    return strcmp(kind, IDENTIFIER_ACCESS_KEY) == 0 || strcmp(kind, IDENTIFIER_SESSION_KEY) == 0;
}

void identifier_write(const char *kind, const unsigned char entropy[static IDENTIFIER_ENTROPY],
                      char out[static IDENTIFIER_SIZE])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    memcpy(out, kind, KIND_SIZE);
    size_t at = KIND_SIZE;
    size_t end = KIND_SIZE + (is_key(kind) ? KEY_CHARACTERS : PRINCIPAL_CHARACTERS);
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < IDENTIFIER_ENTROPY; i++) {
        bits = bits << 8 | entropy[i];
        count += 8;
        for (; count >= BITS && at < end; count -= BITS)
            out[at++] = alphabet[bits >> (count - BITS) & 31];
        bits &= (1u << count) - 1;
    }
    out[at] = '\0';
}

void identifier_write_secret(const unsigned char entropy[static IDENTIFIER_SECRET_ENTROPY],
                             char out[static IDENTIFIER_SECRET_SIZE])
{
    BUFFER_AUTO text = {0};
    text_base64_encode(&text, entropy, IDENTIFIER_SECRET_ENTROPY);
    memcpy(out, buffer_text(&text), IDENTIFIER_SECRET_SIZE);
}

void identifier_write_account(const unsigned char entropy[static IDENTIFIER_ACCOUNT_ENTROPY],
                              char out[static IDENTIFIER_ACCOUNT_SIZE])
{
    uint64_t number;
    memcpy(&number, entropy, sizeof number);
    number = UINT64_C(100000000000) + number % UINT64_C(900000000000);
    for (size_t i = IDENTIFIER_ACCOUNT_SIZE - 1; i-- > 0; number /= 10)
        out[i] = (char)('0' + number % 10);
    out[IDENTIFIER_ACCOUNT_SIZE - 1] = '\0';
}
