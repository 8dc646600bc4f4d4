// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the doctor found, a line each, with the command that mends it below. */
#ifndef JETON_CLIENT_DOCTOR_REPORT_H
#define JETON_CLIENT_DOCTOR_REPORT_H

#include "base/bytes.h"

#include <stddef.h>

/** All zero but for OUT is empty. */
struct report {
    struct buffer *out; /**< Where the lines go. */
    size_t bad;         /**< How many say that something is wrong. */
};

/** "ok    SUBJECT: SENTENCE". */
void report_good(struct report *report, const char *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** "note  SUBJECT: SENTENCE": something to know, with which a tool may still be let in. */
void report_note(struct report *report, const char *subject, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * "WRONG SUBJECT: SENTENCE", and "      mend: MEND" below.
 * @param mend a command, or what to do; copied.
 */
void report_bad(struct report *report, const char *subject, const char *mend, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
