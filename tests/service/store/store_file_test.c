// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// The file of the store: its mode, its schema from version to version, and all that can be wrong with it.

#include "base/memory.h"
#include "service/store/schema.h"
#include "service/store/store.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"
#define NOBODY 65534

struct ground {
    char *directory;
    char *path;
    struct arena *arena;
    struct error error;
};

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    ground->directory = temporary_make();
    ground->path = temporary_path(ground->directory, "store.sqlite");
    ground->arena = arena_new();
    const struct store_settings settings = {.account = ACCOUNT, .region = "us-east-1"};
    assert_true(store_create(ground->path, &settings, &ground->error));
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    arena_free(ground->arena);
    error_free(&ground->error);
    temporary_remove(ground->directory);
    free(ground->directory);
    free(ground->path);
    free(ground);
    return 0;
}

static struct store *open_store(struct ground *ground)
{
    struct store *store = store_open(ground->path, &ground->error);
    assert_non_null(store);
    return store;
}

static enum store_result add_domain(struct store *store, const char *name, struct error *error)
{
    const struct store_domain domain = {.name = name, .owner = ACCOUNT};
    return store_add_domain(store, &domain, error);
}

static enum store_result find_domain(struct store *store, struct ground *ground, const char *name)
{
    struct store_domain found;
    return store_find_domain(store, SLICE(ACCOUNT), slice_of(name), ground->arena, &found, &ground->error);
}

/** Runs SQL on the file behind the store's back. */
static void run_sql(const char *path, const char *sql)
{
    sqlite3 *database;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
}

/** Where the rows of a table begin. */
static size_t root_page(const char *path, const char *table)
{
    sqlite3 *database;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(database, "SELECT rootpage FROM sqlite_schema WHERE name = ?", -1, &statement, NULL), 0);
    assert_int_equal(sqlite3_bind_text(statement, 1, table, -1, SQLITE_STATIC), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    size_t page = (size_t)sqlite3_column_int64(statement, 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(database), SQLITE_OK);
    return page;
}

/** The error is of that class, names the file and says WORDS. */
static void expect_error(struct ground *ground, enum error_class class, const char *words)
{
    assert_int_equal(ground->error.class, class);
    assert_non_null(strstr(ground->error.message, ground->path));
    if (strstr(ground->error.message, words) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", ground->error.message, words);
}

static void expect_refusal(struct ground *ground, enum error_class class, const char *words)
{
    assert_null(store_open(ground->path, &ground->error));
    expect_error(ground, class, words);
}

static void test_files_are_for_the_owner_alone(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(temporary_mode(ground->path), 0600);
    struct store *store = open_store(ground);
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);
    static const char *const companions[] = {"store.sqlite-wal", "store.sqlite-shm"};
    for (size_t i = 0; i < 2; i++) {
        MEMORY_AUTO char *path = temporary_path(ground->directory, companions[i]);
        assert_int_equal(temporary_mode(path), 0600);
    }
    store_close(store);
}

static void test_creation_does_not_overwrite(void **state)
{
    struct ground *ground = *state;
    const struct store_settings settings = {.account = ACCOUNT, .region = "us-east-2"};
    assert_false(store_create(ground->path, &settings, &ground->error));
    expect_error(ground, ERROR_CONFIGURATION, "exists");
    struct store *store = open_store(ground);
    struct store_settings kept;
    assert_true(store_read_settings(store, ground->arena, &kept, &ground->error));
    assert_string_equal(kept.region, "us-east-1");
    store_close(store);
}

static void test_settled_file_is_the_store(void **state)
{
    struct ground *ground = *state;
    struct store *store = open_store(ground);
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);
    assert_true(store_settle(store, &ground->error));
    BUFFER_AUTO content = {0};
    temporary_read(ground->path, &content);
    store_close(store);

    MEMORY_AUTO char *copy = temporary_path(ground->directory, "copy");
    temporary_write(copy, buffer_slice(&content));
    struct store *copied = store_open(copy, &ground->error);
    assert_non_null(copied);
    assert_int_equal(find_domain(copied, ground, "d1"), STORE_OK);
    store_close(copied);
}

static void test_commits_outlive_a_killed_process(void **state)
{
    struct ground *ground = *state;
    pid_t child = fork();
    if (child == 0) {
        struct store *store = store_open(ground->path, NULL);
        if (store != NULL && add_domain(store, "d1", NULL) == STORE_OK)
            (void)raise(SIGKILL);
        _exit(1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    struct store *store = open_store(ground);
    assert_int_equal(find_domain(store, ground, "d1"), STORE_OK);
    store_close(store);
}

static void test_missing_and_odd_files_are_refused(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(unlink(ground->path), 0);
    expect_refusal(ground, ERROR_CONFIGURATION, "there is no store");
    assert_false(temporary_exists(ground->path));
    temporary_write(ground->path, SLICE("This is a letter, and much longer than the header of a database would be: "
                                        "Lorem ipsum dolor sit amet, consectetur adipisici elit, sed eiusmod."));
    expect_refusal(ground, ERROR_CONFIGURATION, "no store of jetond");
    temporary_write(ground->path, SLICE(""));
    expect_refusal(ground, ERROR_CONFIGURATION, "another program");
    run_sql(ground->path, "CREATE TABLE principal (id TEXT); PRAGMA user_version = 1");
    expect_refusal(ground, ERROR_CONFIGURATION, "another program");
    assert_int_equal(unlink(ground->path), 0);
    assert_int_equal(mkdir(ground->path, 0700), 0);
    expect_refusal(ground, ERROR_CONFIGURATION, "is not a file");
}

static void test_newer_schema_is_refused(void **state)
{
    struct ground *ground = *state;
    run_sql(ground->path, "PRAGMA user_version = 99");
    expect_refusal(ground, ERROR_CONFIGURATION, "newer jetond");
}

static void test_damaged_file_is_told(void **state)
{
    struct ground *ground = *state;
    BUFFER_AUTO content = {0};
    size_t page = root_page(ground->path, "domain");
    temporary_read(ground->path, &content);
    assert_true(page > 1 && page * 4096 <= content.size);
    memset(content.data + (page - 1) * 4096, 0xa5, 4096);
    temporary_write(ground->path, buffer_slice(&content));
    struct store *store = open_store(ground);
    assert_int_equal(find_domain(store, ground, "d1"), STORE_FAILED);
    expect_error(ground, ERROR_INTERNAL, "damaged");
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_FAILED);
    expect_error(ground, ERROR_INTERNAL, "damaged");
    store_close(store);

    temporary_write(ground->path, slice_part(buffer_slice(&content), 0, 700));
    assert_null(store_open(ground->path, &ground->error));
    assert_non_null(strstr(ground->error.message, "damaged"));
}

static void test_read_only_file_is_told(void **state)
{
    struct ground *ground = *state;
    assert_int_equal(chmod(ground->directory, 0755), 0);
    assert_int_equal(chmod(ground->path, 0444), 0);
    pid_t child = fork();
    if (child == 0) {
        // Root may write whatever the mode says.
        if (geteuid() == 0 && setuid(NOBODY) != 0)
            _exit(2);
        struct error error = {0};
        bool told = store_open(ground->path, &error) == NULL && error.class == ERROR_CONFIGURATION &&
                    strstr(error.message, "cannot be written") != NULL;
        error_free(&error);
        _exit(told ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void test_full_disk_and_lock_are_told(void **state)
{
    struct ground *ground = *state;
    struct store *store = open_store(ground);
    assert_true(sqlite_execute(store, "PRAGMA max_page_count = 1", "test", &ground->error));
    MEMORY_AUTO char *name = memory_new(100001, 1);
    memset(name, 'a', 100000);
    assert_int_equal(add_domain(store, name, &ground->error), STORE_FAILED);
    expect_error(ground, ERROR_INTERNAL, "the disk is full");
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);

    struct store *second = open_store(ground);
    assert_true(sqlite_execute(second, "BEGIN IMMEDIATE", "test", &ground->error));
    store_hurry(store);
    assert_int_equal(add_domain(store, "d2", &ground->error), STORE_FAILED);
    // Clients are told this, so it does not say where the store is.
    assert_int_equal(ground->error.class, ERROR_CONFIGURATION);
    assert_string_equal(ground->error.code, STORE_BUSY);
    assert_non_null(strstr(ground->error.message, "locked"));
    assert_null(strstr(ground->error.message, ground->path));
    assert_int_equal(find_domain(store, ground, "d1"), STORE_OK);
    assert_true(sqlite_execute(second, "COMMIT", "test", &ground->error));
    assert_int_equal(add_domain(store, "d2", &ground->error), STORE_OK);
    store_close(second);
    store_close(store);
}

static void test_first_version_is_taken_to_the_newest(void **state)
{
    struct ground *ground = *state;
    MEMORY_AUTO char *path = temporary_path(ground->directory, "old");
    run_sql(path, "PRAGMA application_id = 0x6a65746e; PRAGMA user_version = 0");
    struct store *store = store_open(path, &ground->error);
    assert_non_null(store);
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);
    store_close(store);
}

#define STEPS_MAX 64

/** The steps of the program, with room for more; how many. */
static size_t copy_steps(const char **out)
{
    assert_true(schema_step_count + 2 <= STEPS_MAX);
    for (size_t i = 0; i < schema_step_count; i++)
        out[i] = schema_steps[i];
    return schema_step_count;
}

/** A store that only the first step has made, with a domain in it, is brought up to date and keeps it. */
static void test_store_of_the_first_schema(void **state)
{
    struct ground *ground = *state;
    MEMORY_AUTO char *path = temporary_path(ground->directory, "first");
    BUFFER_AUTO sql = {0};
    buffer_append_format(&sql, "PRAGMA application_id = 0x6a65746e; %s PRAGMA user_version = 1;", schema_steps[0]);
    buffer_append_text(&sql, "INSERT INTO domain (owner, name, created) VALUES ('123456789012', 'd1', 7);");
    run_sql(path, buffer_text(&sql));
    struct store *store = store_open(path, &ground->error);
    assert_non_null(store);
    assert_int_equal(find_domain(store, ground, "d1"), STORE_OK);
    const struct store_resource resource = {.owner = SLICE("123456789012"), .domain = SLICE("d1")};
    const char *revision = NULL;
    assert_int_equal(store_put_resource_policy(store, &resource, SLICE(""), SLICE("{}"), 9, ground->arena, &revision,
                                               &ground->error),
                     STORE_OK);
    store_close(store);
}

/** What the first version of the schema held is there in the newest. */
static void test_first_version_keeps_its_users(void **state)
{
    struct ground *ground = *state;
    MEMORY_AUTO char *path = temporary_path(ground->directory, "old");
    run_sql(path, "PRAGMA application_id = 0x6a65746e;");
    run_sql(path, schema_steps[0]);
    run_sql(path, "PRAGMA foreign_keys = ON; PRAGMA user_version = 1;"
                  "INSERT INTO principal VALUES ('" ACCOUNT "', 'root', '" ACCOUNT "', '/', '', 1);"
                  "INSERT INTO principal VALUES ('AIDA1', 'user', '" ACCOUNT "', '/ops/', 'Ann', 2);"
                  "INSERT INTO access_key VALUES ('AKIA1', 'AIDA1', 1, x'0102', 3);"
                  "INSERT INTO policy VALUES ('AIDA1', 'p', '{}');");
    struct store *store = store_open(path, &ground->error);
    assert_non_null(store);
    struct store_identity found;
    assert_int_equal(store_find_identity(store, SLICE("AKIA1"), ground->arena, &found, &ground->error), STORE_OK);
    assert_string_equal(found.principal.name, "Ann");
    assert_string_equal(found.principal.path, "/ops/");
    assert_int_equal(found.key.created, 3);
    assert_int_equal(found.policy_count, 1);
    assert_int_equal(store_find_principal(store, SLICE(ACCOUNT), ground->arena, &found, &ground->error), STORE_OK);
    assert_int_equal(found.principal.kind, STORE_ROOT);
    store_close(store);
}

static void test_upgrade_keeps_what_is_there(void **state)
{
    struct ground *ground = *state;
    const char *steps[STEPS_MAX];
    size_t count = copy_steps(steps);
    steps[count] = "ALTER TABLE domain ADD COLUMN note TEXT;";
    steps[count + 1] = "CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT;";
    struct store *store = open_store(ground);
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);
    struct store *second = open_store(ground);
    assert_int_equal(find_domain(second, ground, "d1"), STORE_OK);

    assert_true(schema_upgrade(store, steps, count + 1, &ground->error));
    assert_true(schema_upgrade(second, steps, count + 2, &ground->error));
    assert_true(schema_upgrade(store, steps, count + 2, &ground->error));
    assert_true(sqlite_execute(store, "UPDATE domain SET note = (SELECT count(*) FROM extra)", "test", &ground->error));
    assert_int_equal(find_domain(second, ground, "d1"), STORE_OK);
    store_close(store);
    store_close(second);
    expect_refusal(ground, ERROR_CONFIGURATION, "newer jetond");
}

static void test_failed_upgrade_changes_nothing(void **state)
{
    struct ground *ground = *state;
    const char *broken[STEPS_MAX];
    size_t count = copy_steps(broken);
    broken[count] = "CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT;";
    broken[count + 1] = "CREATE NONSENSE;";
    struct store *store = open_store(ground);
    assert_int_equal(add_domain(store, "d1", &ground->error), STORE_OK);
    assert_false(schema_upgrade(store, broken, count + 2, &ground->error));
    expect_error(ground, ERROR_INTERNAL, "cannot upgrade");
    assert_int_equal(find_domain(store, ground, "d1"), STORE_OK);
    // The first of the two steps is undone too, or it could not be done again.
    assert_true(schema_upgrade(store, broken, count + 1, &ground->error));
    store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_files_are_for_the_owner_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_creation_does_not_overwrite, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_settled_file_is_the_store, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_commits_outlive_a_killed_process, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_and_odd_files_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_newer_schema_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_damaged_file_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_only_file_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_full_disk_and_lock_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_first_version_is_taken_to_the_newest, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_store_of_the_first_schema, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_first_version_keeps_its_users, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_upgrade_keeps_what_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failed_upgrade_changes_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
