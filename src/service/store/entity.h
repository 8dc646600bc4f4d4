// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the files share that keep entities. Not for other rooms. */
#ifndef JETON_SERVICE_STORE_ENTITY_H
#define JETON_SERVICE_STORE_ENTITY_H

#include "service/store/iam.h"
#include "service/store/sqlite.h"

/** The kinds as the table writes them. */
extern const char *const entity_kinds[];

/** The columns of an entity `e` and of its boundary `b`, as entity_read() reads them. */
#define ENTITY_COLUMNS                                                                                                 \
    "e.id, e.kind, e.account, e.path, e.name, e.created, e.description, e.boundary, e.trust, e.max_session,"           \
    " e.thumbprints, e.default_version, e.updated, e.last_used, e.last_region, b.account, b.path, b.name,"             \
    " iif(e.kind = 'policy', (SELECT count(*) FROM attachment c WHERE c.policy = e.id), 0),"                           \
    " iif(e.kind = 'policy', (SELECT count(*) FROM entity c WHERE c.boundary = e.id), 0)"
#define ENTITY_BOUNDARY " LEFT JOIN entity b ON b.id = e.boundary"

/** The present row, without tags and clients. */
struct store_entity entity_read(sqlite3_stmt *statement, struct arena *arena);
/** The kind of that name. */
enum store_kind entity_kind_of(const char *name);
/** Whether there is an entity of that id. @return STORE_OK, STORE_ABSENT, STORE_FAILED. */
enum store_result entity_require(struct store *store, const char *id, struct error *error);

/** The tags of an entity, in byte order of their keys. */
bool entity_read_tags(struct store *store, struct slice id, struct arena *arena, struct store_tag **out, size_t *count,
                      struct error *error);
/** Adds tags within the transaction of the caller. */
enum store_result entity_add_tags(struct store *store, const char *id, const struct store_tag *tags, size_t count,
                                  struct error *error);

/** Texts of one column, in the arena. */
bool entity_read_texts(struct store *store, const char *sql, struct slice id, struct arena *arena, const char ***out,
                       size_t *count, struct error *error);

#endif
