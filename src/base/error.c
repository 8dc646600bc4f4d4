// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/error.h"
#include "base/memory.h"
#include "base/secret.h"

#include <stdarg.h>
#include <stdlib.h>

bool error_set(struct error *error, enum error_class class, const char *code, const char *format, ...)
{
    if (error == NULL)
        return false;
    va_list arguments;
    va_start(arguments, format);
    char *message = memory_format_list(format, arguments);
    va_end(arguments);
    char *code_copy = code == NULL ? NULL : memory_copy(code, strlen(code));
    error_free(error);
    *error = (struct error){.class = class, .code = code_copy, .message = message};
    return false;
}

bool error_prefix(struct error *error, const char *format, ...)
{
    if (error == NULL || error->message == NULL)
        return false;
    va_list arguments;
    va_start(arguments, format);
    char *prefix = memory_format_list(format, arguments);
    va_end(arguments);
    char *message = memory_format("%s: %s", prefix, error->message);
    secret_free(prefix);
    secret_free(error->message);
    error->message = message;
    return false;
}

bool error_move(struct error *to, struct error *from)
{
    if (to == NULL) {
        error_free(from);
        return false;
    }
    error_free(to);
    *to = *from;
    *from = (struct error){0};
    return false;
}

void error_free(struct error *error)
{
    secret_free(error->message);
    free(error->code);
    json_decref(error->details);
    *error = (struct error){0};
}
