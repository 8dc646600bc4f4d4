// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/inspect.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"

#include <stdio.h>

struct tally {
    size_t findings;
    size_t notes;
};

static void print(void *context, bool note, const char *text)
{
    struct tally *tally = context;
    *(note ? &tally->notes : &tally->findings) += 1;
    (void)printf("%s %s\n", note ? "note:   " : "finding:", text);
}

bool command_check(int argc, char **argv, struct error *error)
{
    const char *data = NULL;
    bool help = false;
    const struct argument_option options[] = {
        ARGUMENT_DATA(&data),
    };
    const struct argument_command command = {
        .name = "jetond check",
        .summary = "Says whether the files are sound and closed to others, the master key opens every secret in\n"
                   "the store, its policies can be read and match anything, and its revocations last long\n"
                   "enough; each finding with what to do. Changes nothing. Exits with 1 when there are\n"
                   "findings; notes are none.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    if (!arguments_read(&command, argc, argv, &help, error) || help)
        return help;
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, data);
    struct tally tally = {0};
    // The master key is refused by who reads it.
    const char *const files[] = {directory.store, directory.credentials, directory.tokens};
    inspect_files(files, sizeof files / sizeof files[0], print, &tally);
    if (!inspect_store(directory.store, directory.master_key, print, &tally, error) ||
        !inspect_tokens(directory.tokens, print, &tally, error))
        return false;
    if (tally.findings > 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "%s: findings: %zu, notes: %zu", data, tally.findings,
                         tally.notes);
    (void)printf("%s is sound; notes: %zu\n", data, tally.notes);
    return true;
}
