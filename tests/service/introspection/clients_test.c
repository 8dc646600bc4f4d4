// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The file of those who may introspect: what it may hold, and who is let in by it. */
#include "service/introspection/clients.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/** SHA-256 of "secret". */
#define HASH "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"

static void clients_are_known_by_their_secrets(void **state)
{
    (void)state;
    struct digest *digest = digest_new();
    struct introspection_clients *clients =
        introspection_clients_read(SLICE("# gateways\n\n  one:" HASH "\r\ntwo:" HASH), "file", NULL);
    assert_non_null(clients);
    assert_true(introspection_clients_check(clients, SLICE("one"), SLICE("secret")));
    assert_true(introspection_clients_check(clients, SLICE("two"), SLICE("secret")));
    assert_false(introspection_clients_check(clients, SLICE("one"), SLICE("secret ")));
    assert_false(introspection_clients_check(clients, SLICE("one"), SLICE("")));
    assert_false(introspection_clients_check(clients, SLICE("one"), SLICE(HASH)));
    assert_false(introspection_clients_check(clients, SLICE("three"), SLICE("secret")));
    assert_false(introspection_clients_check(clients, SLICE("# gateways"), SLICE("secret")));
    introspection_clients_free(clients);
    digest_free(digest);
}

static void nobody_is_a_client_of_an_empty_file(void **state)
{
    (void)state;
    struct digest *digest = digest_new();
    struct introspection_clients *clients = introspection_clients_read(SLICE(""), "file", NULL);
    assert_non_null(clients);
    assert_false(introspection_clients_check(clients, SLICE(""), SLICE("")));
    introspection_clients_free(clients);
    digest_free(digest);
}

static const struct {
    const char *text;
    const char *part; /**< Of the sentence. */
} refused[] = {
    {"one", "file: line 1 has no colon"},
    {"one:" HASH "\none:" HASH, "file: line 2 names a client that stands above"},
    {"#\none:12", "file: line 2 has not the 64"},
    {"one:" HASH "0", "line 1 has not the 64"},
    {":" HASH, "line 1 has no client id"},
    {"a b:" HASH, "line 1 has no client id"},
};

static void lines_that_are_none_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        ERROR_AUTO error = {0};
        assert_null(introspection_clients_read(slice_of(refused[i].text), "file", &error));
        if (strstr(error.message, refused[i].part) == NULL || strstr(error.message, "2bb80d") != NULL)
            fail_msg("%s", error.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clients_are_known_by_their_secrets),
        cmocka_unit_test(nobody_is_a_client_of_an_empty_file),
        cmocka_unit_test(lines_that_are_none_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
