// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/document.h"
#include "base/json.h"
#include "client/cli/paramfile.h"
#include "client/python.h"

/** What is told of values that JSON lacks, on its way through. */
struct passing {
    yaml_foreign_function *foreign;
    void *context;
    const json_t *place; // of the last one
    const char *type;
};

static json_t *require_map(json_t *document, const char *option, const char *type, struct error *error)
{
    if (json_is_object(document))
        return document;
    (void)error_set(error, ERROR_PARAMETER, NULL,
                    "Error parsing parameter '%s': Invalid type: expecting map, received <class '%s'>", option, type);
    json_decref(document);
    return NULL;
}

json_t *document_parse(struct slice text, struct error *error)
{
    json_t *document = json_parse(text, NULL);
    if (document != NULL)
        return require_map(document, "--cli-input-json", python_type_name(document), error);
    (void)error_set(error, ERROR_PARAMETER, NULL, "Error parsing parameter 'cli-input-json': Invalid JSON received.");
    return NULL;
}

static void pass_on(void *context, const json_t *place, struct slice text, const char *type)
{
    struct passing *passing = context;
    passing->place = place;
    passing->type = type;
    passing->foreign(passing->context, place, text, type);
}

json_t *document_parse_yaml(struct slice text, yaml_foreign_function *foreign, void *context, struct error *error)
{
    struct passing passing = {.foreign = foreign, .context = context};
    ERROR_AUTO failure = {0};
    json_t *document = yaml_read(text, pass_on, &passing, &failure);
    if (document != NULL)
        return require_map(document, "--cli-input-yaml",
                           passing.place == document ? passing.type : python_type_name(document), error);
    if (failure.class == ERROR_PARAMETER)
        (void)error_prefix(&failure, "Error parsing parameter 'cli-input-yaml'");
    (void)error_move(error, &failure);
    return NULL;
}

bool document_read(const struct operation_options *options, environment_function *environment,
                   yaml_foreign_function *foreign, void *context, json_t **out, struct error *error)
{
    const char *json = argument_value(options->input_json);
    const char *yaml = argument_value(options->input_yaml);
    if (json != NULL && yaml != NULL)
        return error_set(error, ERROR_PARAMETER, NULL, "Only one --cli-input- parameter may be specified.");
    if (json == NULL && yaml == NULL)
        return true;
    const struct argument *option = json != NULL ? options->input_json : options->input_yaml;
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind;
    if (!paramfile_read(option->name, argument_value(option), environment, &text, &kind, error))
        return false;
    *out = json != NULL ? document_parse(buffer_slice(&text), error)
                        : document_parse_yaml(buffer_slice(&text), foreign, context, error);
    return *out != NULL;
}
