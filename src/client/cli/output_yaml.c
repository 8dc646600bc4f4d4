// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "client/cli/output.h"
#include "client/yaml/yaml.h"

#include <stdint.h>

bool output_write_yaml(struct buffer *out, const json_t *value, struct error *error)
{
    if (json_is_object(value) || json_is_array(value))
        return (json_is_object(value) && json_object_size(value) == 0) || yaml_write(out, value, error);
    // YAML would end a document that is one plain scalar with dots, so the AWS CLI takes JSON for it.
    json_write(out, value, 0);
    buffer_append_char(out, '\n');
    return true;
}

bool output_write_yaml_item(struct buffer *out, const json_t *page, struct error *error)
{
    // The list holds the page for as long as it is written; the page itself is not changed.
    JSON_AUTO *list = json_array();
    (void)json_array_append(list, (json_t *)(uintptr_t)page);
    return yaml_write(out, list, error);
}
