// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/http.h"

#include <string.h>

struct slice http_header(const struct http_request *request, const char *name)
{
    struct slice wanted = slice_of(name);
    for (size_t i = 0; i < request->message.header_count; i++)
        if (slice_equal_nocase(request->message.headers[i].name, wanted))
            return request->message.headers[i].value;
    return (struct slice){NULL, 0};
}

void http_add_field(struct http_response *response, const char *name, struct slice value)
{
    buffer_append(&response->fields, name, strlen(name) + 1);
    size_t start = response->fields.size;
    buffer_append(&response->fields, value.data, value.size);
    char *copy = response->fields.data + start;
    for (size_t i = 0; i < value.size; i++)
        copy[i] = (unsigned char)(copy[i] - ' ') > '~' - ' ' ? '?' : copy[i];
    buffer_append_char(&response->fields, '\0');
}
