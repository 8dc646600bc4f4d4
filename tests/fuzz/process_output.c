// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Fuzzes the reading of what a credential process prints, as its output and as its complaint. */
#include "client/credentials/process_output.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_message(const struct error *error)
{
    struct slice message = slice_of(error->message);
    if (error->class != ERROR_INTERNAL || text_utf8_valid(message) != message.size)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    CREDENTIALS_AUTO found = {0};
    ERROR_AUTO error = {0};
    if (process_output_read(text, &found, &error)) {
        if (found.access_key_id == NULL || found.secret_access_key == NULL || error.class != ERROR_NONE)
            abort();
    } else {
        if (found.access_key_id != NULL || found.secret_access_key != NULL || found.account_id != NULL)
            abort();
        check_message(&error);
    }
    ERROR_AUTO complaint = {0};
    if (process_output_fail(text, &complaint))
        abort();
    check_message(&complaint);
    return 0;
}
