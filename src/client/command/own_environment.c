// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_environment.h"
#include "base/file.h"
#include "base/text.h"
#include "client/cache/kept_endpoints.h"
#include "client/command/own_login.h"
#include "client/packagers/npm.h"
#include "client/repository/target.h"

#define FILE_LIMIT ((size_t)1 << 20)

const char *const own_environment_repeated[] = {"--tool", NULL};

/** All that one making needs; making_free() ends it. */
struct making {
    struct own_call *call;
    struct environment *out;
    struct options options;
    struct login_calls calls;
    struct environment_repository repository; // for a tool; its token and names are the same for all
    const char *name;                         // of the repository; NULL: the token alone
    bool named;                               // the tools were, by the person or by the command
    bool asked;                               // for an endpoint that the cache had not
};

static void making_free(struct making *making)
{
    login_calls_free(&making->calls);
}
#define MAKING_AUTO __attribute__((cleanup(making_free))) struct making

/** Domain and account: by the options, or by [DEFAULT] of the file of hosts. */
static bool find_target(struct making *making, struct error *error)
{
    const struct own_call *call = making->call;
    const struct target_options options = {.domain = own_call_value(call, "--domain"),
                                           .owner = own_call_value(call, "--domain-owner"),
                                           .profile = call->options->profile,
                                           .region = call->options->region,
                                           .endpoint_url = call->options->endpoint_url,
                                           .duration = own_call_value(call, "--duration-seconds")};
    const char *brought = call->line->environment(LIVE_TOKEN_VARIABLE);
    struct target target;
    making->options = *call->options;
    // A token that was brought along needs no domain.
    if (options.domain == NULL && making->name == NULL && brought != NULL && *brought != '\0')
        return true;
    if (target_find(NULL, &options, call->line->environment, call->line->arena, &target, error) != TARGET_FOUND)
        return options.domain != NULL ? false : error_prefix(error, "There is no --domain");
    making->options.profile = target.profile;
    making->options.region = target.region;
    making->options.endpoint_url = target.endpoint_url;
    making->calls.domain = target.domain;
    making->calls.domain_owner = target.owner;
    making->calls.duration = target.duration;
    return true;
}

static bool get_token(struct making *making, struct error *error)
{
    struct login_calls *calls = &making->calls;
    const struct live_token_request request = {.domain = calls->domain,
                                               .domain_owner = calls->domain_owner,
                                               .duration = calls->duration,
                                               .take_variable = true};
    struct own_call call = *making->call;
    call.options = &making->options;
    if (!login_calls_begin(calls, &call, error) ||
        !live_token_find(&calls->settings, &request, &calls->caller, &calls->token, error))
        return false;
    struct arena *arena = making->out->arena;
    making->repository.token = arena_copy(arena, calls->token.text, strlen(calls->token.text));
    making->repository.domain = calls->domain != NULL && calls->domain_owner != NULL
                                    ? arena_format(arena, "%s/%s", calls->domain_owner, calls->domain)
                                    : calls->domain;
    return true;
}

/** The endpoint for a format; *URL is NULL when the service does not know the format, and nobody named the tool. */
static bool get_endpoint(struct making *making, const char *format, const char **url, struct error *error)
{
    ERROR_AUTO refused = {0};
    struct login_calls *calls = &making->calls;
    struct arena *arena = making->out->arena;
    const char *question = kept_endpoints_question(making->name, format, calls->endpoint_type, arena);
    bool known = kept_endpoints_find(&calls->token, question, url);
    if (known && (*url != NULL || !making->named))
        return true;
    *url = login_calls_endpoint(calls, making->name, format, arena, &refused);
    bool unknown = slice_is(slice_of(refused.code), "ValidationException") && !making->named;
    if (*url == NULL && !unknown)
        return error_move(error, &refused);
    if (*url != NULL && !slice_ends_with(slice_of(*url), SLICE("/")))
        *url = arena_format(arena, "%s/", *url);
    kept_endpoints_note(&calls->token, question, *url);
    making->asked = true;
    return true;
}

static bool set_endpoint(struct making *making, const char *url, struct error *error)
{
    struct login parts = {.arena = making->out->arena};
    struct environment_repository *repository = &making->repository;
    if (!packager_set_endpoint(&parts, url, error))
        return false;
    repository->endpoint = parts.endpoint;
    repository->scheme = parts.scheme;
    repository->netloc = parts.netloc;
    repository->host = parts.host;
    repository->path = parts.path;
    return true;
}

static bool add_tool(struct making *making, const struct environment_tool *tool, struct error *error)
{
    const char *url = NULL;
    making->repository.endpoint = NULL;
    if (making->name != NULL && tool->format != NULL &&
        (!get_endpoint(making, tool->format, &url, error) || (url != NULL && !set_endpoint(making, url, error))))
        return false;
    environment_add(making->out, tool, &making->repository);
    return true;
}

/** Whether an option names the tool, or the command is it; all are when neither says anything. */
static bool is_wanted(const struct making *making, const struct environment_tool *tool,
                      const struct environment_tool *program)
{
    const struct argument *named = own_call_option(making->call, "--tool");
    bool wanted = named->value_count == 0 && (program == NULL || program == tool);
    for (size_t i = 0; i < named->value_count; i++)
        wanted = wanted || slice_is(slice_of(tool->name), named->values[i]);
    return wanted;
}

/** An option that none of the tools that were named heeds would be taken for one that works. */
static bool check_named(const struct making *making, const char *option, const char *const *marks, const char *what,
                        struct error *error)
{
    const struct argument *tools = own_call_option(making->call, "--tool");
    if (own_call_value(making->call, option) == NULL || tools->value_count == 0)
        return true;
    for (size_t i = 0; i < environment_tool_count; i++)
        for (const char *const *mark = marks; *mark != NULL; mark++)
            if (is_wanted(making, &environment_tools[i], NULL) && environment_has_mark(&environment_tools[i], *mark))
                return true;
    return error_set(error, ERROR_PARAMETER, NULL, "%s changes nothing for %s, which has no %s: leave it out", option,
                     tools->values[0], what);
}

static bool check_options(const struct making *making, struct error *error)
{
    static const char *const scope[] = {"{scope}", NULL};
    static const char *const source[] = {"{source}", "{SOURCE}", NULL};
    return check_named(making, "--namespace", scope, "scopes", error) &&
           check_named(making, "--source", source, "names for repositories", error);
}

static void take_names(struct making *making)
{
    const struct own_call *call = making->call;
    const char *source = own_call_value(call, "--source");
    const char *scope = own_call_value(call, "--namespace");
    making->name = own_call_value(call, "--repository");
    making->calls.endpoint_type = own_call_value(call, "--endpoint-type");
    making->repository.source = source != NULL ? source : making->name;
    making->repository.gradle_options = call->line->environment("GRADLE_OPTS");
    const char *count = call->line->environment("GIT_CONFIG_COUNT");
    if (count == NULL || !text_parse_unsigned(slice_of(count), &making->repository.git_settings))
        making->repository.git_settings = 0;
    if (scope != NULL)
        making->repository.scope = scope[0] == '@' ? scope : arena_format(making->out->arena, "@%s", scope);
}

bool own_environment_make(struct own_call *call, const char *command, struct environment *out, struct error *error)
{
    MAKING_AUTO making = {.call = call, .out = out};
    const struct environment_tool *program = command != NULL ? environment_find_program(command) : NULL;
    making.named = program != NULL || own_call_option(call, "--tool")->value_count > 0;
    take_names(&making);
    if (!check_options(&making, error) || !find_target(&making, error) || !get_token(&making, error))
        return false;
    for (size_t i = 0; i < environment_tool_count; i++)
        if (is_wanted(&making, &environment_tools[i], program) && !add_tool(&making, &environment_tools[i], error))
            return false;
    if (making.asked)
        kept_endpoints_write(&making.calls.settings, &making.calls.token);
    return true;
}

/** Appends the user's own file, if there is one. */
static bool append_file(const char *path, struct buffer *out, struct error *error)
{
    ERROR_AUTO reason = {0};
    if (file_read(path, FILE_LIMIT, out, &reason) == FILE_FAILED)
        return error_move(error, &reason);
    if (out->size > 0 && out->data[out->size - 1] != '\n')
        buffer_append_char(out, '\n');
    return true;
}

/** Ours comes last, and counts. */
static const char *make_npmrc(const struct own_call *call, const struct environment *environment, struct error *error)
{
    const struct login login = {
        .packager = &packager_npm, .environment = call->line->environment, .arena = environment->arena};
    const char *path = npm_file(&login, error);
    BUFFER_AUTO text = {0};
    if (path == NULL || !append_file(path, &text, error))
        return NULL;
    buffer_append_text(&text, environment->files[ENVIRONMENT_NPMRC]);
    return arena_copy(environment->arena, text.data, text.size);
}

/** Ours comes first: the first line of a host counts. */
static const char *make_netrc(const struct own_call *call, const struct environment *environment, struct error *error)
{
    const struct login login = {
        .packager = &packager_swift, .environment = call->line->environment, .arena = environment->arena};
    const char *path = packager_home(&login, ".netrc", error);
    BUFFER_AUTO text = {0};
    buffer_append_text(&text, environment->files[ENVIRONMENT_NETRC]);
    if (path == NULL || !append_file(path, &text, error))
        return NULL;
    return arena_copy(environment->arena, text.data, text.size);
}

/** It is read beside the user's, and its settings go before those. */
static const char *make_gemrc(const struct own_call *call, const struct environment *environment, struct error *error)
{
    (void)call;
    (void)error;
    return environment->files[ENVIRONMENT_GEMRC];
}

const struct own_environment_file own_environment_files[ENVIRONMENT_FILE_COUNT] = {
    [ENVIRONMENT_NPMRC] = {"NPM_CONFIG_USERCONFIG", false, make_npmrc},
    [ENVIRONMENT_NETRC] = {"JETON_NETRC", false, make_netrc},
    [ENVIRONMENT_GEMRC] = {"GEMRC", true, make_gemrc},
};
