// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the files share that make a store like a record. */
#ifndef JETON_SERVICE_ADMINISTRATION_APPLY_PARTS_H
#define JETON_SERVICE_ADMINISTRATION_APPLY_PARTS_H

#include "service/administration/apply.h"

/** One run. */
struct apply {
    const struct record_source *source;
    const struct apply_options *options;
    struct arena *arena; /**< Lives as long as the run. */
    struct buffer *lines;
    size_t changes;
    bool quiet;    /**< What belongs to a larger change is not told by itself. */
    json_t *fresh; /**< The ids of what this run has made: a set. */
};

/** What is being made like its record. */
struct apply_subject {
    const char *place; /**< "users[3]" */
    const char *label; /**< "user alice" */
    const char *id;
    enum store_kind kind;
    const struct store_resource *resource; /**< A domain or a repository, which has no id and kind. */
};

/** Writes a line of what was done, and counts it. */
void apply_did(struct apply *apply, const char *verb, const char *format, ...) __attribute__((format(printf, 3, 4)));
/** Writes a line of what was not done, and why. */
void apply_note(struct apply *apply, const char *verb, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** Refuses the record. @return false always. */
bool apply_refuse(struct error *error, const char *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/** Whether a change has worked; if not, and the error does not say it, what the store has against it. */
bool apply_worked(enum store_result result, const char *place, struct error *error);

/** The text of a member, NULL when it is not there. */
const char *apply_text(const json_t *record, const char *member);
/** A moment of the record, or now. */
bool apply_time(const struct apply *apply, const json_t *record, const char *place, int64_t *out, struct error *error);
/** The id of the managed policy of that ARN. */
bool apply_find_policy(struct apply *apply, const char *arn, const char *place, const char **id, struct error *error);

/** Puts an entry of a list that is missing or differs; takes one away. */
typedef bool apply_put(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                       struct error *error);
typedef bool apply_remove(struct apply *apply, const struct apply_subject *subject, const char *name,
                          struct error *error);

/** A kind of list that hangs on something. */
struct apply_part {
    const char *member;
    const char *key; /**< The member by which entries are told apart; NULL: they are texts. */
    const char *noun;
    bool any_case; /**< Keys are the same in any case of letters. */
    apply_put *put;
    apply_remove *remove;
};

/** Makes a list like that of the record. */
bool apply_list(struct apply *apply, const struct apply_subject *subject, const struct apply_part *part,
                const json_t *have, const json_t *want, struct error *error);

/** The lists that an entity of that kind has, all of them. HAVE and WANT are its records. */
bool apply_lists(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                 struct error *error);
/** The states of the access keys. */
bool apply_keys(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                struct error *error);
/** The versions of a policy. */
bool apply_versions(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                    struct error *error);

/** All entities of the record, and the root. */
bool apply_entities(struct apply *apply, const json_t *whole, struct error *error);
/** All domains and repositories of the record. */
bool apply_domains(struct apply *apply, const json_t *whole, struct error *error);
/** Adds the revocations of the record that are not over, and takes none away: nothing that was revoked comes alive. */
bool apply_revocations(struct apply *apply, const json_t *whole, struct error *error);
/** Deletes, or names, all entities, domains and repositories that the record lacks. */
bool apply_prune(struct apply *apply, const json_t *whole, struct error *error);

#endif
