// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_commands.h"
#include "client/command/own_login.h"
#include "client/debug.h"
#include "client/packagers/logins.h"
#include "client/packagers/strays.h"

static const struct option_row rows[] = {
    {"--tool", "NAME", "Whose login to take back; several times for several. Without it all of them.", packager_names,
     false, false},
    {"--domain", "NAME", "Only logins to this domain.", NULL, false, false},
    {"--domain-owner", "ACCOUNT", "The account that owns the domain, to look for a login that was not recorded.", NULL,
     false, false},
    {"--repository", "NAME", "Only logins to this repository.", NULL, false, false},
    {"--namespace", "NAME", "Only logins for this scope.", NULL, false, false},
    {"--endpoint-type", "TYPE", "dualstack or ipv4, as for the login that was not recorded.", NULL, false, false},
};

static const char *const repeated[] = {"--tool", NULL};

/** A logout on its way. */
struct request {
    struct own_call *call;
    struct logins *logins;
    struct changes *changes;
    struct login_calls calls; // for logins that were not recorded
    struct buffer said;
};

static void request_free(struct request *request)
{
    logins_free(request->logins);
    changes_free(request->changes);
    login_calls_free(&request->calls);
    buffer_free(&request->said);
}
#define REQUEST_AUTO __attribute__((cleanup(request_free))) struct request

// ------------------------------------------------------------------ a login that was not recorded

/** The endpoint, which only the service knows. */
static const char *get_endpoint(struct request *request, const struct packager *tool, struct error *error)
{
    struct own_call *call = request->call;
    struct login_calls *calls = &request->calls;
    calls->domain = own_call_value(call, "--domain");
    calls->domain_owner = own_call_value(call, "--domain-owner");
    calls->endpoint_type = own_call_value(call, "--endpoint-type");
    if (!calls->has_settings && !login_calls_begin(calls, call, error))
        return NULL;
    return login_calls_endpoint(calls, own_call_value(call, "--repository"), tool->format, call->line->arena, error);
}

static bool remove_strays(struct request *request, const struct packager *tool, const char *endpoint,
                          struct error *error)
{
    struct own_call *call = request->call;
    size_t count;
    struct login login = {.packager = tool,
                          .domain = own_call_value(call, "--domain"),
                          .repository = own_call_value(call, "--repository"),
                          .namespace = own_call_value(call, "--namespace"),
                          .environment = call->line->environment,
                          .arena = call->line->arena};
    if (!packager_set_endpoint(&login, endpoint, error) || (tool->check != NULL && !tool->check(&login, error)) ||
        !strays_remove(&login, request->changes, &count, error))
        return false;
    if (count > 0)
        buffer_append_format(&request->said, "Took %zu value%s of a login of %s out that was not recorded\n", count,
                             count == 1 ? "" : "s", tool->name);
    else
        buffer_append_format(&request->said, "There is no login of %s to take back, and nothing of %s in its files\n",
                             tool->name, login.endpoint);
    return true;
}

/** Looks for a login that was not recorded, as far as the line says of what. */
static bool seek(struct request *request, const char *tool, struct error *error)
{
    const struct own_call *call = request->call;
    ERROR_AUTO reason = {0};
    bool named = own_call_value(call, "--domain") != NULL && own_call_value(call, "--repository") != NULL;
    if (tool == NULL || !named) {
        buffer_append_format(&request->said,
                             "There is no login%s%s to take back; for one that was not recorded, name %s\n",
                             tool != NULL ? " of " : "", tool != NULL ? tool : "",
                             tool != NULL ? "--domain and --repository" : "--tool, --domain and --repository");
        return true;
    }
    const struct packager *packager = packager_find(tool);
    const char *endpoint = get_endpoint(request, packager, &reason);
    if (endpoint != NULL)
        return remove_strays(request, packager, endpoint, error);
    buffer_append_format(&request->said, "There is no login of %s to take back\n", tool);
    changes_note(request->changes,
                 "A login of %s that was not recorded was not looked for, since its endpoint is not known: %s", tool,
                 reason.message);
    return true;
}

// ------------------------------------------------------------------ logins that were recorded

static bool undo(struct request *request, const char *tool, struct error *error)
{
    const struct own_call *call = request->call;
    size_t count;
    const struct logins_filter filter = {.tool = tool,
                                         .domain = own_call_value(call, "--domain"),
                                         .repository = own_call_value(call, "--repository"),
                                         .namespace = own_call_value(call, "--namespace")};
    if (!logins_undo(request->logins, &filter, request->changes, &count, error))
        return false;
    if (count == 0)
        return seek(request, tool, error);
    buffer_append_format(&request->said, "Took back %zu login%s%s%s\n", count, count == 1 ? "" : "s",
                         tool != NULL ? " of " : "", tool != NULL ? tool : "");
    return true;
}

static bool undo_all(struct request *request, struct error *error)
{
    const struct argument *tools = own_call_option(request->call, "--tool");
    if (tools->value_count == 0)
        return undo(request, NULL, error);
    for (size_t i = 0; i < tools->value_count; i++) {
        if (packager_find(tools->values[i]) != NULL) {
            if (!undo(request, tools->values[i], error))
                return false;
            continue;
        }
        for (const struct packager *const *at = packagers; *at != NULL; at++)
            if (packager_is_used(*at, ".") && !undo(request, (*at)->name, error))
                return false;
    }
    return true;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    REQUEST_AUTO request = {.call = call};
    if (!own_call_read(call, error))
        return false;
    request.logins = logins_open(call->line->environment, error);
    request.changes = changes_new();
    if (request.logins == NULL || !undo_all(&request, error) || !changes_prepare(request.changes, error) ||
        !changes_commit(request.changes, error) || !logins_save(request.logins, error))
        return false;
    struct slice notes = changes_notes(request.changes);
    struct slice note;
    while (slice_cut(&notes, '\n', &note))
        if (note.size > 0)
            debug_warn(arena_copy(call->line->arena, note.data, note.size));
    buffer_append_slice(out, buffer_slice(&request.said));
    return true;
}

const struct own_command own_logout = {
    .name = "logout",
    .service = "codeartifact",
    .text = "Takes out what login put into the files of package managers.",
    .detail =
        "What stood there before comes back; what was changed since stays, and is said. With --tool, --domain and "
        "--repository, what was not recorded is found by the repository's endpoint.",
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = repeated,
    .run = run,
};
