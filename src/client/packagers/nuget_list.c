// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/nuget_list.h"
#include "base/text.h"
#include "client/credentials/process_run.h"

/** `^\d+\.\s+(?P<source_name>.*)\s+\[.*\]` */
static bool read_name(struct slice line, struct slice *name)
{
    size_t at = 0;
    while (at < line.size && text_is_digit(line.data[at]))
        at++;
    if (at == 0 || at + 1 >= line.size || line.data[at] != '.' || !text_is_space(line.data[at + 1]))
        return false;
    struct slice rest = slice_trim(slice_part(line, at + 1, line.size));
    size_t close = rest.size;
    while (close > 0 && rest.data[close - 1] != ']')
        close--;
    size_t open = close;
    while (open > 0 && rest.data[open - 1] != '[')
        open--;
    if (open < 2 || !text_is_space(rest.data[open - 2]))
        return false;
    *name = slice_trim(slice_part(rest, 0, open - 1));
    return true;
}

/** The URL goes before the default name, wherever in the list they stand. */
static void find(struct login *login, struct slice listing, const char *url)
{
    const char *own = arena_format(login->arena, "%s/%s", login->domain, login->repository);
    struct slice line;
    struct slice name;
    bool named = false;
    while (slice_cut(&listing, '\n', &line)) {
        struct slice trimmed = slice_trim(line);
        if (trimmed.size == 0)
            continue;
        if (named && slice_is(trimmed, url)) {
            login->updates = true;
            login->source_name = arena_copy(login->arena, name.data, name.size);
            return;
        }
        named = read_name(trimmed, &name);
        login->updates = login->updates || (named && slice_is(name, own));
    }
}

static bool fail(char *const *words, int status, struct error *error)
{
    BUFFER_AUTO list = {0};
    for (size_t i = 0; words[i] != NULL; i++)
        buffer_append_format(&list, "%s'%s'", i > 0 ? ", " : "", words[i]);
    return error_set(error, ERROR_INTERNAL, NULL, "Command '[%s]' returned non-zero exit status %d.",
                     buffer_text(&list), status);
}

bool nuget_list_read(struct login *login, const char *url, struct error *error)
{
    static const char *const nuget[] = {"nuget", "sources", "list", "-format", "detailed", NULL};
    static const char *const dotnet[] = {"dotnet", "nuget", "list", "source", "--format", "detailed", NULL};
    const char *const *command = login->packager == &packager_nuget ? nuget : dotnet;
    char *words[sizeof dotnet / sizeof *dotnet] = {NULL};
    for (size_t i = 0; command[i] != NULL; i++)
        words[i] = arena_copy(login->arena, command[i], strlen(command[i]));
    PROCESS_RESULT_AUTO result = {0};
    if (!process_run(words, &result, error))
        return false;
    if (result.status != 0)
        return fail(words, result.status, error);
    find(login, buffer_slice(&result.output), url);
    return true;
}
