// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The list of options that people are shown, and the options that the parsers know, are the same. */
#include "client/cli/globals.h"
#include "client/cli/manual.h"
#include "client/cli/operation_options.h"
#include "client/cli/option_list.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/** Parsed by itself, an option is known, takes a value or none as the list says, and has the listed choices. */
static void check_row(const struct api_operation *operation, const struct option_row *row)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct operation_options parsed;
    const char *value = row->choices != NULL ? row->choices[0] : "1";
    // The word of a skeleton lifts what else is required.
    const char *const words[] = {row->name, row->value != NULL ? value : "--generate-cli-skeleton",
                                 "--generate-cli-skeleton"};
    struct words line = {words, row->value != NULL ? 3 : 2};
    if (strcmp(row->name, "--generate-cli-skeleton") == 0)
        line.count = 1;
    if (!operation_options_parse(operation, line, arena, &parsed, &error))
        fail_msg("%s %s: %s", operation->cli_name, row->name, error.message);
}

/** How many options the parser has. */
static size_t count_known(const struct api_operation *operation)
{
    size_t count = operation->paginator == NULL ? 3 : operation->paginator->limit_key != NULL ? 6 : 5;
    for (size_t i = 0; i < operation->input->member_count; i++)
        count += operation->input->members[i].shape->type == API_BOOLEAN ? 2 : 1;
    return count;
}

static void operations(void **state)
{
    (void)state;
    for (const struct api_service *const *service = api_services; *service != NULL; service++)
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++) {
            ARENA_AUTO *arena = arena_new();
            size_t count;
            const struct option_row *rows = option_list_operation(*at, arena, &count);
            assert_int_equal(count, count_known(*at));
            for (size_t i = 0; i < count; i++)
                check_row(*at, &rows[i]);
        }
}

/** The command line takes --cached before the parser sees it, under our own name. */
static void our_own_option(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    const struct api_operation *operation = api_find_operation(api_services[0], SLICE("get-authorization-token"));
    size_t count;
    size_t ours;
    (void)option_list_operation(operation, arena, &count);
    const struct option_row *rows = option_list_operation(api_widest(operation), arena, &ours);
    assert_true(ours > count);
    assert_string_equal(rows[ours - 1].name, CACHED_OPTION);
}

static void globals(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    size_t count;
    const struct option_row *rows = option_list_globals(arena, &count);
    assert_int_equal(count, global_option_count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(rows[i].name, global_options[i].name);
}

static void manuals_hold_every_option(void **state)
{
    (void)state;
    const struct api_operation *operation = api_find_operation(api_services[0], SLICE("get-repository-endpoint"));
    BUFFER_AUTO page = {0};
    manual_write(&page, operation);
    assert_non_null(strstr(buffer_text(&page), "\n.SH NAME\njeton\\-get\\-repository\\-endpoint \\- "));
    assert_non_null(strstr(buffer_text(&page), "\n.BI \"\\-\\-format \" \"VALUE\"\n"));
    assert_non_null(strstr(buffer_text(&page), "\nOne of\n.BR npm ,\n"));
    assert_non_null(strstr(buffer_text(&page), "\n.B repositoryEndpoint\n"));
    assert_non_null(strstr(buffer_text(&page), "\n.B ResourceNotFoundException\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operations),
        cmocka_unit_test(our_own_option),
        cmocka_unit_test(globals),
        cmocka_unit_test(manuals_hold_every_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
