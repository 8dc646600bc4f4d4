// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A credential process: what it may print, and how it is run. Behaviour document, section 9.1. */
#include "base/timestamp.h"
#include "client/credentials/process_output.h"
#include "client/credentials/process_run.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define FAILED "Error when retrieving credentials from custom-process: "
#define VERSION(of) FAILED "Unsupported version '" of "' for credential process provider, supported versions: 1"
#define KEYS "\"AccessKeyId\":\"A\",\"SecretAccessKey\":\"S\""

struct output_case {
    const char *text;
    const char *found; // "key secret token account", or the error's message
};

static const struct output_case outputs[] = {
    {"{\"Version\":1," KEYS "}", "A S - -"},
    {" {\"Version\":1.0," KEYS ",\"SessionToken\":\"T\",\"AccountId\":\"1\"}\n", "A S T 1"},
    {"{\"Version\":true," KEYS ",\"SessionToken\":null,\"AccountId\":12}", "A S - 12"},
    {"{\"Version\":1," KEYS ",\"Expiration\":null,\"Other\":[1]}", "A S - -"},
    {"{\"Version\":1," KEYS ",\"SessionToken\":\"\"}", "A S - -"},
    {"{\"Version\":1,\"AccessKeyId\":\"Z\"," KEYS "}", "A S - -"},
    {"{\"Version\":1,\"AccessKeyId\":\"\",\"SecretAccessKey\":\"\"}", "  - -"},
    {"{" KEYS "}", VERSION("<Version key not provided>")},
    {"{\"Version\":2}", VERSION("2")},
    {"{\"Version\":\"1\"," KEYS "}", VERSION("1")},
    {"{\"Version\":null," KEYS "}", VERSION("None")},
    {"{\"Version\":1}", FAILED "Missing required key in response: 'AccessKeyId'"},
    {"{\"Version\":1,\"AccessKeyId\":\"A\"}", FAILED "Missing required key in response: 'SecretAccessKey'"},
    {"{\"Version\":1,\"AccessKeyId\":1,\"SecretAccessKey\":\"S\"}",
     FAILED "The AccessKeyId that the command printed is no text"},
    {"{\"Version\":1,\"AccessKeyId\":\"A\",\"SecretAccessKey\":null}",
     FAILED "The SecretAccessKey that the command printed is no text"},
    {"{\"Version\":1," KEYS ",\"SessionToken\":{}}", FAILED "The SessionToken that the command printed is no text"},
    {"{\"Version\":1,\"AccessKeyId\":\"A\\u0000B\",\"SecretAccessKey\":\"S\"}",
     FAILED "The AccessKeyId that the command printed is no text"},
    {"{\"Version\":1," KEYS ",\"Expiration\":\"soon\"}", "Unknown string format: soon"},
    {"{\"Version\":1," KEYS ",\"Expiration\":1}", FAILED "The Expiration that the command printed is no text"},
    {"[1]", FAILED "The command printed no JSON object"},
    {"hi", FAILED "The command printed no JSON object"},
    {"{\"Version\":1," KEYS "} and more", FAILED "The command printed no JSON object"},
    {" \n", FAILED "The command printed nothing; it has to print the credentials as JSON"},
};

static void the_output_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++) {
        CREDENTIALS_AUTO found = {0};
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        if (process_output_read(slice_of(outputs[i].text), &found, &error)) {
            buffer_append_format(&text, "%s %s %s %s", found.access_key_id, found.secret_access_key,
                                 found.session_token == NULL ? "-" : found.session_token,
                                 found.account_id == NULL ? "-" : found.account_id);
        } else {
            buffer_append_text(&text, error.message);
            assert_int_equal(error.class, ERROR_INTERNAL);
            assert_null(found.access_key_id);
        }
        assert_string_equal(buffer_text(&text), outputs[i].found);
    }
}

static void the_end_is_read(void **state)
{
    (void)state;
    CREDENTIALS_AUTO found = {0};
    const char *text = "{\"Version\":1," KEYS ",\"Expiration\":\"1970-01-01T01:00:01+01:00\"}";
    assert_true(process_output_read(slice_of(text), &found, NULL));
    assert_int_equal(found.expiration, TIMESTAMP_SECOND);
}

static void complaints_become_text(void **state)
{
    (void)state;
    ERROR_AUTO error = {0};
    assert_false(process_output_fail(SLICE("a\xff\xc3\xa9\n"), &error));
    assert_string_equal(error.message, FAILED "a?\xc3\xa9\n");
}

static bool run(struct process_result *out, struct error *error, const char *script)
{
    char shell[] = "/bin/sh";
    char option[] = "-c";
    BUFFER_AUTO text = {0};
    buffer_append_text(&text, script);
    char *words[] = {shell, option, text.data, NULL};
    return process_run(words, out, error);
}

static void both_outputs_are_gathered(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    assert_true(run(&result, NULL, "echo out; echo err >&2; exit 7"));
    assert_int_equal(result.status, 7);
    assert_string_equal(buffer_text(&result.output), "out\n");
    assert_string_equal(buffer_text(&result.errors), "err\n");
}

static void more_complaints_than_a_pipe_holds_do_not_block(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    assert_true(run(&result, NULL, "head -c 1000000 /dev/zero >&2; head -c 200000 /dev/zero"));
    assert_int_equal(result.status, 0);
    assert_int_equal(result.output.size, 200000);
    assert_int_equal(result.errors.size, PROCESS_ERRORS_LIMIT);
}

static void too_much_output_ends_it(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    ERROR_AUTO error = {0};
    assert_false(run(&result, &error, "exec cat /dev/zero"));
    assert_string_equal(error.message,
                        FAILED "The command printed more than 1048576 bytes, which no credentials should be");
}

static void a_signal_is_a_failure(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    assert_true(run(&result, NULL, "kill -9 $$"));
    assert_int_equal(result.status, -SIGKILL);
}

static void a_closed_pipe_ends_it_as_ever(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    (void)signal(SIGPIPE, SIG_IGN);
    // `yes` would complain of its closed pipe if it were deaf to SIGPIPE, as we are.
    assert_true(run(&result, NULL, "yes | head -n 1"));
    (void)signal(SIGPIPE, SIG_DFL);
    assert_string_equal(buffer_text(&result.output), "y\n");
    assert_string_equal(buffer_text(&result.errors), "");
}

static void our_descriptors_stay_ours(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    int other = dup(STDIN_FILENO);
    assert_true(other > 2);
    assert_true(run(&result, NULL, "for i in 3 4 5 6 7 8 9; do if [ -e /proc/self/fd/$i ]; then echo $i; fi; done"));
    (void)close(other);
    assert_string_equal(buffer_text(&result.output), "");
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        const char *message;
    } cases[] = {
        {"/no/such/prog", "[Errno 2] No such file or directory: '/no/such/prog'"},
        {"no-such-prog", "[Errno 2] No such file or directory: 'no-such-prog'"},
        {"", "[Errno 2] No such file or directory: ''"},
        {"/etc", "[Errno 13] Permission denied: '/etc'"},
        {"/etc/passwd", "[Errno 13] Permission denied: '/etc/passwd'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        PROCESS_RESULT_AUTO result = {0};
        ERROR_AUTO error = {0};
        BUFFER_AUTO word = {0};
        buffer_append_text(&word, cases[i].word);
        char *words[] = {word.data, NULL};
        assert_false(process_run(words, &result, &error));
        assert_string_equal(error.message, cases[i].message);
    }
}

static void a_bare_name_is_looked_for(void **state)
{
    (void)state;
    PROCESS_RESULT_AUTO result = {0};
    char command[] = "echo";
    char first[] = "a b";
    char second[] = "$HOME";
    char *words[] = {command, first, second, NULL};
    assert_true(process_run(words, &result, NULL));
    assert_string_equal(buffer_text(&result.output), "a b $HOME\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_output_is_read),
        cmocka_unit_test(the_end_is_read),
        cmocka_unit_test(complaints_become_text),
        cmocka_unit_test(both_outputs_are_gathered),
        cmocka_unit_test(more_complaints_than_a_pipe_holds_do_not_block),
        cmocka_unit_test(too_much_output_ends_it),
        cmocka_unit_test(a_signal_is_a_failure),
        cmocka_unit_test(a_closed_pipe_ends_it_as_ever),
        cmocka_unit_test(our_descriptors_stay_ours),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(a_bare_name_is_looked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
