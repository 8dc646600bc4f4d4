// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Policies: what is taken, and what is refused, in whose words and where. */
#include "base/file.h"
#include "base/json.h"
#include "service/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define TABLE_SIZE_MAX ((size_t)1 << 20)

static const char *table_path;

static const char *const kind_names[POLICY_KINDS] = {"identity", "resource", "trust", "boundary", "session", "token"};

static enum policy_kind kind_of(const char *name)
{
    size_t kind = 0;
    while (strcmp(kind_names[kind], name) != 0)
        kind++;
    return (enum policy_kind)kind;
}

static void run_document(const char *kind, struct slice document, const char *message)
{
    ERROR_AUTO error = {0};
    struct policy *policy = policy_parse(kind_of(kind), document, POLICY_SIZE_MAX, &error);
    policy_free(policy);
    if ((policy == NULL) != (message != NULL))
        fail_msg("%.*s: %s", SLICE_ARGS(document), policy == NULL ? error.message : "taken");
    if (message == NULL)
        return;
    assert_int_equal(error.class, ERROR_PARAMETER);
    assert_string_equal(error.code, "MalformedPolicyDocument");
    if (strncmp(error.message, message, strlen(message)) != 0)
        fail_msg("%.*s: %s, expected %s", SLICE_ARGS(document), error.message, message);
}

/** The table has a line for each document: its kind, itself, and how the refusal starts, or null when it is taken. */
static void test_documents(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    ERROR_AUTO error = {0};
    if (file_read(table_path, TABLE_SIZE_MAX, &text, &error) != FILE_READ)
        fail_msg("%s", error.message);
    JSON_AUTO *table = json_parse(buffer_slice(&text), &error);
    assert_true(json_array_size(table) > 100);
    for (size_t i = 0; i < json_array_size(table); i++) {
        const json_t *line = json_array_get(table, i);
        const json_t *document = json_array_get(line, 1);
        run_document(json_string_value(json_array_get(line, 0)),
                     (struct slice){json_string_value(document), json_string_length(document)},
                     json_string_value(json_array_get(line, 2)));
    }
}

/** A document of so many statements, filled up with blanks. */
static struct policy *parse_statements(enum policy_kind kind, size_t count, size_t blanks, size_t size_max,
                                       struct error *error)
{
    BUFFER_AUTO document = {0};
    buffer_append_text(&document, "{\"Statement\":[");
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&document, "%s%s", i == 0 ? "" : ",",
                             "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}");
    buffer_append_text(&document, "]}");
    while (document.size < blanks)
        buffer_append_char(&document, ' ');
    return policy_parse(kind, buffer_slice(&document), size_max, error);
}

/** White space does not count; the bytes that are read at all are bounded too. */
static void test_sizes(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    struct policy *policy = parse_statements(POLICY_IDENTITY, 1000, POLICY_SIZE_MAX, POLICY_SIZE_MAX, NULL);
    assert_non_null(policy);
    assert_int_equal(policy_statement_count(policy), 1000);
    policy_free(policy);
    policy = parse_statements(POLICY_IDENTITY, 1, 10000, 62, NULL);
    assert_non_null(policy);
    policy_free(policy);
    assert_null(parse_statements(POLICY_IDENTITY, 1, 0, 61, &error));
    assert_string_equal(error.code, "LimitExceeded");
    assert_string_equal(error.message, "Cannot exceed quota for PolicySize: 61");
    assert_null(parse_statements(POLICY_TRUST, 100, 0, POLICY_SIZE_TRUST, &error));
    assert_string_equal(error.message, "Cannot exceed quota for ACLSizePerRole: 2048");
    assert_null(parse_statements(POLICY_IDENTITY, 1, POLICY_SIZE_MAX + 1, SIZE_MAX, &error));
    assert_string_equal(error.message, "Cannot exceed quota for PolicySize: 131072");
}

int main(int argc, char **argv)
{
    assert_int_equal(argc, 2);
    table_path = argv[1];
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_documents), cmocka_unit_test(test_sizes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
