// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "client/credentials/identity.h"
#include "client/credentials/mfa.h"
#include "client/credentials/role_call.h"

/** The credentials that begin it all. With the plan's search deferring, those that cost a call come later. */
static bool ask_source(const struct role_plan *plan, struct credentials *out, struct error *error)
{
    switch (credentials_ask(plan->chain, &plan->search, out, error)) {
    case CREDENTIALS_FOUND:
        return true;
    case CREDENTIALS_FAILED:
        return false;
    case CREDENTIALS_NONE:
        break;
    }
    if (plan->credential_source == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "The source profile \"%s\" must have credentials.",
                         plan->search.profile);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Error when retrieving credentials from %s: No credentials found in credential_source referenced "
                     "in profile %s",
                     plan->credential_source, plan->search.profile);
}

/**
 * Looks from the wanted role inward for cached credentials; asks for the MFA code of each role that has none.
 * @param found the role whose credentials are in OUT; NULL: no role's.
 */
static bool look_inward(const struct role_plan *plan, struct arena *arena, struct role **found, struct credentials *out,
                        struct error *error)
{
    const struct settings *settings = plan->search.settings;
    struct role *role = plan->first;
    for (; role != NULL; role = role->source) {
        char name[CREDENTIALS_CACHE_NAME_SIZE];
        role_call_cache_name(role, name);
        if (!credentials_cache_read(settings, name, out, error))
            return false;
        if (out->access_key_id != NULL)
            break;
        if (role->mfa_serial != NULL &&
            (role->token_code = mfa_ask(role->mfa_serial, settings->silent, arena, error)) == NULL)
            return false;
    }
    *found = role;
    return true;
}

static bool assume(const struct settings *settings, const struct role *role, struct credentials *credentials,
                   struct error *error)
{
    char name[CREDENTIALS_CACHE_NAME_SIZE];
    CREDENTIALS_AUTO source = *credentials;
    *credentials = (struct credentials){0};
    role_call_cache_name(role, name);
    JSON_AUTO *input = role_call_input(role);
    JSON_AUTO *document = role_call(settings, &source, &api_sts_assume_role, input, error);
    return document != NULL && credentials_cache_keep(settings, name, document, credentials, error);
}

/** Not by recursion: how long the chain is, is for the profiles to say. */
static bool walk(const struct role_plan *plan, struct credentials *source, struct arena *arena, struct credentials *out,
                 struct error *error)
{
    CREDENTIALS_AUTO at = {0};
    struct role *role;
    if (!look_inward(plan, arena, &role, &at, error))
        return false;
    if (role == NULL) {
        struct role_plan now = *plan;
        now.search.deferring = false;
        if (source->access_key_id == NULL && !ask_source(&now, source, error))
            return false;
        at = *source;
        *source = (struct credentials){0};
    }
    for (role = role == NULL ? plan->last : role->outer; role != NULL; role = role->outer)
        if (!assume(plan->search.settings, role, &at, error))
            return false;
    *out = at;
    at = (struct credentials){0};
    return true;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    if (!role_plan_is_for(search))
        return CREDENTIALS_NONE;
    ARENA_AUTO *arena = arena_new();
    CREDENTIALS_AUTO source = {0};
    struct role_plan plan;
    if (!role_plan_make(search, arena, &plan, error))
        return CREDENTIALS_FAILED;
    // A source that is broken is told even when its credentials are not needed, as the AWS CLI does.
    plan.search.deferring = true;
    if (!ask_source(&plan, &source, error))
        return CREDENTIALS_FAILED;
    if (search->deferring)
        return CREDENTIALS_FOUND;
    if (!credentials_may_fetch(search, error))
        return CREDENTIALS_FAILED;
    return walk(&plan, &source, arena, out, error) ? CREDENTIALS_FOUND : CREDENTIALS_FAILED;
}

static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    if (!role_plan_is_for(search))
        return CREDENTIALS_NONE;
    ARENA_AUTO *arena = arena_new();
    struct role_plan plan;
    if (!role_plan_make(search, arena, &plan, error))
        return CREDENTIALS_FAILED;
    for (const struct role *role = plan.first; role != NULL; role = role->source)
        role_call_identify(role, provider->name, identity);
    if (credentials_identify_chain(plan.chain, &plan.search, identity, error) == CREDENTIALS_FOUND)
        return CREDENTIALS_FOUND;
    // What is lacking is told by who asks for the credentials themselves.
    return CREDENTIALS_FAILED;
}

const struct credentials_provider credentials_assume_role = {
    .name = "assume-role",
    .lacks = "the profile has no role_arn, or a web_identity_token_file",
    .find = find,
    .identify = identify};
