// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_login.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "client/cli/integer.h"
#include "client/cli/local_time.h"
#include "client/cli/paramfile.h"
#include "client/command/own_commands.h"
#include "client/debug.h"
#include "client/packagers/logins.h"
#include "client/packagers/packager.h"

#include <inttypes.h>
#include <unistd.h>

#define MINUTE 60
#define HOUR ((int64_t)60 * MINUTE)
#define DAY (24 * HOUR)
/** What the AWS CLI adds, so that a token of 12 hours does not end in 11 hours and 59 minutes. */
#define ROUNDING 30

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

/** The line, read. */
struct request {
    struct own_call *call;
    const struct packager **tools; // NULL-terminated
    const struct argument *repositories;
    const struct argument *namespaces;
    bool dry_run;
    bool extra_index;
    bool helper;
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

/** A value may name a file, as for operations. */
static bool expand(struct own_call *call, const char *name, const char **value, struct error *error)
{
    BUFFER_AUTO text = {0};
    enum paramfile_kind kind;
    if (*value == NULL)
        return true;
    if (!paramfile_read(name, *value, call->line->environment, &text, &kind, error))
        return false;
    if (kind == PARAMFILE_BYTES)
        return error_set(error, ERROR_PARAMETER, NULL, "%s takes text, and %s is a file of bytes; write file://", name,
                         *value);
    *value = arena_copy(call->line->arena, buffer_text(&text), text.size);
    return true;
}

/** The value of an option, expanded. */
static bool take(struct own_call *call, const char *name, const char **out, struct error *error)
{
    *out = own_call_value(call, name);
    return expand(call, name, out, error);
}

static bool take_all(struct own_call *call, const char *name, const struct argument **out, struct error *error)
{
    struct argument *row = arguments_find(call->table, call->command->option_count, name);
    const char **values = arena_allocate(call->line->arena, row->value_count + 1, sizeof *values);
    for (size_t i = 0; i < row->value_count; i++) {
        values[i] = row->values[i];
        if (!expand(call, name, &values[i], error))
            return false;
    }
    row->values = values;
    *out = row;
    return true;
}

static bool take_duration(struct request *request, struct error *error)
{
    const char *text = own_call_value(request->call, "--duration-seconds");
    BUFFER_AUTO decimal = {0};
    if (text == NULL)
        return true;
    if (!integer_require(slice_of(text), &decimal, error))
        return false;
    request->calls.duration = arena_copy(request->call->line->arena, decimal.data, decimal.size);
    return true;
}

static size_t add_tool(const struct packager **tools, size_t count, const struct packager *tool)
{
    for (size_t i = 0; i < count; i++)
        if (tools[i] == tool)
            return count;
    tools[count] = tool;
    return count + 1;
}

/** The tools that were named, or that the project in the current folder uses. */
static bool take_tools(struct request *request, struct error *error)
{
    const struct argument *row = own_call_option(request->call, "--tool");
    size_t all = 0;
    size_t count = 0;
    while (packagers[all] != NULL)
        all++;
    request->tools = arena_allocate(request->call->line->arena, all + 1, sizeof *request->tools);
    for (size_t i = 0; i < row->value_count; i++) {
        const struct packager *named = packager_find(row->values[i]);
        for (size_t k = 0; k < all; k++)
            if (named == packagers[k] || (named == NULL && packager_is_used(packagers[k], ".")))
                count = add_tool(request->tools, count, packagers[k]);
    }
    return count > 0 || error_set(error, ERROR_PARAMETER, NULL,
                                  "No file in this folder says which package managers its project uses; name them "
                                  "with --tool");
}

/** One namespace serves all repositories, or each has its own. */
static bool check_namespaces(const struct request *request, struct error *error)
{
    size_t count = request->namespaces->value_count;
    size_t repositories = request->repositories->value_count;
    return count <= 1 || repositories == 1 || count == repositories ||
           error_set(error, ERROR_PARAMETER, NULL,
                     "There are %zu namespaces for %zu repositories: give one for each repository, in their order",
                     count, repositories);
}

static bool read_line(struct request *request, struct error *error)
{
    struct own_call *call = request->call;
    struct login_calls *calls = &request->calls;
    if (!own_call_read(call, error) || !take(call, "--domain", &calls->domain, error) ||
        !take(call, "--domain-owner", &calls->domain_owner, error) ||
        !take_all(call, "--namespace", &request->namespaces, error) || !take_duration(request, error) ||
        !take_all(call, "--repository", &request->repositories, error) ||
        !take(call, "--endpoint-type", &calls->endpoint_type, error))
        return false;
    // An empty one counts as none for the AWS CLI.
    if (calls->domain_owner != NULL && *calls->domain_owner == '\0')
        calls->domain_owner = NULL;
    request->dry_run = own_call_option(call, "--dry-run")->given;
    request->helper = own_call_option(call, "--helper")->given;
    request->extra_index = own_call_option(call, "--extra-index")->given;
    return take_tools(request, error) && check_namespaces(request, error);
}

// ------------------------------------------------------------------ one tool, one repository

static bool is_on_path(const struct own_call *call, const char *program)
{
    struct slice rest = slice_of(call->line->environment("PATH"));
    struct slice folder;
    while (slice_cut(&rest, ':', &folder)) {
        const char *path = arena_format(call->line->arena, "%.*s/%s", SLICE_ARGS(folder), program);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

/** The AWS CLI runs the tools, and so cannot do without them. */
static bool check_program(const struct request *request, const struct packager *tool, struct error *error)
{
    bool needed = request->calls.is_aws && tool->program != NULL && (!request->dry_run || tool->source_list);
    return !needed || is_on_path(request->call, tool->program) ||
           error_set(error, ERROR_INTERNAL, NULL, "%s was not found. Please verify installation.", tool->program);
}

static bool check_login(const struct request *request, const struct login *login, struct error *error)
{
    const struct packager *tool = login->packager;
    bool named = login->namespace != NULL && *login->namespace != '\0';
    if (named && !tool->takes_namespace)
        return error_set(error, ERROR_INTERNAL, NULL, "Argument --namespace is not supported for %s", tool->name);
    if (request->extra_index && !tool->takes_extra)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s has no list of further indexes, so --extra-index cannot be done for it", tool->name);
    if (request->helper && !tool->takes_helper)
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s cannot ask for a token: leave --helper out, or run it by jeton exec", tool->name);
    return (tool->check == NULL || tool->check(login, error)) && check_program(request, tool, error);
}

/** "11 hours and 59 minutes": the first unit that is not 0, and the next if that is not (section 12 of the reference).
 */
static void write_remaining(struct buffer *out, int64_t seconds)
{
    const struct {
        const char *name;
        int64_t value;
    } units[] = {{"day", seconds / DAY}, {"hour", seconds % DAY / HOUR}, {"minute", seconds % HOUR / MINUTE}};
    size_t count = sizeof units / sizeof *units;
    size_t i = 0;
    while (i < count && units[i].value <= 0)
        i++;
    for (size_t k = i; k < count && k <= i + 1 && units[k].value > 0; k++)
        buffer_append_format(out, "%s%" PRId64 " %s%s", k > i ? " and " : "", units[k].value, units[k].name,
                             units[k].value == 1 ? "" : "s");
}

/** The last sentences, in the AWS CLI's words. */
static bool say_done(struct request *request, const struct login *login, struct error *error)
{
    const struct packager *tool = login->packager;
    BUFFER_AUTO moment = {0};
    int64_t expiration = request->calls.token.expiration;
    buffer_append_format(&request->done, "Successfully configured %s to use AWS CodeArtifact repository %s \n",
                         tool->said != NULL ? tool->said : tool->name, login->endpoint);
    if (request->helper)
        buffer_append_format(&request->done, "%s asks jeton for a token whenever it needs one\n", tool->name);
    if (expiration == 0)
        return true;
    JSON_AUTO *seconds = json_real((double)expiration / (double)TIMESTAMP_SECOND);
    if (!local_time_write(&moment, seconds, error))
        return false;
    for (size_t i = 0; i < moment.size; i++)
        moment.data[i] = moment.data[i] == 'T' ? ' ' : moment.data[i];
    buffer_append_text(&request->done, "Login expires in ");
    write_remaining(&request->done, (expiration - timestamp_now()) / TIMESTAMP_SECOND + ROUNDING);
    buffer_append_format(&request->done, " at %s\n", buffer_text(&moment));
    return true;
}

static bool show(struct request *request, struct login *login, struct error *error)
{
    BUFFER_AUTO said = {0};
    if (login->packager->dry_run != NULL && !login->helper)
        return login->packager->dry_run(login, request->out, error);
    if ((login->helper && !packager_set_host(login, error)) || !login->packager->apply(login, &said, error))
        return false;
    changes_show(request->changes, login->token, request->out);
    json_decref(changes_take_record(request->changes));
    return true;
}

static bool login_tool(struct request *request, const struct packager *tool, size_t repository, size_t namespace,
                       struct error *error)
{
    const struct line *line = request->call->line;
    const struct argument *names = request->namespaces;
    struct login login = {.packager = tool,
                          .token = request->calls.token.text,
                          .domain = request->calls.domain,
                          .repository = request->repositories->values[repository],
                          .namespace = namespace < names->value_count ? names->values[namespace] : NULL,
                          .extra_index = request->extra_index || (repository > 0 && tool->takes_extra),
                          .helper = request->helper,
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
    if (request->dry_run)
        return show(request, &login, error);
    if (request->helper && !packager_set_host(&login, error))
        return false;
    if (!tool->apply(&login, &request->done, error) || !say_done(request, &login, error))
        return false;
    logins_add(request->logins, &login, changes_take_record(request->changes));
    if (!login.is_aws)
        packager_note_overrides(&login);
    return true;
}

/** Each namespace with its repository; a lone repository gets all of them. */
static bool login_all(struct request *request, const struct packager *tool, struct error *error)
{
    size_t repositories = request->repositories->value_count;
    size_t namespaces = request->namespaces->value_count;
    for (size_t i = 0; i < repositories || i < namespaces; i++)
        if (!login_tool(request, tool, repositories == 1 ? 0 : i, namespaces == 1 ? 0 : i, error))
            return false;
    return true;
}

/** The list of logins is written first: what is in it and was not done is found not to be ours by a logout. */
static bool finish(struct request *request, struct error *error)
{
    if (!logins_save(request->logins, error) || !changes_apply(request->changes, error))
        return false;
    buffer_append_slice(request->out, buffer_slice(&request->done));
    return true;
}

static bool work(struct request *request, struct error *error)
{
    struct login_calls *calls = &request->calls;
    if (!read_line(request, error) || !login_calls_begin(calls, request->call, error) ||
        (!request->helper && !login_calls_token(calls, error)))
        return false;
    request->changes = changes_new();
    request->logins = request->dry_run ? NULL : logins_open(request->call->line->environment, error);
    if (request->logins == NULL && !request->dry_run)
        return false;
    for (size_t i = 0; request->tools[i] != NULL; i++)
        if (!login_all(request, request->tools[i], error))
            return false;
    if (!request->dry_run && !finish(request, error))
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
    .text = "Tells package managers to use a repository, with a fresh token.",
    .detail =
        "The files that they read are changed in place, all or none; jeton-packagers(7) says which, and what else "
        "is in them stays as it is.",
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = repeated,
    .run = run,
};
