// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What users, roles, groups and policies have alike in being made, described and deleted. Only for the files of IAM.
 */
#ifndef JETON_SERVICE_OPERATIONS_IAM_ENTITY_H
#define JETON_SERVICE_OPERATIONS_IAM_ENTITY_H

#include "service/operations/iam.h"

/**
 * Makes ENTITY, which has its kind, its name and what is its kind's own; the rest is the input's or new.
 * @param id_kind the letters of its id (identifier.h).
 * @return {"User": {...}}
 */
json_t *iam_add(const struct operation_call *call, struct store_entity *entity, const char *id_kind,
                struct error *error);
/** There is one of that name. @return NULL always. */
json_t *iam_taken(struct error *error, enum store_kind kind, const char *name);
/** Gives it the NewPath and the new name of the input. */
json_t *iam_rename(const struct operation_call *call, const struct store_entity *entity, const char *name_member,
                   struct error *error);
/** @param error "DeleteConflict" in AWS's words for what has to go first. */
json_t *iam_delete(const struct operation_call *call, const struct store_entity *entity, struct error *error);
/** iam_delete() and the description of the input's subject. */
json_t *iam_delete_subject(const struct operation_call *call, struct error *error);
/** Describes the input's subject: {"User": {...}}. */
json_t *iam_get_subject(const struct operation_call *call, struct error *error);

#endif
