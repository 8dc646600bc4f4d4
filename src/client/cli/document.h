// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** --cli-input-json and --cli-input-yaml: a whole input as one document. */
#ifndef JETON_CLIENT_CLI_DOCUMENT_H
#define JETON_CLIENT_CLI_DOCUMENT_H

#include "client/cli/operation_options.h"
#include "client/settings.h"
#include "client/yaml/yaml.h"

#include <jansson.h>

/**
 * Reads the document that the options name, if any.
 * @param foreign told, with CONTEXT, of each value that JSON cannot hold.
 * @param out     a new object; left alone when no document was given.
 * @param error   ERROR_PARAMETER in the AWS CLI's words (section 4 of the reference), or as yaml_read().
 */
bool document_read(const struct operation_options *options, environment_function *environment,
                   yaml_foreign_function *foreign, void *context, json_t **out, struct error *error);

/**
 * Reads a document's text.
 * @return a new object, or NULL with ERROR_PARAMETER.
 */
json_t *document_parse(struct slice text, struct error *error);

/** The same of YAML; fails also as yaml_read(). */
json_t *document_parse_yaml(struct slice text, yaml_foreign_function *foreign, void *context, struct error *error);

#endif
