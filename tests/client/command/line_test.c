// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whole command lines that need no network: help, versions, skeletons, and what is refused before a request. */
#include "client/command/line.h"

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

/** An environment with keys and a region, and no files. */
static const char *environment(const char *name)
{
    static const char *const variables[][2] = {
        {"HOME", "/nonexistent"},    {"AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"},  {"AWS_SECRET_ACCESS_KEY", "SECRETEXAMPLE"},
        {"AWS_REGION", "us-west-2"}, {"AWS_EC2_METADATA_DISABLED", "true"}, {"AWS_EXECUTION_ENV", "Test"},
    };
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
        if (strcmp(name, variables[i][0]) == 0)
            return variables[i][1];
    return NULL;
}

static const char *with_error_format(const char *name)
{
    return strcmp(name, "AWS_CLI_ERROR_FORMAT") == 0 ? "TEXT" : environment(name);
}

static const char *with_bad_error_format(const char *name)
{
    return strcmp(name, "AWS_CLI_ERROR_FORMAT") == 0 ? "bogus" : environment(name);
}

static bool run(const char *program, struct words words, struct buffer *out, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct line line = {.program = program, .words = words, .environment = environment, .arena = arena};
    return line_run(&line, out, error);
}

static void assert_prints(const char *program, struct words words, const char *start)
{
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    if (!run(program, words, &out, &error))
        fail_msg("refused: %s", error.message);
    if (!slice_starts_with(buffer_slice(&out), slice_of(start)))
        assert_string_equal(buffer_text(&out), start);
}

static void assert_refuses(const char *program, struct words words, enum error_class class, const char *message)
{
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    assert_false(run(program, words, &out, &error));
    assert_string_equal(error.message, message);
    assert_int_equal(error.class, class);
    assert_int_equal(out.size, 0);
}

#define TOKEN "get-authorization-token"

static void help_is_printed(void **state)
{
    (void)state;
    BUFFER_AUTO global = {0};
    ERROR_AUTO refused = {0};
    assert_true(run("jeton", WORDS("--help"), &global, &refused));
    assert_non_null(strstr(buffer_text(&global), "\n  --help"));
    assert_prints("jeton", WORDS("--help"), "jeton gets CodeArtifact authorization tokens");
    assert_prints("jeton", WORDS("-h"), "jeton gets CodeArtifact authorization tokens");
    assert_prints("other", WORDS("help"), "other gets CodeArtifact authorization tokens");
    assert_prints("aws", WORDS("help"), "aws gets CodeArtifact authorization tokens");
    BUFFER_AUTO by_option = {0};
    BUFFER_AUTO by_word = {0};
    BUFFER_AUTO bare = {0};
    ERROR_AUTO error = {0};
    assert_true(run("jeton", WORDS("codeartifact", TOKEN, "--help"), &by_option, &error));
    assert_true(run("jeton", WORDS("codeartifact", TOKEN, "help"), &by_word, &error));
    assert_true(run("jeton", WORDS(TOKEN, "--domain", "x", "--help"), &bare, &error));
    assert_string_equal(buffer_text(&by_option), buffer_text(&by_word));
    assert_string_equal(buffer_text(&by_option), buffer_text(&bare));
    assert_non_null(strstr(buffer_text(&bare), "--domain VALUE"));
    assert_non_null(strstr(buffer_text(&bare), "(required)"));
    assert_refuses("aws", WORDS("--help"), ERROR_USAGE, "the following arguments are required: command");
    assert_refuses("aws", WORDS("codeartifact", TOKEN, "--domain", "dd", "--help"), ERROR_USAGE,
                   "Unknown options: --help");
}

static void versions_are_printed(void **state)
{
    (void)state;
    assert_prints("jeton", WORDS("--version"), "jeton " JETON_VERSION "\n");
    assert_prints("jeton", WORDS("codeartifact", "--vers"), "jeton " JETON_VERSION "\n");
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    assert_true(run("aws", WORDS("--version"), &out, &error));
    assert_true(slice_starts_with(buffer_slice(&out), SLICE("aws-cli/2.")));
    assert_non_null(strstr(buffer_text(&out), " exec-env/Test source/"));
}

static void skeletons_are_printed(void **state)
{
    (void)state;
    const char *input = "{\n    \"domain\": \"\",\n    \"domainOwner\": \"\",\n    \"durationSeconds\": 0\n}\n";
    assert_prints("jeton", WORDS("codeartifact", TOKEN, "--generate-cli-skeleton"), input);
    assert_prints("jeton", WORDS(TOKEN, "--generate-cli-skeleton=input", "--domain", "x", "--output", "yaml"), input);
    assert_prints("jeton", WORDS(TOKEN, "--generate-cli-skeleton", "--cli-input-json", "{\"bogus\":1}"), input);
    assert_prints("jeton", WORDS("sts", "get-caller-identity", "--generate-cli-skeleton"), "{}\n");
    assert_prints("jeton", WORDS("sts", "get-caller-identity", "--generate-cli-skeleton", "yaml-input"), "{}\n");
    assert_prints(
        "jeton", WORDS("create-domain", "--generate-cli-skeleton", "yaml-input"),
        "domain: ''  # [REQUIRED] The name of the new domain: 2 to 50 lower-case letters, digits and hyphens.\n"
        "encryptionKey: '' # The key that encrypts the domain's assets.\n"
        "tags: # Tags: pairs of key and value.\n"
        "- key: ''  # [REQUIRED] The tag's key.\n"
        "  value: '' # [REQUIRED] The tag's value.\n");
    assert_prints("jeton",
                  WORDS(TOKEN, "--domain", "dd", "--generate-cli-skeleton", "output", "--output", "yaml-stream"),
                  "- authorizationToken: authorizationToken\n  expiration: 1970-01-01 00:00:00\n");
    assert_prints("jeton", WORDS(TOKEN, "--domain", "dd", "--generate-cli-skeleton", "output"),
                  "{\n    \"authorizationToken\": \"authorizationToken\",\n    \"expiration\": "
                  "\"1970-01-01T00:00:00\"\n}\n");
    assert_prints("jeton",
                  WORDS(TOKEN, "--domain", "dd", "--generate-cli-skeleton", "output", "--query", "expiration",
                        "--output", "text"),
                  "1970-01-01 00:00:00\n");
}

static void lines_are_refused(void **state)
{
    (void)state;
    assert_refuses("jeton", (struct words){NULL, 0}, ERROR_USAGE, "the following arguments are required: command");
    assert_refuses("jeton", WORDS("codeartifact"), ERROR_USAGE, "the following arguments are required: operation");
    assert_refuses("aws", WORDS(TOKEN), ERROR_USAGE, "argument command: Found invalid choice '" TOKEN "'\n");
    assert_refuses("jeton", WORDS("sts", TOKEN), ERROR_USAGE, "argument operation: Found invalid choice '" TOKEN "'\n");
    assert_refuses(
        "jeton", WORDS("get-authorisation-token"), ERROR_USAGE,
        "argument command: Found invalid choice 'get-authorisation-token'\n\nMaybe you meant:\n\n  * " TOKEN);
    // A bad query is told before what the operation lacks, and before any request.
    assert_refuses("jeton", WORDS("codeartifact", TOKEN, "--query", ""), ERROR_PARAMETER,
                   "Bad value for --query : Invalid JMESPath expression: cannot be empty.");
    assert_refuses("jeton", WORDS(TOKEN, "--domain", "a"), ERROR_PARAMETER,
                   "Parameter validation failed:\nInvalid length for parameter domain, value: 1, valid min length: 2");
    assert_refuses("jeton", WORDS(TOKEN, "--domain", "a\xff"), ERROR_INTERNAL,
                   "'utf-8' codec can't encode character '\\udcff' in word 3: surrogates not allowed");
    assert_refuses("jeton", WORDS(TOKEN, "--cli-auto-prompt", "--no-cli-auto-prompt"), ERROR_PARAMETER,
                   "Both --cli-auto-prompt and --no-cli-auto-prompt cannot be specified at the same time.");
    assert_refuses("jeton", WORDS("list-domains", "--no-paginate", "--max-items", "1", "--page-size", "0"),
                   ERROR_PARAMETER, "Cannot specify --no-paginate along with pagination arguments: --max-items");
    assert_refuses("jeton", WORDS("list-domains", "--next-token", "t", "--starting-token", "t"), ERROR_PARAMETER,
                   "Cannot specify --no-paginate along with pagination arguments: --starting-token");
    assert_refuses(
        "jeton", WORDS("list-domains", "--page-size", "0"), ERROR_PARAMETER,
        "Parameter validation failed:\nInvalid value for parameter maxResults, value: 0, valid min value: 1");
}

/** Also of errors that come before anything but the words is looked at; the option wins where it was reached. */
static void errors_have_a_form(void **state)
{
    static const struct {
        environment_function *environment;
        const char *option;
        const char *form;
    } cases[] = {
        {environment, NULL, "enhanced"},
        {with_bad_error_format, NULL, "enhanced"},
        {with_error_format, NULL, "text"},
        {with_error_format, "--cli-error-format=json", "json"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const words[] = {"codeartifact", TOKEN, cases[i].option};
        ARENA_AUTO *arena = arena_new();
        BUFFER_AUTO out = {0};
        ERROR_AUTO error = {0};
        struct line line = {.program = "jeton",
                            .words = {words, cases[i].option != NULL ? 3 : 2},
                            .environment = cases[i].environment,
                            .arena = arena};
        assert_false(line_run(&line, &out, &error));
        assert_string_equal(line.error_format, cases[i].form);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_is_printed),       cmocka_unit_test(versions_are_printed),
        cmocka_unit_test(skeletons_are_printed), cmocka_unit_test(lines_are_refused),
        cmocka_unit_test(errors_have_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
