// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * One way to fail, for both programs.
 *
 * A function that can fail returns `bool` (or a pointer) and takes a `struct error *` as its last
 * argument. On failure it has filled it in and returned false (or NULL); on success it has left it
 * alone. Only the outermost layer prints it.
 *
 *     if (size == 0)
 *         return error_set(error, ERROR_CONFIGURATION, NULL, "%s: the file is empty; write ...", path);
 */
#ifndef JETON_BASE_ERROR_H
#define JETON_BASE_ERROR_H

#include <jansson.h>
#include <stdbool.h>

/** Whose doing it is, and so which exit code or status it becomes. */
enum error_class {
    ERROR_NONE,
    ERROR_USAGE,         /**< The command line cannot be understood. */
    ERROR_PARAMETER,     /**< A value that the person or caller gave is refused. */
    ERROR_CONFIGURATION, /**< A file, the environment or the set-up lacks or breaks something. */
    ERROR_SERVICE,       /**< The service answered with an error. */
    ERROR_TRANSPORT,     /**< The answer could not be had, or was none. */
    ERROR_INTERNAL,      /**< Our own fault, or the machine's. */
};

struct error {
    enum error_class class;
    char *code;      /**< Owned, may be NULL: the short name that programs compare. */
    char *message;   /**< Owned: what was wrong, with which value, from where, and what to do. */
    json_t *details; /**< Owned, may be NULL: further members of a service's error. */
};

/**
 * Fills in an error; what it held before is freed. The arguments may point into it.
 * @param error  where to; NULL drops it.
 * @param code   copied, may be NULL.
 * @param format printf form of the sentence.
 * @return false always, so that `return error_set(...)` reads as what it is.
 */
bool error_set(struct error *error, enum error_class class, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/**
 * Puts words before the message, as "PREFIX: MESSAGE", when a caller knows more of the place.
 * @return false always.
 */
bool error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Hands the error over: TO is freed and becomes FROM, FROM becomes empty. @return false always. */
bool error_move(struct error *to, struct error *from);

/** Frees what the error owns and makes it empty again; the message is wiped first. */
void error_free(struct error *error);

/** A scope-bound error: freed when the variable goes out of scope. */
#define ERROR_AUTO __attribute__((cleanup(error_free))) struct error

#endif
