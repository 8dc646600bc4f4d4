// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Recognising callers against a store. */
#include "service/caller/caller.h"
#include "service/http/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define SESSION_KEY "ASIAFIXTURESESSION01"
#define NOW_SECONDS (FIXTURE_NOW / TIMESTAMP_SECOND)

struct ground {
    struct fixture fixture;
    struct caller_desk desk;
    struct arena *arena;
};

static int set_up(void **state)
{
    static struct ground ground;
    ERROR_AUTO error = {0};
    ground = (struct ground){.arena = arena_new()};
    fixture_open(&ground.fixture);
    *state = &ground;
    return caller_desk_open(&ground.desk, ground.fixture.site, &error) ? 0 : -1;
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    caller_desk_close(&ground->desk);
    arena_free(ground->arena);
    fixture_close(&ground->fixture);
    return 0;
}

/** A request for a domain's description, signed as WHAT says. @return whether the caller was recognised. */
static bool recognize(struct ground *ground, struct fixture_request what, struct caller *caller, struct error *error)
{
    what.method = "GET";
    what.path = "/v1/domain";
    what.query = "domain=my-domain";
    const struct http_request request = fixture_sign(&what, ground->arena);
    struct sigv4_claim claim = {0};
    assert_true(sigv4_read_claim(&request.message, ground->arena, &claim, error));
    const struct caller_question question = {
        .request = &request.message, .claim = &claim, .service = SLICE("codeartifact"), .now = FIXTURE_NOW};
    return caller_recognize(&ground->desk, &question, ground->arena, caller, error);
}

static void test_who_is_who(void **state)
{
    struct ground *ground = *state;
    static const char *const known[][2] = {
        {KEY_ADMIN, "arn:aws:iam::123456789012:user/ops/admin"},
        {KEY_ROOT, "arn:aws:iam::123456789012:root"},
        {KEY_READER, "arn:aws:iam::123456789012:user/reader"},
    };
    for (int round = 0; round < 2; round++) { // the second comes from the cache
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
            ERROR_AUTO error = {0};
            struct caller caller;
            assert_true(recognize(ground, (struct fixture_request){.key = known[i][0]}, &caller, &error));
            assert_string_equal(caller.arn, known[i][1]);
            assert_false(caller.has_session);
        }
    }
}

static void test_who_is_refused(void **state)
{
    struct ground *ground = *state;
    const char *session = fixture_session(&ground->fixture, SESSION_KEY, NOW_SECONDS + 60, ground->arena);
    const char *over = fixture_session(&ground->fixture, SESSION_KEY, NOW_SECONDS, ground->arena);
    const struct {
        struct fixture_request what;
        const char *code;
    } refused[] = {
        {{.key = "AKIAFIXTUREUNKNOWN01"}, "UnrecognizedClient"},
        {{.key = KEY_INACTIVE}, "UnrecognizedClient"},
        {{.key = KEY_ADMIN, .session_token = session}, "UnrecognizedClient"},
        {{.key = SESSION_KEY}, "UnrecognizedClient"},
        {{.key = SESSION_KEY, .session_token = "nonsense"}, "UnrecognizedClient"},
        {{.key = "ASIAFIXTUREANOTHER01", .session_token = session}, "UnrecognizedClient"},
        {{.key = PRINCIPAL_ADMIN}, "UnrecognizedClient"},
        {{.key = SESSION_KEY, .session_token = over}, "ExpiredToken"},
        {{.key = KEY_ADMIN, .secret = "wrong"}, "InvalidSignature"},
        {{.key = SESSION_KEY, .session_token = session, .secret = "wrong"}, "InvalidSignature"},
        {{.key = KEY_ADMIN, .region = "us-east-1"}, "InvalidSignature"},
        {{.key = KEY_ADMIN, .service = "sts"}, "InvalidSignature"},
        {{.key = KEY_ADMIN, .signed_at = FIXTURE_NOW - 301 * TIMESTAMP_SECOND}, "InvalidSignature"},
        {{.key = KEY_ADMIN, .signed_at = FIXTURE_NOW + 301 * TIMESTAMP_SECOND}, "InvalidSignature"},
    };
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
            ERROR_AUTO error = {0};
            struct caller caller;
            assert_false(recognize(ground, refused[i].what, &caller, &error));
            assert_string_equal(error.code, refused[i].code);
            assert_null(strstr(error.message, FIXTURE_SECRET));
        }
    }
}

static void test_session(void **state)
{
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    struct caller caller;
    const struct fixture_request what = {
        .key = SESSION_KEY,
        .session_token = fixture_session(&ground->fixture, SESSION_KEY, NOW_SECONDS + 1, ground->arena)};
    assert_true(recognize(ground, what, &caller, &error));
    assert_true(caller.has_session);
    assert_int_equal(caller.session_expires, NOW_SECONDS + 1);
    assert_string_equal(caller.principal->id, PRINCIPAL_ADMIN);
}

static void test_changes_are_seen(void **state)
{
    struct ground *ground = *state;
    ERROR_AUTO error = {0};
    struct caller caller;
    assert_int_not_equal(caller_desk_refresh(&ground->desk, &error), FRESHNESS_FAILED);
    assert_int_equal(caller_desk_refresh(&ground->desk, &error), FRESHNESS_KEPT);
    assert_true(recognize(ground, (struct fixture_request){.key = KEY_READER}, &caller, &error));
    assert_int_equal(caller.policy_count, 1);

    // Another thread of this process changes something and says so.
    struct store *other = store_open(ground->fixture.site->store_path, &error);
    assert_non_null(other);
    struct slice policy = SLICE("{\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}}");
    assert_int_equal(store_put_policy(other, "AIDAFIXTUREREADER001", "second", policy, &error), STORE_OK);
    freshness_announce(ground->fixture.site);
    assert_int_equal(caller_desk_refresh(&ground->desk, &error), FRESHNESS_LOST);
    assert_true(recognize(ground, (struct fixture_request){.key = KEY_READER}, &caller, &error));
    assert_int_equal(caller.policy_count, 2);

    // Another process changes something: it is noticed when the store is asked again.
    assert_int_equal(store_put_policy(other, "AIDAFIXTUREREADER001", "third", policy, &error), STORE_OK);
    store_close(other);
    ground->desk.freshness.next_question = 0;
    assert_int_equal(caller_desk_refresh(&ground->desk, &error), FRESHNESS_LOST);
    assert_true(recognize(ground, (struct fixture_request){.key = KEY_READER}, &caller, &error));
    assert_int_equal(caller.policy_count, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_who_is_who, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_who_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_session, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes_are_seen, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
