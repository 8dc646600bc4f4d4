// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/issuers.h"

#include "base/memory.h"
#include "service/web_identity/fetch.h"
#include "service/web_identity/lifetime.h"
#include "service/web_identity/trusted.h"

#include <inttypes.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

struct issuer {
    struct issuer *next;
    char *url;
    size_t url_size;
    struct issuers_keys *keys; // NULL: none yet; held by this place
    int64_t fresh_until;
    int64_t usable_until;
    int64_t used;  // when it was last asked for
    int64_t tried; // when a fetch last ended
    int64_t early; // how far into the future early fetches have used up their time
    bool was_tried;
    bool fetching;               // in the queue, or with a thread
    enum issuers_answer failure; // of the last fetch; ISSUERS_KEYS: it was none
    struct web_identity_waiter *waiters;
    struct issuer *queued; // the next in the queue
};

struct issuers {
    struct web_identity_options options;
    struct buffer trusted;
    char *proxy;
    struct download_options download;
    atomic_bool stop;

    pthread_mutex_t lock; // of all that follows
    pthread_cond_t work;
    struct issuer *first;
    size_t count;
    struct issuer *queue;
    struct issuer **queue_end;
    size_t queue_size;
    pthread_t threads[ISSUERS_THREADS];
    size_t thread_count;
    size_t idle;
};

static int64_t monotonic_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ------------------------------------------------------------------ keys

/** Under the lock. */
static void drop(struct issuers_keys *keys)
{
    if (keys == NULL || --keys->holders > 0)
        return;
    jwt_keys_free(keys->keys);
    free(keys);
}

static struct issuers_keys *hold(struct issuers_keys *keys)
{
    keys->holders++;
    return keys;
}

void issuers_release(struct issuers *issuers, struct issuers_keys *keys)
{
    (void)pthread_mutex_lock(&issuers->lock);
    drop(keys);
    (void)pthread_mutex_unlock(&issuers->lock);
}

// ------------------------------------------------------------------ the table

static void free_issuer(struct issuer *issuer)
{
    drop(issuer->keys);
    free(issuer->url);
    free(issuer);
}

/** Forgets the issuer that was longest not asked for, of those that are not being fetched. */
static bool make_room(struct issuers *issuers)
{
    struct issuer **oldest = NULL;
    for (struct issuer **at = &issuers->first; *at != NULL; at = &(*at)->next)
        if (!(*at)->fetching && (oldest == NULL || (*at)->used < (*oldest)->used))
            oldest = at;
    if (oldest == NULL)
        return false;
    struct issuer *gone = *oldest;
    *oldest = gone->next;
    issuers->count--;
    free_issuer(gone);
    return true;
}

/** The issuer, new if need be; NULL when there are too many. */
static struct issuer *find(struct issuers *issuers, struct slice url)
{
    for (struct issuer *at = issuers->first; at != NULL; at = at->next)
        if (slice_equal(url, (struct slice){at->url, at->url_size}))
            return at;
    if (issuers->count == ISSUERS_MAX && !make_room(issuers))
        return NULL;
    struct issuer *issuer = memory_new(1, sizeof *issuer);
    issuer->url = memory_copy(url.data, url.size);
    issuer->url_size = url.size;
    issuer->failure = ISSUERS_UNREACHABLE;
    issuer->next = issuers->first;
    issuers->first = issuer;
    issuers->count++;
    return issuer;
}

// ------------------------------------------------------------------ how a fetch ends

static void wake_all(struct issuer *issuer)
{
    struct web_identity_waiter *waiter = issuer->waiters;
    issuer->waiters = NULL;
    while (waiter != NULL) {
        // Once woken, it may be gone.
        struct web_identity_waiter *next = waiter->next;
        waiter->wake(waiter->data);
        waiter = next;
    }
}

/** Milliseconds that keys are fresh. */
static int64_t fresh_time(const struct web_identity_options *options, int64_t lifetime)
{
    int64_t time = lifetime == LIFETIME_UNSAID ? options->unsaid : lifetime * 1000;
    if (time < options->floor)
        time = options->floor;
    return time > options->ceiling ? options->ceiling : time;
}

/** Under the lock. KEYS, which it takes, are NULL after a failure. */
static void settle(struct issuers *issuers, struct issuer *issuer, struct jwt_keys *keys, int64_t lifetime,
                   enum issuers_answer failure)
{
    int64_t now = issuers->options.clock();
    issuer->fetching = false;
    issuer->was_tried = true;
    issuer->tried = now;
    issuer->failure = failure;
    if (keys != NULL) {
        drop(issuer->keys);
        issuer->keys = memory_new(1, sizeof *issuer->keys);
        *issuer->keys = (struct issuers_keys){.keys = keys, .holders = 1};
        issuer->fresh_until = now + fresh_time(&issuers->options, lifetime);
        issuer->usable_until = issuer->fresh_until + issuers->options.stale;
    }
    wake_all(issuer);
}

static void tell(const struct issuers *issuers, const char *url, const struct jwt_keys *keys, int64_t lifetime,
                 const struct error *error)
{
    if (issuers->options.tell == NULL)
        return;
    BUFFER_AUTO line = {0};
    if (keys != NULL)
        buffer_append_format(&line,
                             "the keys of %s: %zu that can be used, to be asked for again in %" PRId64 " seconds", url,
                             jwt_keys_count(keys), fresh_time(&issuers->options, lifetime) / 1000);
    else
        buffer_append_format(&line, "the keys of %s cannot be had: %s", url, error->message);
    issuers->options.tell(issuers->options.data, keys != NULL, buffer_text(&line));
}

// ------------------------------------------------------------------ the threads

/** Without the lock, which it takes at the end. The issuer stays while it is being fetched, and its URL never changes.
 */
static void fetch(struct issuers *issuers, struct issuer *issuer)
{
    ERROR_AUTO error = {0};
    int64_t lifetime = LIFETIME_UNSAID;
    struct slice url = slice_of(issuer->url);
    struct jwt_keys *keys = issuers->options.fetch == NULL
                                ? fetch_keys(&issuers->download, url, &lifetime, &error)
                                : issuers->options.fetch(issuers->options.data, url, &lifetime, &error);
    if (!atomic_load(&issuers->stop))
        tell(issuers, issuer->url, keys, lifetime, &error);
    (void)pthread_mutex_lock(&issuers->lock);
    settle(issuers, issuer, keys, lifetime,
           keys != NULL                   ? ISSUERS_KEYS
           : error.class == ERROR_SERVICE ? ISSUERS_BROKEN
                                          : ISSUERS_UNREACHABLE);
}

static struct issuer *take_work(struct issuers *issuers)
{
    struct issuer *issuer = issuers->queue;
    issuers->queue = issuer->queued;
    if (issuers->queue == NULL)
        issuers->queue_end = &issuers->queue;
    issuers->queue_size--;
    return issuer;
}

static void *work(void *context)
{
    struct issuers *issuers = context;
    (void)pthread_mutex_lock(&issuers->lock);
    while (!atomic_load(&issuers->stop)) {
        if (issuers->queue == NULL) {
            issuers->idle++;
            (void)pthread_cond_wait(&issuers->work, &issuers->lock);
            issuers->idle--;
            continue;
        }
        struct issuer *issuer = take_work(issuers);
        (void)pthread_mutex_unlock(&issuers->lock);
        fetch(issuers, issuer);
    }
    (void)pthread_mutex_unlock(&issuers->lock);
    return NULL;
}

/** One more thread, which gets no signals: those are the main thread's. */
static void add_thread(struct issuers *issuers)
{
    sigset_t all;
    sigset_t before;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    if (pthread_create(&issuers->threads[issuers->thread_count], NULL, work, issuers) == 0)
        issuers->thread_count++;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

static void start_fetch(struct issuers *issuers, struct issuer *issuer)
{
    issuer->fetching = true;
    issuer->queued = NULL;
    *issuers->queue_end = issuer;
    issuers->queue_end = &issuer->queued;
    issuers->queue_size++;
    if (issuers->queue_size > issuers->idle && issuers->thread_count < ISSUERS_THREADS)
        add_thread(issuers);
    (void)pthread_cond_signal(&issuers->work);
    if (issuers->thread_count == 0)
        settle(issuers, take_work(issuers), NULL, 0, ISSUERS_UNREACHABLE);
}

// ------------------------------------------------------------------ asking

/** Starts a fetch unless one is under way, the last one is younger than PAUSE, or the end has come. @return whether one
 *  is under way. */
static bool have_fetched(struct issuers *issuers, struct issuer *issuer, int64_t now, int64_t pause)
{
    if (!issuer->fetching && !atomic_load(&issuers->stop) && (!issuer->was_tried || now - issuer->tried >= pause))
        start_fetch(issuers, issuer);
    return issuer->fetching;
}

static enum issuers_answer wait_for(struct issuer *issuer, struct web_identity_waiter *waiter)
{
    if (waiter != NULL) {
        waiter->next = issuer->waiters;
        issuer->waiters = waiter;
    }
    return ISSUERS_PENDING;
}

static enum issuers_answer give(struct issuer *issuer, struct issuers_keys **out)
{
    *out = hold(issuer->keys);
    return ISSUERS_KEYS;
}

static enum issuers_answer ask_any(struct issuers *issuers, struct issuer *issuer, int64_t now,
                                   struct web_identity_waiter *waiter, struct issuers_keys **out)
{
    if (issuer->keys != NULL && now < issuer->fresh_until)
        return give(issuer, out);
    if (have_fetched(issuers, issuer, now, issuers->options.retry))
        return wait_for(issuer, waiter);
    if (issuer->keys != NULL && now < issuer->usable_until)
        return give(issuer, out);
    // Keys that came with the last fetch, and are too old all the same, cannot be; an old failure can.
    return issuer->failure == ISSUERS_KEYS ? ISSUERS_UNREACHABLE : issuer->failure;
}

/** As have_fetched(), for a fetch before its time: each takes its share of time, of which some can be owed. */
static bool have_fetched_early(struct issuers *issuers, struct issuer *issuer, int64_t now)
{
    const struct web_identity_options *options = &issuers->options;
    int64_t used = issuer->early < now ? now : issuer->early;
    if (issuer->fetching)
        return true;
    if (used - now > (options->row - 1) * options->early ||
        !have_fetched(issuers, issuer, now, issuer->failure == ISSUERS_KEYS ? options->pause : options->retry))
        return false;
    issuer->early = used + options->early;
    return true;
}

static enum issuers_answer ask_newer(struct issuers *issuers, struct issuer *issuer, int64_t now,
                                     const struct issuers_keys *known, struct web_identity_waiter *waiter,
                                     struct issuers_keys **out)
{
    if (issuer->keys != NULL && issuer->keys != known)
        return give(issuer, out);
    if (have_fetched_early(issuers, issuer, now))
        return wait_for(issuer, waiter);
    return issuer->failure == ISSUERS_KEYS ? ISSUERS_SAME : issuer->failure;
}

enum issuers_answer issuers_ask(struct issuers *issuers, struct slice url, const struct issuers_keys *known,
                                struct web_identity_waiter *waiter, struct issuers_keys **out)
{
    enum issuers_answer answer = ISSUERS_UNREACHABLE;
    (void)pthread_mutex_lock(&issuers->lock);
    struct issuer *issuer = find(issuers, url);
    if (issuer != NULL) {
        int64_t now = issuers->options.clock();
        issuer->used = now;
        answer = known == NULL ? ask_any(issuers, issuer, now, waiter, out)
                               : ask_newer(issuers, issuer, now, known, waiter, out);
    }
    (void)pthread_mutex_unlock(&issuers->lock);
    return answer;
}

void issuers_forget(struct issuers *issuers, struct web_identity_waiter *waiter)
{
    (void)pthread_mutex_lock(&issuers->lock);
    for (struct issuer *issuer = issuers->first; issuer != NULL; issuer = issuer->next) {
        struct web_identity_waiter **at = &issuer->waiters;
        while (*at != NULL && *at != waiter)
            at = &(*at)->next;
        if (*at != NULL)
            *at = waiter->next;
    }
    (void)pthread_mutex_unlock(&issuers->lock);
}

// ------------------------------------------------------------------ beginning and end

struct issuers *issuers_new(const struct web_identity_options *options, struct error *error)
{
    BUFFER_AUTO trusted = {0};
    if (options->trusted != NULL && !trusted_read(options->trusted, &trusted, error))
        return NULL;
    struct issuers *issuers = memory_new(1, sizeof *issuers);
    issuers->options = *options;
    if (issuers->options.clock == NULL)
        issuers->options.clock = monotonic_milliseconds;
    buffer_append_slice(&issuers->trusted, buffer_slice(&trusted));
    if (options->proxy != NULL)
        issuers->proxy = memory_copy(options->proxy, strlen(options->proxy));
    issuers->download = (struct download_options){.trusted = buffer_slice(&issuers->trusted),
                                                  .proxy = issuers->proxy,
                                                  .timeout = options->timeout,
                                                  .stop = &issuers->stop};
    (void)pthread_mutex_init(&issuers->lock, NULL);
    (void)pthread_cond_init(&issuers->work, NULL);
    issuers->queue_end = &issuers->queue;
    return issuers;
}

void issuers_stop(struct issuers *issuers)
{
    (void)pthread_mutex_lock(&issuers->lock);
    size_t count = issuers->thread_count;
    issuers->thread_count = 0;
    atomic_store(&issuers->stop, true);
    (void)pthread_cond_broadcast(&issuers->work);
    (void)pthread_mutex_unlock(&issuers->lock);
    for (size_t i = 0; i < count; i++)
        (void)pthread_join(issuers->threads[i], NULL);
    (void)pthread_mutex_lock(&issuers->lock);
    while (issuers->queue != NULL)
        settle(issuers, take_work(issuers), NULL, 0, ISSUERS_UNREACHABLE);
    (void)pthread_mutex_unlock(&issuers->lock);
}

void issuers_free(struct issuers *issuers)
{
    if (issuers == NULL)
        return;
    issuers_stop(issuers);
    while (issuers->first != NULL) {
        struct issuer *issuer = issuers->first;
        issuers->first = issuer->next;
        free_issuer(issuer);
    }
    (void)pthread_cond_destroy(&issuers->work);
    (void)pthread_mutex_destroy(&issuers->lock);
    buffer_free(&issuers->trusted);
    free(issuers->proxy);
    free(issuers);
}
