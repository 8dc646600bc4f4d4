// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The record of issued tokens: what is noted is there in the end, from all threads; and what happens when it cannot.
 */
#include "base/memory.h"
#include "service/audit/recorder.h"
#include "support/temporary.h"

#include <pthread.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define THREADS 4
#define EACH 3000
/** 9999-12-31: no record is forgotten. */
#define FAR INT64_C(253402300799)

struct ground {
    char *directory;
    char *path;
};

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    ground->directory = temporary_make();
    ground->path = temporary_path(ground->directory, "tokens.sqlite");
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    temporary_remove(ground->directory);
    free(ground->path);
    free(ground->directory);
    free(ground);
    return 0;
}

static struct store_issued item_of(const char *id, const char *principal)
{
    return (struct store_issued){.id = slice_of(id),
                                 .principal = slice_of(principal),
                                 .caller = SLICE("arn:aws:iam::123456789012:user/x"),
                                 .domain = SLICE("arn:aws:codeartifact:us-west-2:123456789012:domain/d"),
                                 .issued = 1,
                                 .expires = FAR,
                                 .session_issued = 7};
}

static size_t count_of(const struct ground *ground, const char *principal)
{
    ARENA_AUTO *arena = arena_new();
    struct store *store = store_open_issued(ground->path, false, NULL);
    const struct store_issued_listing listing = {.principal = slice_of(principal), .now = 1, .limit = 1000000};
    struct store_issued *found = NULL;
    size_t count = 0;
    int64_t last = 0;
    assert_non_null(store);
    assert_true(store_list_issued(store, &listing, arena, &found, &count, &last, NULL));
    if (count > 0)
        assert_int_equal(found[0].session_issued, 7);
    store_close(store);
    return count;
}

static void *note_many(void *context)
{
    struct recorder_lane *lane = context;
    for (int i = 0; i < EACH; i++) {
        MEMORY_AUTO char *id = memory_format("%022d", i);
        const struct store_issued item = item_of(id, i % 3 == 0 ? "AROA1:one" : "AIDA1");
        if (!recorder_note(lane, &item, NULL))
            return lane;
    }
    return NULL;
}

static void what_threads_note_is_all_there(void **state)
{
    struct ground *ground = *state;
    pthread_t threads[THREADS];
    struct stat status;
    struct recorder *recorder = recorder_new(ground->path, NULL);
    assert_non_null(recorder);
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, note_many, recorder_join(recorder)), 0);
    for (int i = 0; i < THREADS; i++) {
        void *failed = NULL;
        assert_int_equal(pthread_join(threads[i], &failed), 0);
        assert_null(failed);
    }
    recorder_free(recorder);
    assert_int_equal(count_of(ground, NULL), THREADS * EACH);
    assert_int_equal(count_of(ground, "AROA1"), THREADS * EACH / 3);
    assert_int_equal(count_of(ground, "AROA1:one"), THREADS * EACH / 3);
    assert_int_equal(count_of(ground, "AROA"), 0);
    assert_int_equal(stat(ground->path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void a_second_run_goes_on_behind_the_first(void **state)
{
    struct ground *ground = *state;
    for (int i = 0; i < 2; i++) {
        struct recorder *recorder = recorder_new(ground->path, NULL);
        assert_non_null(recorder);
        const struct store_issued item = item_of("x", "AIDA1");
        assert_true(recorder_note(recorder_join(recorder), &item, NULL));
        recorder_free(recorder);
    }
    assert_int_equal(count_of(ground, NULL), 2);
}

/** Another program keeps the file locked: nothing can be written until it lets go. */
static void what_cannot_be_written_waits_and_then_stops_the_issue(void **state)
{
    struct ground *ground = *state;
    struct recorder *recorder = recorder_new(ground->path, NULL);
    struct recorder_lane *lane = recorder_join(recorder);
    const struct store_issued item = item_of("x", "AIDA1");
    sqlite3 *other = NULL;
    ERROR_AUTO error = {0};
    assert_int_equal(sqlite3_open(ground->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    size_t noted = 0;
    // A batch may be on its way, and its place in the lane free until it comes back.
    while (noted < 3 * RECORDER_LANE_MAX && recorder_note(lane, &item, &error))
        noted++;
    assert_true(noted >= RECORDER_LANE_MAX && noted < 3 * RECORDER_LANE_MAX);
    assert_string_equal(error.code, STORE_BUSY);
    assert_int_equal(sqlite3_exec(other, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    (void)sqlite3_close(other);
    recorder_free(recorder);
    assert_int_equal(count_of(ground, NULL), noted);
}

static void without_a_recorder_nothing_is_noted(void **state)
{
    (void)state;
    const struct store_issued item = item_of("x", "AIDA1");
    assert_null(recorder_join(NULL));
    assert_true(recorder_note(NULL, &item, NULL));
    recorder_free(NULL);
}

static void what_has_expired_is_forgotten(void **state)
{
    struct ground *ground = *state;
    struct store *store = store_open_issued(ground->path, true, NULL);
    struct store_issued items[] = {item_of("a", "AIDA1"), item_of("b", "AIDA1")};
    items[0].expires = 50;
    assert_non_null(store);
    assert_true(store_add_issued(store, items, 2, 49, NULL));
    assert_int_equal(count_of(ground, NULL), 2);
    assert_true(store_add_issued(store, items + 1, 1, 50, NULL));
    assert_int_equal(count_of(ground, NULL), 2);
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_threads_note_is_all_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_second_run_goes_on_behind_the_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_waits_and_then_stops_the_issue, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_recorder_nothing_is_noted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_has_expired_is_forgotten, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
