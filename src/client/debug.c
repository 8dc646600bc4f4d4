// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/debug.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/settings.h"

#include <stdarg.h>
#include <stdio.h>

void debug_line(const struct settings *settings, const char *format, ...)
{
    if (settings == NULL || !settings->debug)
        return;
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *message = memory_format_list(format, arguments);
    va_end(arguments);
    BUFFER_AUTO line = {0};
    timestamp_format_utc(&line, timestamp_now(), true);
    buffer_append_format(&line, " - jeton - %s\n", message);
    (void)fwrite(line.data, 1, line.size, stderr);
}

void debug_warn(const char *message)
{
    if (message != NULL)
        (void)fprintf(stderr, "%s\n", message);
}

void debug_prompt(const char *text)
{
    (void)fputs(text, stderr);
}
