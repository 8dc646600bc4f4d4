// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the compliance tests do not say: Python's readings and error texts, order of keys, bounds. */
#include "base/json.h"
#include "base/memory.h"
#include "client/jmespath/jmespath.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/** Compact JSON, or the error text. */
static char *search(struct slice expression, const char *given)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO out = {0};
    JSON_AUTO *value = json_parse(slice_of(given), NULL);
    struct jmespath *compiled = jmespath_compile(expression, &error);
    JSON_AUTO *found = compiled != NULL ? jmespath_search(compiled, value, &error) : NULL;
    if (found != NULL)
        json_write(&out, found, 0);
    else
        buffer_append_text(&out, error.message);
    jmespath_free(compiled);
    return memory_copy(buffer_text(&out), out.size);
}

struct example {
    const char *expression;
    const char *given;
    const char *wanted;
};

static void check(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        MEMORY_AUTO char *found = search(slice_of(examples[i].expression), examples[i].given);
        assert_string_equal(found, examples[i].wanted);
    }
}

#define CHECK(examples) check(examples, sizeof(examples) / sizeof *(examples))

static void values(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"{b: a, a: b, b: c}", "{\"a\":1,\"b\":2,\"c\":3}", "{\"b\":3,\"a\":2}"},
        {"keys(@)", "{\"z\":1,\"a\":2}", "[\"z\",\"a\"]"},
        {"merge(@, `{\"z\": 3, \"y\": 4}`)", "{\"z\":1,\"a\":2}", "{\"z\":3,\"a\":2,\"y\":4}"},
        {"avg(@)", "[1,2,3]", "2.0"},
        {"[ceil(@), floor(@), abs(@)]", "-1.5", "[-1,-2,1.5]"},
        {"sum(@)", "[1,2.5]", "3.5"},
        {"sum(@)", "[9223372036854775807,1,-1]", "9223372036854775807"},
        {"sum(@)", "[9223372036854775807,1]", "9.223372036854776e+18"},
        {"abs(@)", "-9223372036854775808", "9.223372036854776e+18"},
        {"max(@)", "[9007199254740993,9007199254740992.0]", "9007199254740993"},
        {"@ == `9007199254740992.0`", "9007199254740993", "false"},
        {"[@ == `true`, contains([@], `true`), [@] == [`true`]]", "1", "[false,true,true]"},
        {"[!@, @ && 'x', @ || 'x']", "0", "[false,\"x\",0]"},
        {"map(&to_number(@), @)", "[\" 1_0 \",\"1e3\",\".5\",\"5.\",\"0x1\",\"nan\",\"inf\",\"1__0\",\"\",true,[]]",
         "[10,1000.0,0.5,5.0,null,null,null,null,null,null,null]"},
        {"to_string(@)", "{\"a\": [1.0, \"\xc3\xa9\xf0\x9f\x98\x80\x7f\"]}",
         "\"{\\\"a\\\":[1.0,\\\"\\\\u00e9\\\\ud83d\\\\ude00\\\\u007f\\\"]}\""},
        {"reverse(@)", "\"a\xc3\xa9\xf0\x9f\x98\x80\"",
         "\"\xf0\x9f\x98\x80\xc3\xa9"
         "a\""},
        {"length(@)", "\"a\xc3\xa9\xf0\x9f\x98\x80\"", "3"},
        {"[` foo `, `01`, ``, `\\``, `\"a\"`]", "1", "[\"foo \",\"01\",\"\",\"`\",\"a\"]"},
        {"'a\\'b\\\\n'", "1", "\"a'b\\\\\\\\n\""},
        {"[99999999999999999999]", "[1]", "null"},
        {"[-99999999999999999999:99999999999999999999:99999999999999999999]", "[1,2]", "[1]"},
        {"[::-99999999999999999999]", "[1,2]", "[2]"},
        {"sort_by(@, &a)[].b", "[{\"a\":2,\"b\":1},{\"a\":1,\"b\":2},{\"a\":2,\"b\":3},{\"a\":1.0,\"b\":4}]",
         "[2,4,1,3]"},
        {"[max_by(@, &a).b, min_by(@, &a).b]",
         "[{\"a\":2,\"b\":1},{\"a\":2,\"b\":2},{\"a\":1,\"b\":3},{\"a\":1,\"b\":4}]", "[1,3]"},
        {"{a: a b: b}", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2}"},
        {"not_null(a b,)", "{\"b\":2}", "2"},
        {"a[0][0:1].b", "{\"a\":[[{\"b\":1}]]}", "null"},
        {"\"\\u0000\"", "{}", "null"},
        {"type(&a)", "1", "null"},
    };
    CHECK(examples);
}

static void bad_expressions(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"", "1", "Invalid JMESPath expression: cannot be empty."},
        {" ", "1", "Invalid jmespath expression: Incomplete expression:\n\" \"\n  ^"},
        {"a b", "1",
         "Unexpected token: b: Parse error at column 2, token \"b\" (UNQUOTED_IDENTIFIER), for expression:\n\"a b\"\n  "
         " ^"},
        {"\xc3\xa9", "1", "Bad jmespath expression: Unknown token \xc3\xa9:\n\xc3\xa9\n^"},
        {"'\xc3\xa9' #", "1", "Bad jmespath expression: Unknown token #:\n'\xc3\xa9' #\n    ^"},
        {"a[", "1", "Invalid jmespath expression: Incomplete expression:\n\"a[\"\n   ^"},
        {"'a", "1", "Bad jmespath expression: Unclosed ' delimiter:\n'a\n^"},
        {"a.-1", "1",
         "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: number: Parse error at "
         "column 2, token \"-1\" (NUMBER), for expression:\n\"a.-1\"\n   ^"},
        {"\"a\\q\"", "1", "Bad jmespath expression: Invalid \\escape:\n\"a\\q\"\n^"},
        {"`\"a`", "1", "Bad jmespath expression: Bad token \"a:\n`\"a`\n^"},
        {"\"f\"()", "1",
         "Quoted identifier not allowed for function names.: Parse error at column 0, token \"(\" (LPAREN), for "
         "expression:\n\"\"f\"()\"\n ^"},
        {"[`{\"a\": null}`](", "1",
         "Invalid function name ']': Parse error at column 14, token \"]\" (RBRACKET), for "
         "expression:\n\"[`{\"a\": null}`](\"\n               ^"},
        {"`1` `[true]`", "1",
         "Unexpected token: [True]: Parse error at column 4, token \"[True]\" (LITERAL), for "
         "expression:\n\"`1` `[true]`\"\n     ^"},
    };
    CHECK(examples);
}

static void refused_arguments(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"nofn(a)", "1", "Unknown function: nofn()"},
        {"abs()", "1", "Expected 1 argument for function abs(), received 0"},
        {"join('')", "1", "Expected 2 arguments for function join(), received 1"},
        {"not_null()", "1", "Expected at least 1 argument for function not_null(), received 0"},
        {"length(@)", "1",
         "In function length(), invalid type for value: 1, expected one of: ['string', 'array', 'object'], received: "
         "\"number\""},
        {"sum(@)", "[1,null]",
         "In function sum(), invalid type for value: None, expected one of: ['array-number'], received: \"NoneType\""},
        {"sort(@)", "[\"a\",1]",
         "In function sort(), invalid type for value: 1, expected one of: ['array-string', 'array-number'], received: "
         "\"int\""},
        {"max(@)", "[{\"a\": \"b\"}]",
         "In function max(), invalid type for value: {'a': 'b'}, expected one of: ['array-number', 'array-string'], "
         "received: \"dict\""},
        {"sort_by(@, &a)", "[{\"a\": null}]",
         "In function sort_by(), invalid type for value: {'a': None}, expected one of: ['string', 'number'], received: "
         "\"null\""},
        {"sort_by(@, &@)", "[1, \"b\"]",
         "In function sort_by(), invalid type for value: b, expected one of: ['number'], received: \"string\""},
        {"max_by(@, &@)", "[1, \"b\"]", "'>' not supported between instances of 'str' and 'int'"},
        {"@ >= 'a'", "1.5", "'>=' not supported between instances of 'float' and 'str'"},
        {"contains(@, `1`)", "\"a\"", "'in <string>' requires string as left operand, not int"},
        {"[::0]", "[1]", "slice step cannot be zero"},
        {"sum(@)", "[1e308,1e308]", "In function sum(), the result is out of range"},
        {"&a", "1", "An expression reference (&) is no value; it can only be the argument of a function"},
    };
    CHECK(examples);
}

/** BEFORE and AFTER COUNT times around what stands in the middle. */
static char *search_repeated(const char *before, const char *middle, const char *after, size_t count)
{
    BUFFER_AUTO text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_text(&text, before);
    buffer_append_text(&text, middle);
    for (size_t i = 0; i < count; i++)
        buffer_append_text(&text, after);
    return search(buffer_slice(&text), "{\"a\":1}");
}

static void nesting(void **state)
{
    (void)state;
    static const char *const around[][2] = {{"(", ")"},   {"[", "]"},       {"!", ""},    {"{a:", "}"},
                                            {"", "|@"},   {"", "||b"},      {"", "==a"},  {"", "[]"},
                                            {"", "[*]"},  {"abs(", ")"},    {"", ".[@]"}, {"to_array([", "])"},
                                            {"a[?", "]"}, {"map(&", ",@)"}, {"", ".*"},   {"", "[:]"}};
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        MEMORY_AUTO char *deep = search_repeated(around[i][0], "a", around[i][1], 100000);
        assert_non_null(strstr(deep, " nested too deeply; at most "));
    }
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        MEMORY_AUTO char *shallow = search_repeated(around[i][0], "a", around[i][1], 400);
        assert_null(strstr(shallow, "too deeply"));
    }
    // What is long but not deep has no bound.
    MEMORY_AUTO char *chain = search_repeated("", "a", ".a", 100000);
    assert_string_equal(chain, "null");
    MEMORY_AUTO char *list = search_repeated("", "[a", ",a", 100000);
    assert_non_null(strstr(list, "Incomplete"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(bad_expressions),
        cmocka_unit_test(refused_arguments),
        cmocka_unit_test(nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
