// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Command lines and what is read from them, each line as the AWS CLI reads it. */
#include "client/cli/globals.h"
#include "client/cli/operation_options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define WORDS(...)                                                                                                     \
    (struct words)                                                                                                     \
    {                                                                                                                  \
        (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)          \
    }

static const char *const commands[] = {"codeartifact", "sts", "help", NULL};

static const struct api_operation *operation_of(const char *name)
{
    const struct api_operation *operation = api_find_operation(api_find_service(SLICE("codeartifact")), slice_of(name));
    assert_non_null(operation);
    return operation;
}

/** The whole way of a line to its operation's options. */
static bool parse(struct arena *arena, struct words line, const char *name, struct options *options,
                  struct operation_options *out, struct error *error)
{
    const char *command;
    struct words rest;
    return globals_parse(line, commands, arena, options, &command, &rest, error) &&
           operation_options_parse(operation_of(name), rest, arena, out, error);
}

static const struct argument *row(const struct operation_options *options, const char *member)
{
    const struct api_shape *input = options->operation->input;
    for (size_t i = 0; i < input->member_count; i++)
        if (strcmp(input->members[i].name, member) == 0)
            return options->members[i].set;
    fail_msg("no member %s", member);
    return NULL;
}

static void globals_stand_anywhere(void **state)
{
    (void)state;
    const struct words lines[] = {
        WORDS("--output", "text", "codeartifact", "--domain", "my-dom"),
        WORDS("codeartifact", "--output", "text", "--domain", "my-dom"),
        WORDS("codeartifact", "--domain", "my-dom", "--output=text"),
        WORDS("codeartifact", "--domain=my-dom", "--outp", "text"),
        WORDS("codeartifact", "--domain", "my-dom", "--output", "json", "--output", "text"),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct options options = {0};
        struct operation_options parsed = {0};
        assert_true(parse(arena, lines[i], "get-authorization-token", &options, &parsed, &error));
        assert_string_equal(options.output, "text");
        assert_string_equal(argument_value(row(&parsed, "domain")), "my-dom");
        assert_false(row(&parsed, "domainOwner")->given);
    }
}

static void values_are_taken(void **state)
{
    (void)state;
    static const struct {
        const char *option;
        const char *value;
        const char *member;
        const char *expected;
    } cases[] = {
        {"--duration-seconds", " 900 ", "durationSeconds", "900"},
        {"--duration-seconds", "007", "durationSeconds", "7"},
        {"--duration-seconds", "-5", "durationSeconds", "-5"},
        {"--duration-seconds", "1_000", "durationSeconds", "1000"},
        {"--duration-seconds", "+0", "durationSeconds", "0"},
        {"--du", "-0", "durationSeconds", "0"},
        {"--duration-seconds", "99999999999999999999999", "durationSeconds", "99999999999999999999999"},
        {"--duration-seconds", "\xd9\xa3\xd9\xa0", "durationSeconds", "30"},
        {"--domain-owner", "-1.5", "domainOwner", "-1.5"},
        {"--domain-o", "-", "domainOwner", "-"},
        {"--domain-owner", "-a b", "domainOwner", "-a b"},
        {"--domain-owner", "", "domainOwner", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct options options = {0};
        struct operation_options parsed = {0};
        struct words line = WORDS("codeartifact", "--domain", "dd", cases[i].option, cases[i].value);
        assert_true(parse(arena, line, "get-authorization-token", &options, &parsed, &error));
        assert_string_equal(argument_value(row(&parsed, cases[i].member)), cases[i].expected);
    }
}

static void lists_take_several_words(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct options options = {0};
    struct operation_options parsed = {0};
    struct words line = WORDS("codeartifact", "--tags", "key=a,value=b", "key=c,value=d", "--domain", "dd");
    assert_true(parse(arena, line, "create-domain", &options, &parsed, &error));
    assert_int_equal(row(&parsed, "tags")->value_count, 2);
    assert_string_equal(row(&parsed, "tags")->values[1], "key=c,value=d");
    assert_string_equal(argument_value(row(&parsed, "domain")), "dd");
}

struct refusal {
    struct words line;
    const char *code; /**< NULL: none. */
    const char *message;
};

static void refused(const struct refusal *refusal, const char *name)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct options options = {0};
    struct operation_options parsed = {0};
    assert_false(parse(arena, refusal->line, name, &options, &parsed, &error));
    assert_int_equal(error.class, ERROR_USAGE);
    assert_string_equal(error.message, refusal->message);
    assert_string_equal(error.code != NULL ? error.code : "", refusal->code != NULL ? refusal->code : "");
}

static void bad_lines_are_refused(void **state)
{
    (void)state;
    const struct refusal refusals[] = {
        {WORDS("--debug"), NULL, "the following arguments are required: command"},
        {WORDS("codeartifac"), NULL,
         "argument command: Found invalid choice 'codeartifac'\n\nMaybe you meant:\n\n  * codeartifact"},
        {WORDS("codeartifact"), NULL, "the following arguments are required: --domain"},
        {WORDS("codeartifact", "--domain"), NULL, "argument --domain: expected one argument"},
        {WORDS("codeartifact", "--domain", "-x"), NULL, "argument --domain: expected one argument"},
        {WORDS("codeartifact", "--domain", "--", "x"), NULL, "argument --domain: expected one argument"},
        {WORDS("codeartifact", "--dom", "x"), NULL, "ambiguous option: --dom could match --domain, --domain-owner"},
        {WORDS("codeartifact", "--domai=x"), NULL, "ambiguous option: --domai=x could match --domain, --domain-owner"},
        {WORDS("codeartifact", "--cli", "5"), NULL,
         "ambiguous option: --cli could match --cli-read-timeout, --cli-connect-timeout, --cli-binary-format, "
         "--cli-auto-prompt, --cli-error-format"},
        {WORDS("codeartifact", "--no-cli"), NULL,
         "ambiguous option: --no-cli could match --no-cli-pager, --no-cli-auto-prompt"},
        {WORDS("codeartifact", "--no-cli-pager=1"), NULL, "argument --no-cli-pager: ignored explicit argument '1'"},
        {WORDS("codeartifact", "--debug=1"), "FirstPass", "argument --debug: ignored explicit argument '1'"},
        {WORDS("codeartifact", "--profile"), "FirstPass", "argument --profile: expected one argument"},
        {WORDS("codeartifact", "--output", "tex"), NULL,
         "argument --output: Found invalid choice 'tex'\n\nMaybe you meant:\n\n  * text"},
        {WORDS("codeartifact", "--output", ""), NULL, "argument --output: Found invalid choice ''\n"},
        {WORDS("codeartifact", "--domain", "d", "--duration-seconds", "0x10"), NULL,
         "argument --duration-seconds: invalid int value: '0x10'"},
        {WORDS("codeartifact", "--domain", "d", "--duration-seconds", "1__0"), NULL,
         "argument --duration-seconds: invalid int value: '1__0'"},
        {WORDS("codeartifact", "--domain", "d", "--duration-seconds", ""), NULL,
         "argument --duration-seconds: invalid int value: ''"},
        {WORDS("codeartifact", "--domain", "d", "--bogus", "extra", "v"), "UnknownOptions",
         "Unknown options: --bogus, v, extra"},
        {WORDS("codeartifact", "--domain", "d", "--bogus=v"), "UnknownOptions", "Unknown options: --bogus=v"},
        {WORDS("codeartifact", "--domain", "d", "-d"), "UnknownOptions", "Unknown options: -d"},
        {WORDS("codeartifact", "--", "--domain", "x", "--region", "r"), "UnknownOptions",
         "Unknown options: --region, r"},
        {WORDS("codeartifact", "--cli-input-json={}"), NULL, "the following arguments are required: --domain"},
        {WORDS("codeartifact", "--generate-cli-skeleton", "output"), NULL,
         "the following arguments are required: --domain"},
        {WORDS("codeartifact", "--generate-cli-skeleton", "outputs"), NULL,
         "argument --generate-cli-skeleton: Found invalid choice 'outputs'\n\nMaybe you meant:\n\n  * output"},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        refused(&refusals[i], "get-authorization-token");
    const struct refusal both = {WORDS("codeartifact", "--domain", "d"), NULL,
                                 "the following arguments are required: --repository, --format"};
    refused(&both, "get-repository-endpoint");
}

static void documents_lift_required(void **state)
{
    (void)state;
    const struct words lines[] = {
        WORDS("codeartifact", "--cli-input-json", "{}"),
        WORDS("codeartifact", "--cli-input-yaml", "{}"),
        WORDS("codeartifact", "--generate-cli-skeleton"),
        WORDS("codeartifact", "--generate-cli-skeleton", "input"),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct options options = {0};
        struct operation_options parsed = {0};
        assert_true(parse(arena, lines[i], "get-authorization-token", &options, &parsed, &error));
        if (i >= 2)
            assert_string_equal(argument_value(parsed.skeleton), "input");
    }
}

static void version_ends_the_line(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct options options = {0};
    const char *command = "";
    struct words rest;
    assert_true(globals_parse(WORDS("codeartifact", "--vers", "--cli-read-timeout"), commands, arena, &options,
                              &command, &rest, &error));
    assert_true(options.version);
    assert_null(command);
}

static void help_is_a_word(void **state)
{
    (void)state;
    const struct words lines[] = {WORDS("codeartifact", "help"), WORDS("codeartifact", "--domain", "d", "help")};
    for (size_t i = 0; i < 2; i++) {
        ARENA_AUTO *arena = arena_new();
        ERROR_AUTO error = {0};
        struct options options = {0};
        struct operation_options parsed = {0};
        assert_true(parse(arena, lines[i], "get-authorization-token", &options, &parsed, &error));
        assert_true(parsed.help);
    }
}

static void listings_have_paging_options(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    struct options options = {0};
    struct operation_options parsed = {0};
    struct words line = WORDS("codeartifact", "--max-items", "3", "--page-size=2", "--starting-token", "t");
    assert_true(parse(arena, line, "list-domains", &options, &parsed, &error));
    assert_string_equal(argument_value(parsed.max_items), "3");
    assert_string_equal(argument_value(parsed.page_size), "2");
    assert_string_equal(argument_value(parsed.starting_token), "t");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(globals_stand_anywhere),   cmocka_unit_test(values_are_taken),
        cmocka_unit_test(lists_take_several_words), cmocka_unit_test(bad_lines_are_refused),
        cmocka_unit_test(documents_lift_required),  cmocka_unit_test(version_ends_the_line),
        cmocka_unit_test(help_is_a_word),           cmocka_unit_test(listings_have_paging_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
