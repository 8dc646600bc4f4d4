// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The compliance tests of JMESPath, all of them, with their errors. */
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "client/jmespath/jmespath.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *vectors;

static const char *const files[] = {"basic",     "benchmarks",  "boolean", "current", "escape",      "filters",
                                    "functions", "identifiers", "indices", "literal", "multiselect", "pipe",
                                    "slice",     "syntax",      "unicode", "wildcard"};

/** How each error of the suite begins in ours; a compiled expression can only fail at the ones that have words. */
static const struct {
    const char *name;
    const char *words; // NULL: it does not compile
} errors[] = {
    {"syntax", NULL},
    {"invalid-type", "In function "},
    {"invalid-value", "slice step cannot be zero"},
    {"invalid-arity", "Expected "},
    {"unknown-function", "Unknown function: "},
};

static void check_error(const char *name, const struct jmespath *compiled, const json_t *found,
                        const struct error *error)
{
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        if (strcmp(errors[i].name, name) != 0)
            continue;
        assert_null(found);
        assert_int_equal(compiled != NULL, errors[i].words != NULL);
        assert_int_equal(error->class, errors[i].words != NULL ? ERROR_INTERNAL : ERROR_PARAMETER);
        if (errors[i].words != NULL)
            assert_true(slice_starts_with(slice_of(error->message), slice_of(errors[i].words)));
        return;
    }
    fail_msg("%s: an error that is not known", name);
}

static void check_case(json_t *given, const json_t *test)
{
    ERROR_AUTO error = {0};
    struct jmespath *compiled = jmespath_compile(json_member_text(test, "expression"), &error);
    JSON_AUTO *found = compiled != NULL ? jmespath_search(compiled, given, &error) : NULL;
    const char *wanted = json_string_value(json_object_get(test, "error"));
    if (wanted != NULL)
        check_error(wanted, compiled, found, &error);
    else if (found == NULL)
        fail_msg("%s: %s", json_string_value(json_object_get(test, "expression")), error.message);
    else if (json_object_get(test, "result") != NULL && !json_equal(found, json_object_get(test, "result")))
        fail_msg("%s: another result", json_string_value(json_object_get(test, "expression")));
    jmespath_free(compiled);
}

static void compliance(void **state)
{
    (void)state;
    size_t count = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        BUFFER_AUTO text = {0};
        BUFFER_AUTO path = {0};
        buffer_append_format(&path, "%s/jmespath/%s.json", vectors, files[i]);
        assert_int_equal(file_read(buffer_text(&path), 1 << 20, &text, NULL), FILE_READ);
        JSON_AUTO *suites = json_parse(buffer_slice(&text), NULL);
        size_t at;
        json_t *suite;
        json_array_foreach(suites, at, suite)
        {
            const json_t *tests = json_object_get(suite, "cases");
            for (size_t k = 0; k < json_array_size(tests); k++, count++)
                check_case(json_object_get(suite, "given"), json_array_get(tests, k));
        }
    }
    assert_true(count > 680);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(compliance)};
    vectors = count > 1 ? arguments[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
