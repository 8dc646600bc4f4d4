// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the store holds as JSON, all but secrets: the records that `jetond export` writes, `jetond import` reads and
 * `jetond check` looks through. api/record.h is their table. Members without a value are left out, and every list is in
 * the order of names, so that one state of the store is one text.
 */
#ifndef JETON_SERVICE_ADMINISTRATION_RECORD_H
#define JETON_SERVICE_ADMINISTRATION_RECORD_H

#include "base/error.h"
#include "service/store/upkeep.h"

#include <jansson.h>

/** A store that is read as of one moment: within store_begin(). */
struct record_source {
    struct store *store;
    struct store_settings settings;
};

/** Called once an entity or a domain, with its record, which it may keep a reference to. @return false to end. */
typedef bool record_function(void *context, json_t *record, struct error *error);

/** The root, and each entity of a kind in the order of names. */
bool record_each_entity(const struct record_source *source, enum store_kind kind, record_function *give, void *context,
                        struct error *error);
/** Each domain of the account with its repositories, in the order of names. */
bool record_each_domain(const struct record_source *source, record_function *give, void *context, struct error *error);

/** One entity. @return a new reference, or NULL. */
json_t *record_of_entity(const struct record_source *source, const struct store_entity *entity, struct error *error);
/** One domain without its repositories. @return a new reference, or NULL. */
json_t *record_of_domain(const struct record_source *source, const struct store_domain *domain, struct error *error);
/** One domain with its repositories, in the order of names. @return a new reference, or NULL. */
json_t *record_of_whole_domain(const struct record_source *source, const struct store_domain *domain,
                               struct error *error);
/** One repository. @return a new reference, or NULL. */
json_t *record_of_repository(const struct record_source *source, const struct store_repository *repository,
                             struct error *error);

/** Adds the list of revocations, by kind and subject, unless there are none. */
bool record_add_revocations(const struct record_source *source, json_t *whole, struct error *error);

/** The whole store. @return a new reference, or NULL. */
json_t *record_of_store(const struct record_source *source, struct error *error);

/**
 * Reads the text of a whole store, checks all of it that can be checked without a store, and puts policy documents as
 * texts into it.
 * @param error ERROR_PARAMETER: each place, what is wrong there, and what to do; a line each.
 * @return a new reference, or NULL.
 */
json_t *record_read(struct slice text, struct error *error);
/** Puts the texts of policy documents in their places in the record of a store, as record_read() does. */
void record_write_documents(json_t *whole);

/**
 * A policy document as a record has it: the object that its text is, so that it can be read and compared line by line;
 * or the text, when it is none. @return a new reference.
 */
json_t *record_of_document(struct slice text);

/**
 * Puts ARNs in the place of the unique ids of principals in a policy that has some, which is what the store keeps;
 * those of nobody stay as they are. DOCUMENT is changed.
 */
bool record_name_principals(struct store *store, json_t *document, struct error *error);
/**
 * The other way round.
 * @param missing gets the first ARN of a user or role of ACCOUNT that is not there, in the arena, or stays NULL.
 */
bool record_identify_principals(struct store *store, const char *account, json_t *document, struct arena *arena,
                                const char **missing, struct error *error);

/** Adds a text member unless it is NULL or empty. */
void record_set_text(json_t *record, const char *member, const char *text);
/** Adds a moment. */
void record_set_time(json_t *record, const char *member, int64_t when);
/** Adds a list unless it is empty; takes the reference. */
void record_set_list(json_t *record, const char *member, json_t *list);

#endif
