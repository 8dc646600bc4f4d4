// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What of the documentation comes from the tables, for the build: `manual OPERATION`, `completion SHELL`, and
 * `check NAME...`, which fails unless these are all operations and own commands.
 */
#include "client/cli/manual.h"
#include "client/cli/own_command.h"
#include "client/completion/completion.h"

#include <stdio.h>
#include <string.h>

static const struct api_operation *find(const char *name)
{
    const struct api_operation *found = NULL;
    for (const struct api_service *const *at = api_services; found == NULL && *at != NULL; at++)
        found = api_find_operation(*at, slice_of(name));
    return found;
}

static int print(const struct buffer *text)
{
    return fwrite(text->data, 1, text->size, stdout) == text->size && fflush(stdout) == 0 ? 0 : 1;
}

static int complain(const char *what, const char *name)
{
    (void)fprintf(stderr, "generate: %s %s\n", what, name);
    return 1;
}

static bool is_among(int count, char *names[], const char *name)
{
    int i = 0;
    while (i < count && strcmp(names[i], name) != 0)
        i++;
    return i < count;
}

static int check(int count, char *names[])
{
    int known = 0;
    for (const struct own_command *const *at = own_commands; *at != NULL; at++, known++)
        if (!is_among(count, names, (*at)->name))
            return complain("doc/meson.build lacks", (*at)->name);
    for (const struct api_service *const *at = api_services; *at != NULL; at++)
        for (const struct api_operation *const *operation = (*at)->operations; *operation != NULL; operation++) {
            if (!is_among(count, names, (*operation)->cli_name))
                return complain("doc/meson.build lacks", (*operation)->cli_name);
            known++;
        }
    return known == count ? 0 : complain("doc/meson.build has what is", "no command");
}

int main(int count, char *words[])
{
    BUFFER_AUTO text = {0};
    const char *what = count > 2 ? words[1] : "";
    if (strcmp(what, "check") == 0)
        return check(count - 2, words + 2);
    if (strcmp(what, "completion") == 0 && completion_write(&text, words[2]))
        return print(&text);
    bool page = strcmp(what, "manual") == 0;
    const struct api_operation *operation = page ? find(words[2]) : NULL;
    const struct own_command *own = page ? own_command_find(slice_of(words[2]), NULL, false) : NULL;
    if (operation == NULL && own == NULL)
        return complain("cannot make", count > 2 ? words[2] : "that");
    if (operation != NULL)
        manual_write(&text, operation);
    else
        manual_write_own(&text, own);
    return print(&text);
}
