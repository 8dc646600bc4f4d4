// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/completion/completion.h"

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    const struct line *line = call->line;
    return completion_run(call->words, line->environment, line->arena, out, error);
}

const struct own_command own_completion = {
    .name = "completion",
    .text = "Prints what makes a shell complete jeton's lines.",
    .detail = "The installed packages have these scripts; to try one, source the output.",
    .usage = "bash|zsh|fish",
    .words = completion_shells,
    .run = run,
};
