// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "base/secret.h"
#include "client/credentials/identity.h"
#include "client/credentials/instance.h"
#include "client/credentials/providers.h"
#include "client/debug.h"

/**
 * The AWS CLI's order: behaviour document, section 9.1. The first that has credentials gives them, and a
 * broken one ends the search, since going on would sign as somebody else than the person meant.
 */
static const struct credentials_provider *const first_chain[] = {
    &credentials_environment,
    &credentials_assume_role,
    NULL,
};
const struct credentials_provider *const credentials_profile_chain[] = {
    &credentials_web_identity,
    &credentials_sso,
    &credentials_shared_file,
    &credentials_login,
    &credentials_process,
    &credentials_config_file,
    NULL,
};
static const struct credentials_provider *const last_chain[] = {
    &credentials_ec2_file, &credentials_boto_file, &credentials_container, &credentials_instance, NULL,
};

static void tell_nothing(const struct credentials_search *search, const struct credentials_provider *provider,
                         enum credentials_result result, const struct error *reason)
{
    const char *lacks = reason->message != NULL ? reason->message : provider->lacks;
    debug_line(search->settings, "credentials: %s from %s%s%s", result == CREDENTIALS_NONE ? "none" : "failure",
               provider->name, lacks == NULL ? "" : ": ", lacks == NULL ? "" : lacks);
}

enum credentials_result credentials_ask(const struct credentials_provider *const *chain,
                                        const struct credentials_search *search, struct credentials *out,
                                        struct error *error)
{
    *out = (struct credentials){0};
    for (const struct credentials_provider *const *at = chain; *at != NULL; at++) {
        const struct credentials_provider *provider = *at;
        ERROR_AUTO reason = {0};
        enum credentials_result result = provider->find(provider, search, out, &reason);
        if (result == CREDENTIALS_FOUND && out->source == NULL)
            out->source = provider->name;
        if (result == CREDENTIALS_FOUND && out->access_key_id == NULL)
            debug_line(search->settings, "credentials: %s of profile %s, to be had when they are needed", out->source,
                       search->profile);
        else if (result == CREDENTIALS_FOUND)
            debug_line(search->settings, "credentials: %s of profile %s, access key id %s%s", out->source,
                       search->profile, out->access_key_id, out->session_token == NULL ? "" : ", with a session token");
        else
            tell_nothing(search, provider, result, &reason);
        if (result == CREDENTIALS_FAILED)
            (void)error_move(error, &reason);
        if (result != CREDENTIALS_NONE)
            return result;
    }
    return CREDENTIALS_NONE;
}

/** What FIND gives says who it is of, when it asks nobody. */
static enum credentials_result identify_by_keys(const struct credentials_provider *provider,
                                                const struct credentials_search *search, struct buffer *identity,
                                                struct error *error)
{
    CREDENTIALS_AUTO found = {0};
    enum credentials_result result = provider->find(provider, search, &found, error);
    if (result == CREDENTIALS_FOUND)
        credentials_write_identity(&found, identity);
    return result;
}

enum credentials_result credentials_identify_chain(const struct credentials_provider *const *chain,
                                                   const struct credentials_search *search, struct buffer *identity,
                                                   struct error *error)
{
    enum credentials_result result = CREDENTIALS_NONE;
    for (const struct credentials_provider *const *at = chain; result == CREDENTIALS_NONE && *at != NULL; at++) {
        ERROR_AUTO reason = {0};
        result = ((*at)->identify != NULL ? (*at)->identify : identify_by_keys)(*at, search, identity, &reason);
        if (result == CREDENTIALS_FAILED)
            (void)error_move(error, &reason);
    }
    return result;
}

bool credentials_may_fetch(const struct credentials_search *search, struct error *error)
{
    return search->gate == NULL || search->gate->check(search->gate->context, error);
}

/** The chain in its parts, NULL-terminated. */
static const struct credentials_provider *const *const chains[] = {first_chain, credentials_profile_chain, last_chain,
                                                                   NULL};

static bool refuse_none(struct error *error)
{
    return error_set(error, ERROR_CONFIGURATION, "NoCredentials",
                     "Unable to locate credentials. You can configure credentials by running \"aws login\".");
}

static struct credentials_search search_of(const struct settings *settings, const struct credentials_gate *gate)
{
    return (struct credentials_search){.settings = settings,
                                       .profile = settings->profile,
                                       .use_environment = !settings->profile_by_option,
                                       .gate = gate};
}

bool credentials_identify(const struct settings *settings, struct buffer *out, struct error *error)
{
    const struct credentials_search search = search_of(settings, NULL);
    for (size_t i = 0; chains[i] != NULL; i++) {
        enum credentials_result result = credentials_identify_chain(chains[i], &search, out, error);
        if (result != CREDENTIALS_NONE)
            return result == CREDENTIALS_FOUND;
    }
    return refuse_none(error);
}

bool credentials_find(const struct settings *settings, const struct credentials_gate *gate, struct credentials *out,
                      struct error *error)
{
    const struct credentials_search search = search_of(settings, gate);
    if (!instance_check(settings, error))
        return false;
    for (size_t i = 0; chains[i] != NULL; i++) {
        enum credentials_result result = credentials_ask(chains[i], &search, out, error);
        if (result != CREDENTIALS_NONE)
            return result == CREDENTIALS_FOUND;
    }
    return refuse_none(error);
}

void credentials_write_identity(const struct credentials *credentials, struct buffer *out)
{
    identity_write(out, "access key id", credentials->access_key_id);
    identity_write(out, "secret access key", credentials->secret_access_key);
    identity_write(out, "session token", credentials->session_token);
}

void credentials_set(struct credentials *out, const char *access_key_id, const char *secret_access_key,
                     const char *token)
{
    out->access_key_id = memory_copy(access_key_id, strlen(access_key_id));
    out->secret_access_key = memory_copy(secret_access_key, strlen(secret_access_key));
    out->session_token = token == NULL || *token == '\0' ? NULL : memory_copy(token, strlen(token));
}

void credentials_free(struct credentials *credentials)
{
    secret_free(credentials->access_key_id);
    secret_free(credentials->secret_access_key);
    secret_free(credentials->session_token);
    secret_free(credentials->account_id);
    *credentials = (struct credentials){0};
}
