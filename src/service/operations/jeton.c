// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/jeton.h"

#include "base/json.h"
#include "service/caller/revoke.h"

const char *jeton_revoked_resource(const struct operation_call *call)
{
    const struct site *site = call->desk->site;
    const char *token = operation_member_text(call, "tokenId");
    const char *principal = operation_member_text(call, "principal");
    if (token != NULL)
        return arena_format(call->arena, "arn:aws:jeton:%s:%s:token/%s", site->region, site->account, token);
    return principal == NULL ? "*" : principal;
}

static json_t *describe(const struct store_revocation *revocation)
{
    json_t *output = json_pack("{s:s}", "kind", store_revoked_names[revocation->kind]);
    if (revocation->subject[0] != '\0')
        operation_add_text(output, "subject", revocation->subject);
    if (revocation->kind != STORE_REVOKED_TOKEN)
        (void)json_object_set_new(output, "issuedBefore",
                                  json_real((double)revocation->cutoff / (double)TIMESTAMP_SECOND));
    (void)json_object_set_new(output, "ends", json_integer(revocation->ends / TIMESTAMP_SECOND));
    return output;
}

json_t *jeton_revoke_tokens(const struct operation_call *call, struct error *error)
{
    const json_t *before = json_object_get(call->input, "issuedBefore");
    const struct revoke_request request = {
        .token = json_member_text(call->input, "tokenId"),
        .principal = json_member_text(call->input, "principal"),
        .all = json_is_true(json_object_get(call->input, "everyone")),
        .has_before = before != NULL,
        .before = (int64_t)(json_number_value(before) * (double)TIMESTAMP_SECOND),
        .now = call->now,
    };
    struct store_revocation revocation;
    if (!revoke_tokens(call->desk->store, call->caller->principal->account, &request, call->arena, &revocation, error))
        return NULL;
    freshness_announce(call->desk->site);
    return describe(&revocation);
}
