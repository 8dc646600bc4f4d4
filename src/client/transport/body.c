// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/body.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

json_t *body_read(struct slice body, struct buffer *reason)
{
    ERROR_AUTO error = {0};
    size_t valid = text_utf8_valid(body);
    if (valid < body.size) {
        if (reason != NULL)
            buffer_append_format(reason, "its byte %zu is no UTF-8", valid + 1);
        return NULL;
    }
    if (slice_trim(body).size == 0) {
        if (reason != NULL)
            buffer_append_text(reason, "it is empty");
        return NULL;
    }
    json_t *value = json_parse(body, &error);
    if (value == NULL && reason != NULL)
        buffer_append_format(reason, "it is no JSON: %s", error.message);
    return value;
}

void body_refuse_type(const json_t *value, struct buffer *reason)
{
    const char *name = "a number";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        name = "an object";
        break;
    case JSON_ARRAY:
        name = "a list";
        break;
    case JSON_STRING:
        name = "a string";
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        name = "a boolean";
        break;
    case JSON_NULL:
        name = "null";
        break;
    case JSON_INTEGER:
    case JSON_REAL:
        break;
    }
    buffer_append_format(reason, "there is %s in its JSON where an object should be", name);
}
