// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// `jetond init`: what it makes, what it prints, and what it refuses.

#include "init_harness.h"

#include "base/memory.h"
#include "support/temporary.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"
#define OTHER_USER 65534

struct ground {
    char *parent;
    char *directory;
    struct error error;
};

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    ground->parent = temporary_make();
    ground->directory = temporary_path(ground->parent, "data");
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    error_free(&ground->error);
    temporary_remove(ground->parent);
    free(ground->parent);
    free(ground->directory);
    free(ground);
    return 0;
}

static bool run_plain(struct ground *ground)
{
    return init_run((const char *const[]){"--data", ground->directory, "--account", ACCOUNT, NULL}, NULL,
                    &ground->error);
}

static void expect_refusal(struct ground *ground, enum error_class class, const char *words)
{
    assert_int_equal(ground->error.class, class);
    if (strstr(ground->error.message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ground->error.message, words);
}

static void test_makes_a_whole_service(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO out = {0};
    mode_t mask = umask(0);
    bool done = init_run((const char *const[]){"--data", ground->directory, "--account=123456789012", "--region",
                                               "eu-central-1", "--domain", "my-domain", "--endpoint",
                                               "https://packages.example.com:8443", NULL},
                         &out, &ground->error);
    (void)umask(mask);
    assert_true(done);
    init_expect_whole(ground->directory, ACCOUNT, "eu-central-1", "my-domain");

    MEMORY_AUTO char *config = temporary_path(ground->directory, "config");
    BUFFER_AUTO content = {0};
    temporary_read(config, &content);
    assert_string_equal(buffer_text(&content), "[default]\n"
                                               "region = eu-central-1\n"
                                               "endpoint_url = https://packages.example.com:8443\n"
                                               "\n"
                                               "[profile root]\n"
                                               "region = eu-central-1\n"
                                               "endpoint_url = https://packages.example.com:8443\n");
    MEMORY_AUTO char *next = memory_format("jetond serve --data %s\n", ground->directory);
    const char *const words[] = {ACCOUNT, "eu-central-1", "my-domain", "https://packages.example.com:8443", next};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        assert_non_null(strstr(buffer_text(&out), words[i]));
}

static void test_says_where_to_listen(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO out = {0};
    assert_true(
        init_run((const char *const[]){"--data", ground->directory, "--endpoint", "http://127.0.0.1:5000", NULL}, &out,
                 &ground->error));
    MEMORY_AUTO char *next = memory_format("jetond serve --data %s --listen 127.0.0.1:5000\n", ground->directory);
    assert_non_null(strstr(buffer_text(&out), next));
}

static void test_prints_no_secret(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO out = {0};
    assert_true(init_run((const char *const[]){"--data", ground->directory, NULL}, &out, &ground->error));
    BUFFER_AUTO content = {0};
    MEMORY_AUTO char *credentials = temporary_path(ground->directory, "credentials");
    temporary_read(credentials, &content);
    struct slice rest = buffer_slice(&content);
    struct slice line;
    size_t secrets = 0;
    while (slice_cut(&rest, '\n', &line)) {
        if (!slice_starts_with(line, SLICE("aws_secret_access_key = ")))
            continue;
        MEMORY_AUTO char *secret = memory_copy(line.data + 24, line.size - 24);
        assert_null(strstr(buffer_text(&out), secret));
        secrets++;
    }
    assert_int_equal(secrets, 2);
    MEMORY_AUTO char *key = temporary_path(ground->directory, "master.key");
    temporary_read(key, &content);
    content.data[64] = '\0';
    assert_null(strstr(buffer_text(&out), content.data));
}

static void test_secrets_are_not_in_the_store(void **state)
{
    struct ground *ground = *state;
    assert_true(run_plain(ground));
    MEMORY_AUTO char *store = temporary_path(ground->directory, "store.sqlite");
    MEMORY_AUTO char *credentials = temporary_path(ground->directory, "credentials");
    BUFFER_AUTO content = {0};
    BUFFER_AUTO keys = {0};
    temporary_read(store, &content);
    temporary_read(credentials, &keys);
    const char *secret = strstr(buffer_text(&keys), "aws_secret_access_key = ") + 24;
    assert_null(memmem(content.data, content.size, secret, 40));
    const char *id = strstr(buffer_text(&keys), "AKIA");
    assert_non_null(memmem(content.data, content.size, id, 20));
}

static void test_an_empty_directory_is_used(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(mkdir(ground->directory, 0755), 0);
    MEMORY_AUTO char *with_slash = memory_format("%s//", ground->directory);
    assert_true(
        init_run((const char *const[]){"--data", with_slash, "--account", ACCOUNT, NULL}, NULL, &ground->error));
    init_expect_whole(ground->directory, ACCOUNT, "us-east-1", NULL);
}

static void test_never_overwrites_a_service(void **state)
{
    struct ground *ground = *state;
    assert_true(run_plain(ground));
    MEMORY_AUTO char *credentials = temporary_path(ground->directory, "credentials");
    BUFFER_AUTO before = {0};
    BUFFER_AUTO after = {0};
    temporary_read(credentials, &before);
    assert_false(run_plain(ground));
    expect_refusal(ground, ERROR_CONFIGURATION, "holds a service already");
    temporary_read(credentials, &after);
    assert_true(slice_equal(buffer_slice(&before), buffer_slice(&after)));
    init_expect_whole(ground->directory, ACCOUNT, "us-east-1", NULL);
}

static void test_foreign_files_are_left_alone(void **state)
{
    struct ground *ground = *state;
    // The names that init itself uses are no exception: this could be ~/.aws.
    static const char *const names[] = {"letter.txt", "credentials", "config",       "master.key",
                                        "store.new",  ".hidden",     "config.abcdef"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_int_equal(mkdir(ground->directory, 0755), 0);
        MEMORY_AUTO char *path = temporary_path(ground->directory, names[i]);
        temporary_write(path, SLICE("precious"));
        assert_false(run_plain(ground));
        expect_refusal(ground, ERROR_CONFIGURATION, names[i]);
        BUFFER_AUTO content = {0};
        temporary_read(path, &content);
        assert_string_equal(buffer_text(&content), "precious");
        assert_int_equal(temporary_mode(ground->directory), 0755);
        temporary_remove(ground->directory);
    }
}

static void test_odd_places_are_refused(void **state)
{
    struct ground *ground = *state;
    MEMORY_AUTO char *deep = temporary_path(ground->directory, "deeper");
    assert_false(init_run((const char *const[]){"--data", deep, NULL}, NULL, &ground->error));
    expect_refusal(ground, ERROR_CONFIGURATION, "make that first");
    assert_false(temporary_exists(ground->directory));
    temporary_write(ground->directory, SLICE("a file"));
    assert_false(run_plain(ground));
    expect_refusal(ground, ERROR_CONFIGURATION, "Not a directory");
    assert_int_equal(unlink(ground->directory), 0);
    // Only root can make a directory of somebody else's.
    if (geteuid() == 0) {
        assert_int_equal(mkdir(ground->directory, 0700), 0);
        assert_int_equal(chown(ground->directory, OTHER_USER, (gid_t)-1), 0);
        assert_false(run_plain(ground));
        expect_refusal(ground, ERROR_CONFIGURATION, "belongs to user 65534");
    }
}

static void test_two_inits_do_not_meet(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(mkdir(ground->directory, 0700), 0);
    int descriptor = open(ground->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_int_equal(flock(descriptor, LOCK_EX), 0);
    assert_false(run_plain(ground));
    expect_refusal(ground, ERROR_CONFIGURATION, "another jetond init");
    (void)close(descriptor);
    assert_true(run_plain(ground));
}

static void test_bad_values_are_refused(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *option;
        const char *value;
    } cases[] = {
        {"--account", "12345678901"},
        {"--account", "1234567890123"},
        {"--account", "12345678901a"},
        {"--region", "US-EAST-1"},
        {"--region", "us east"},
        {"--region", "us-"},
        {"--region", "1-us"},
        {"--region", "x\ny"},
        {"--domain", "a"},
        {"--domain", "Upper"},
        {"--domain", "1abc"},
        {"--domain", "abc-"},
        {"--domain", "a123456789a123456789a123456789a123456789a123456789a"},
        {"--endpoint", "127.0.0.1:4480"},
        {"--endpoint", "ftp://host"},
        {"--endpoint", "http://"},
        {"--endpoint", "http://:80"},
        {"--endpoint", "http://host/path"},
        {"--endpoint", "http://user@host"},
        {"--endpoint", "http://host\nx = y"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_false(init_run((const char *const[]){"--data", ground->directory, cases[i].option, cases[i].value, NULL},
                              NULL, &ground->error));
        expect_refusal(ground, ERROR_USAGE, "such as");
        expect_refusal(ground, ERROR_USAGE, cases[i].option);
    }
    assert_false(temporary_exists(ground->directory));
    assert_false(init_run((const char *const[]){NULL}, NULL, &ground->error));
    expect_refusal(ground, ERROR_USAGE, "--data DIR is missing");
}

static void test_help_fits_a_screen(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO out = {0};
    assert_true(init_run((const char *const[]){"--help", NULL}, &out, &ground->error));
    struct slice rest = buffer_slice(&out);
    struct slice line;
    size_t lines = 0;
    for (; slice_cut(&rest, '\n', &line); lines++)
        assert_in_range(line.size, 0, 90);
    assert_in_range(lines, 10, 24);
    static const char *const options[] = {"--data DIR", "--account ID", "--region NAME", "--domain NAME",
                                          "--endpoint URL"};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        assert_non_null(strstr(buffer_text(&out), options[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_makes_a_whole_service, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_says_where_to_listen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_prints_no_secret, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_secrets_are_not_in_the_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_empty_directory_is_used, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_never_overwrites_a_service, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_foreign_files_are_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_odd_places_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_two_inits_do_not_meet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_values_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_help_fits_a_screen, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
