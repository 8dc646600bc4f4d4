// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/debug.h"
#include "client/packagers/logins.h"

static const struct option_row rows[] = {
    {"--tool", "NAME", "Whose login to take back; several times for several. Without it all of them.", packager_names,
     false, false},
    {"--domain", "NAME", "Only logins to this domain.", NULL, false, false},
    {"--repository", "NAME", "Only logins to this repository.", NULL, false, false},
    {"--namespace", "NAME", "Only logins for this scope.", NULL, false, false},
};

static const char *const repeated[] = {"--tool", NULL};

static bool undo(struct own_call *call, struct logins *logins, struct changes *changes, const char *tool,
                 struct buffer *out, struct error *error)
{
    size_t count;
    const struct logins_filter filter = {.tool = tool,
                                         .domain = own_call_value(call, "--domain"),
                                         .repository = own_call_value(call, "--repository"),
                                         .namespace = own_call_value(call, "--namespace")};
    if (!logins_undo(logins, &filter, changes, &count, error))
        return false;
    const char *of = tool != NULL ? " of " : "";
    tool = tool != NULL ? tool : "";
    if (count == 0)
        buffer_append_format(out, "There is no login%s%s to take back\n", of, tool);
    else
        buffer_append_format(out, "Took back %zu login%s%s%s\n", count, count == 1 ? "" : "s", of, tool);
    return true;
}

static bool undo_all(struct own_call *call, struct logins *logins, struct changes *changes, struct buffer *out,
                     struct error *error)
{
    const struct argument *tools = own_call_option(call, "--tool");
    if (tools->value_count == 0)
        return undo(call, logins, changes, NULL, out, error);
    for (size_t i = 0; i < tools->value_count; i++) {
        if (packager_find(tools->values[i]) != NULL) {
            if (!undo(call, logins, changes, tools->values[i], out, error))
                return false;
            continue;
        }
        for (const struct packager *const *at = packagers; *at != NULL; at++)
            if (packager_is_used(*at, ".") && !undo(call, logins, changes, (*at)->name, out, error))
                return false;
    }
    return true;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    BUFFER_AUTO said = {0};
    if (!own_call_read(call, error))
        return false;
    LOGINS_AUTO *logins = logins_open(call->line->environment, error);
    CHANGES_AUTO *changes = changes_new();
    if (logins == NULL || !undo_all(call, logins, changes, &said, error) || !changes_prepare(changes, error) ||
        !changes_commit(changes, error) || !logins_save(logins, error))
        return false;
    struct slice notes = changes_notes(changes);
    struct slice note;
    while (slice_cut(&notes, '\n', &note))
        if (note.size > 0)
            debug_warn(arena_copy(call->line->arena, note.data, note.size));
    buffer_append_slice(out, buffer_slice(&said));
    return true;
}

const struct own_command own_logout = {
    .name = "logout",
    .service = "codeartifact",
    .text = "Takes out what login put into the files of package managers.",
    .detail = "What stood there before comes back; what was changed since stays, and is said.",
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .repeated = repeated,
    .run = run,
};
