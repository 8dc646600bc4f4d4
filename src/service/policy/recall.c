// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/recall.h"

void recall_start(struct recall *recall, const struct policy_request *request)
{
    recall->lookup = request->lookup;
    recall->lookup_data = request->lookup_data;
    memset(recall->asked, 0, sizeof recall->asked);
}

bool recall_lookup(void *data, const struct policy_key *key, struct policy_values *out)
{
    struct recall *recall = data;
    if (recall->lookup == NULL)
        return false;
    if (key->id == POLICY_KEY_OTHER || key->tag.size > 0)
        return recall->lookup(recall->lookup_data, key, out);
    if (!recall->asked[key->id]) {
        recall->values[key->id] = (struct policy_values){0};
        recall->present[key->id] = recall->lookup(recall->lookup_data, key, &recall->values[key->id]);
        recall->asked[key->id] = true;
    }
    if (recall->present[key->id])
        *out = recall->values[key->id];
    return recall->present[key->id];
}
