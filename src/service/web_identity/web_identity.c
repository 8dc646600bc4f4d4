// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/web_identity.h"

#include "service/web_identity/conditions.h"
#include "service/web_identity/discovery.h"
#include "service/web_identity/issuers.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)

const struct web_identity_options web_identity_defaults = {
    .floor = 5 * MINUTE,
    .ceiling = 24 * HOUR,
    .unsaid = HOUR,
    .stale = HOUR,
    .retry = 10 * SECOND,
    .pause = SECOND,
    .row = 3,
    .early = MINUTE,
    .timeout = 5 * SECOND,
};

struct web_identity {
    struct issuers *issuers;
};

struct web_identity *web_identity_new(const struct web_identity_options *options, struct error *error)
{
    struct issuers *issuers = issuers_new(options, error);
    if (issuers == NULL)
        return NULL;
    struct web_identity *identity = memory_new(1, sizeof *identity);
    identity->issuers = issuers;
    return identity;
}

void web_identity_stop(struct web_identity *identity)
{
    issuers_stop(identity->issuers);
}

void web_identity_free(struct web_identity *identity)
{
    if (identity == NULL)
        return;
    issuers_free(identity->issuers);
    free(identity);
}

void web_identity_forget(struct web_identity *identity, struct web_identity_waiter *waiter)
{
    issuers_forget(identity->issuers, waiter);
}

// ------------------------------------------------------------------ refusals

static enum web_identity_outcome refuse(struct error *error, const char *code, const char *message)
{
    (void)error_set(error, ERROR_PARAMETER, code, "%s", message);
    return WEB_IDENTITY_REFUSED;
}

static enum web_identity_outcome refuse_unreachable(struct error *error)
{
    return refuse(error, "IDPCommunicationError",
                  "The identity provider cannot be reached for its verification keys. Try again.");
}

/** What it means that there are no keys. The reason is the operator's to know, who is told of every fetch. */
static enum web_identity_outcome refuse_without_keys(enum issuers_answer answer, struct error *error)
{
    if (answer == ISSUERS_UNREACHABLE)
        return refuse_unreachable(error);
    if (answer == ISSUERS_SAME)
        return refuse(error, "InvalidIdentityToken",
                      "The token's signature cannot be verified: none of the identity provider's keys fits");
    // AWS's words, both blanks included (aws/aws-sdk-php#1725).
    return refuse(error, "InvalidIdentityToken",
                  "Couldn't retrieve verification key from your identity provider,  please reference "
                  "AssumeRoleWithWebIdentity documentation for requirements");
}

// ------------------------------------------------------------------ checking

/** What can be said before there are keys: a token that is over needs none fetched. */
static bool check_first(const struct web_identity_question *question, struct error *error)
{
    struct slice issuer = jwt_read_issuer(question->jwt, error);
    if (issuer.data == NULL || !jwt_check_times(question->jwt, question->now, error))
        return false;
    if (!slice_equal(issuer, question->expected.issuer) || !discovery_is_issuer(issuer))
        return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "Incorrect token issuer");
    return true;
}

/** Holds the signature against the keys, and against newer ones when it may be that they fit better. */
static enum issuers_answer check_signature(struct issuers *issuers, const struct web_identity_question *question,
                                           struct web_identity_waiter *waiter, enum jwt_verdict *verdict)
{
    struct slice url = question->expected.issuer;
    struct issuers_keys *keys = NULL;
    struct issuers_keys *newer = NULL;
    enum issuers_answer answer = issuers_ask(issuers, url, NULL, waiter, &keys);
    if (answer != ISSUERS_KEYS)
        return answer;
    *verdict = jwt_verify(question->jwt, keys->keys);
    if (*verdict == JWT_UNKNOWN_KEY) {
        answer = issuers_ask(issuers, url, keys, waiter, &newer);
        if (answer == ISSUERS_KEYS)
            *verdict = jwt_verify(question->jwt, newer->keys);
    }
    issuers_release(issuers, newer);
    issuers_release(issuers, keys);
    return answer;
}

static struct slice keep(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static bool read_result(const struct web_identity_question *question, struct arena *arena,
                        struct web_identity_result *out, struct error *error)
{
    struct jwt_identity found;
    if (!jwt_check_identity(question->jwt, &question->expected, &found, error) ||
        !conditions_make(question->jwt, found.issuer, arena, &out->conditions, error))
        return false;
    out->identity = (struct jwt_identity){.issuer = keep(arena, found.issuer),
                                          .subject = keep(arena, found.subject),
                                          .audience = keep(arena, found.audience)};
    return true;
}

enum web_identity_outcome web_identity_verify(struct web_identity *identity,
                                              const struct web_identity_question *question,
                                              struct web_identity_waiter *waiter, struct arena *arena,
                                              struct web_identity_result *out, struct error *error)
{
    if (!check_first(question, error))
        return WEB_IDENTITY_REFUSED;
    enum jwt_verdict verdict = JWT_FORGED;
    enum issuers_answer answer = check_signature(identity->issuers, question, waiter, &verdict);
    if (answer == ISSUERS_PENDING)
        return WEB_IDENTITY_PENDING;
    if (answer == ISSUERS_KEYS && verdict == JWT_FORGED)
        return refuse(error, "InvalidIdentityToken", "The token's signature is not the identity provider's");
    if (answer != ISSUERS_KEYS || verdict != JWT_SIGNED)
        return refuse_without_keys(answer == ISSUERS_KEYS ? ISSUERS_SAME : answer, error);
    return read_result(question, arena, out, error) ? WEB_IDENTITY_ACCEPTED : WEB_IDENTITY_REFUSED;
}

// ------------------------------------------------------------------ waiting

/** What a thread sleeps at. */
struct bell {
    pthread_mutex_t lock;
    pthread_cond_t rings;
    bool rung;
};

static void bell_start(struct bell *bell)
{
    pthread_condattr_t attributes;
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_mutex_init(&bell->lock, NULL);
    (void)pthread_cond_init(&bell->rings, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    bell->rung = false;
}

static void bell_end(struct bell *bell)
{
    (void)pthread_cond_destroy(&bell->rings);
    (void)pthread_mutex_destroy(&bell->lock);
}

static void bell_ring(void *data)
{
    struct bell *bell = data;
    (void)pthread_mutex_lock(&bell->lock);
    bell->rung = true;
    (void)pthread_cond_signal(&bell->rings);
    (void)pthread_mutex_unlock(&bell->lock);
}

/** @return whether it rang before that moment of the monotonic clock; it may ring again. */
static bool bell_wait(struct bell *bell, const struct timespec *until)
{
    int result = 0;
    (void)pthread_mutex_lock(&bell->lock);
    while (!bell->rung && result == 0)
        result = pthread_cond_timedwait(&bell->rings, &bell->lock, until);
    bool rung = bell->rung;
    bell->rung = false;
    (void)pthread_mutex_unlock(&bell->lock);
    return rung;
}

static struct timespec moment_after(int64_t milliseconds)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    int64_t nanoseconds = now.tv_nsec + milliseconds % SECOND * 1000000;
    return (struct timespec){.tv_sec = now.tv_sec + milliseconds / SECOND + nanoseconds / 1000000000,
                             .tv_nsec = nanoseconds % 1000000000};
}

enum web_identity_outcome web_identity_verify_waiting(struct web_identity *identity,
                                                      const struct web_identity_question *question,
                                                      int64_t milliseconds, struct arena *arena,
                                                      struct web_identity_result *out, struct error *error)
{
    struct bell bell;
    struct web_identity_waiter waiter = {.wake = bell_ring, .data = &bell};
    const struct timespec until = moment_after(milliseconds);
    bell_start(&bell);
    enum web_identity_outcome outcome = web_identity_verify(identity, question, &waiter, arena, out, error);
    while (outcome == WEB_IDENTITY_PENDING && bell_wait(&bell, &until))
        outcome = web_identity_verify(identity, question, &waiter, arena, out, error);
    // Also when it has rung: who rang may not have come out of the bell yet.
    web_identity_forget(identity, &waiter);
    bell_end(&bell);
    return outcome == WEB_IDENTITY_PENDING ? refuse_unreachable(error) : outcome;
}
