// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/expand.h"
#include "base/text.h"

#include <pwd.h>
#include <unistd.h>

/** What one entry of the list of users may take. */
#define ENTRY_SIZE 16384

/** Appends the home of a user, of the one who runs us when NAME is empty; false when the system knows none. */
static bool append_home(struct buffer *out, const char *name)
{
    struct passwd entry;
    struct passwd *found = NULL;
    char strings[ENTRY_SIZE];
    int failed = *name == '\0' ? getpwuid_r(getuid(), &entry, strings, sizeof strings, &found)
                               : getpwnam_r(name, &entry, strings, sizeof strings, &found);
    if (failed != 0 || found == NULL || found->pw_dir == NULL || found->pw_dir[0] != '/')
        return false;
    buffer_append_text(out, found->pw_dir);
    return true;
}

/** os.path.expanduser() drops the slashes at the end of $HOME, and takes nothing at all for the root. */
static void append_variable(struct buffer *out, struct slice home, struct slice rest)
{
    while (home.size > 0 && home.data[home.size - 1] == '/')
        home.size--;
    buffer_append_slice(out, home.size + rest.size > 0 ? home : SLICE("/"));
}

bool expand_home(struct buffer *out, struct slice path, environment_function *environment)
{
    if (path.size > 0 && path.data[0] == '~') {
        BUFFER_AUTO name = {0};
        size_t end = slice_find(path, '/', 0);
        buffer_append_slice(&name, slice_part(path, 1, end - 1));
        const char *home = name.size == 0 ? environment("HOME") : NULL;
        path = slice_part(path, end, path.size);
        if (home != NULL)
            append_variable(out, slice_of(home), path);
        else if (!append_home(out, buffer_text(&name)))
            return false;
    }
    buffer_append_slice(out, path);
    return true;
}

static bool is_name_character(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || c == '_';
}

/** The name after the dollar at AT; AFTER is the place behind the reference. Empty when there is none. */
static struct slice reference_name(struct slice text, size_t at, size_t *after)
{
    bool braced = at + 1 < text.size && text.data[at + 1] == '{';
    size_t start = at + (braced ? 2 : 1);
    size_t end = start;
    if (braced)
        end = slice_find(text, '}', start);
    else
        while (end < text.size && is_name_character(text.data[end]))
            end++;
    if (end == start || (braced && end == text.size))
        return (struct slice){NULL, 0};
    *after = end + (braced ? 1 : 0);
    return slice_part(text, start, end - start);
}

void expand_variables(struct buffer *out, struct slice text, environment_function *environment)
{
    for (size_t i = 0; i < text.size;) {
        size_t after = i + 1;
        struct slice name = text.data[i] == '$' ? reference_name(text, i, &after) : (struct slice){NULL, 0};
        BUFFER_AUTO copy = {0};
        buffer_append_slice(&copy, name);
        const char *value = name.size > 0 ? environment(buffer_text(&copy)) : NULL;
        if (value != NULL)
            buffer_append_text(out, value);
        else
            buffer_append_slice(out, slice_part(text, i, after - i));
        i = after;
    }
}

bool expand_path(struct buffer *out, struct slice path, environment_function *environment)
{
    BUFFER_AUTO homed = {0};
    if (!expand_home(&homed, path, environment))
        return false;
    expand_variables(out, buffer_slice(&homed), environment);
    return true;
}
