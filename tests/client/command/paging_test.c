// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Listings over several pages, against a service of seven entries, three a page; as the AWS CLI lists them. */
#include "base/json.h"
#include "client/command/paging.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ENTRIES 7
#define PAGE 3

static const struct api_paginator paginator = {
    .input_token = "nextToken", .output_token = "nextToken", .limit_key = "maxResults", .result_key = "domains"};

/** The service: what it was asked, and how it misbehaves. */
struct service {
    struct buffer asked;
    bool circular;
    bool failing;
};

static bool answer(void *context, const json_t *input, json_t **output, struct error *error)
{
    struct service *service = context;
    json_write(&service->asked, input, 0);
    if (service->failing && json_object_get(input, "nextToken") != NULL)
        return error_set(error, ERROR_SERVICE, "X", "no more");
    const char *token = json_string_value(json_object_get(input, "nextToken"));
    json_int_t start = token != NULL ? token[0] - '0' : 0;
    json_t *limit = json_object_get(input, "maxResults");
    json_int_t end = start + (limit != NULL ? json_integer_value(limit) : PAGE);
    json_t *list = json_array();
    for (json_int_t i = start; i < end && i < ENTRIES; i++)
        (void)json_array_append_new(list, json_integer(i));
    *output = json_pack("{so}", "domains", list);
    if (end < ENTRIES)
        (void)json_object_set_new(*output, "nextToken", json_pack("s", (char[]){(char)('0' + end), '\0'}));
    if (service->circular)
        (void)json_object_set_new(*output, "nextToken", json_string("0"));
    return true;
}

struct listing {
    const char *starting_token;
    int max_items; /**< Below 0: no limit. */
    int page_size; /**< 0: the service's. */
    const char *asked;
    const char *result;
};

static const struct listing listings[] = {
    {NULL, -1, 0, "{}{\"nextToken\":\"3\"}{\"nextToken\":\"6\"}", "{\"domains\":[0,1,2,3,4,5,6]}"},
    // {"nextToken": null, "boto_truncate_amount": 2}
    {NULL, 2, 0, "{}",
     "{\"domains\":[0,1],\"NextToken\":\"eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==\"}"},
    // {"nextToken": "3"}
    {NULL, 3, 0, "{}", "{\"domains\":[0,1,2],\"NextToken\":\"eyJuZXh0VG9rZW4iOiAiMyJ9\"}"},
    // {"nextToken": "3", "boto_truncate_amount": 1}
    {NULL, 4, 0, "{}{\"nextToken\":\"3\"}",
     "{\"domains\":[0,1,2,3],\"NextToken\":\"eyJuZXh0VG9rZW4iOiAiMyIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9\"}"},
    {NULL, 7, 0, "{}{\"nextToken\":\"3\"}{\"nextToken\":\"6\"}", "{\"domains\":[0,1,2,3,4,5,6]}"},
    {NULL, -1, 5, "{\"maxResults\":5}{\"maxResults\":5,\"nextToken\":\"5\"}", "{\"domains\":[0,1,2,3,4,5,6]}"},
    {"eyJuZXh0VG9rZW4iOiAiMyJ9", -1, 0, "{\"nextToken\":\"3\"}{\"nextToken\":\"6\"}", "{\"domains\":[3,4,5,6]}"},
    {"eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAyfQ==", 1, 0, "{}",
     "{\"domains\":[2],\"NextToken\":\"eyJuZXh0VG9rZW4iOiAiMyJ9\"}"},
    {"eyJuZXh0VG9rZW4iOiAiMyIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9", -1, 0,
     "{\"nextToken\":\"3\"}{\"nextToken\":\"6\"}", "{\"domains\":[4,5,6]}"},
    {"6", -1, 0, "{\"nextToken\":\"6\"}", "{\"domains\":[6]}"},
    {"3___2", -1, 0, "{\"nextToken\":\"3\"}{\"nextToken\":\"6\"}", "{\"domains\":[5,6]}"},
    {"None___6", -1, 7, "{\"maxResults\":7}", "{\"domains\":[6]}"},
};

static void listings_go_on(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
        const struct listing *listing = &listings[i];
        ERROR_AUTO error = {0};
        PAGING_AUTO result = {0};
        struct service service = {0};
        JSON_AUTO *input = json_object();
        JSON_AUTO *size = listing->page_size > 0 ? json_integer(listing->page_size) : NULL;
        struct paging_request request = {.paginator = &paginator,
                                         .starting_token = listing->starting_token,
                                         .limited = listing->max_items >= 0,
                                         .max_items = listing->max_items,
                                         .page_size = size};
        assert_true(paging_collect(&request, input, answer, &service, &result, &error));
        JSON_AUTO *whole = paging_merge(&request, &result);
        BUFFER_AUTO text = {0};
        json_write(&text, whole, 0);
        assert_string_equal(buffer_text(&service.asked), listing->asked);
        assert_string_equal(buffer_text(&text), listing->result);
        assert_int_equal(json_object_size(input), 0);
        buffer_free(&service.asked);
    }
}

/** A stream shows each page as it was answered, but for what max_items cut. */
static void answers_are_kept_whole(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    PAGING_AUTO result = {0};
    struct service service = {0};
    JSON_AUTO *input = json_object();
    struct paging_request request = {.paginator = &paginator, .limited = true, .max_items = 4};
    assert_true(paging_collect(&request, input, answer, &service, &result, &error));
    BUFFER_AUTO text = {0};
    json_write(&text, result.answers, 0);
    assert_string_equal(buffer_text(&text), "[{\"domains\":[0,1,2],\"nextToken\":\"3\"},{\"domains\":[3],\"nextToken\":"
                                            "\"6\"}]");
    buffer_free(&service.asked);
}

static void failures_end_a_listing(void **state)
{
    static const struct {
        struct service service;
        const char *message;
    } cases[] = {
        {{.failing = true}, "no more"},
        {{.circular = true}, "Error during pagination: The same next token was received twice: {'nextToken': '0'}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ERROR_AUTO error = {0};
        PAGING_AUTO result = {0};
        struct service service = cases[i].service;
        JSON_AUTO *input = json_object();
        struct paging_request request = {.paginator = &paginator};
        assert_false(paging_collect(&request, input, answer, &service, &result, &error));
        assert_string_equal(error.message, cases[i].message);
        buffer_free(&service.asked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listings_go_on),
        cmocka_unit_test(answers_are_kept_whole),
        cmocka_unit_test(failures_end_a_listing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
