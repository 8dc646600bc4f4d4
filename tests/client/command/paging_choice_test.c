// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Who goes over the pages of a listing: the program, or the person by the service's own members. */
#include "base/json.h"
#include "base/memory.h"
#include "client/command/paging_choice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct choice {
    const char *words[6];
    bool no_paginate;
    const char *values;
    bool paged;
    const char *error; // NULL: none
    const char *left;  // the values after it; NULL: as they were
};

#define REFUSED "Cannot specify --no-paginate along with pagination arguments: "

static const struct choice choices[] = {
    {{NULL}, false, "{}", true, NULL, NULL},
    {{NULL}, true, "{}", false, NULL, NULL},
    {{"--max-items", "1"}, false, "{}", true, NULL, NULL},
    {{"--max-items", "1", "--starting-token", "x"}, true, "{}", false, REFUSED "--starting-token, --max-items", NULL},
    {{"--max-items", "1", "--page-size=2"}, true, "{}", false, REFUSED "--page-size, --max-items", NULL},
    {{"--next-token", ""}, false, "{\"nextToken\":\"\"}", false, NULL, NULL},
    {{"--max-results", "1", "--starting-token", "0"}, false, "{}", false, REFUSED "--starting-token", NULL},
    {{"--max-items", "00"}, true, "{}", false, NULL, "{\"PaginationConfig\":{}}"},
    {{"--starting-token="}, true, "{}", false, NULL, "{\"PaginationConfig\":{}}"},
    {{NULL}, false, "{\"maxResults\":2}", false, NULL, NULL},
    {{"--max-items", "1"}, false, "{\"nextToken\":null}", false, NULL, "{\"PaginationConfig\":{},\"nextToken\":null}"},
};

static void listings(void **state)
{
    (void)state;
    const struct api_service *service = api_find_service(SLICE("codeartifact"));
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const struct choice *choice = &choices[i];
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct operation_options options;
        size_t count = 0;
        bool paged;
        while (choice->words[count] != NULL)
            count++;
        assert_true(operation_options_parse(api_find_operation(service, SLICE("list-domains")),
                                            (struct words){choice->words, count}, arena, &options, &error));
        bool good = paging_choose_by_options(&options, choice->no_paginate, &paged, &error);
        assert_int_equal(good, choice->error == NULL);
        if (!good) {
            assert_string_equal(error.message, choice->error);
            continue;
        }
        JSON_AUTO *values = json_loads(choice->values, 0, NULL);
        JSON_AUTO *left = json_loads(choice->left == NULL ? choice->values : choice->left, 0, NULL);
        paging_choose_by_input(&options, values, &paged);
        assert_int_equal(paged, choice->paged);
        assert_true(json_equal(values, left));
    }
}

/** What is no listing is not paged, whatever its members are called. */
static void others(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct operation_options options;
    bool paged = true;
    const struct api_service *service = api_find_service(SLICE("sts"));
    JSON_AUTO *values = json_loads("{\"nextToken\":1}", 0, NULL);
    assert_true(operation_options_parse(api_find_operation(service, SLICE("get-caller-identity")), (struct words){0},
                                        arena, &options, &error));
    assert_true(paging_choose_by_options(&options, false, &paged, &error));
    paging_choose_by_input(&options, values, &paged);
    assert_false(paged);
    assert_int_equal(json_object_size(values), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(listings), cmocka_unit_test(others)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
