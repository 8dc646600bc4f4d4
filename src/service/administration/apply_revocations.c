// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Adds the revocations of a record. */
#include "base/timestamp.h"
#include "service/administration/apply_parts.h"
#include "service/store/revocation.h"

static bool read_time(const json_t *record, const char *member, const char *place, int64_t *out, struct error *error)
{
    const char *text = apply_text(record, member);
    if (timestamp_parse_iso(slice_of(text), out, NULL))
        return true;
    return apply_refuse(error, place, "%s must be a time such as 2026-01-31T12:00:00Z, not \"%s\"", member, text);
}

static bool read_revocation(const json_t *record, const char *place, struct store_revocation *out, struct error *error)
{
    const char *subject = apply_text(record, "subject");
    *out = (struct store_revocation){.subject = subject == NULL ? "" : subject};
    while (out->kind < STORE_REVOKED_ALL &&
           !slice_is(slice_of(apply_text(record, "kind")), store_revoked_names[out->kind]))
        out->kind++;
    if ((out->kind == STORE_REVOKED_ALL) != (subject == NULL))
        return apply_refuse(error, place,
                            "a revocation of a token or a principal has its subject, one of all has none");
    return read_time(record, "issuedBefore", place, &out->cutoff, error) &&
           read_time(record, "made", place, &out->made, error) && read_time(record, "ends", place, &out->ends, error);
}

/** Whether what is there revokes as much. */
static bool is_covered(const struct store_revocation *have, size_t count, const struct store_revocation *want)
{
    for (size_t i = 0; i < count; i++)
        if (have[i].kind == want->kind && slice_equal(slice_of(have[i].subject), slice_of(want->subject)))
            return have[i].cutoff >= want->cutoff && have[i].ends >= want->ends;
    return false;
}

bool apply_revocations(struct apply *apply, const json_t *whole, struct error *error)
{
    const json_t *list = json_object_get(whole, "revocations");
    struct store_revocation *have = NULL;
    size_t count = 0;
    if (!store_list_revocations(apply->source->store, 0, apply->arena, &have, &count, error))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct store_revocation want;
        MEMORY_AUTO char *place = memory_format("revocations[%zu]", i);
        if (!read_revocation(json_array_get(list, i), place, &want, error))
            return false;
        if (want.ends <= apply->options->now || is_covered(have, count, &want))
            continue;
        if (!store_add_revocation(apply->source->store, &want, error))
            return false;
        apply_did(apply, "create", "revocation of %s %s", store_revoked_names[want.kind], want.subject);
    }
    return true;
}
