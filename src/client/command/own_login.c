// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_login.h"
#include "client/command/own_commands.h"
#include "client/debug.h"
#include "client/packagers/logins.h"
#include "client/packagers/packager.h"

static const struct option_row rows[] = {
    {"--tool", "NAME", "Whom to tell; several times for several. auto: by the project's own files.", packager_names,
     true, false},
    {"--domain", "NAME", "The domain.", NULL, true, false},
    {"--domain-owner", "ACCOUNT", "The account that owns the domain, if not the caller's.", NULL, false, false},
    {"--namespace", "NAME", "For this scope alone; one for all repositories, or one for each.", NULL, false, false},
    {"--duration-seconds", "NUMBER", "How long the token lives; 0: as long as the role's session.", NULL, false, false},
    {"--repository", "NAME", "The repository; several times for several, the first being the default.", NULL, true,
     false},
    {"--endpoint-type", "TYPE", "The addresses that the endpoint shall have: dualstack or ipv4.", NULL, false, false},
    {"--dry-run", NULL, "Say what would be done, and do nothing.", NULL, false, false},
    {"--helper", NULL, "Write no token, but let the package manager ask jeton for one each time.", NULL, false, false},
    {"--extra-index", NULL, "Beside the default index, not in its place.", NULL, false, false},
};

static const char *const repeated[] = {"--tool", "--repository", "--namespace", NULL};

/** A login on its way. */
struct request {
    struct own_call *call;
    struct login_line line;
    struct login_calls calls;
    struct changes *changes;
    struct logins *logins;
    struct buffer *out;
    struct buffer done; // the last sentences
};

static void request_free(struct request *request)
{
    login_calls_free(&request->calls);
    changes_free(request->changes);
    logins_free(request->logins);
    buffer_free(&request->done);
}
#define REQUEST_AUTO __attribute__((cleanup(request_free))) struct request

// ------------------------------------------------------------------ one tool, one repository

/** The AWS CLI runs the tools, and so cannot do without them. */
static bool check_program(const struct request *request, const struct packager *tool, struct error *error)
{
    bool needed = request->calls.is_aws && tool->program != NULL && (!request->line.dry_run || tool->source_list);
    return !needed || packager_is_on_path(tool->program, request->call->line->environment) ||
           error_set(error, ERROR_INTERNAL, NULL, "%s was not found. Please verify installation.", tool->program);
}

static bool check_login(const struct request *request, const struct login *login, struct error *error)
{
    const struct packager *tool = login->packager;
    bool named = login->namespace != NULL && *login->namespace != '\0';
    if (named && !tool->takes_namespace)
        return error_set(error, ERROR_INTERNAL, NULL, "Argument --namespace is not supported for %s", tool->name);
    if (login->further && tool->is_single && !named)
        return error_set(error, ERROR_PARAMETER, NULL,
                         tool->takes_namespace
                             ? "%s has room for one repository: give a --namespace for each --repository"
                             : "%s has room for one repository: leave the further ones to a login of the "
                               "other package managers",
                         tool->name);
    if (request->line.extra_index && !tool->takes_extra)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s has no list of further indexes, so --extra-index cannot be done for it", tool->name);
    if (request->line.helper && !tool->takes_helper)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s cannot ask for a token: leave --helper out, or run it by jeton exec", tool->name);
    return (tool->check == NULL || tool->check(login, error)) && check_program(request, tool, error);
}

static bool show(struct request *request, struct login *login, struct error *error)
{
    BUFFER_AUTO said = {0};
    if (login->packager->dry_run != NULL && !login->helper)
        return login->packager->dry_run(login, request->out, error);
    if ((login->helper && !packager_set_host(login, error)) || !login->packager->apply(login, &said, error))
        return false;
    changes_show(request->changes, request->out);
    json_decref(changes_take_record(request->changes));
    return true;
}

static bool login_tool(struct request *request, const struct packager *tool, size_t repository, size_t namespace,
                       struct error *error)
{
    const struct line *line = request->call->line;
    const struct argument *names = request->line.namespaces;
    struct login login = {.packager = tool,
                          .token = request->calls.token.text,
                          .domain = request->calls.domain,
                          .repository = request->line.repositories->values[repository],
                          .namespace = namespace < names->value_count ? names->values[namespace] : NULL,
                          .further = repository > 0,
                          .extra_index = request->line.extra_index || (repository > 0 && tool->takes_extra),
                          .helper = request->line.helper,
                          .is_aws = request->calls.is_aws,
                          .owner = request->calls.domain_owner,
                          .profile = request->call->options->profile,
                          .region = request->calls.settings.region,
                          .service_url = request->calls.settings.endpoint_url,
                          .duration = request->calls.duration,
                          .environment = line->environment,
                          .arena = line->arena,
                          .changes = request->changes};
    const char *endpoint = login_calls_endpoint(&request->calls, login.repository, tool->format, line->arena, error);
    if (endpoint == NULL || !packager_set_endpoint(&login, endpoint, error) || !check_login(request, &login, error))
        return false;
    if (request->line.dry_run)
        return show(request, &login, error);
    if (!logins_begin(request->logins, &login, request->changes, error) ||
        (request->line.helper && !packager_set_host(&login, error)))
        return false;
    if (!tool->apply(&login, &request->done, error) ||
        !login_words_write(&request->done, &login, &request->calls.token, error))
        return false;
    logins_add(request->logins, &login, changes_take_record(request->changes));
    if (!login.is_aws)
        packager_note_overrides(&login);
    return true;
}

/** Each namespace with its repository; a lone repository gets all of them. */
static bool login_all(struct request *request, const struct packager *tool, struct error *error)
{
    size_t repositories = request->line.repositories->value_count;
    size_t namespaces = request->line.namespaces->value_count;
    for (size_t i = 0; i < repositories || i < namespaces; i++)
        if (!login_tool(request, tool, repositories == 1 ? 0 : i, namespaces == 1 ? 0 : i, error))
            return false;
    return true;
}

/**
 * The list of logins is written when nothing but renaming is left to do, and before that: what a crash keeps from being
 * done is found by a logout not to be there.
 */
static bool finish(struct request *request, struct error *error)
{
    if (!changes_prepare(request->changes, error) || !logins_save(request->logins, error))
        return false;
    if (!changes_commit(request->changes, error)) {
        (void)logins_save_old(request->logins, NULL);
        return false;
    }
    buffer_append_slice(request->out, buffer_slice(&request->done));
    return true;
}

/** Says what became of a token in the environment. The AWS CLI's name knows nothing of it; a helper asks each time. */
static void note_variable(struct request *request)
{
    const struct login_calls *calls = &request->calls;
    const char *brought = request->call->line->environment(LIVE_TOKEN_VARIABLE);
    if (brought == NULL || *brought == '\0' || calls->is_aws || request->line.helper)
        return;
    if (calls->token.source == LIVE_TOKEN_FROM_VARIABLE)
        changes_note(request->changes,
                     "%s is set: its token is taken, and none was asked for; unset it for a fresh one",
                     LIVE_TOKEN_VARIABLE);
    else
        changes_note(request->changes, "%s is set, and left aside: --duration-seconds asks for a token of its own",
                     LIVE_TOKEN_VARIABLE);
}

static bool work(struct request *request, struct error *error)
{
    struct login_calls *calls = &request->calls;
    if (!login_line_read(request->call, calls, &request->line, error) ||
        !login_calls_begin(calls, request->call, error) || (!request->line.helper && !login_calls_token(calls, error)))
        return false;
    request->changes = changes_new();
    changes_hide(request->changes, calls->token.text,
                 arena_format(request->call->line->arena, "%s at %s", calls->domain,
                              calls->settings.endpoint_url != NULL ? calls->settings.endpoint_url : "AWS"));
    note_variable(request);
    request->logins = request->line.dry_run ? NULL : logins_open(request->call->line->environment, error);
    if (request->logins == NULL && !request->line.dry_run)
        return false;
    for (size_t i = 0; request->line.tools[i] != NULL; i++)
        if (!login_all(request, request->line.tools[i], error))
            return false;
    if (!request->line.dry_run && !finish(request, error))
        return false;
    struct slice notes = changes_notes(request->changes);
    struct slice note;
    while (slice_cut(&notes, '\n', &note))
        if (note.size > 0)
            debug_warn(arena_copy(request->call->line->arena, note.data, note.size));
    return true;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    REQUEST_AUTO request = {.call = call, .out = out};
    if (work(&request, error))
        return true;
    // What a tool said before it failed is said, as the AWS CLI says it at once.
    struct slice done = buffer_slice(&request.done);
    struct slice line;
    while (slice_cut(&done, '\n', &line))
        if (slice_ends_with(line, SLICE("is in an invalid state.")))
            buffer_append_format(out, "%.*s\n", SLICE_ARGS(line));
    return false;
}

const struct own_command own_login = {
    .name = "login",
    .service = "codeartifact",
    .is_aws = true,
    .text = "Tells package managers to use a repository, with a live token.",
    .detail =
        "The files that they read are changed in place, all or none; jeton-packagers(7) says which, and what else "
        "is in them stays as it is.",
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = repeated,
    .run = run,
};
