// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/http.h"

struct slice http_header(const struct http_request *request, const char *name)
{
    struct slice wanted = slice_of(name);
    for (size_t i = 0; i < request->message.header_count; i++)
        if (slice_equal_nocase(request->message.headers[i].name, wanted))
            return request->message.headers[i].value;
    return (struct slice){NULL, 0};
}
