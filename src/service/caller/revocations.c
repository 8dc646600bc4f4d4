// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/revocations.h"

#include "base/memory.h"
#include "base/secret.h"
#include "base/timestamp.h"

#include <stdlib.h>

#define PLACES_MIN ((size_t)64)

/** One that is remembered; SUBJECT NULL: a free place. */
struct place {
    struct slice subject;
    enum store_revoked kind;
    int64_t cutoff;
    int64_t ends;
};

struct revocations {
    struct place *places; /**< Open addressing; at least half of them are free. */
    size_t size;          /**< A power of two. */
    size_t count;
    struct arena *arena; /**< Holds the subjects. */
    int64_t seen;        /**< The highest number that has been read. */
    uint64_t seed;       /**< Random, so that nobody can choose names that meet. */
    int64_t all_cutoff;
    bool stale;
};

struct revocations *revocations_new(void)
{
    struct revocations *revocations = memory_new(1, sizeof *revocations);
    revocations->size = PLACES_MIN;
    revocations->places = memory_new(PLACES_MIN, sizeof *revocations->places);
    revocations->arena = arena_new();
    revocations->stale = true;
    (void)secret_random((unsigned char *)&revocations->seed, sizeof revocations->seed);
    return revocations;
}

void revocations_free(struct revocations *revocations)
{
    if (revocations == NULL)
        return;
    arena_free(revocations->arena);
    free(revocations->places);
    free(revocations);
}

void revocations_expire(struct revocations *revocations)
{
    revocations->stale = true;
}

// ------------------------------------------------------------------ the table

/** The place of a subject, or the free one where it would stand. */
static struct place *place_of(const struct revocations *revocations, enum store_revoked kind, struct slice subject)
{
    uint64_t hash = UINT64_C(14695981039346656037) ^ revocations->seed;
    for (size_t i = 0; i < subject.size; i++)
        hash = (hash ^ (unsigned char)subject.data[i]) * UINT64_C(1099511628211);
    size_t at = (size_t)(hash ^ hash >> 32);
    for (;; at++) {
        struct place *place = &revocations->places[at & (revocations->size - 1)];
        if (place->subject.data == NULL || (place->kind == kind && slice_equal(place->subject, subject)))
            return place;
    }
}

static void put(struct revocations *revocations, const struct place *item)
{
    struct place *place = place_of(revocations, item->kind, item->subject);
    bool fresh = place->subject.data == NULL;
    const struct slice kept =
        fresh
            ? (struct slice){arena_copy(revocations->arena, item->subject.data, item->subject.size), item->subject.size}
            : place->subject;
    *place = *item;
    place->subject = kept;
    revocations->count += fresh;
}

/** A table of another size, without those that have ended. */
static void rebuild(struct revocations *revocations, size_t size, int64_t now)
{
    struct place *places = revocations->places;
    struct arena *arena = revocations->arena;
    size_t count = revocations->size;
    revocations->places = memory_new(size, sizeof *revocations->places);
    revocations->size = size;
    revocations->arena = arena_new();
    revocations->count = 0;
    for (size_t i = 0; i < count; i++)
        if (places[i].subject.data != NULL && places[i].ends > now)
            put(revocations, &places[i]);
    arena_free(arena);
    free(places);
}

static void remember(struct revocations *revocations, const struct store_revocation *stored, int64_t now)
{
    revocations->seen = stored->number;
    if (stored->ends <= now)
        return;
    if (stored->kind == STORE_REVOKED_ALL) {
        revocations->all_cutoff = stored->cutoff;
        return;
    }
    // Once without what has ended; if that is not enough, twice as large.
    if (revocations->count * 2 >= revocations->size)
        rebuild(revocations, revocations->size, now);
    if (revocations->count * 2 >= revocations->size)
        rebuild(revocations, revocations->size * 2, now);
    const struct place item = {slice_of(stored->subject), stored->kind, stored->cutoff, stored->ends};
    put(revocations, &item);
}

static bool read_new(struct revocations *revocations, struct store *store, int64_t now, struct error *error)
{
    if (!revocations->stale)
        return true;
    ARENA_AUTO *arena = arena_new();
    struct store_revocation *found = NULL;
    size_t count = 0;
    if (!store_list_revocations(store, revocations->seen, arena, &found, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        remember(revocations, &found[i], now);
    revocations->stale = false;
    return true;
}

// ------------------------------------------------------------------ questions

/** The cutoff for a subject; 0: there is none. */
static int64_t cutoff_of(const struct revocations *revocations, enum store_revoked kind, struct slice subject)
{
    if (revocations->count == 0 || subject.size == 0)
        return 0;
    const struct place *place = place_of(revocations, kind, subject);
    return place->subject.data == NULL ? 0 : place->cutoff;
}

/** "AROA..." of "AROA...:SESSION"; empty for one without a session. */
static struct slice role_of(struct slice principal)
{
    size_t colon = slice_find(principal, ':', 0);
    return slice_part(principal, 0, colon == principal.size ? 0 : colon);
}

static bool refuse(struct error *error, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "revoked", "The token has been revoked: %s.", what);
}

bool revocations_check(struct revocations *revocations, struct store *store,
                       const struct revocations_question *question, int64_t now, struct error *error)
{
    if (!read_new(revocations, store, now, error))
        return false;
    int64_t issued = question->issued;
    if (question->session_issued != 0 && question->session_issued < issued)
        issued = question->session_issued;
    issued *= TIMESTAMP_SECOND;
    if (cutoff_of(revocations, STORE_REVOKED_TOKEN, question->token) != 0)
        return refuse(error, "by its id");
    if (issued < cutoff_of(revocations, STORE_REVOKED_PRINCIPAL, question->principal) ||
        issued < cutoff_of(revocations, STORE_REVOKED_PRINCIPAL, role_of(question->principal)))
        return refuse(error, "with all that were issued to its caller before a moment");
    return issued >= revocations->all_cutoff || refuse(error, "with all that were issued before a moment");
}

bool revocations_check_token(struct revocations *revocations, struct store *store, const struct token_claims *claims,
                             int64_t now, struct error *error)
{
    const struct revocations_question question = {
        .token = claims->id,
        .principal = claims->principal,
        .issued = claims->issued,
        .session_issued = claims->session_issued,
    };
    return revocations_check(revocations, store, &question, now, error);
}

bool revocations_find_cutoff(struct revocations *revocations, struct store *store, struct slice principal, int64_t now,
                             int64_t *seconds, struct error *error)
{
    if (!read_new(revocations, store, now, error))
        return false;
    const int64_t cutoffs[] = {cutoff_of(revocations, STORE_REVOKED_PRINCIPAL, principal),
                               cutoff_of(revocations, STORE_REVOKED_PRINCIPAL, role_of(principal)),
                               revocations->all_cutoff};
    int64_t latest = 0;
    for (size_t i = 0; i < sizeof cutoffs / sizeof cutoffs[0]; i++)
        latest = cutoffs[i] > latest ? cutoffs[i] : latest;
    *seconds = (latest + TIMESTAMP_SECOND - 1) / TIMESTAMP_SECOND;
    return true;
}
