// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/document.h"
#include "base/json.h"
#include "client/cli/paramfile.h"
#include "client/python.h"

json_t *document_parse(struct slice text, struct error *error)
{
    json_t *document = json_parse(text, NULL);
    if (document == NULL) {
        (void)error_set(error, ERROR_PARAMETER, NULL,
                        "Error parsing parameter 'cli-input-json': Invalid JSON received.");
        return NULL;
    }
    if (json_is_object(document))
        return document;
    (void)error_set(error, ERROR_PARAMETER, NULL,
                    "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class '%s'>",
                    python_type_name(document));
    json_decref(document);
    return NULL;
}

bool document_read(const struct operation_options *options, environment_function *environment, json_t **out,
                   struct error *error)
{
    const char *json = argument_value(options->input_json);
    const char *yaml = argument_value(options->input_yaml);
    if (json != NULL && yaml != NULL)
        return error_set(error, ERROR_PARAMETER, NULL, "Only one --cli-input- parameter may be specified.");
    if (yaml != NULL)
        return error_set(error, ERROR_CONFIGURATION, "Configuration",
                         "--cli-input-yaml is not supported by this version; give the same document as JSON by "
                         "--cli-input-json");
    if (json == NULL)
        return true;
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind;
    if (!paramfile_read(options->input_json->name, json, environment, &text, &kind, error))
        return false;
    *out = document_parse(buffer_slice(&text), error);
    return *out != NULL;
}
