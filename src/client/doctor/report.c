// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/report.h"
#include "base/memory.h"

#include <stdarg.h>

/** A message of several lines is told on one. */
__attribute__((format(printf, 4, 0))) static void write_line(struct report *report, const char *mark,
                                                             const char *subject, const char *format, va_list arguments)
{
    MEMORY_AUTO char *sentence = memory_format_list(format, arguments);
    buffer_append_format(report->out, "%-5s %s: ", mark, subject);
    for (const char *at = sentence; *at != '\0'; at++)
        buffer_append_char(report->out, *at == '\n' || *at == '\r' ? ' ' : *at);
    buffer_append_char(report->out, '\n');
}

void report_good(struct report *report, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(report, "ok", subject, format, arguments);
    va_end(arguments);
}

void report_note(struct report *report, const char *subject, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(report, "note", subject, format, arguments);
    va_end(arguments);
}

void report_bad(struct report *report, const char *subject, const char *mend, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_line(report, "WRONG", subject, format, arguments);
    va_end(arguments);
    buffer_append_format(report->out, "      mend: %s\n", mend);
    report->bad++;
}
