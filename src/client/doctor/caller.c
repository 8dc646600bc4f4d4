// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/sts.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "client/doctor/doctor.h"
#include "client/transport/transport.h"

#include <string.h>

/** What mends credentials that cannot be had, by what their profile is. */
static const char *mend_of(const struct settings *settings, struct arena *arena)
{
    const char *profile = settings->profile;
    bool sso = profile_get(settings->profiles, profile, "sso_session") != NULL ||
               profile_get(settings->profiles, profile, "sso_start_url") != NULL;
    if (sso)
        return arena_format(arena, "aws sso login --profile %s", profile);
    if (profile_get(settings->profiles, profile, "login_session") != NULL)
        return arena_format(arena, "aws login --profile %s", profile);
    return "aws configure, or AWS_PROFILE=NAME, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
}

static void tell_end(struct doctor *doctor, const struct credentials *credentials)
{
    if (credentials->expiration == 0)
        return;
    BUFFER_AUTO end = {0};
    timestamp_format_utc(&end, credentials->expiration, false);
    report_good(&doctor->report, "credentials", "they end at %s", buffer_text(&end));
}

static void free_transport(struct transport **transport)
{
    transport_free(*transport);
}

/** @return the answer, a new reference, or NULL. */
static json_t *call(const struct settings *settings, const struct credentials *credentials, struct error *error)
{
    __attribute__((cleanup(free_transport))) struct transport *transport =
        transport_new(settings, &api_sts, credentials, error);
    JSON_AUTO *input = json_object();
    JSON_AUTO *answer = NULL;
    if (transport == NULL ||
        !transport_call(transport, api_find_operation(&api_sts, SLICE("get-caller-identity")), input, &answer, error))
        return NULL;
    return json_incref(answer);
}

static void ask_identity(struct doctor *doctor, const struct settings *settings, const struct credentials *credentials)
{
    ERROR_AUTO error = {0};
    struct settings own;
    bool good = settings_for_service(settings, "STS", doctor->arena, &own, &error);
    // Where tokens come from a service of one's own, its callers are that service's too, and AWS does not know them.
    bool borrowed = good && own.endpoint_url == NULL && settings->endpoint_url != NULL;
    if (borrowed)
        own.endpoint_url = settings->endpoint_url;
    JSON_AUTO *answer = good ? call(&own, credentials, &error) : NULL;
    if (answer != NULL)
        report_good(&doctor->report, "caller", "account %s, %s", json_string_value(json_object_get(answer, "Account")),
                    json_string_value(json_object_get(answer, "Arn")));
    // A network may let CodeArtifact's endpoint through and not STS's.
    else if (error.class == ERROR_SERVICE && !borrowed)
        report_bad(&doctor->report, "caller", mend_of(settings, doctor->arena), "%s", error.message);
    else
        report_note(&doctor->report, "caller", "not known, since STS does not say it: %s", error.message);
}

bool doctor_check_caller(struct doctor *doctor, const struct settings *settings)
{
    CREDENTIALS_AUTO credentials = {0};
    ERROR_AUTO error = {0};
    if (!credentials_find(settings, NULL, &credentials, &error)) {
        report_bad(&doctor->report, "credentials", mend_of(settings, doctor->arena), "%s", error.message);
        return false;
    }
    report_good(&doctor->report, "credentials", "access key %s, by %s, profile %s", credentials.access_key_id,
                credentials.source != NULL ? credentials.source : "a provider", settings->profile);
    tell_end(doctor, &credentials);
    ask_identity(doctor, settings, &credentials);
    return true;
}
