// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file.h"
#include "base/json.h"
#include "base/timestamp.h"
#include "service/administration/apply.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"

#include <stdio.h>
#include <string.h>

/** The longest document that is read: that of a store with a million users is shorter. */
#define SIZE_MAX_OF_DOCUMENT ((size_t)1 << 30)

/** The words of the command line. */
struct choices {
    const char *data;
    const char *file;
    bool dry_run;
    bool prune;
};

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        ARGUMENT_DATA(&choices->data),
        {.name = "dry-run", .flag = &choices->dry_run, .help = "Say what would be done, and do nothing."},
        {.name = "prune", .flag = &choices->prune, .help = "Delete what the document lacks; without it, that stays."},
    };
    const struct argument_command command = {
        .name = "jetond import",
        .summary = "Makes the store like a document that jetond export has written or a person has changed:\n"
                   "FILE, or standard input for -. All of it is done, or nothing, and each change is a line.\n"
                   "Secrets are not in it: access keys are told, not made. The service may be running.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
        .word = "FILE",
        .word_text = &choices->file,
    };
    return arguments_read(&command, argc, argv, help, error);
}

static json_t *read_document(const struct choices *choices, struct error *error)
{
    BUFFER_AUTO text = {0};
    bool input = strcmp(choices->file, "-") == 0;
    if (file_read(input ? "/dev/stdin" : choices->file, SIZE_MAX_OF_DOCUMENT, &text, error) != FILE_READ)
        return NULL;
    json_t *whole = record_read(buffer_slice(&text), error);
    if (whole == NULL)
        (void)error_prefix(error, "%s is refused, and nothing was changed", input ? "the document" : choices->file);
    return whole;
}

/** Also of a dry run, which is a real one that is undone: so it tells no less and no more. */
static bool import(struct store *store, const json_t *whole, const struct choices *choices, struct buffer *lines,
                   size_t *changes, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct record_source source = {.store = store};
    const struct apply_options options = {.prune = choices->prune, .now = timestamp_now()};
    if (!store_begin(store, true, error))
        return false;
    bool done = store_read_settings(store, arena, &source.settings, error) &&
                apply_record(&source, whole, &options, lines, changes, error);
    bool keep = done && !choices->dry_run && *changes > 0;
    return store_end(store, keep, error) &&
           (done || error_prefix(error, "the document does not fit the store, and nothing was changed"));
}

bool command_import(int argc, char **argv, struct error *error)
{
    struct choices choices = {0};
    bool help = false;
    if (!parse(argc, argv, &choices, &help, error) || help)
        return help;
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, choices.data);
    JSON_AUTO *whole = read_document(&choices, error);
    struct store *store = whole == NULL ? NULL : store_open(directory.store, error);
    BUFFER_AUTO lines = {0};
    size_t changes = 0;
    bool done = store != NULL && import(store, whole, &choices, &lines, &changes, error);
    store_close(store);
    if (!done)
        return false;
    (void)fputs(buffer_text(&lines), stdout);
    (void)printf(choices.dry_run ? "changes that an import would make: %zu; nothing was changed\n" : "changes: %zu\n",
                 changes);
    return true;
}
