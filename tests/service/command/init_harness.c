// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "init_harness.h"

#include "base/memory.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"
#include "service/store/seal.h"
#include "service/store/store.h"
#include "service/token/token.h"
#include "support/temporary.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS_MAX 16

bool init_run(const char *const *words, struct buffer *out, struct error *error)
{
    char *argv[WORDS_MAX + 1] = {0};
    int argc = 0;
    for (; words[argc] != NULL && argc < WORDS_MAX; argc++)
        argv[argc] = (char *)(uintptr_t)words[argc];
    FILE *captured = tmpfile();
    assert_non_null(captured);
    (void)fflush(stdout);
    int kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
    assert_true(dup2(fileno(captured), STDOUT_FILENO) >= 0);
    bool done = command_init(argc, argv, error);
    (void)fflush(stdout);
    assert_true(dup2(kept, STDOUT_FILENO) >= 0);
    (void)close(kept);
    rewind(captured);
    for (int c; out != NULL && (c = getc(captured)) != EOF;)
        buffer_append_char(out, (char)c);
    (void)fclose(captured);
    return done;
}

/** The value behind NAME in the part of an INI file that starts with "[SECTION]". */
static struct slice find_value(struct slice file, const char *section, const char *name)
{
    MEMORY_AUTO char *head = memory_format("[%s]", section);
    MEMORY_AUTO char *start = memory_format("%s = ", name);
    struct slice line;
    bool within = false;
    while (slice_cut(&file, '\n', &line)) {
        if (slice_starts_with(line, SLICE("[")))
            within = slice_is(line, head);
        if (within && slice_starts_with(line, slice_of(start)))
            return slice_part(line, strlen(start), line.size);
    }
    fail_msg("[%s] has no %s", section, name);
    return (struct slice){0};
}

static void expect_opens(const struct seal_key *key, const char *kind, const char *id, struct slice sealed,
                         struct buffer *out)
{
    MEMORY_AUTO char *label = memory_format("%s/%s", kind, id);
    buffer_clear(out);
    assert_true(seal_open(key, slice_of(label), sealed, out, NULL));
}

static void expect_profile(struct store *store, const struct seal_key *key, struct slice credentials,
                           const char *profile, enum store_kind kind, const char *account)
{
    ARENA_AUTO *arena = arena_new();
    struct slice id = find_value(credentials, profile, "aws_access_key_id");
    struct slice secret = find_value(credentials, profile, "aws_secret_access_key");
    struct store_identity identity;
    assert_int_equal(store_find_identity(store, id, arena, &identity, NULL), STORE_OK);
    assert_int_equal(id.size, 20);
    assert_int_equal(secret.size, 40);
    assert_int_equal(identity.principal.kind, kind);
    assert_string_equal(identity.principal.account, account);
    assert_string_equal(identity.principal.name, kind == STORE_ROOT ? "" : "admin");
    if (kind == STORE_ROOT)
        assert_string_equal(identity.principal.id, account);
    else
        assert_memory_equal(identity.principal.id, "AIDA", 4);
    assert_true(identity.key.active);
    assert_int_equal(identity.policy_count, 1);
    assert_true(slice_is(identity.policies[0], "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                                               "\"Action\":\"*\",\"Resource\":\"*\"}]}"));
    BUFFER_AUTO opened = {0};
    expect_opens(key, "access-key", identity.key.id, identity.key.sealed_secret, &opened);
    assert_true(slice_equal(buffer_slice(&opened), secret));
}

static void expect_store(struct store *store, const struct seal_key *key, const char *account, const char *region,
                         const char *domain)
{
    ARENA_AUTO *arena = arena_new();
    struct store_settings settings;
    assert_true(store_read_settings(store, arena, &settings, NULL));
    assert_string_equal(settings.account, account);
    assert_string_equal(settings.region, region);

    struct store_sealing_key *keys;
    size_t count;
    assert_true(store_list_sealing_keys(store, arena, &keys, &count, NULL));
    assert_int_equal(count, 1);
    assert_int_equal(strlen(keys[0].id), TOKEN_KEY_ID_SIZE);
    BUFFER_AUTO opened = {0};
    expect_opens(key, "sealing-key", keys[0].id, keys[0].sealed_key, &opened);
    assert_int_equal(opened.size, TOKEN_KEY_SIZE);

    struct store_domain *domains;
    const struct store_page page = {.limit = 10};
    assert_true(store_list_domains(store, slice_of(account), &page, arena, &domains, &count, NULL));
    assert_int_equal(count, domain == NULL ? 0 : 1);
    if (domain != NULL)
        assert_string_equal(domains[0].name, domain);
}

/** Nothing is there but the four files, all of them the owner's alone. */
static void expect_files(const struct data_directory *directory)
{
    assert_int_equal(temporary_mode(directory->path), 0700);
    const char *const files[] = {directory->store, directory->master_key, directory->credentials, directory->config};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(temporary_mode(files[i]), 0600);
    DIR *stream = opendir(directory->path);
    assert_non_null(stream);
    size_t count = 0;
    while (readdir(stream) != NULL)
        count++;
    (void)closedir(stream);
    assert_int_equal(count, 2 + 4);
}

void init_expect_whole(const char *path, const char *account, const char *region, const char *domain)
{
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, path);
    expect_files(&directory);

    struct seal_key key;
    assert_true(seal_key_read(directory.master_key, &key, NULL));
    struct store *store = store_open(directory.store, NULL);
    assert_non_null(store);
    BUFFER_AUTO credentials = {0};
    temporary_read(directory.credentials, &credentials);
    expect_profile(store, &key, buffer_slice(&credentials), "default", STORE_USER, account);
    expect_profile(store, &key, buffer_slice(&credentials), "root", STORE_ROOT, account);
    expect_store(store, &key, account, region, domain);
    store_close(store);

    BUFFER_AUTO config = {0};
    temporary_read(directory.config, &config);
    assert_true(slice_is(find_value(buffer_slice(&config), "default", "region"), region));
    assert_true(slice_is(find_value(buffer_slice(&config), "profile root", "region"), region));
    assert_true(slice_starts_with(find_value(buffer_slice(&config), "default", "endpoint_url"), SLICE("http")));
    assert_true(slice_starts_with(find_value(buffer_slice(&config), "profile root", "endpoint_url"), SLICE("http")));
}
