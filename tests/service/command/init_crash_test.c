// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// `jetond init` after one that died: at each of its steps, and at random moments.

#include "init_harness.h"

#include "base/memory.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "support/temporary.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"
#define ROUNDS 50
/** So that the last rounds let init come to its end. */
#define MOMENTS INT64_C(11500)

static int set_up(void **state)
{
    *state = temporary_make();
    return 0;
}

static int tear_down(void **state)
{
    temporary_remove(*state);
    free(*state);
    return 0;
}

static bool run(const char *directory, struct error *error)
{
    return init_run((const char *const[]){"--data", directory, "--account", ACCOUNT, "--domain", "d1", NULL}, NULL,
                    error);
}

static void test_leftovers_of_each_step_are_cleared(void **state)
{
    // What stands in the directory after each step, in the order in which init makes them.
    static const char *const steps[] = {
        "init.unfinished",   "master.key.Ab12Cd", "master.key",    "store.new",
        "store.new-journal", "store.new-wal",     "store.new-shm", "credentials.xyzXYZ",
        "credentials",       "config.000000",     "config",
    };
    MEMORY_AUTO char *directory = temporary_path(*state, "data");
    for (size_t count = 1; count <= sizeof steps / sizeof steps[0]; count++) {
        assert_int_equal(mkdir(directory, 0700), 0);
        for (size_t i = 0; i < count; i++) {
            MEMORY_AUTO char *path = temporary_path(directory, steps[i]);
            temporary_write(path, SLICE("left over"));
        }
        ERROR_AUTO error = {0};
        if (!run(directory, &error))
            fail_msg("after %s: %s", steps[count - 1], error.message);
        init_expect_whole(directory, ACCOUNT, "us-east-1", "d1");
        temporary_remove(directory);
    }
}

static void test_a_mark_does_not_excuse_foreign_files(void **state)
{
    MEMORY_AUTO char *directory = temporary_path(*state, "data");
    assert_int_equal(mkdir(directory, 0700), 0);
    static const char *const foreign[] = {"letter", "config.old", "credentials.bak", "store.new.bak", "master.key-1"};
    MEMORY_AUTO char *mark = temporary_path(directory, "init.unfinished");
    for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
        MEMORY_AUTO char *path = temporary_path(directory, foreign[i]);
        temporary_write(mark, SLICE(""));
        temporary_write(path, SLICE("precious"));
        ERROR_AUTO error = {0};
        assert_false(run(directory, &error));
        assert_non_null(strstr(error.message, foreign[i]));
        assert_true(temporary_exists(path));
        assert_int_equal(unlink(path), 0);
    }
}

static void test_death_before_the_mark_is_taken_away(void **state)
{
    MEMORY_AUTO char *directory = temporary_path(*state, "data");
    MEMORY_AUTO char *mark = temporary_path(directory, "init.unfinished");
    assert_true(run(directory, NULL));
    temporary_write(mark, SLICE(""));
    ERROR_AUTO error = {0};
    assert_false(run(directory, &error));
    assert_non_null(strstr(error.message, "holds a service already"));
    init_expect_whole(directory, ACCOUNT, "us-east-1", "d1");
}

/** Lets init run in a child and kills it after DELAY microseconds. @return whether it was still running. */
static bool run_and_kill(const char *directory, int64_t delay)
{
    pid_t child = fork();
    if (child == 0) {
        (void)run(directory, NULL);
        _exit(0);
    }
    assert_true(child > 0);
    const struct timespec wait = {.tv_sec = delay / TIMESTAMP_SECOND, .tv_nsec = delay % TIMESTAMP_SECOND * 1000};
    (void)nanosleep(&wait, NULL);
    (void)kill(child, SIGKILL);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static void test_killed_at_random_moments(void **state)
{
    MEMORY_AUTO char *first = temporary_path(*state, "first");
    int64_t start = timestamp_now();
    assert_true(run(first, NULL));
    int64_t whole = timestamp_now() - start;

    size_t killed = 0;
    for (unsigned round = 0; round < ROUNDS; round++) {
        MEMORY_AUTO char *directory = memory_format("%s/%u", (const char *)*state, round);
        // One moment in each fiftieth of the time that a whole run takes, and a little beyond.
        unsigned char noise = 0;
        assert_true(secret_random(&noise, 1));
        killed += run_and_kill(directory, whole * (round * 256 + noise) / MOMENTS);
        ERROR_AUTO error = {0};
        if (!run(directory, &error) && strstr(error.message, "holds a service already") == NULL)
            fail_msg("round %u: %s", round, error.message);
        init_expect_whole(directory, ACCOUNT, "us-east-1", "d1");
    }
    assert_true(killed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_leftovers_of_each_step_are_cleared, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_mark_does_not_excuse_foreign_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_death_before_the_mark_is_taken_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_killed_at_random_moments, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
