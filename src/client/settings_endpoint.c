// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The custom endpoint of any service. Behaviour document, section 8; botocore/configprovider.py. */
#include "base/text.h"
#include "client/settings.h"

/** What is sought, and what says it. */
struct search {
    const struct settings *settings;
    const char *service_id;
    struct arena *arena;
    const char *url;
    const char *source; // for --debug
};

/** Keeps the URL with its source; an empty one counts as none. */
static bool take(struct search *search, const char *url, const char *source)
{
    if (url == NULL || *url == '\0')
        return false;
    search->url = url;
    search->source = source;
    return true;
}

static bool take_variable(struct search *search, const char *name)
{
    return take(search, search->settings->environment(name), name);
}

/** `services = NAME` in the profile leads to [services NAME] and its nested `codeartifact = endpoint_url = URL`. */
static bool take_section(struct search *search, struct error *error)
{
    const struct settings *settings = search->settings;
    const char *section = profile_get(settings->profiles, settings->profile, "services");
    if (section == NULL)
        return true;
    if (!profile_section_exists(settings->profiles, "services", section))
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The profile is configured to use the services section but the \"%s\" services configuration "
                         "does not exist.",
                         section);
    char *key = arena_format(search->arena, "%s.endpoint_url", search->service_id);
    for (char *at = key; *at != '\0'; at++)
        *at = text_lower(*at);
    (void)take(search, profile_get_section(settings->profiles, "services", section, key),
               arena_format(search->arena, "[services %s]", section));
    return true;
}

static bool find(struct search *search, struct error *error)
{
    const struct settings *settings = search->settings;
    if (take_variable(search, arena_format(search->arena, "AWS_ENDPOINT_URL_%s", search->service_id)) ||
        take_variable(search, "AWS_ENDPOINT_URL"))
        return true;
    if (!take_section(search, error))
        return false;
    if (search->url == NULL)
        (void)take(search, profile_get(settings->profiles, settings->profile, "endpoint_url"),
                   arena_format(search->arena, "profile %s", settings->profile));
    return true;
}

bool settings_for_service(const struct settings *settings, const char *service_id, struct arena *arena,
                          struct settings *out, struct error *error)
{
    struct search search = {.settings = settings, .service_id = service_id, .arena = arena};
    bool good = settings->ignore_endpoint_urls || find(&search, error);
    *out = *settings;
    out->endpoint_url = search.url;
    out->endpoint_source = search.source;
    return good;
}
