// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/role_call.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "client/cli/local_time.h"
#include "client/cli/validation.h"
#include "client/credentials/identity.h"
#include "client/debug.h"
#include "client/transport/transport.h"

#include <inttypes.h>

static void set_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(object, name, json_stringn_nocheck(text, strlen(text)));
}

static bool names_session(const struct role *role)
{
    return role->session_name != NULL && *role->session_name != '\0';
}

json_t *role_call_input(const struct role *role)
{
    json_t *input = json_object();
    BUFFER_AUTO default_name = {0};
    buffer_append_format(&default_name, "botocore-session-%" PRId64, timestamp_now() / TIMESTAMP_SECOND);
    const char *session_name = names_session(role) ? role->session_name : buffer_text(&default_name);
    // An empty name in the profile is replaced in its place, a missing one comes last: Python's dictionaries do so.
    if (role->session_name != NULL)
        set_text(input, "RoleSessionName", session_name);
    set_text(input, "ExternalId", role->external_id);
    set_text(input, "SerialNumber", role->mfa_serial);
    if (role->has_duration)
        (void)json_object_set_new(input, "DurationSeconds", json_integer(role->duration));
    set_text(input, "RoleArn", role->arn);
    set_text(input, "RoleSessionName", session_name);
    set_text(input, "TokenCode", role->token_code);
    return input;
}

/** What of a role's configuration says which credentials it gets, as the AWS CLI keys its cache by it. */
static void write_key(const struct role *role, struct buffer *out)
{
    static const char *const sorted[] = {"DurationSeconds", "ExternalId", "RoleArn", "RoleSessionName", "SerialNumber"};
    JSON_AUTO *input = role_call_input(role);
    JSON_AUTO *key = json_object();
    if (!names_session(role))
        (void)json_object_del(input, "RoleSessionName");
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++) {
        json_t *value = json_object_get(input, sorted[i]);
        if (value != NULL)
            (void)json_object_set(key, sorted[i], value);
    }
    json_write_python(out, key);
}

void role_call_cache_name(const struct role *role, char out[static CREDENTIALS_CACHE_NAME_SIZE])
{
    BUFFER_AUTO text = {0};
    write_key(role, &text);
    credentials_cache_name(buffer_slice(&text), out);
}

void role_call_identify(const struct role *role, const char *provider, struct buffer *identity)
{
    BUFFER_AUTO key = {0};
    write_key(role, &key);
    identity_write_slice(identity, provider, buffer_slice(&key));
}

/** "arn:PARTITION:sts:REGION:ACCOUNT:assumed-role/..." names the account; the newest AWS CLI caches it. */
static void add_account(json_t *output)
{
    struct slice rest = json_member_text(json_object_get(output, "AssumedRoleUser"), "Arn");
    json_t *credentials = json_object_get(output, "Credentials");
    struct slice account = {NULL, 0};
    struct slice part;
    if (!slice_starts_with(rest, SLICE("arn:")))
        return;
    for (size_t i = 0; i <= 4; i++, account = part)
        if (!slice_cut(&rest, ':', &part))
            return;
    if (rest.data != NULL && credentials != NULL)
        (void)json_object_set_new(credentials, "AccountId", json_stringn_nocheck(account.data, account.size));
}

static bool check_input(const struct settings *settings, const struct api_operation *operation, json_t *values,
                        struct error *error)
{
    const struct input input = {.values = values};
    return !settings->validate_parameters || validation_check(operation->input, &input, error);
}

static void free_transport(struct transport **transport)
{
    transport_free(*transport);
}

json_t *role_call(const struct settings *settings, const struct credentials *source,
                  const struct api_operation *operation, json_t *input, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings own;
    if (!settings_for_service(settings, "STS", arena, &own, error))
        return NULL;
    __attribute__((cleanup(free_transport))) struct transport *transport = transport_new(&own, &api_sts, source, error);
    if (transport == NULL || !check_input(&own, operation, input, error))
        return NULL;
    debug_warn_once(settings, transport_warning(transport));
    debug_line(settings, "credentials: %s for %s", operation->name, json_member_text(input, "RoleArn").data);
    JSON_AUTO *output = NULL;
    if (!transport_call(transport, operation, input, &output, error))
        return NULL;
    if (!slice_is(slice_of(own.timestamp_format), "wire") && !local_time_render(output, operation->output, error))
        return NULL;
    add_account(output);
    (void)json_object_set_new(output, "ResponseMetadata", transport_metadata(transport));
    return json_incref(output);
}
