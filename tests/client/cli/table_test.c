// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Tables. But for scalars alone, the expected texts are what the AWS CLI's own code prints. */
#include "base/json.h"
#include "client/cli/output.h"
#include "client/cli/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define R "\033[0m"
#define BAR "\033[2m\033[33m|\033[0m"
#define BLUE "\033[1m\033[34m"

struct form {
    size_t width;
    bool color;
    const char *value;
    const char *text; // NULL: refused
};

static const struct form forms[] = {
    {80, false, "{}", ""},
    {80, false, "[]", ""},
    {80, false, "null", ""},
    {80, false, "\"\"", ""},
    {80, false, "\"s\"", "-------\n|Title|\n+-----+\n|  s  |\n+-----+\n"},
    {80, false, "0", "-------\n|Title|\n+-----+\n|  0  |\n+-----+\n"},
    {80, false, "[[\"a\",\"b\"],[\"c\",\"d\"]]",
     "------------\n|   Title  |\n+----+-----+\n|  a |  b  |\n|  c |  d  |\n+----+-----+\n"},
    {80, false, "{\"b\":[1,null,\"yes\",\"true\"],\"a\":{\"k: v\":\"\"}}",
     "----------------\n|     Title    |\n+--------------+\n||      a     ||\n|+-------+----+|\n||  k: v |    ||\n"
     "|+-------+----+|\n||      b     ||\n|+------------+|\n||  1         ||\n||  None      ||\n||  yes       ||\n"
     "||  true      ||\n|+------------+|\n"},
    {80, false,
     "[{\"name\":\"x\",\"arn\":\"1\",\"tags\":[{\"k\":\"a\",\"v\":\"b\"},{\"k\":\"c\"}]},{\"name\":\"\\u65e5\\u672c\"}"
     "]",
     "-----------------\n|     Title     |\n+------+--------+\n|  arn | name   |\n+------+--------+\n|  1   |  x     "
     "|\n"
     "+------+--------+\n||    tags     ||\n|+-----+-------+|\n||  k  |   v   ||\n|+-----+-------+|\n||  a  |  b    "
     "||\n"
     "||  c  |       ||\n|+-----+-------+|\n|     Title     |\n+------+--------+\n|  arn | name   "
     "|\n+------+--------+\n"
     "|      |  \xe6\x97\xa5\xe6\x9c\xac  |\n+------+--------+\n"},
    {20, false, "{\"domain\":{\"name\":\"demo\",\"owner\":\"111122223333\",\"b\":true}}",
     "-----------------------------\n|           Title           |\n+---------------------------+\n||         domain   "
     "       ||\n"
     "|+--------+----------------+|\n||  b     |  True          ||\n||  name  |  demo          ||\n"
     "||  owner |  111122223333  ||\n|+--------+----------------+|\n"},
    {80, false, "{\"d\":[{\"a\":[1]},{\"a\":[2]}]}",
     "-----------\n|  Title  |\n+---------+\n||   d   ||\n|||  a  |||\n||+-----+||\n|||  1  |||\n||+-----+||\n"
     "||   d   ||\n|||  a  |||\n||+-----+||\n|||  2  |||\n||+-----+||\n"},
    {80, true, "{\"a\":{\"b\":\"x\"}}",
     "--------------\n" R R "|    Title   |" R R "\n" R R "+------------+" R R "\n" R BAR R "|     a    |" R BAR R
     "\n" R BAR R "+----+-----+" R BAR R "\n" R BAR R "|  " BLUE "b" R " |  " BLUE "x" R "  |" R BAR R "\n" R BAR R
     "+----+-----+" R BAR R "\n" R},
    {80, false, "[[\"a\",\"b\"],[\"c\"]]", NULL},
    {80, false, "[{\"a\":1},2]", NULL},
};

static void tables_are_drawn(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        const struct output_style style = {
            .format = OUTPUT_TABLE, .title = "Title", .width = forms[i].width, .color = forms[i].color, .resets = true};
        JSON_AUTO *value = json_parse(slice_of(forms[i].value), NULL);
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        assert_int_equal(output_write(&text, &style, value, &error), forms[i].text != NULL);
        assert_string_equal(buffer_text(&text), forms[i].text != NULL ? forms[i].text : "");
        assert_int_equal(error.class, forms[i].text != NULL ? ERROR_NONE : ERROR_INTERNAL);
    }
}

static void wide_characters_take_two_columns(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } texts[] = {
        {"", 0},
        {"abc", 3},
        {"\xc3\xa9", 2},         // ambiguous
        {"\xc3\xab", 1},         // neutral
        {"\xe6\x97\xa5", 2},     // wide
        {"\xef\xbc\x90", 2},     // fullwidth
        {"\xef\xbe\x8a", 1},     // halfwidth
        {"\xcc\x81", 2},         // combining, and ambiguous
        {"\xf0\x9f\x98\x80", 2}, // beyond the first plane
        {"\xf4\x8f\xbf\xbf", 1}, // no character
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(table_text_width(slice_of(texts[i].text)), texts[i].width);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_drawn),
        cmocka_unit_test(wide_characters_take_two_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
