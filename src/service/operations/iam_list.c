// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Listings of IAM in pages. A marker is the base64url form of what the last entry of a page is told apart by: it says
 * nothing that the page did not, and stays good whatever happens to that entry.
 */
#include "service/operations/iam.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

#define PAGE_DEFAULT 100

size_t iam_page_size(const struct operation_call *call)
{
    const json_t *limit = json_object_get(call->input, "MaxItems");
    return limit == NULL ? PAGE_DEFAULT : (size_t)json_integer_value(limit);
}

bool iam_read_marker(const struct operation_call *call, const char **out, struct error *error)
{
    struct slice marker = json_member_text(call->input, "Marker");
    *out = NULL;
    if (marker.data == NULL)
        return true;
    BUFFER_AUTO text = {0};
    if (!text_base64url_decode(marker, &text) || text.size == 0 || strlen(text.data) != text.size ||
        text_utf8_valid(buffer_slice(&text)) != text.size)
        return error_set(error, ERROR_PARAMETER, "ValidationError", "Invalid Marker.");
    *out = arena_copy(call->arena, text.data, text.size);
    return true;
}

void iam_add_marker(json_t *output, const char *last)
{
    (void)json_object_set_new(output, "IsTruncated", json_boolean(last != NULL));
    if (last == NULL)
        return;
    BUFFER_AUTO marker = {0};
    text_base64url_encode(&marker, last, strlen(last));
    (void)json_object_set_new(output, "Marker", json_string(buffer_text(&marker)));
}

// ------------------------------------------------------------------ entities

/** Ids have no slash but those of providers, which are not listed in pages. */
static bool start_after(struct store_listing *list, const char *marker, struct arena *arena, struct error *error)
{
    if (marker == NULL)
        return true;
    struct slice rest = slice_of(marker);
    struct slice id;
    (void)slice_cut(&rest, '/', &id);
    if (rest.data == NULL)
        return error_set(error, ERROR_PARAMETER, "ValidationError", "Invalid Marker.");
    list->after_id = arena_copy(arena, id.data, id.size);
    list->after = arena_copy(arena, rest.data, rest.size);
    return true;
}

bool iam_list(const struct operation_call *call, struct store_listing *list, json_t *output,
              struct store_entity **items, size_t *count, struct error *error)
{
    size_t wanted = iam_page_size(call);
    const char *marker;
    list->limit = (int64_t)wanted + 1;
    list->path_prefix = operation_member_text(call, "PathPrefix");
    if (list->account == NULL)
        list->account = call->caller->principal->account;
    if (!iam_read_marker(call, &marker, error) || !start_after(list, marker, call->arena, error) ||
        !store_list_entities(call->desk->store, list, call->arena, items, count, error))
        return false;
    if (*count <= wanted) {
        iam_add_marker(output, NULL);
        return true;
    }
    *count = wanted;
    const struct store_entity *last = &(*items)[wanted - 1];
    iam_add_marker(output, arena_format(call->arena, "%s/%s", last->id, last->name));
    return true;
}

json_t *iam_list_described(const struct operation_call *call, struct store_listing *list, const char *member,
                           struct error *error)
{
    JSON_AUTO *output = json_object();
    struct store_entity *items = NULL;
    size_t count = 0;
    if (!iam_list(call, list, output, &items, &count, error))
        return NULL;
    json_t *described = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(described, iam_describe(call, &items[i], false));
    (void)json_object_set_new(output, member, described);
    return json_incref(output);
}

// ------------------------------------------------------------------ short lists

static const char *key_of(const json_t *list, size_t index, const char *key)
{
    const json_t *entry = json_array_get(list, index);
    return json_string_value(key == NULL ? entry : json_object_get(entry, key));
}

/** Where the page begins: behind the entry of the marker, or, when it is gone, where it would stand. */
static size_t find_start(const json_t *list, const char *key, const char *marker)
{
    size_t above = 0;
    for (size_t i = 0; marker != NULL && i < json_array_size(list); i++) {
        int order = strcmp(key_of(list, i, key), marker);
        if (order == 0)
            return i + 1;
        above += order < 0;
    }
    return above;
}

json_t *iam_page(const struct operation_call *call, json_t *list, const char *key, const char *member,
                 struct error *error)
{
    JSON_AUTO *whole = list;
    const char *marker;
    if (!iam_read_marker(call, &marker, error))
        return NULL;
    size_t size = json_array_size(whole);
    size_t start = find_start(whole, key, marker);
    size_t end = size - start > iam_page_size(call) ? start + iam_page_size(call) : size;
    json_t *page = json_array();
    for (size_t i = start; i < end; i++)
        (void)json_array_append(page, json_array_get(whole, i));
    json_t *output = json_pack("{s:o}", member, page);
    iam_add_marker(output, end < size ? key_of(whole, end - 1, key) : NULL);
    return output;
}
