// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Frames and exit codes of errors: sections 5.1 and 6 of the reference. */
#include "client/cli/failure.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define USAGE                                                                                                          \
    "usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"                                    \
    "To see help text, you can run:\n\n  aws help\n  aws <command> help\n  aws <command> <subcommand> help\n"

struct frame {
    enum error_class class;
    const char *code;
    const char *message;
    const char *format;
    int exit_code;
    const char *text;
};

static const struct output_style table = {.width = 80};

static const struct frame frames[] = {
    {ERROR_USAGE, NULL, "argument --domain: expected one argument", NULL, 252,
     "\naws: [ERROR]: An error occurred (ParamValidation): argument --domain: expected one argument\n\n" USAGE},
    {ERROR_USAGE, NULL, "argument --output: Found invalid choice 'x'\n", "enhanced", 252,
     "\naws: [ERROR]: An error occurred (ParamValidation): argument --output: Found invalid choice 'x'\n\n\n" USAGE},
    {ERROR_USAGE, "FirstPass", "argument --debug: ignored explicit argument '1'", "enhanced", 252,
     "\naws: [ERROR]: An error occurred (ParamValidation): argument --debug: ignored explicit argument '1'\n\nusage: "
     "aws "
     "[--profile PROFILE] [--debug]\n"},
    {ERROR_USAGE, "UnknownOptions", "Unknown options: --x", "json", 252,
     "\n" USAGE "\n\naws: [ERROR]: Unknown options: --x\n"},
    {ERROR_PARAMETER, NULL, "Parameter validation failed:\nx", "enhanced", 252,
     "\naws: [ERROR]: An error occurred (ParamValidation): Parameter validation failed:\nx\n"},
    {ERROR_PARAMETER, NULL, "m", "legacy", 252, "\naws: [ERROR]: m\n"},
    {ERROR_PARAMETER, NULL, "m", "json", 252, "{\n    \"Code\": \"ParamValidation\",\n    \"Message\": \"m\"\n}\n"},
    {ERROR_PARAMETER, NULL, "m", "text", 252, "ParamValidation\tm\n"},
    {ERROR_PARAMETER, NULL, "m", "yaml", 252, "Code: ParamValidation\nMessage: m\n"},
    {ERROR_PARAMETER, NULL, "m", "table", 252,
     "--------------------------------\n|             error            |\n+------------------+-----------+\n"
     "|       Code       |  Message  |\n+------------------+-----------+\n|  ParamValidation |  m        |\n"
     "+------------------+-----------+\n"},
    {ERROR_CONFIGURATION, "NoRegion", "m", "enhanced", 253, "\naws: [ERROR]: An error occurred (NoRegion): m\n"},
    {ERROR_CONFIGURATION, NULL, "m", NULL, 253, "\naws: [ERROR]: An error occurred (Configuration): m\n"},
    {ERROR_SERVICE, "X", "An error occurred (X) when calling the Y operation: ", NULL, 254,
     "\naws: [ERROR]: An error occurred (X) when calling the Y operation:\n"},
    {ERROR_TRANSPORT, NULL, "m", "json", 255, "\naws: [ERROR]: m\n"},
    {ERROR_INTERNAL, NULL, "m", "enhanced", 255, "\naws: [ERROR]: m\n"},
    {ERROR_INTERNAL, "OutputFailed", "m", "enhanced", 120, "\naws: [ERROR]: m\n"},
    {ERROR_INTERNAL, "OutputClosed", "m", "enhanced", 255, "\naws: [ERROR]: m\n"},
};

static void frames_are_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        (void)error_set(&error, frames[i].class, frames[i].code, "%s", frames[i].message);
        failure_write(&text, &error, "aws", frames[i].format, &table);
        assert_string_equal(buffer_text(&text), frames[i].text);
        assert_int_equal(failure_exit_code(&error), frames[i].exit_code);
    }
}

static void assert_service_error(const char *message, const char *format, const char *expected)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    (void)error_set(&error, ERROR_SERVICE, "ResourceNotFoundException", "%s", message);
    error.details = json_pack("{ssss}", "resourceId", "rid", "resourceType", "domain");
    failure_write(&text, &error, "jeton", format, &table);
    assert_string_equal(buffer_text(&text), expected);
}

static void details_are_shown(void **state)
{
    static const char message[] =
        "An error occurred (ResourceNotFoundException) when calling the GetAuthorizationToken operation: a: b";
    static const char retried[] =
        "An error occurred (ResourceNotFoundException) when calling the GetAuthorizationToken "
        "operation (reached max retries: 2): a: b";
    (void)state;
    assert_service_error(message, "enhanced",
                         "\njeton: [ERROR]: An error occurred (ResourceNotFoundException) when calling the "
                         "GetAuthorizationToken operation: a: b\n\nAdditional error details:\nresourceId: "
                         "rid\nresourceType: domain\n");
    assert_service_error(message, "legacy",
                         "\njeton: [ERROR]: An error occurred (ResourceNotFoundException) when calling the "
                         "GetAuthorizationToken operation: a: b\n");
    static const char json[] = "{\n    \"Message\": \"a: b\",\n    \"Code\": \"ResourceNotFoundException\",\n    "
                               "\"message\": \"a: b\",\n    \"resourceId\": \"rid\",\n    \"resourceType\": "
                               "\"domain\"\n}\n";
    assert_service_error(message, "json", json);
    assert_service_error(retried, "json", json);
    assert_service_error(retried, "text", "ResourceNotFoundException\ta: b\ta: b\trid\tdomain\n");
}

static void large_details_are_named_only(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    (void)error_set(&error, ERROR_SERVICE, "X", "m");
    error.details = json_pack("{s[ii]s{ss}s[iiiii]}", "few", 1, 2, "map", "k", "v", "many", 1, 2, 3, 4, 5);
    failure_write(&text, &error, "jeton", "enhanced", &table);
    assert_string_equal(buffer_text(&text),
                        "\njeton: [ERROR]: m\n\nAdditional error details:\nfew: [1, 2]\nmap: {k: v}\nmany: <complex "
                        "value>\nUse \"--cli-error-format json\" to see them whole.\n");
}

static void odd_bytes_do_not_hide_an_error(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    (void)error_set(&error, ERROR_SERVICE, "X\xff\xc3\xa9\xc3",
                    "An error occurred (X) when calling the Y operation: a\xfe");
    failure_write(&text, &error, "jeton", "json", &table);
    assert_string_equal(buffer_text(&text), "{\n    \"Message\": \"a?\",\n    \"Code\": \"X?\xc3\xa9?\"\n}\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frames_are_written),
        cmocka_unit_test(details_are_shown),
        cmocka_unit_test(large_details_are_named_only),
        cmocka_unit_test(odd_bytes_do_not_hide_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
