// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/entity.h"

/** What every listing has in common, from the columns to the page. */
#define SELECT "SELECT " ENTITY_COLUMNS " FROM "
#define OF_KIND " AND (?3 = 'root' OR e.kind = ?3)"
#define PAGE                                                                                                           \
    " AND substr(e.path, 1, length(?4)) = ?4"                                                                          \
    " AND (NOT ?5 OR EXISTS (SELECT 1 FROM attachment c WHERE c.policy = e.id))"                                       \
    " AND (NOT ?6 OR EXISTS (SELECT 1 FROM entity c WHERE c.boundary = e.id))"                                         \
    " AND e.name >= ?7 AND (e.name > ?7 OR e.id > ?8) ORDER BY e.name, e.id LIMIT ?9"

/** ?1 is the entity that the others hang on, ?2 the account. The first one's order is that of an index. */
static const char *const listings[] = {
    [STORE_ALL] = SELECT "entity e" ENTITY_BOUNDARY " WHERE e.account = ?2 AND e.kind = ?3" PAGE,
    [STORE_POLICIES] =
        SELECT "entity e" ENTITY_BOUNDARY " WHERE e.account IN (?2, '" STORE_AWS_ACCOUNT "') AND e.kind = ?3" PAGE,
    [STORE_ATTACHED] =
        SELECT "attachment a JOIN entity e ON e.id = a.policy" ENTITY_BOUNDARY " WHERE a.entity = ?1" OF_KIND PAGE,
    [STORE_ATTACHES] =
        SELECT "attachment a JOIN entity e ON e.id = a.entity" ENTITY_BOUNDARY " WHERE a.policy = ?1" OF_KIND PAGE,
    [STORE_BOUNDED] = SELECT "entity e" ENTITY_BOUNDARY " WHERE e.boundary = ?1" OF_KIND PAGE,
    [STORE_USES] = SELECT "entity e" ENTITY_BOUNDARY " WHERE e.id IN (SELECT entity FROM attachment WHERE policy = ?1"
                          " UNION SELECT id FROM entity WHERE boundary = ?1)" OF_KIND PAGE,
    [STORE_MEMBERS] =
        SELECT "membership m JOIN entity e ON e.id = m.member" ENTITY_BOUNDARY " WHERE m.team = ?1" OF_KIND PAGE,
    [STORE_GROUPS] =
        SELECT "membership m JOIN entity e ON e.id = m.team" ENTITY_BOUNDARY " WHERE m.member = ?1" OF_KIND PAGE,
};

bool store_list_entities(struct store *store, const struct store_listing *listing, struct arena *arena,
                         struct store_entity **out, size_t *count, struct error *error)
{
    *out = NULL;
    *count = 0;
    const struct sqlite_value values[] = {
        sqlite_text(listing->of),
        sqlite_text(listing->account),
        sqlite_text(entity_kinds[listing->kind]),
        sqlite_slice(slice_of(listing->path_prefix)),
        sqlite_integer(listing->only_attached),
        sqlite_integer(listing->only_boundaries),
        sqlite_slice(slice_of(listing->after)),
        sqlite_slice(slice_of(listing->after_id)),
        sqlite_integer(listing->limit < 0 ? 0 : listing->limit),
    };
    STATEMENT_AUTO *statement = sqlite_begin(store, listings[listing->relation], values, COUNT_OF(values), error);
    if (statement == NULL)
        return false;
    enum store_result result;
    while ((result = sqlite_next(store, statement, error)) == STORE_OK) {
        *out = sqlite_grow(arena, *out, *count, sizeof **out);
        (*out)[(*count)++] = entity_read(statement, arena);
    }
    return result == STORE_ABSENT;
}
