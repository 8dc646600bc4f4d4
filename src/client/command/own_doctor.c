// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/doctor/doctor.h"
#include "client/helpers/options.h"

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    const struct options *options = call->options;
    struct helper_call read = {
        .options = {.profile = options->profile, .region = options->region, .endpoint_url = options->endpoint_url},
        .arena = call->line->arena};
    if (!helper_options_take(&read, call->words, error))
        return false;
    if (read.words.count > 1 || (read.words.count == 1 && read.words.items[0][0] == '-'))
        return error_set(error, ERROR_USAGE, NULL, "%s is no URL; doctor looks at one", read.words.items[0]);
    struct doctor doctor = {.url = read.words.count > 0 ? read.words.items[0] : NULL,
                            .options = &read.options,
                            .environment = call->line->environment,
                            .arena = call->line->arena,
                            .report = {.out = out}};
    doctor_examine(&doctor);
    call->line->exit_code = doctor.report.bad > 0 ? 1 : 0;
    return true;
}

/** The options of credential-helper, but for the one that is about its answer. */
const struct own_command own_doctor = {
    .name = "doctor",
    .text = "Says why a tool is not let in, and what mends it.",
    .detail = "It looks at the credentials and whose they are, at the token and its life, asks the URL with it, and "
              "finds what is taken before jeton is asked: credentials in the files and variables of every package "
              "manager that login knows, of git, and in netrc, and variables by which one of them is told to ask "
              "somebody else. A token that says when it ends is wrong when it has ended, and is told as long as it "
              "lives. The exit code is 0 when all is well, and 1 otherwise.",
    .usage = "[URL]",
    .options = helper_option_rows,
    .option_count = HELPER_OPTION_COUNT - 1,
    .run = run,
};
