// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/paging.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

#define PAGE_DEFAULT 100

bool paging_refuse(struct error *error)
{
    (void)error_set(error, ERROR_PARAMETER, "ValidationError",
                    "The value of nextToken is not one that this service gave");
    if (error != NULL)
        error->details = json_pack("{s:s}", "reason", "FIELD_VALIDATION_FAILED");
    return false;
}

bool paging_read(const struct operation_call *call, struct store_page *page, size_t *wanted, struct error *error)
{
    const json_t *limit = json_object_get(call->input, "maxResults");
    *wanted = limit == NULL ? PAGE_DEFAULT : (size_t)json_integer_value(limit);
    page->limit = (int64_t)*wanted + 1;
    struct slice token = json_member_text(call->input, "nextToken");
    if (token.data == NULL)
        return true;
    BUFFER_AUTO name = {0};
    if (!text_base64url_decode(token, &name) || name.size == 0 || strlen(name.data) != name.size ||
        text_utf8_valid(buffer_slice(&name)) != name.size)
        return paging_refuse(error);
    page->after = arena_copy(call->arena, name.data, name.size);
    return true;
}

void paging_add_token(json_t *output, const char *last)
{
    BUFFER_AUTO token = {0};
    text_base64url_encode(&token, last, strlen(last));
    (void)json_object_set_new(output, "nextToken", json_string(buffer_text(&token)));
}
