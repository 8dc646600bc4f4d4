// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The records of revocations. */
#include "service/administration/record.h"
#include "service/store/revocation.h"

#include <stdlib.h>
#include <string.h>

/** By kind and subject, which no two share: one state of the store is one text. */
static int compare(const void *left, const void *right)
{
    const struct store_revocation *one = left;
    const struct store_revocation *other = right;
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return strcmp(one->subject, other->subject);
}

static json_t *describe(const struct store_revocation *revocation)
{
    json_t *record = json_pack("{s:s}", "kind", store_revoked_names[revocation->kind]);
    record_set_text(record, "subject", revocation->subject);
    record_set_time(record, "issuedBefore", revocation->cutoff);
    record_set_time(record, "made", revocation->made);
    record_set_time(record, "ends", revocation->ends);
    return record;
}

bool record_add_revocations(const struct record_source *source, json_t *whole, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_revocation *found = NULL;
    size_t count = 0;
    if (!store_list_revocations(source->store, 0, arena, &found, &count, error))
        return false;
    if (count > 0)
        qsort(found, count, sizeof *found, compare);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, describe(&found[i]));
    record_set_list(whole, "revocations", list);
    return true;
}
