// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "service/administration/record.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"

#include <stdio.h>

#define INDENT 2

static json_t *read_store(struct store *store, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct record_source source = {.store = store};
    if (!store_begin(store, false, error))
        return NULL;
    json_t *whole = store_read_settings(store, arena, &source.settings, error) ? record_of_store(&source, error) : NULL;
    (void)store_end(store, false, NULL);
    return whole;
}

bool command_export(int argc, char **argv, struct error *error)
{
    const char *data = NULL;
    bool help = false;
    const struct argument_option options[] = {
        ARGUMENT_DATA(&data),
    };
    const struct argument_command command = {
        .name = "jetond export",
        .summary = "Writes all that the store holds, but no secret, to standard output: one JSON document that\n"
                   "can be read, compared line by line, kept in version control, and imported.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    if (!arguments_read(&command, argc, argv, &help, error) || help)
        return help;
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, data);
    struct store *store = store_open(directory.store, error);
    JSON_AUTO *whole = store == NULL ? NULL : read_store(store, error);
    store_close(store);
    if (whole == NULL)
        return false;
    BUFFER_AUTO text = {0};
    json_write(&text, whole, INDENT);
    buffer_append_char(&text, '\n');
    (void)fwrite(text.data, 1, text.size, stdout);
    return true;
}
