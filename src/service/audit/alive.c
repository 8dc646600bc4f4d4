// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/audit/alive.h"

#include "base/timestamp.h"
#include "service/caller/revocations.h"
#include "service/store/iam.h"

#include <jansson.h>

/** How many are read at once. */
#define PAGE INT64_C(1000)

/** What is known while the list is read. */
struct search {
    struct store *store;
    struct revocations *revocations;
    json_t *holders; /**< By unique id: whether there is one. */
    int64_t now;
};

static bool is_there(struct search *search, struct slice holder, struct arena *arena, bool *there, struct error *error)
{
    struct store_entity entity;
    const json_t *known = json_object_getn(search->holders, holder.data, holder.size);
    if (known != NULL) {
        *there = json_is_true(known);
        return true;
    }
    enum store_result result = store_find_entity_by_id(search->store, holder, arena, &entity, error);
    *there = result == STORE_OK;
    (void)json_object_setn_new(search->holders, holder.data, holder.size, json_boolean(*there));
    return result != STORE_FAILED;
}

static bool is_alive(struct search *search, const struct store_issued *item, struct arena *arena, bool *alive,
                     struct error *error)
{
    ERROR_AUTO reason = {0};
    const struct revocations_question question = {.token = item->id,
                                                  .principal = item->principal,
                                                  .issued = item->issued,
                                                  .session_issued = item->session_issued};
    *alive = revocations_check(search->revocations, search->store, &question, search->now, &reason);
    if (!*alive)
        return reason.class == ERROR_PARAMETER || error_move(error, &reason);
    const struct slice holder = slice_part(item->principal, 0, slice_find(item->principal, ':', 0));
    return is_there(search, holder, arena, alive, error);
}

static bool list(struct search *search, struct store *records, const struct alive_question *question,
                 alive_function *give, void *context, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_issued_listing listing = {.principal = slice_of(question->principal),
                                           .domain = slice_of(question->domain),
                                           .now = question->now / TIMESTAMP_SECOND,
                                           .limit = PAGE};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_issued *items = NULL;
        arena_reset(arena);
        if (!store_list_issued(records, &listing, arena, &items, &count, &listing.after, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            bool alive;
            if (!is_alive(search, &items[i], arena, &alive, error))
                return false;
            if (alive)
                give(context, &items[i]);
        }
    }
    return true;
}

bool alive_list(struct store *store, struct store *records, const struct alive_question *question, alive_function *give,
                void *context, struct error *error)
{
    struct search search = {
        .store = store, .revocations = revocations_new(), .holders = json_object(), .now = question->now};
    bool listed = list(&search, records, question, give, context, error);
    revocations_free(search.revocations);
    json_decref(search.holders);
    return listed;
}
