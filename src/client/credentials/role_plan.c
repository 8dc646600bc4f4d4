// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/role_plan.h"
#include "base/json.h"
#include "base/text.h"
#include "client/cli/integer.h"
#include "client/python.h"

// What credential_source may name. The names are compared with their case, as the AWS CLI does.
static const struct credentials_provider *const environment_chain[] = {&credentials_environment, NULL};
static const struct credentials_provider *const container_chain[] = {&credentials_container, NULL};
static const struct credentials_provider *const instance_chain[] = {&credentials_instance, NULL};

static const struct {
    const char *name;
    const struct credentials_provider *const *chain;
} named_sources[] = {
    {"Environment", environment_chain},
    {"Ec2InstanceMetadata", instance_chain},
    {"EcsContainer", container_chain},
};

static const char *get(const struct credentials_search *search, const char *profile, const char *key)
{
    return profile_get(search->settings->profiles, profile, key);
}

static bool is_role(const struct credentials_search *search, const char *profile)
{
    return get(search, profile, "role_arn") != NULL && get(search, profile, "web_identity_token_file") == NULL;
}

static bool has_static_keys(const struct credentials_search *search, const char *profile)
{
    return get(search, profile, "aws_access_key_id") != NULL || get(search, profile, "aws_secret_access_key") != NULL;
}

bool role_plan_is_for(const struct credentials_search *search)
{
    return is_role(search, search->profile);
}

/** What is no number does not count; one beyond 64 bits is refused by the service, whichever it is. */
static void read_duration(const char *text, struct role *role)
{
    BUFFER_AUTO digits = {0};
    if (text == NULL || !integer_read(slice_of(text), &digits))
        return;
    role->has_duration = true;
    if (!text_parse_integer(buffer_slice(&digits), &role->duration))
        role->duration = digits.data[0] == '-' ? INT64_MIN : INT64_MAX;
}

static struct role *add_role(const struct credentials_search *search, const char *profile, struct role_plan *plan,
                             struct arena *arena)
{
    struct role *role = arena_allocate(arena, 1, sizeof *role);
    *role = (struct role){.profile = profile,
                          .arn = get(search, profile, "role_arn"),
                          .session_name = get(search, profile, "role_session_name"),
                          .external_id = get(search, profile, "external_id"),
                          .mfa_serial = get(search, profile, "mfa_serial"),
                          .visit = {profile, plan->last == NULL ? search->visited : &plan->last->visit},
                          .outer = plan->last};
    read_duration(get(search, profile, "duration_seconds"), role);
    if (plan->last == NULL)
        plan->first = role;
    else
        plan->last->source = role;
    plan->last = role;
    return role;
}

static bool use_named_source(const struct role *role, const char *name, struct role_plan *plan, struct error *error)
{
    for (size_t i = 0; i < sizeof named_sources / sizeof *named_sources; i++) {
        if (!slice_is(slice_of(name), named_sources[i].name))
            continue;
        plan->credential_source = name;
        plan->chain = named_sources[i].chain;
        plan->search.profile = role->profile;
        // The person names the environment, so --profile does not hide it.
        plan->search.use_environment = true;
        return true;
    }
    return error_set(error, ERROR_INTERNAL, NULL,
                     "The credential source \"%s\" referenced in profile \"%s\" is not valid.", name, role->profile);
}

static bool was_visited(const struct role *role, const char *profile)
{
    const struct credentials_visit *at = &role->visit;
    while (at != NULL && !slice_is(slice_of(at->profile), profile))
        at = at->before;
    return at != NULL;
}

static bool refuse_loop(const struct role *role, const char *profile, struct error *error)
{
    JSON_AUTO *visited = json_array();
    BUFFER_AUTO names = {0};
    for (const struct credentials_visit *at = &role->visit; at != NULL; at = at->before)
        (void)json_array_insert_new(visited, 0, json_stringn_nocheck(at->profile, strlen(at->profile)));
    python_write_repr(&names, visited);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Infinite loop in credential configuration detected. Attempting to load from profile %s which has "
                     "already been visited. Visited profiles: %s",
                     profile, buffer_text(&names));
}

static bool check_source_profile(const struct credentials_search *search, const struct role *role, const char *profile,
                                 struct error *error)
{
    if (!profile_exists(search->settings->profiles, profile))
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The source_profile \"%s\" referenced in the profile \"%s\" does not exist.", profile,
                         role->profile);
    // A profile may name itself, to assume its role by its own static keys.
    bool itself = slice_is(slice_of(role->profile), profile);
    if (was_visited(role, profile) && !(itself && has_static_keys(search, profile)))
        return refuse_loop(role, profile, error);
    return true;
}

/** Where the credentials of ROLE come from: *PROFILE, or the plan's chain, with *PROFILE then NULL. */
static bool follow(const struct credentials_search *search, const struct role *role, struct role_plan *plan,
                   const char **profile, struct error *error)
{
    *profile = get(search, role->profile, "source_profile");
    const char *named = get(search, role->profile, "credential_source");
    if (named != NULL && *profile != NULL)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The profile \"%s\" contains both source_profile and credential_source.", role->profile);
    if (named != NULL)
        return use_named_source(role, named, plan, error);
    if (*profile == NULL)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "Partial credentials found in assume-role, missing: source_profile or credential_source");
    return check_source_profile(search, role, *profile, error);
}

bool role_plan_make(const struct credentials_search *search, struct arena *arena, struct role_plan *out,
                    struct error *error)
{
    *out = (struct role_plan){.search = {.settings = search->settings}};
    const char *profile = search->profile;
    do {
        const struct role *role = add_role(search, profile, out, arena);
        if (!follow(search, role, out, &profile, error))
            return false;
    } while (profile != NULL && !has_static_keys(search, profile) && is_role(search, profile));
    out->search.visited = &out->last->visit;
    if (profile != NULL) {
        out->chain = credentials_profile_chain;
        out->search.profile = profile;
    }
    return true;
}
