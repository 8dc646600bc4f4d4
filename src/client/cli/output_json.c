// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "client/cli/output.h"

#define INDENT 4

void output_write_json(struct buffer *out, const json_t *value)
{
    if (json_is_object(value) && json_object_size(value) == 0)
        return;
    json_write(out, value, INDENT);
    buffer_append_char(out, '\n');
}
