// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Values as Python spells them, because the AWS CLI's messages and its text output print Python values.
 * Source: Python's built-in types, str() and repr().
 */
#ifndef JETON_CLIENT_PYTHON_H
#define JETON_CLIENT_PYTHON_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>

/**
 * Appends repr() of a string: in single quotes (double ones when that spares escaping), with what is not seen, in ASCII
 * and beyond, by its number. What Unicode has not assigned stays as it is.
 */
void python_write_quoted(struct buffer *out, struct slice text);

/** Appends repr() of bytes, such as b'my-dom'. */
void python_write_bytes(struct buffer *out, struct slice bytes);

/** Appends repr(): None, True, 1.5, 'text', ['a'], {'k': 1}. */
void python_write_repr(struct buffer *out, const json_t *value);

/** Appends str(): as repr(), but a string as it is. */
void python_write_text(struct buffer *out, const json_t *value);

/** Without the white space at both ends, as str.strip(): Unicode's, and what separates records in ASCII. */
struct slice python_strip(struct slice text);

/** The same at the start alone, as str.lstrip(). */
struct slice python_strip_left(struct slice text);

/** "int", "str", "NoneType", "bool", "float", "list" or "dict". */
const char *python_type_name(const json_t *value);

/**
 * What the system refused, as OSError prints it: "[Errno 2] No such file or directory: 'NAME'", of ERROR_INTERNAL.
 * @param number of errno.
 * @return false always.
 */
bool python_fail_system(int number, const char *name, struct error *error);

#endif
