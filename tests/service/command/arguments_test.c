// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/arguments.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define WORDS_MAX 6

struct outcome {
    const char *data;
    const char *region;
    bool quiet;
    bool help;
    bool parsed;
};

static struct argument_command make_command(struct outcome *outcome, struct argument_option options[static 3])
{
    options[0] = (struct argument_option){
        .name = "data", .value = "DIR", .help = "Where it is.", .text = &outcome->data, .required = true};
    options[1] = (struct argument_option){
        .name = "region", .value = "NAME", .help = "One line\nand another.", .text = &outcome->region};
    options[2] = (struct argument_option){.name = "quiet", .help = "Says less.", .flag = &outcome->quiet};
    return (struct argument_command){.name = "jetond test", .summary = "Tests.", .options = options, .option_count = 3};
}

static struct outcome parse(const char *const *words, struct error *error)
{
    struct outcome outcome = {.region = "default"};
    struct argument_option options[3];
    const struct argument_command command = make_command(&outcome, options);
    char *argv[WORDS_MAX] = {0};
    int argc = 0;
    for (; words[argc] != NULL; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc];
    outcome.parsed = arguments_parse(&command, argc, argv, &outcome.help, error);
    return outcome;
}

static void test_options_are_read(void **state)
{
    (void)state;
    struct outcome outcome = parse((const char *const[]){"--data", "d", "--region=r=1", "--quiet", NULL}, NULL);
    assert_true(outcome.parsed);
    assert_string_equal(outcome.data, "d");
    assert_string_equal(outcome.region, "r=1");
    assert_true(outcome.quiet);
    assert_false(outcome.help);
    outcome = parse((const char *const[]){"--data=-x", NULL}, NULL);
    assert_true(outcome.parsed);
    assert_string_equal(outcome.data, "-x");
    assert_string_equal(outcome.region, "default");
    assert_false(outcome.quiet);
}

static void test_help_needs_nothing_else(void **state)
{
    (void)state;
    static const char *const cases[][4] = {{"--help"}, {"-h"}, {"--nonsense", "-h"}, {"--region", "--help"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct outcome outcome = parse(cases[i], NULL);
        assert_true(outcome.parsed);
        assert_true(outcome.help);
    }
}

static void test_mistakes_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *words[5];
        const char *message;
    } cases[] = {
        {{NULL}, "--data DIR is missing; see jetond test --help"},
        {{"--data"}, "--data needs a value: --data DIR; see jetond test --help"},
        {{"--data="}, "--data needs a value: --data DIR; see jetond test --help"},
        {{"--data", ""}, "--data needs a value: --data DIR; see jetond test --help"},
        {{"--data", "--quiet"}, "--data needs a value: --data DIR; see jetond test --help"},
        {{"--data", "d", "--quiet=1"}, "--quiet takes no value; see jetond test --help"},
        {{"--data", "d", "--data=e"}, "--data is given twice; see jetond test --help"},
        {{"--dat", "d"}, "there is no option --dat; see jetond test --help"},
        {{"--datas=d"}, "there is no option --datas; see jetond test --help"},
        {{"d"}, "\"d\" is not an option; see jetond test --help"},
        {{"-d"}, "\"-d\" is not an option; see jetond test --help"},
        {{"--"}, "\"--\" is not an option; see jetond test --help"},
        {{""}, "\"\" is not an option; see jetond test --help"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ERROR_AUTO error = {0};
        assert_false(parse(cases[i].words, &error).parsed);
        assert_int_equal(error.class, ERROR_USAGE);
        assert_string_equal(error.message, cases[i].message);
    }
}

/** A command with one word beside its option. */
static bool parse_word(const char *const *words, const char **word, struct error *error)
{
    const char *data = NULL;
    bool help = false;
    const struct argument_option option = {.name = "data", .value = "DIR", .help = "Where it is.", .text = &data};
    const struct argument_command command = {.name = "jetond test",
                                             .summary = "Tests.",
                                             .options = &option,
                                             .option_count = 1,
                                             .word = "FILE",
                                             .word_text = word};
    char *argv[WORDS_MAX] = {0};
    int argc = 0;
    for (; words[argc] != NULL; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc];
    *word = NULL;
    return arguments_parse(&command, argc, argv, &help, error);
}

static void test_one_word_can_stand_beside_the_options(void **state)
{
    (void)state;
    static const struct {
        const char *words[5];
        const char *word;
        const char *message;
    } cases[] = {
        {{"f"}, "f", NULL},
        {{"-"}, "-", NULL},
        {{"f", "--data", "d"}, "f", NULL},
        {{"--data", "d", "f"}, "f", NULL},
        {{"--data", "d"}, NULL, "FILE is missing; see jetond test --help"},
        {{"f", "g"}, NULL, "\"g\" is one word too many; see jetond test --help"},
        {{"-f"}, NULL, "\"-f\" is not an option; see jetond test --help"},
        {{""}, NULL, "\"\" is not an option; see jetond test --help"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ERROR_AUTO error = {0};
        const char *word = NULL;
        assert_int_equal(parse_word(cases[i].words, &word, &error), cases[i].message == NULL);
        if (cases[i].message == NULL)
            assert_string_equal(word, cases[i].word);
        else
            assert_string_equal(error.message, cases[i].message);
    }
}

static void test_help_is_made_of_the_table(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct argument_option options[3];
    const struct argument_command command = make_command(&outcome, options);
    BUFFER_AUTO text = {0};
    arguments_help(&command, &text);
    assert_string_equal(buffer_text(&text), "usage: jetond test --data DIR [options]\n"
                                            "\n"
                                            "Tests.\n"
                                            "\n"
                                            "  --data DIR              Where it is.\n"
                                            "  --region NAME           One line\n"
                                            "                          and another.\n"
                                            "  --quiet                 Says less.\n"
                                            "  --help                  Show this.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_options_are_read),
        cmocka_unit_test(test_help_needs_nothing_else),
        cmocka_unit_test(test_one_word_can_stand_beside_the_options),
        cmocka_unit_test(test_mistakes_are_told),
        cmocka_unit_test(test_help_is_made_of_the_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
