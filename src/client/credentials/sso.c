// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/sign_in.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "client/credentials/cache.h"
#include "client/credentials/identity.h"
#include "client/credentials/providers.h"
#include "client/credentials/sso_token.h"
#include "client/transport/transport.h"

/** Milliseconds, as the portal counts. */
#define MILLISECOND (TIMESTAMP_SECOND / 1000)

/** What a role is asked for with. */
struct sso {
    const struct settings *settings;
    struct sso_sign_in sign_in;
    const char *account;
    const char *role;
};

/** The keys that a profile and its sso-session may both have. */
static const char *const shared_keys[] = {"sso_start_url", "sso_region", "sso_registration_scopes", "sso_account_id",
                                          "sso_role_name"};

static const char *get(const struct credentials_search *search, const char *key)
{
    return profile_get(search->settings->profiles, search->profile, key);
}

static const char *get_of_session(const struct credentials_search *search, const char *session, const char *key)
{
    return session == NULL ? NULL : profile_get_section(search->settings->profiles, "sso-session", session, key);
}

static bool check_session(const struct credentials_search *search, const char *session, struct error *error)
{
    if (session == NULL)
        return true;
    if (!profile_section_exists(search->settings->profiles, "sso-session", session))
        return error_set(error, ERROR_INTERNAL, NULL, "The specified sso-session does not exist: \"%s\"", session);
    for (size_t i = 0; i < sizeof shared_keys / sizeof *shared_keys; i++) {
        const char *own = get(search, shared_keys[i]);
        const char *other = get_of_session(search, session, shared_keys[i]);
        if (own != NULL && other != NULL && !slice_equal(slice_of(own), slice_of(other)))
            return error_set(error, ERROR_INTERNAL, NULL,
                             "The value for %s is inconsistent between profile (%s) and sso-session (%s).",
                             shared_keys[i], own, other);
    }
    return true;
}

bool credentials_check_session(const struct settings *settings, struct error *error)
{
    const struct credentials_search search = {.settings = settings, .profile = settings->profile};
    static const char *const needed[] = {"sso_start_url", "sso_region"};
    const char *session = get(&search, "sso_session");
    BUFFER_AUTO missing = {0};
    if (session == NULL)
        return true;
    if (!profile_section_exists(settings->profiles, "sso-session", session))
        return error_set(error, ERROR_INTERNAL, NULL,
                         "The profile \"%s\" is configured to use the SSO token provider but the \"%s\" sso_session "
                         "configuration does not exist.",
                         search.profile, session);
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (get_of_session(&search, session, needed[i]) == NULL)
            buffer_append_format(&missing, "%s'%s'", missing.size > 0 ? ", " : "", needed[i]);
    return missing.size == 0 || error_set(error, ERROR_INTERNAL, NULL,
                                          "The profile \"%s\" is configured to use the SSO token provider but is "
                                          "missing the following configuration: [%s].",
                                          search.profile, buffer_text(&missing));
}

/** Reads what profile and session say together. */
static bool configure(const struct credentials_search *search, struct sso *out, struct error *error)
{
    const char *session = get(search, "sso_session");
    const struct {
        const char *key;
        const char **place;
    } needed[] = {{"sso_role_name", &out->role},
                  {"sso_account_id", &out->account},
                  {"sso_start_url", &out->sign_in.start_url},
                  {"sso_region", &out->sign_in.region}};
    BUFFER_AUTO missing = {0};
    if (!check_session(search, session, error))
        return false;
    out->settings = search->settings;
    out->sign_in.session = session;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        const char *value = get_of_session(search, session, needed[i].key);
        *needed[i].place = value != NULL ? value : get(search, needed[i].key);
        if (*needed[i].place == NULL)
            buffer_append_format(&missing, "%s%s", missing.size > 0 ? ", " : "", needed[i].key);
    }
    return missing.size == 0 ||
           error_set(error, ERROR_INTERNAL, NULL,
                     "The profile \"%s\" is configured to use SSO but is missing required configuration: %s",
                     search->profile, buffer_text(&missing));
}

/** The cache file's name: of botocore's SSOCredentialFetcher. */
static void name_cache(const struct sso *sso, char out[static CREDENTIALS_CACHE_NAME_SIZE])
{
    const struct sso_sign_in *sign_in = &sso->sign_in;
    bool by_session = sign_in->session != NULL && *sign_in->session != '\0';
    JSON_AUTO *key =
        json_pack("{ss, ss, ss}", "accountId", sso->account, "roleName", sso->role,
                  by_session ? "sessionName" : "startUrl", by_session ? sign_in->session : sign_in->start_url);
    BUFFER_AUTO text = {0};
    json_write_python_minified(&text, key);
    credentials_cache_name(buffer_slice(&text), out);
}

static json_t *call_portal(const struct sso *sso, const char *token, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    if (!settings_for_service(sso->settings, "SSO", arena, &settings, error))
        return NULL;
    settings.region = sso->sign_in.region;
    settings.sign = false;
    struct transport *transport = transport_new(&settings, api_sso_get_role_credentials.service, NULL, error);
    if (transport == NULL)
        return NULL;
    JSON_AUTO *input =
        json_pack("{ss, ss, ss}", "roleName", sso->role, "accountId", sso->account, "accessToken", token);
    json_t *answer = NULL;
    (void)transport_call(transport, &api_sso_get_role_credentials, input, &answer, error);
    transport_free(transport);
    return answer;
}

/** The document that the AWS CLI keeps. A new reference. */
static json_t *make_document(const struct sso *sso, const json_t *answer)
{
    const json_t *given = json_object_get(answer, "roleCredentials");
    BUFFER_AUTO end = {0};
    timestamp_format_utc(&end, json_integer_value(json_object_get(given, "expiration")) * MILLISECOND, false);
    return json_pack("{ss, s{sO*, sO*, sO*, ss, ss}}", "ProviderType", "sso", "Credentials", "AccessKeyId",
                     json_object_get(given, "accessKeyId"), "SecretAccessKey",
                     json_object_get(given, "secretAccessKey"), "SessionToken", json_object_get(given, "sessionToken"),
                     "Expiration", buffer_text(&end), "AccountId", sso->account);
}

static json_t *fetch(void *context, struct error *error)
{
    const struct sso *sso = context;
    char *token = sso_token_get(sso->settings, &sso->sign_in, error);
    if (token == NULL)
        return NULL;
    ERROR_AUTO refused = {0};
    JSON_AUTO *answer = call_portal(sso, token, &refused);
    secret_free(token);
    if (answer != NULL)
        return make_document(sso, answer);
    if (refused.class == ERROR_SERVICE && slice_is(slice_of(refused.code), "UnauthorizedException"))
        (void)sso_token_refuse(error);
    else
        (void)error_move(error, &refused);
    return NULL;
}

/** Reads the configuration, if there is any. */
static enum credentials_result begin(const struct credentials_search *search, struct sso *out, struct error *error)
{
    *out = (struct sso){0};
    if (get(search, "sso_account_id") == NULL && get(search, "sso_role_name") == NULL)
        return CREDENTIALS_NONE;
    return configure(search, out, error) ? CREDENTIALS_FOUND : CREDENTIALS_FAILED;
}

/** Who has signed in is known by the access token alone; another sign-in, or a refresh, is another identity. */
static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    struct sso sso;
    BUFFER_AUTO token = {0};
    enum credentials_result result = begin(search, &sso, error);
    if (result != CREDENTIALS_FOUND)
        return result;
    if (!sso_token_peek(search->settings, &sso.sign_in, &token, error))
        return CREDENTIALS_FAILED;
    identity_write(identity, provider->name, sso.sign_in.start_url);
    identity_write(identity, "region", sso.sign_in.region);
    identity_write(identity, "account", sso.account);
    identity_write(identity, "role", sso.role);
    identity_write_slice(identity, "access token", buffer_slice(&token));
    return CREDENTIALS_FOUND;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    struct sso sso;
    enum credentials_result result = begin(search, &sso, error);
    if (result != CREDENTIALS_FOUND || search->deferring)
        return result;
    if (!credentials_may_fetch(search, error))
        return CREDENTIALS_FAILED;
    char name[CREDENTIALS_CACHE_NAME_SIZE];
    name_cache(&sso, name);
    // As the source of a role they are not cached: the role itself is.
    bool cached = search->visited == NULL;
    bool found = credentials_cached(search->settings, cached ? name : NULL, fetch, &sso, out, error);
    return found ? CREDENTIALS_FOUND : CREDENTIALS_FAILED;
}

const struct credentials_provider credentials_sso = {.name = "sso",
                                                     .lacks =
                                                         "the profile has neither sso_account_id nor sso_role_name",
                                                     .find = find,
                                                     .identify = identify};
