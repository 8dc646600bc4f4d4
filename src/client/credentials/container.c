// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The credentials of a container's task. Behaviour document, section 9.1; botocore, ContainerProvider. */
#include "base/host.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/credentials/identity.h"
#include "client/credentials/metadata.h"
#include "client/credentials/providers.h"
#include "client/credentials/token_file.h"
#include "client/debug.h"

#include <string.h>

#define RELATIVE_URI "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
#define FULL_URI "AWS_CONTAINER_CREDENTIALS_FULL_URI"
#define TOKEN "AWS_CONTAINER_AUTHORIZATION_TOKEN"
#define TOKEN_FILE "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"
/** Where relative URIs are. */
#define HOST "http://169.254.170.2"

#define TIMEOUT 2
#define ATTEMPTS 3
/** As much of a refusal is shown. */
#define SHOWN 4096

#define HTTP_ANSWER_AUTO __attribute__((cleanup(http_answer_free))) struct http_answer

/** A request to the endpoint, made ready once. */
struct call {
    const struct credentials_provider *provider;
    const struct settings *settings;
    struct endpoint endpoint;
    struct metadata metadata;
    struct metadata_request request;
    struct buffer path;
    struct buffer token;
    bool has_token;
};

static void call_free(struct call *call)
{
    metadata_close(&call->metadata);
    buffer_free(&call->path);
    buffer_free(&call->token);
}

#define CALL_AUTO __attribute__((cleanup(call_free))) struct call

// ------------------------------------------------------------------ where to

/** The host as urlparse() gives it: in lower case, without port and brackets. */
static void write_host(const struct endpoint *endpoint, struct buffer *out)
{
    struct slice authority = slice_of(endpoint->authority);
    if (authority.size > 0 && authority.data[0] == '[')
        buffer_append_slice(out, slice_part(authority, 1, slice_find(authority, ']', 0) - 1));
    else
        buffer_append_slice(out, slice_part(authority, 0, slice_find(authority, ':', 0)));
}

/** Credentials in clear are only taken from beside us: elsewhere anybody could give them, or read the token. */
static bool check_host(const struct endpoint *endpoint, const char *host, struct error *error)
{
    static const char *const allowed[] = {"169.254.170.2", "169.254.170.23", "fd00:ec2::23", "localhost", NULL};
    const char *const *at = allowed;
    while (*at != NULL && !slice_is(slice_of(host), *at))
        at++;
    if (endpoint->https || *at != NULL || host_is_loopback(host))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Unsupported host '%s'.  Can only retrieve metadata from a loopback address or one of these "
                     "hosts: 169.254.170.2, 169.254.170.23, fd00:ec2::23, localhost",
                     host);
}

static bool read_endpoint(struct call *call, struct arena *arena, struct error *error)
{
    environment_function *environment = call->settings->environment;
    const char *relative = environment(RELATIVE_URI);
    const char *url = relative != NULL ? arena_format(arena, HOST "%s", relative) : environment(FULL_URI);
    BUFFER_AUTO host = {0};
    if (strstr(url, "://") == NULL)
        return check_host(&call->endpoint, "None", error);
    if (!endpoint_parse(url, arena, &call->endpoint, error))
        return false;
    write_host(&call->endpoint, &host);
    if (!check_host(&call->endpoint, buffer_text(&host), error))
        return false;
    buffer_append_text(&call->path, call->endpoint.path[0] == '\0' ? "/" : call->endpoint.path);
    if (call->endpoint.query[0] != '\0')
        buffer_append_format(&call->path, "?%s", call->endpoint.query);
    return true;
}

// ------------------------------------------------------------------ as whom

/** The token as it stands, a line break at its end too: that is no header, and the person is told. */
static bool read_token(struct call *call, struct error *error)
{
    environment_function *environment = call->settings->environment;
    const char *file = environment(TOKEN_FILE);
    const char *token = environment(TOKEN);
    call->has_token = file != NULL || token != NULL;
    if (file != NULL && !token_file_read(file, &call->token, error))
        return false;
    if (file == NULL && token != NULL)
        buffer_append_text(&call->token, token);
    struct slice text = buffer_slice(&call->token);
    if (slice_find(text, '\n', 0) < text.size || slice_find(text, '\r', 0) < text.size)
        return error_set(error, ERROR_INTERNAL, NULL, "Auth token value is not a legal header value");
    return true;
}

static void make_ready(struct call *call)
{
    call->request = (struct metadata_request){
        .method = "GET",
        .path = buffer_text(&call->path),
        .headers = {{"Accept", SLICE("application/json")}, {"Authorization", buffer_slice(&call->token)}},
        .header_count = call->has_token ? 2 : 1};
    metadata_open(&call->metadata, call->settings, &call->endpoint, TIMEOUT);
}

// ------------------------------------------------------------------ what

/** Fails with what another attempt may mend. */
static json_t *fail(const struct call *call, struct error *error, const char *why)
{
    (void)error_set(error, ERROR_INTERNAL, NULL,
                    "Error when retrieving credentials from %s: Error retrieving "
                    "metadata: %s",
                    call->provider->name, why);
    return NULL;
}

/** One attempt. AGAIN says whether another makes sense. */
static json_t *try_call(struct call *call, bool *again, struct error *error)
{
    HTTP_ANSWER_AUTO answer = {0};
    BUFFER_AUTO why = {0};
    ERROR_AUTO failure = {0};
    enum http_result result = metadata_send(&call->metadata, &call->request, &answer, &failure);
    *again = result == HTTP_ANSWERED || metadata_is_transient(result);
    if (!*again) {
        (void)error_move(error, &failure);
        return NULL;
    }
    if (result != HTTP_ANSWERED) {
        buffer_append_format(&why, "Received error when attempting to retrieve container metadata: %s",
                             failure.message);
        return fail(call, error, buffer_text(&why));
    }
    if (answer.status != 200) {
        buffer_append_format(&why, "Received non 200 response %ld from container metadata: %.*s", answer.status,
                             SLICE_ARGS(slice_part(buffer_slice(&answer.body), 0, SHOWN)));
        return fail(call, error, buffer_text(&why));
    }
    json_t *document = json_parse(buffer_slice(&answer.body), NULL);
    return document != NULL ? document
                            : fail(call, error, "Unable to parse JSON returned from container metadata services");
}

static json_t *fetch(struct call *call, struct error *error)
{
    bool again = true;
    json_t *document = NULL;
    for (int attempt = 1; document == NULL && again && attempt <= ATTEMPTS; attempt++) {
        if (attempt > 1)
            timestamp_wait(TIMESTAMP_SECOND);
        document = try_call(call, &again, error);
        if (document == NULL)
            debug_line(call->settings, "credentials: attempt %d: %s", attempt, error->message);
    }
    return document;
}

static bool retrieve(struct call *call, struct credentials *out, struct error *error)
{
    JSON_AUTO *document = fetch(call, error);
    return document != NULL && (credentials_read_metadata(document, out, error) ||
                                error_prefix(error, "Error when retrieving credentials from %s", call->provider->name));
}

/** What has ended already is asked for once more, as the AWS CLI does. */
static bool retrieve_fresh(struct call *call, struct credentials *out, struct error *error)
{
    if (!retrieve(call, out, error))
        return false;
    if (credentials_check_expiration(out, NULL))
        return true;
    credentials_free(out);
    return retrieve(call, out, error) && credentials_check_expiration(out, error);
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    const struct settings *settings = search->settings;
    if (settings->environment(RELATIVE_URI) == NULL && settings->environment(FULL_URI) == NULL)
        return CREDENTIALS_NONE;
    ARENA_AUTO *arena = arena_new();
    CALL_AUTO call = {.provider = provider, .settings = settings};
    CREDENTIALS_AUTO found = {0};
    if (!read_token(&call, error) || !read_endpoint(&call, arena, error))
        return CREDENTIALS_FAILED;
    make_ready(&call);
    if (!retrieve_fresh(&call, &found, error))
        return CREDENTIALS_FAILED;
    *out = found;
    found = (struct credentials){0};
    return CREDENTIALS_FOUND;
}

/** A task has its own address or its own token. */
static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    environment_function *environment = search->settings->environment;
    if (environment(RELATIVE_URI) == NULL && environment(FULL_URI) == NULL)
        return CREDENTIALS_NONE;
    CALL_AUTO call = {.provider = provider, .settings = search->settings};
    if (!read_token(&call, error))
        return CREDENTIALS_FAILED;
    identity_write(identity, provider->name, environment(RELATIVE_URI));
    identity_write(identity, "full URI", environment(FULL_URI));
    identity_write_bearer(identity, "token", buffer_slice(&call.token));
    return CREDENTIALS_FOUND;
}

const struct credentials_provider credentials_container = {.name = "container-role",
                                                           .lacks = RELATIVE_URI " and " FULL_URI " are not set",
                                                           .find = find,
                                                           .identify = identify};
