// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Identity tokens checked as the service does, with a clock that the test moves. Usage: check-identity TRUSTED TIMEOUT,
 * a PEM file and milliseconds. Each line of standard input is an object, and each line of standard output answers one:
 *
 * {"advance": MILLISECONDS}: moves the clock of the keys' ages. {}.
 * {"token": TEXT, "issuer": URL, "audiences": [TEXT...], "now": SECONDS, "wait": MILLISECONDS, "times": N}: N threads
 * ask (1, if it is not there), for so long; without "wait" one asks, and does not wait. {"outcomes": [...]}, each
 * {"outcome": "accepted", "issuer", "subject", "audience", "conditions": {KEY: [TEXT...]}},
 * {"outcome": "refused", "code", "message"} or {"outcome": "pending"}, and in "told" what the operator was told.
 */
#include "base/json.h"
#include "base/json_memory.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "service/web_identity/web_identity.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIMES_MAX 64

static _Atomic int64_t advanced;
static pthread_mutex_t told_lock = PTHREAD_MUTEX_INITIALIZER;
static json_t *told;
static struct web_identity *identity;

static int64_t moved_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + atomic_load(&advanced);
}

static void keep_line(void *data, bool good, const char *line)
{
    (void)data;
    (void)good;
    (void)pthread_mutex_lock(&told_lock);
    (void)json_array_append_new(told, json_string(line));
    (void)pthread_mutex_unlock(&told_lock);
}

static json_t *text_of(struct slice text)
{
    return json_stringn(text.data, text.size);
}

static json_t *describe(const struct web_identity_result *result)
{
    json_t *conditions = json_object();
    for (size_t i = 0; i < result->conditions.count; i++) {
        const struct policy_entry *entry = &result->conditions.entries[i];
        json_t *values = json_array();
        for (size_t j = 0; j < entry->values.count; j++)
            (void)json_array_append_new(values, text_of(entry->values.items[j]));
        (void)json_object_setn_new(conditions, entry->name.data, entry->name.size, values);
    }
    return json_pack("{sssosososo}", "outcome", "accepted", "issuer", text_of(result->identity.issuer), "subject",
                     text_of(result->identity.subject), "audience", text_of(result->identity.audience), "conditions",
                     conditions);
}

/** A question, and what came of it. */
struct ask {
    const json_t *question;
    json_t *answer;
};

static void *run(void *context)
{
    struct ask *ask = context;
    ARENA_AUTO *arena = arena_new();
    JWT_AUTO jwt = {0};
    ERROR_AUTO error = {0};
    const json_t *audiences = json_object_get(ask->question, "audiences");
    const json_t *wait = json_object_get(ask->question, "wait");
    const json_t *now = json_object_get(ask->question, "now");
    struct slice *ids = arena_allocate(arena, json_array_size(audiences) + 1, sizeof *ids);
    for (size_t i = 0; i < json_array_size(audiences); i++)
        ids[i] = slice_of(json_string_value(json_array_get(audiences, i)));
    const struct web_identity_question question = {
        .jwt = &jwt,
        .expected = {json_member_text(ask->question, "issuer"), ids, json_array_size(audiences)},
        .now = now != NULL ? json_integer_value(now) : timestamp_now() / TIMESTAMP_SECOND};
    struct web_identity_result result = {0};
    enum web_identity_outcome outcome = WEB_IDENTITY_REFUSED;
    if (jwt_parse(json_member_text(ask->question, "token"), arena, &jwt, &error))
        outcome = wait == NULL ? web_identity_verify(identity, &question, NULL, arena, &result, &error)
                               : web_identity_verify_waiting(identity, &question, json_integer_value(wait), arena,
                                                             &result, &error);
    ask->answer = outcome == WEB_IDENTITY_ACCEPTED ? describe(&result)
                  : outcome == WEB_IDENTITY_PENDING
                      ? json_pack("{ss}", "outcome", "pending")
                      : json_pack("{ssssss}", "outcome", "refused", "code", error.code, "message", error.message);
    return NULL;
}

static json_t *answer(const json_t *question)
{
    struct ask asks[TIMES_MAX] = {0};
    pthread_t threads[TIMES_MAX];
    const json_t *times = json_object_get(question, "times");
    size_t count = times == NULL ? 1 : (size_t)json_integer_value(times);
    if (count > TIMES_MAX)
        abort();
    for (size_t i = 0; i < count; i++) {
        asks[i].question = question;
        if (pthread_create(&threads[i], NULL, run, &asks[i]) != 0)
            abort();
    }
    json_t *outcomes = json_array();
    for (size_t i = 0; i < count; i++) {
        (void)pthread_join(threads[i], NULL);
        (void)json_array_append_new(outcomes, asks[i].answer);
    }
    (void)pthread_mutex_lock(&told_lock);
    json_t *lines = told;
    told = json_array();
    (void)pthread_mutex_unlock(&told_lock);
    return json_pack("{soso}", "outcomes", outcomes, "told", lines);
}

static bool start(char **arguments)
{
    ERROR_AUTO error = {0};
    struct web_identity_options options = web_identity_defaults;
    options.trusted = arguments[1];
    options.timeout = strtol(arguments[2], NULL, 10);
    options.clock = moved_clock;
    options.tell = keep_line;
    identity = web_identity_new(&options, &error);
    if (identity == NULL)
        (void)fprintf(stderr, "%s\n", error.message);
    return identity != NULL;
}

int main(int argument_count, char **arguments)
{
    json_memory_install();
    told = json_array();
    if (argument_count != 3 || !start(arguments))
        return 1;
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, stdin) > 0) {
        JSON_AUTO *question = json_parse(slice_of(line), NULL);
        const json_t *advance = json_object_get(question, "advance");
        (void)atomic_fetch_add(&advanced, json_integer_value(advance));
        JSON_AUTO *given = advance != NULL ? json_object() : answer(question);
        BUFFER_AUTO text = {0};
        json_write(&text, given, 0);
        (void)puts(buffer_text(&text));
        (void)fflush(stdout);
    }
    free(line);
    web_identity_free(identity);
    json_decref(told);
    return 0;
}
