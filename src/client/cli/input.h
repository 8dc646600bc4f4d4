// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * An operation's input from its options and from --cli-input-json or -yaml: what is sent, in the order in which it is
 * sent (options in model order, then what only the document has, in its order).
 */
#ifndef JETON_CLIENT_CLI_INPUT_H
#define JETON_CLIENT_CLI_INPUT_H

#include "api/api.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/operation_options.h"
#include "client/settings.h"

#include <jansson.h>

/** A value that JSON cannot hold: a number beyond 64 bits, the bytes of a `fileb://`, a date of YAML. */
struct input_literal {
    const json_t *place; /**< Stands for it among the values: a real number of its own, known by its address. */
    const char *text;    /**< As Python prints it: "99999999999999999999", "b'x'". */
    const char *type;    /**< Python's type: "int", "bytes", "datetime.date". */
    const struct input_literal *next;
};

/** All zero is empty; input_free() ends it. */
struct input {
    json_t *values;                       /**< Owned; keyed by member name. */
    const struct input_literal *literals; /**< In the arena. */
};

/**
 * Puts the input together.
 * @param arena for the literals.
 * @param error ERROR_PARAMETER ("Error parsing parameter '--tags': ..."), or ERROR_INTERNAL for a number that is
 *              none where the AWS CLI exits with 255.
 */
bool input_read(const struct operation_options *options, environment_function *environment, struct arena *arena,
                struct input *out, struct error *error);

/** The literal for which VALUE stands, or NULL. */
const struct input_literal *input_find_literal(const struct input *input, const json_t *value);

/**
 * What goes to the transport: the values, with each literal as its text in a string.
 * @return a new reference.
 */
json_t *input_wire(const struct input *input);

/** Frees what the input owns and makes it empty again. */
void input_free(struct input *input);
#define INPUT_AUTO __attribute__((cleanup(input_free))) struct input

#endif
