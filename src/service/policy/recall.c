// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/recall.h"

void recall_start(struct recall *recall, const struct policy_request *request)
{
    recall->lookup = request->lookup;
    recall->lookup_data = request->lookup_data;
    recall->address_text = (struct slice){0};
    recall->is_address = false;
    for (size_t i = 0; i < POLICY_KEYS; i++)
        recall->numbered[i].asked = false;
    for (size_t i = 0; i < RECALL_NAMED; i++)
        recall->named[i].asked = false;
}

/** Where the answer for a key is kept; it may be another key's still. */
static struct recall_answer *find_place(struct recall *recall, const struct policy_key *key)
{
    if (key->id != POLICY_KEY_OTHER && key->tag.size == 0)
        return &recall->numbered[key->id];
    size_t place = key->hash % RECALL_NAMED;
    struct recall_answer *answer = &recall->named[place];
    // Names that differ by case alone are two here, and each is asked for.
    if (!answer->asked || !slice_equal(recall->names[place], key->name)) {
        answer->asked = false;
        recall->names[place] = key->name;
    }
    return answer;
}

bool recall_lookup(void *data, const struct policy_key *key, struct policy_values *out)
{
    struct recall *recall = data;
    if (recall->lookup == NULL)
        return false;
    struct recall_answer *answer = find_place(recall, key);
    if (!answer->asked) {
        *answer = (struct recall_answer){.asked = true};
        answer->present = recall->lookup(recall->lookup_data, key, &answer->values);
    }
    if (answer->present)
        *out = answer->values;
    return answer->present;
}

bool recall_address(const struct policy_request *request, struct slice text, struct address *out)
{
    if (request->lookup != recall_lookup)
        return address_parse(text, out);
    struct recall *recall = request->lookup_data;
    // The value stays where it is until the decision.
    if (recall->address_text.data != text.data || recall->address_text.size != text.size) {
        recall->is_address = address_parse(text, &recall->address);
        recall->address_text = text;
    }
    *out = recall->address;
    return recall->is_address;
}
