// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/debug.h"
#include "base/bytes.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/settings.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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
    (void)fprintf(stderr, "%s\n", message);
}

void debug_warn_once(const struct settings *settings, const char *message)
{
    if (message == NULL || (settings->warned != NULL && strstr(buffer_text(settings->warned), message) != NULL))
        return;
    if (settings->warned != NULL)
        buffer_append_format(settings->warned, "%s\n", message);
    debug_warn(message);
}

void debug_prompt(const char *text)
{
    (void)fputs(text, stderr);
}
