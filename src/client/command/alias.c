// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Source of the rules: awscli/alias.py. */
#include "client/command/alias.h"
#include "base/text.h"
#include "client/cli/globals.h"
#include "client/expand.h"
#include "client/profile/blanks.h"
#include "client/profile/words.h"
#include "client/profile_files.h"

#include <string.h>
#include <sys/stat.h>

#define PLACE "~/.aws/cli/alias"

bool aliases_load(struct aliases *out, environment_function *environment, struct arena *arena, struct error *error)
{
    BUFFER_AUTO path = {0};
    struct stat status;
    struct ini_fault fault;
    *out = (struct aliases){0};
    if (!expand_home(&path, SLICE(PLACE), environment) || stat(buffer_text(&path), &status) != 0)
        return true;
    if (!S_ISREG(status.st_mode))
        return error_set(error, ERROR_INTERNAL, NULL, "The specified config file (%s) could not be found.",
                         buffer_text(&path));
    if (!profile_files_load(buffer_text(&path), &out->text, error))
        return false;
    if (ini_parse(&out->text, INI_LITERAL, arena, &out->file, &fault))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "Unable to parse config file: %s, line %zu: %s", buffer_text(&path),
                     fault.line, fault.what);
}

void aliases_free(struct aliases *aliases)
{
    buffer_free(&aliases->text);
}

/** Cuts the next word off; blanks part words, and there are no quotes. */
static struct slice cut_word(struct slice *rest)
{
    *rest = blanks_trim(*rest);
    size_t end = 0;
    while (end < rest->size && !text_is_space(rest->data[end]))
        end++;
    struct slice word = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end, rest->size);
    return word;
}

/** `[command SERVICE]` or `[command SERVICE OPERATION]`, with any blanks between and after. */
static bool heads(const char *header, struct alias_place place)
{
    struct slice rest = slice_of(header);
    if (place.service == NULL)
        return strcmp(header, "toplevel") == 0;
    if (!slice_starts_with(rest, SLICE("command ")))
        return false;
    (void)cut_word(&rest);
    return slice_is(cut_word(&rest), place.service) &&
           slice_is(cut_word(&rest), place.operation != NULL ? place.operation : "") && cut_word(&rest).size == 0;
}

/** The last of the sections that mean the same place. */
static const struct ini_section *find_section(const struct aliases *aliases, struct alias_place place)
{
    const struct ini_section *found = NULL;
    for (const struct ini_section *at = aliases->file.sections; at != NULL; at = at->next)
        if (heads(at->name, place))
            found = at;
    return found;
}

struct alias aliases_find(const struct aliases *aliases, struct alias_place place, const char *name,
                          struct arena *arena)
{
    const struct ini_section *section = find_section(aliases, place);
    const struct ini_entry *entry = section == NULL ? NULL : ini_find(section->entries, name);
    if (section != NULL && entry == NULL)
        entry = ini_find(aliases->file.defaults, name);
    if (entry == NULL)
        return (struct alias){name, NULL};
    struct slice value = blanks_trim(slice_of(entry->value));
    return (struct alias){name, arena_copy(arena, value.data, value.size)};
}

size_t aliases_count(const struct aliases *aliases)
{
    size_t count = 0;
    for (const struct ini_section *section = aliases->file.sections; section != NULL; section = section->next)
        for (const struct ini_entry *at = section->entries; at != NULL; at = at->next)
            count++;
    for (const struct ini_entry *at = aliases->file.defaults; at != NULL; at = at->next)
        count++;
    return count;
}

/** Adds NAME, unless what is built in has it already. */
static size_t add_name(const char **list, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i], name) == 0)
            return count;
    list[count] = name;
    return count + 1;
}

size_t aliases_list(const struct aliases *aliases, struct alias_place place, const char **list, size_t count)
{
    const struct ini_section *section = find_section(aliases, place);
    if (section == NULL)
        return count;
    for (const struct ini_entry *at = section->entries; at != NULL; at = at->next)
        count = add_name(list, count, at->key);
    for (const struct ini_entry *at = aliases->file.defaults; at != NULL; at = at->next)
        count = add_name(list, count, at->key);
    return count;
}

const char *alias_shell(const struct alias *alias)
{
    return alias->value[0] == '!' ? alias->value + 1 : NULL;
}

bool alias_split(const struct alias *alias, struct arena *arena, struct words *out, struct error *error)
{
    char **words;
    size_t count;
    enum words_result result = words_split(slice_of(alias->value), arena, &words, &count);
    if (result != WORDS_SPLIT)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "Value of alias \"%s\" could not be parsed. Received error: %s when parsing:\n%s", alias->name,
                         result == WORDS_OPEN_QUOTE ? "No closing quotation" : "No escaped character", alias->value);
    const char **items = arena_allocate(arena, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        struct slice word = slice_of(words[i]);
        while (word.size > 0 && word.data[0] == '\n')
            word = slice_part(word, 1, word.size);
        while (word.size > 0 && word.data[word.size - 1] == '\n')
            word.size--;
        items[i] = arena_copy(arena, word.data, word.size);
    }
    *out = (struct words){items, count};
    return true;
}

/** Whether the option was given, as awscli sees it: by a value other than the default. */
static bool is_given(const struct global_option *option, const char *field)
{
    if (option->value == NULL)
        return *(const bool *)field;
    const char *value = *(const char *const *)field;
    return value != NULL && !(strcmp(option->name, "--color") == 0 && strcmp(value, "auto") == 0);
}

bool alias_merge(const struct alias *alias, const struct options *given, struct options *into, struct error *error)
{
    for (size_t i = 0; i < global_option_count; i++) {
        const struct global_option *option = &global_options[i];
        const char *field = (const char *)given + option->offset;
        if (!is_given(option, field))
            continue;
        if (strcmp(option->name, "--debug") == 0 || strcmp(option->name, "--profile") == 0)
            return error_set(error, ERROR_INTERNAL, NULL,
                             "Global parameter \"%s\" detected in alias \"%s\" which is not support in subcommand "
                             "aliases.",
                             option->name, alias->name);
        memcpy((char *)into + option->offset, field, option->value == NULL ? sizeof(bool) : sizeof(char *));
    }
    return true;
}

struct words words_join(struct words first, struct words second, struct arena *arena)
{
    const char **items = arena_allocate(arena, first.count + second.count + 1, sizeof *items);
    for (size_t i = 0; i < first.count; i++)
        items[i] = first.items[i];
    for (size_t i = 0; i < second.count; i++)
        items[first.count + i] = second.items[i];
    return (struct words){items, first.count + second.count};
}
