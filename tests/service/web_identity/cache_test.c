// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** How long keys are used, when they are fetched, and who waits for them: with a clock and a fetch of the test's own.
 */
#include "../jwt/fixture.h"

#include "base/memory.h"
#include "service/web_identity/issuers.h"
#include "service/web_identity/lifetime.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOW 1700000000
#define ISSUER "https://issuer.example"
#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)

static _Atomic int64_t time_now;

static int64_t test_clock(void)
{
    return atomic_load(&time_now);
}

/** An issuer as the test wants it; all under the lock. */
struct ground {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    EVP_PKEY *keys[2];
    size_t current;          // the key that the issuer has
    enum error_class broken; // ERROR_NONE: it answers
    int64_t lifetime;
    bool closed; // fetches wait until it is open
    size_t fetches;
    size_t running;
    size_t most_running;
    size_t told_good;
    size_t told_bad;
    struct web_identity *identity;
};

static struct jwt_keys *test_fetch(void *data, struct slice issuer, int64_t *lifetime, struct error *error)
{
    struct ground *ground = data;
    BUFFER_AUTO text = {0};
    struct jwt_keys *keys = NULL;
    assert_true(slice_starts_with(issuer, SLICE("https://")));
    (void)pthread_mutex_lock(&ground->lock);
    ground->fetches++;
    ground->running++;
    if (ground->running > ground->most_running)
        ground->most_running = ground->running;
    (void)pthread_cond_broadcast(&ground->changed);
    while (ground->closed)
        (void)pthread_cond_wait(&ground->changed, &ground->lock);
    ground->running--;
    if (ground->broken == ERROR_NONE) {
        buffer_append_text(&text, "{\"keys\":[");
        fixture_write_jwk(ground->keys[ground->current], ground->current == 0 ? ",\"kid\":\"a\"" : ",\"kid\":\"b\"",
                          &text);
        buffer_append_text(&text, "]}");
        *lifetime = ground->lifetime;
        keys = jwt_keys_parse(buffer_slice(&text), error);
    } else {
        (void)error_set(error, ground->broken, NULL, "broken");
    }
    (void)pthread_mutex_unlock(&ground->lock);
    return keys;
}

static void test_tell(void *data, bool good, const char *line)
{
    struct ground *ground = data;
    assert_true(strstr(line, "https://") != NULL);
    (void)pthread_mutex_lock(&ground->lock);
    *(good ? &ground->told_good : &ground->told_bad) += 1;
    (void)pthread_mutex_unlock(&ground->lock);
}

static int set_up(void **state)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    (void)pthread_mutex_init(&ground->lock, NULL);
    (void)pthread_cond_init(&ground->changed, NULL);
    ground->keys[0] = fixture_make_key("P-256");
    ground->keys[1] = fixture_make_key("P-256");
    ground->lifetime = LIFETIME_UNSAID;
    struct web_identity_options options = web_identity_defaults;
    options.clock = test_clock;
    options.fetch = test_fetch;
    options.tell = test_tell;
    options.data = ground;
    ground->identity = web_identity_new(&options, NULL);
    *state = ground;
    return ground->identity == NULL ? -1 : 0;
}

static void open_or_close(struct ground *ground, bool closed)
{
    (void)pthread_mutex_lock(&ground->lock);
    ground->closed = closed;
    (void)pthread_cond_broadcast(&ground->changed);
    (void)pthread_mutex_unlock(&ground->lock);
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    open_or_close(ground, false);
    web_identity_free(ground->identity);
    EVP_PKEY_free(ground->keys[0]);
    EVP_PKEY_free(ground->keys[1]);
    (void)pthread_cond_destroy(&ground->changed);
    (void)pthread_mutex_destroy(&ground->lock);
    free(ground);
    return 0;
}

// ------------------------------------------------------------------ asking

/** How to ask. */
struct question {
    size_t key; // that signs
    const char *issuer;
    int64_t wait;                       // milliseconds; below 0: not at all
    struct web_identity_waiter *waiter; // when not waiting
};

/** @return the error's code, "accepted" or "pending". */
static const char *ask_for(struct ground *ground, const struct question *question)
{
    static const struct slice audiences[] = {{"aud", 3}};
    static const char *const codes[] = {"InvalidIdentityToken", "IDPCommunicationError", "ExpiredTokenException"};
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO token = {0};
    ERROR_AUTO error = {0};
    JWT_AUTO jwt = {0};
    const char *header = question->key == 0 ? "{\"alg\":\"ES256\",\"kid\":\"a\"}" : "{\"alg\":\"ES256\",\"kid\":\"b\"}";
    MEMORY_AUTO char *claims = memory_format("{\"iss\":\"%s\",\"sub\":\"me\",\"aud\":\"aud\",\"iat\":%d,\"exp\":%d}",
                                             question->issuer, NOW, NOW);
    fixture_sign(ground->keys[question->key], "ES256", header, claims, &token);
    assert_true(jwt_parse(buffer_slice(&token), arena, &jwt, &error));
    const struct web_identity_question asked = {&jwt, {slice_of(question->issuer), audiences, 1}, NOW};
    struct web_identity_result result = {0};
    enum web_identity_outcome outcome =
        question->wait < 0
            ? web_identity_verify(ground->identity, &asked, question->waiter, arena, &result, &error)
            : web_identity_verify_waiting(ground->identity, &asked, question->wait, arena, &result, &error);
    if (outcome == WEB_IDENTITY_ACCEPTED) {
        assert_true(slice_is(result.identity.subject, "me"));
        assert_true(slice_is(result.identity.issuer, question->issuer));
        assert_int_equal(result.conditions.count, 5);
        return "accepted";
    }
    if (outcome == WEB_IDENTITY_PENDING)
        return "pending";
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(error.code, codes[i]) == 0)
            return codes[i];
    fail_msg("%s", error.code);
    return NULL;
}

/** Longer than any of this takes, however slow the machine. */
#define LONG (100 * SECOND)

static const char *ask(struct ground *ground, size_t key)
{
    return ask_for(ground, &(struct question){key, ISSUER, LONG, NULL});
}

static const char *ask_at_once(struct ground *ground, size_t key)
{
    return ask_for(ground, &(struct question){key, ISSUER, -1, NULL});
}

static void advance(int64_t milliseconds)
{
    (void)atomic_fetch_add(&time_now, milliseconds);
}

static size_t fetches(struct ground *ground)
{
    (void)pthread_mutex_lock(&ground->lock);
    size_t count = ground->fetches;
    (void)pthread_mutex_unlock(&ground->lock);
    return count;
}

static void wait_for_fetches(struct ground *ground, size_t count)
{
    (void)pthread_mutex_lock(&ground->lock);
    while (ground->fetches < count)
        (void)pthread_cond_wait(&ground->changed, &ground->lock);
    (void)pthread_mutex_unlock(&ground->lock);
}

// ------------------------------------------------------------------ lifetimes

/** Keys are used for so long, and then fetched again. */
static void expect_lifetime(struct ground *ground, int64_t seconds, int64_t milliseconds)
{
    size_t before = fetches(ground);
    ground->lifetime = seconds;
    advance(48 * 60 * MINUTE);
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(fetches(ground), before + 1);
    advance(milliseconds - 1);
    assert_string_equal(ask_at_once(ground, 0), "accepted");
    assert_int_equal(fetches(ground), before + 1);
    advance(1);
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(fetches(ground), before + 2);
}

static void test_lifetimes(void **state)
{
    struct ground *ground = *state;
    expect_lifetime(ground, LIFETIME_UNSAID, 60 * MINUTE);
    expect_lifetime(ground, 0, 5 * MINUTE);
    expect_lifetime(ground, 299, 5 * MINUTE);
    expect_lifetime(ground, 301, 301 * SECOND);
    expect_lifetime(ground, 86399, 86399 * SECOND);
    expect_lifetime(ground, 86401, 24 * 60 * MINUTE);
    expect_lifetime(ground, 2147483647, 24 * 60 * MINUTE);
    assert_int_equal(ground->told_good, ground->fetches);
    assert_int_equal(ground->told_bad, 0);
}

static void test_rotation(void **state)
{
    struct ground *ground = *state;
    assert_string_equal(ask(ground, 0), "accepted");
    ground->current = 1;
    // Not within a second of the last fetch, whoever asks how often; then at once, and the old key is gone.
    for (int i = 0; i < 10; i++)
        assert_string_equal(ask(ground, 1), "InvalidIdentityToken");
    advance(SECOND - 1);
    assert_string_equal(ask(ground, 1), "InvalidIdentityToken");
    assert_int_equal(fetches(ground), 1);
    advance(1);
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(fetches(ground), 1);
    assert_string_equal(ask(ground, 1), "accepted");
    assert_string_equal(ask(ground, 0), "InvalidIdentityToken");
    assert_int_equal(fetches(ground), 2);
}

/** Asks every second, so many times, with a key that the issuer does not have. */
static void flood(struct ground *ground, int times)
{
    for (int i = 0; i < times; i++) {
        assert_string_equal(ask(ground, 1), "InvalidIdentityToken");
        assert_string_equal(ask(ground, 0), "accepted");
        advance(SECOND);
    }
}

static void test_flood(void **state)
{
    struct ground *ground = *state;
    ground->lifetime = 86400;
    assert_string_equal(ask(ground, 0), "accepted");
    advance(SECOND);
    // Three in a row, and then one a minute.
    flood(ground, 60);
    assert_int_equal(fetches(ground), 1 + 3);
    flood(ground, 10 * 60);
    assert_int_equal(fetches(ground), 1 + 3 + 10);
    // Whoever rotates in the midst of that waits for his turn, and is let in.
    ground->current = 1;
    advance(MINUTE);
    assert_string_equal(ask(ground, 1), "accepted");
    // After some minutes of peace there is a row again.
    ground->current = 0;
    advance(3 * MINUTE);
    assert_string_equal(ask(ground, 0), "accepted");
    advance(SECOND);
    flood(ground, 30);
    assert_int_equal(fetches(ground), 1 + 3 + 10 + 1 + 1 + 2);
}

static void test_unreachable(void **state)
{
    struct ground *ground = *state;
    ground->broken = ERROR_TRANSPORT;
    assert_string_equal(ask(ground, 0), "IDPCommunicationError");
    assert_string_equal(ask_at_once(ground, 0), "IDPCommunicationError");
    advance(10 * SECOND - 1);
    assert_string_equal(ask_at_once(ground, 0), "IDPCommunicationError");
    assert_int_equal(fetches(ground), 1);
    advance(1);
    ground->broken = ERROR_SERVICE;
    assert_string_equal(ask(ground, 0), "InvalidIdentityToken");
    assert_string_equal(ask_at_once(ground, 0), "InvalidIdentityToken");
    assert_int_equal(fetches(ground), 2);
    advance(10 * SECOND);
    ground->broken = ERROR_NONE;
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(ground->told_bad, 2);
}

static void test_stale(void **state)
{
    struct ground *ground = *state;
    assert_string_equal(ask(ground, 0), "accepted");
    advance(60 * MINUTE);
    ground->broken = ERROR_TRANSPORT;
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(fetches(ground), 2);
    // It is asked again every 10 seconds; a key that is not known may be the new one, which nobody can say.
    assert_string_equal(ask_at_once(ground, 0), "accepted");
    assert_string_equal(ask_at_once(ground, 1), "IDPCommunicationError");
    advance(10 * SECOND);
    ground->broken = ERROR_SERVICE;
    assert_string_equal(ask(ground, 0), "accepted");
    assert_int_equal(fetches(ground), 3);
    advance(60 * MINUTE - 10 * SECOND - 1);
    assert_string_equal(ask(ground, 0), "accepted");
    advance(1);
    assert_string_equal(ask(ground, 0), "InvalidIdentityToken");
    advance(10 * SECOND);
    ground->broken = ERROR_NONE;
    assert_string_equal(ask(ground, 0), "accepted");
}

// ------------------------------------------------------------------ waiting

/** Counts its calls. */
static void count_call(void *data)
{
    (void)atomic_fetch_add((_Atomic int *)data, 1);
}

static void test_waiters(void **state)
{
    struct ground *ground = *state;
    _Atomic int calls[3] = {0};
    struct web_identity_waiter waiters[3];
    open_or_close(ground, true);
    for (size_t i = 0; i < 3; i++) {
        waiters[i] = (struct web_identity_waiter){count_call, (void *)&calls[i], NULL};
        assert_string_equal(ask_for(ground, &(struct question){0, ISSUER, -1, &waiters[i]}), "pending");
    }
    assert_string_equal(ask_at_once(ground, 0), "pending");
    wait_for_fetches(ground, 1);
    web_identity_forget(ground->identity, &waiters[1]);
    // Time that runs out leaves no trace.
    assert_string_equal(ask_for(ground, &(struct question){0, ISSUER, 1, NULL}), "IDPCommunicationError");
    open_or_close(ground, false);
    assert_string_equal(ask(ground, 0), "accepted");
    web_identity_forget(ground->identity, &waiters[0]);
    assert_int_equal(calls[0], 1);
    assert_int_equal(calls[1], 0);
    assert_int_equal(calls[2], 1);
    assert_int_equal(fetches(ground), 1);
}

static void test_end(void **state)
{
    struct ground *ground = *state;
    _Atomic int calls = 0;
    struct web_identity_waiter waiter = {count_call, (void *)&calls, NULL};
    open_or_close(ground, true);
    assert_string_equal(ask_for(ground, &(struct question){0, ISSUER, -1, &waiter}), "pending");
    // Five more issuers than there are threads: some are in the queue when it ends.
    for (int i = 0; i < ISSUERS_THREADS + 5; i++) {
        MEMORY_AUTO char *issuer = memory_format("https://issuer%d.example", i);
        assert_string_equal(ask_for(ground, &(struct question){0, issuer, -1, NULL}), "pending");
    }
    wait_for_fetches(ground, ISSUERS_THREADS);
    open_or_close(ground, false);
    web_identity_stop(ground->identity);
    assert_int_equal(calls, 1);
    // What had begun has ended well, and what had not never will; nobody is told to wait any more.
    assert_string_equal(ask_at_once(ground, 0), "accepted");
    assert_string_equal(ask_for(ground, &(struct question){0, "https://late.example", -1, &waiter}),
                        "IDPCommunicationError");
    web_identity_stop(ground->identity);
    assert_int_equal(calls, 1);
    assert_int_equal(ground->most_running, ISSUERS_THREADS);
}

static void *ask_often(void *data)
{
    for (int i = 0; i < 20; i++)
        if (strcmp(ask(data, 0), "accepted") != 0)
            return data;
    return NULL;
}

static void test_threads(void **state)
{
    struct ground *ground = *state;
    pthread_t threads[8];
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, ground), 0);
    for (size_t i = 0; i < 8; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_null(result);
    }
    assert_int_equal(fetches(ground), 1);
}

static void test_many_issuers(void **state)
{
    struct ground *ground = *state;
    // One more than are remembered: the oldest goes, and is fetched again.
    for (int i = 0; i <= ISSUERS_MAX; i++) {
        MEMORY_AUTO char *issuer = memory_format("https://issuer.example/%d", i);
        advance(1);
        assert_string_equal(ask_for(ground, &(struct question){0, issuer, LONG, NULL}), "accepted");
    }
    assert_int_equal(fetches(ground), ISSUERS_MAX + 1);
    assert_string_equal(ask_for(ground, &(struct question){0, "https://issuer.example/1", -1, NULL}), "accepted");
    assert_string_equal(ask_for(ground, &(struct question){0, "https://issuer.example/0", LONG, NULL}), "accepted");
    assert_int_equal(fetches(ground), ISSUERS_MAX + 2);
}

static void test_no_fetch(void **state)
{
    struct ground *ground = *state;
    ARENA_AUTO *arena = arena_new();
    JWT_AUTO jwt = {0};
    ERROR_AUTO error = {0};
    BUFFER_AUTO token = {0};
    struct web_identity_result result;
    fixture_sign(ground->keys[0], "ES256", "{\"alg\":\"ES256\"}",
                 "{\"iss\":\"" ISSUER "\",\"sub\":\"me\",\"aud\":\"aud\",\"iat\":1,\"exp\":2}", &token);
    assert_true(jwt_parse(buffer_slice(&token), arena, &jwt, &error));
    struct web_identity_question question = {&jwt, {SLICE(ISSUER), NULL, 0}, NOW};
    assert_int_equal(web_identity_verify(ground->identity, &question, NULL, arena, &result, &error),
                     WEB_IDENTITY_REFUSED);
    assert_string_equal(error.code, "ExpiredTokenException");
    question.now = 1;
    question.expected.issuer = SLICE("https://other.example");
    assert_int_equal(web_identity_verify(ground->identity, &question, NULL, arena, &result, &error),
                     WEB_IDENTITY_REFUSED);
    assert_string_equal(error.code, "InvalidIdentityToken");
    assert_int_equal(fetches(ground), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lifetimes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rotation, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_flood, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_unreachable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stale, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_waiters, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_threads, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_issuers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_no_fetch, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
