// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/paging.h"
#include "base/bytes.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "client/python.h"

#include <stdlib.h>
#include <string.h>

#define TRUNCATED "boto_truncate_amount"

/** The walk through the pages. */
struct walk {
    const struct paging_request *request;
    json_t *input; /**< Owned; changes from call to call. */
    json_t *token; /**< Owned: what leads to the page at hand; NULL: it is the first. */
    int64_t skip;  /**< Elements of the first page that an earlier listing has shown. */
    int64_t total;
    struct paging_result *out;
};

static const struct api_paginator *paginator_of(const struct walk *walk)
{
    return walk->request->paginator;
}

/** Splits "TOKEN___5", the form of very old versions; any other text is the service's own token. */
static json_t *read_old_token(const char *text, int64_t *skip)
{
    const char *mark = strstr(text, "___");
    if (mark == NULL || strstr(mark + 3, "___") != NULL || !text_parse_integer(slice_of(mark + 3), skip))
        return json_string(text);
    return json_stringn(text, (size_t)(mark - text));
}

/** Reads a starting token: the service's token, and how many elements of its page to leave out. */
static json_t *read_token(const struct api_paginator *paginator, const char *text, int64_t *skip)
{
    BUFFER_AUTO decoded = {0};
    JSON_AUTO *object = NULL;
    if (text_base64_decode(slice_of(text), &decoded))
        object = json_parse(buffer_slice(&decoded), NULL);
    if (!json_is_object(object))
        return read_old_token(text, skip);
    *skip = json_integer_value(json_object_get(object, TRUNCATED));
    json_t *token = json_object_get(object, paginator->input_token);
    return token != NULL ? json_incref(token) : json_null();
}

/** Spells the token that leads back to TOKEN's page, SKIP elements in (below 0: at its start). */
static char *write_token(const struct api_paginator *paginator, const json_t *token, int64_t skip)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO encoded = {0};
    buffer_append_format(&text, "{\"%s\": ", paginator->input_token);
    if (json_is_string(token))
        json_write_string(&text, (struct slice){json_string_value(token), json_string_length(token)});
    else
        buffer_append_text(&text, "null");
    if (skip >= 0)
        buffer_append_format(&text, ", \"" TRUNCATED "\": %lld", (long long)skip);
    buffer_append_char(&text, '}');
    text_base64_encode(&encoded, text.data, text.size);
    return buffer_take(&encoded);
}

/** Puts the token into the next call's input; the word None stands for no token, as it always did. */
static void inject(struct walk *walk)
{
    const char *name = paginator_of(walk)->input_token;
    const char *text = json_string_value(walk->token);
    if (text != NULL && strcmp(text, "None") != 0)
        (void)json_object_set(walk->input, name, walk->token);
    else
        (void)json_object_del(walk->input, name);
}

static void begin(struct walk *walk)
{
    const struct paging_request *request = walk->request;
    if (request->starting_token != NULL) {
        walk->token = read_token(paginator_of(walk), request->starting_token, &walk->skip);
        inject(walk);
    }
    if (request->page_size != NULL && paginator_of(walk)->limit_key != NULL)
        (void)json_object_set(walk->input, paginator_of(walk)->limit_key, request->page_size);
}

/** The elements of a list from START up to END. A new reference. */
static json_t *part_of(const json_t *list, size_t start, size_t end)
{
    json_t *part = json_array();
    for (size_t i = start; i < end && i < json_array_size(list); i++)
        (void)json_array_append(part, json_array_get(list, i));
    return part;
}

/** Keeps of a page what is wanted; true when max_items cut it. */
static bool keep_page(struct walk *walk, json_t *output)
{
    const struct paging_request *request = walk->request;
    json_t *found = json_object_get(output, paginator_of(walk)->result_key);
    size_t size = json_array_size(found);
    size_t start = walk->skip <= 0 ? 0 : (uint64_t)walk->skip > size ? size : (size_t)walk->skip;
    size_t available = size - start;
    size_t kept = available;
    if (request->limited && walk->total + (int64_t)available > request->max_items)
        kept = request->max_items > walk->total ? (size_t)(request->max_items - walk->total) : 0;
    json_t *page = json_object();
    if (found != NULL)
        (void)json_object_set_new(page, paginator_of(walk)->result_key, part_of(found, start, start + kept));
    (void)json_array_append_new(walk->out->pages, page);
    json_t *answer = json_copy(output);
    (void)json_object_update(answer, page);
    (void)json_array_append_new(walk->out->answers, answer);
    walk->total += (int64_t)kept;
    if (kept == available)
        return false;
    walk->out->resume_token = write_token(paginator_of(walk), walk->token, (int64_t)(start + kept));
    return true;
}

static bool refuse_circle(const struct walk *walk, struct error *error)
{
    BUFFER_AUTO token = {0};
    python_write_repr(&token, walk->token);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Error during pagination: The same next token was received twice: {'%s': %s}",
                     paginator_of(walk)->input_token, buffer_text(&token));
}

/** Moves on to the page after OUTPUT; false at the end, with the error set when the service goes in circles. */
static bool advance(struct walk *walk, json_t *output, bool first, struct error *error)
{
    const struct paging_request *request = walk->request;
    json_t *next = json_object_get(output, paginator_of(walk)->output_token);
    if (!json_is_string(next) || json_string_length(next) == 0)
        return false;
    if (request->limited && walk->total == request->max_items) {
        walk->out->resume_token = write_token(paginator_of(walk), next, -1);
        return false;
    }
    if (!first && json_equal(next, walk->token))
        return refuse_circle(walk, error);
    json_decref(walk->token);
    walk->token = json_incref(next);
    walk->skip = 0;
    inject(walk);
    return true;
}

bool paging_collect(const struct paging_request *request, const json_t *input, paging_call *call, void *context,
                    struct paging_result *out, struct error *error)
{
    struct walk walk = {.request = request, .input = json_copy((json_t *)(uintptr_t)input), .out = out};
    *out = (struct paging_result){.pages = json_array(), .answers = json_array()};
    begin(&walk);
    ERROR_AUTO circle = {0};
    bool good = true;
    bool more = true;
    for (bool first = true; good && more; first = false) {
        JSON_AUTO *output = NULL;
        good = call(context, walk.input, &output, error);
        more = good && !keep_page(&walk, output) && advance(&walk, output, first, &circle);
    }
    if (circle.class != ERROR_NONE)
        good = error_move(error, &circle);
    json_decref(walk.input);
    json_decref(walk.token);
    return good;
}

void paging_begin(const struct paging_request *request, json_t *input)
{
    struct walk walk = {.request = request, .input = input};
    begin(&walk);
    json_decref(walk.token);
}

json_t *paging_merge(const struct paging_request *request, const struct paging_result *result)
{
    json_t *merged = json_object();
    for (size_t i = 0; i < json_array_size(result->pages); i++) {
        json_t *found = json_object_get(json_array_get(result->pages, i), request->paginator->result_key);
        json_t *all = json_object_get(merged, request->paginator->result_key);
        if (found != NULL && all == NULL)
            (void)json_object_set_new(merged, request->paginator->result_key, json_copy(found));
        else if (found != NULL)
            (void)json_array_extend(all, found);
    }
    if (result->resume_token != NULL)
        (void)json_object_set_new(merged, "NextToken", json_string(result->resume_token));
    return merged;
}

void paging_free(struct paging_result *result)
{
    json_decref(result->pages);
    json_decref(result->answers);
    free(result->resume_token);
    *result = (struct paging_result){0};
}
