// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "client/cli/output.h"
#include "client/yaml/yaml.h"

#include <stdint.h>

/** A moment, of which the skeleton of an answer alone has some, is no text for YAML. */
static bool write_value(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error)
{
    return style->moments ? yaml_write_with_moments(out, value, error) : yaml_write(out, value, error);
}

bool output_write_yaml(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error)
{
    if (json_is_object(value) || json_is_array(value))
        return (json_is_object(value) && json_object_size(value) == 0) || write_value(out, style, value, error);
    // YAML would end a document that is one plain scalar with dots, so the AWS CLI takes JSON for it.
    json_write(out, value, 0);
    buffer_append_char(out, '\n');
    return true;
}

bool output_write_yaml_item(struct buffer *out, const struct output_style *style, const json_t *page,
                            struct error *error)
{
    // The list holds the page for as long as it is written; the page itself is not changed.
    JSON_AUTO *list = json_array();
    (void)json_array_append(list, (json_t *)(uintptr_t)page);
    return write_value(out, style, list, error);
}
