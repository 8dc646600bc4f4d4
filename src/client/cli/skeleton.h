// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** --generate-cli-skeleton: an example of an operation's input or output. */
#ifndef JETON_CLIENT_CLI_SKELETON_H
#define JETON_CLIENT_CLI_SKELETON_H

#include "api/api.h"
#include "base/bytes.h"

#include <jansson.h>

/** The input to fill in: empty texts, first choices, zeros. A new reference. */
json_t *skeleton_input(const struct api_shape *shape);

/**
 * Appends the same input as YAML, with what each member is for behind it. The AWS CLI has the same layout, and the
 * service's description in the place of our text.
 */
void skeleton_write_yaml(struct buffer *out, const struct api_shape *shape);

/**
 * An answer made up: texts are their members' names. A new reference.
 * @param moment the text for timestamps: "1970-01-01T00:00:00", or with a blank for text and tables.
 */
json_t *skeleton_output(const struct api_shape *shape, const char *moment);

#define SKELETON_MOMENT "1970-01-01T00:00:00"
#define SKELETON_MOMENT_TEXT "1970-01-01 00:00:00"

#endif
