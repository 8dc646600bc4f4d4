// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/arguments.h"
#include "base/bytes.h"
#include "base/text.h"
#include "client/cli/integer.h"
#include "client/cli/near_miss.h"
#include "client/python.h"

#include <string.h>

/** What a word looks like before any value is taken. */
enum word_kind {
    WORD_VALUE,
    WORD_OPTION,
    WORD_DASHES, /**< The first `--`; all after it are values. */
};

struct word {
    enum word_kind kind;
    struct argument *argument;  /**< WORD_OPTION: NULL when no row matches. */
    const char *explicit_value; /**< What stood behind the `=`, or NULL. */
};

struct parse {
    struct argument *table;
    size_t count;
    struct words line;
    struct word *words;
    struct argument *positional; /**< Not met yet; NULL when met, or when the table has none. */
    const char **rest;
    size_t rest_count;
    bool stopped;
    struct arena *arena;
    struct error *error;
};

static bool is_option(const struct argument *argument)
{
    return argument->name[0] == '-';
}

struct argument *arguments_find(struct argument *table, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const char *argument_value(const struct argument *argument)
{
    return argument != NULL && argument->given && argument->value_count > 0 ? argument->values[0] : NULL;
}

bool words_contain(struct words words, const char *word)
{
    for (size_t i = 0; i < words.count; i++)
        if (strcmp(words.items[i], word) == 0)
            return true;
    return false;
}

/** `^-\d+$|^-\d*\.\d+$`, argparse's negative number. */
static bool is_negative_number(const char *word)
{
    const char *at = word + 1;
    at += strspn(at, "0123456789");
    if (*at == '\0')
        return at > word + 1;
    if (*at != '.')
        return false;
    size_t decimals = strspn(at + 1, "0123456789");
    return decimals > 0 && at[1 + decimals] == '\0';
}

static bool refuse_ambiguous(struct parse *parse, const char *word, size_t prefix)
{
    BUFFER_AUTO matches = {0};
    for (size_t i = 0; i < parse->count; i++)
        if (is_option(&parse->table[i]) && strncmp(parse->table[i].name, word, prefix) == 0)
            buffer_append_format(&matches, "%s%s", matches.size > 0 ? ", " : "", parse->table[i].name);
    return error_set(parse->error, ERROR_USAGE, NULL, "ambiguous option: %s could match %s", word,
                     buffer_text(&matches));
}

/** The option that a word of the form `--name`, `--name=value` or a unique prefix of it means. */
static bool match_option(struct parse *parse, const char *text, struct word *word)
{
    word->kind = WORD_OPTION;
    struct argument *exact = arguments_find(parse->table, parse->count, text);
    if (exact != NULL && is_option(exact)) {
        word->argument = exact;
        return true;
    }
    size_t prefix = strcspn(text, "=");
    size_t found = 0;
    for (size_t i = 0; i < parse->count; i++) {
        struct argument *row = &parse->table[i];
        if (!is_option(row) || strncmp(row->name, text, prefix) != 0)
            continue;
        bool whole = row->name[prefix] == '\0';
        // A single dash never abbreviates a long option.
        if (!whole && text[1] != '-')
            continue;
        word->argument = row;
        found++;
        if (whole) {
            found = 1;
            break;
        }
    }
    if (found > 1)
        return refuse_ambiguous(parse, text, prefix);
    if (found == 1 && text[prefix] == '=')
        word->explicit_value = text + prefix + 1;
    return true;
}

static bool classify(struct parse *parse)
{
    bool values_only = false;
    for (size_t i = 0; i < parse->line.count; i++) {
        const char *text = parse->line.items[i];
        struct word *word = &parse->words[i];
        if (values_only || text[0] != '-' || text[1] == '\0')
            continue;
        if (strcmp(text, "--") == 0) {
            word->kind = WORD_DASHES;
            values_only = true;
            continue;
        }
        if (!match_option(parse, text, word))
            return false;
        if (word->argument == NULL && (is_negative_number(text) || strchr(text, ' ') != NULL))
            word->kind = WORD_VALUE;
    }
    return true;
}

static bool check_choice(struct parse *parse, const struct argument *argument, const char *value)
{
    for (const char *const *choice = argument->choices; choice != NULL && *choice != NULL; choice++)
        if (strcmp(*choice, value) == 0)
            return true;
    if (argument->choices == NULL)
        return true;
    BUFFER_AUTO hint = {0};
    near_miss_write(&hint, value, argument->choices);
    return error_set(parse->error, ERROR_USAGE, NULL, "argument %s: Found invalid choice '%s'\n%s", argument->name,
                     value, buffer_text(&hint));
}

static bool take_value(struct parse *parse, const struct argument *argument, const char *text, const char **out)
{
    *out = text;
    if (argument->integer) {
        BUFFER_AUTO decimal = {0};
        if (!integer_read(slice_of(text), &decimal)) {
            BUFFER_AUTO quoted = {0};
            python_write_quoted(&quoted, slice_of(text));
            return error_set(parse->error, ERROR_USAGE, NULL, "argument %s: invalid int value: %s", argument->name,
                             buffer_text(&quoted));
        }
        *out = arena_copy(parse->arena, decimal.data, decimal.size);
    }
    return check_choice(parse, argument, *out);
}

/** Stores the words from START up to END as the argument's values; the first `--` among them is dropped. */
static bool take(struct parse *parse, struct argument *argument, const char *const *start, size_t size)
{
    size_t count = argument->repeats ? argument->value_count : 0;
    const char **values = arena_allocate(parse->arena, count + size + 1, sizeof *values);
    for (size_t i = 0; i < count; i++)
        values[i] = argument->values[i];
    bool dropped = !is_option(argument) ? false : true;
    for (size_t i = 0; i < size; i++) {
        if (!dropped && strcmp(start[i], "--") == 0) {
            dropped = true;
            continue;
        }
        if (!take_value(parse, argument, start[i], &values[count]))
            return false;
        count++;
    }
    if (count == 0 && argument->arity == ARGUMENT_OPTIONAL && argument->constant != NULL)
        values[count++] = argument->constant;
    argument->given = argument->arity == ARGUMENT_NONE || argument->arity == ARGUMENT_MANY || count > 0;
    argument->values = values;
    argument->value_count = count;
    parse->stopped = argument->stops;
    return true;
}

static bool take_explicit(struct parse *parse, struct argument *argument, const char *value)
{
    if (argument->arity != ARGUMENT_NONE)
        return take(parse, argument, &value, 1);
    BUFFER_AUTO quoted = {0};
    python_write_quoted(&quoted, slice_of(value));
    return error_set(parse->error, ERROR_USAGE, NULL, "argument %s: ignored explicit argument %s", argument->name,
                     buffer_text(&quoted));
}

/** The number of values that follow from START, up to the argument's arity; false when too few do. */
static bool count_values(struct parse *parse, const struct argument *argument, size_t start, size_t *out)
{
    size_t available = 0;
    while (start + available < parse->line.count && parse->words[start + available].kind == WORD_VALUE)
        available++;
    bool one = argument->arity == ARGUMENT_ONE || argument->arity == ARGUMENT_OPTIONAL;
    *out = argument->arity == ARGUMENT_NONE ? 0 : one && available > 1 ? 1 : available;
    if (*out > 0 || argument->arity != ARGUMENT_ONE)
        return true;
    return error_set(parse->error, ERROR_USAGE, NULL, "argument %s: expected one argument", argument->name);
}

static bool consume_option(struct parse *parse, size_t *at)
{
    const struct word *word = &parse->words[*at];
    if (word->argument == NULL) {
        parse->rest[parse->rest_count++] = parse->line.items[(*at)++];
        return true;
    }
    if (word->explicit_value != NULL) {
        (*at)++;
        return take_explicit(parse, word->argument, word->explicit_value);
    }
    size_t size;
    if (!count_values(parse, word->argument, *at + 1, &size))
        return false;
    const char *const *start = parse->line.items + *at + 1;
    *at += 1 + size;
    return take(parse, word->argument, start, size);
}

/** argparse's patterns `-*A-*` and `-*A?-*` from AT on. */
static bool consume_positional(struct parse *parse, size_t *at)
{
    if (parse->positional == NULL)
        return true;
    size_t end = *at;
    while (end < parse->line.count && parse->words[end].kind == WORD_DASHES)
        end++;
    bool value = end < parse->line.count && parse->words[end].kind == WORD_VALUE;
    if (!value && parse->positional->arity == ARGUMENT_ONE)
        return true;
    end += value ? 1 : 0;
    while (end < parse->line.count && parse->words[end].kind == WORD_DASHES)
        end++;
    struct argument *argument = parse->positional;
    const char *const *start = parse->line.items + *at;
    size_t size = end - *at;
    parse->positional = NULL;
    *at = end;
    return take(parse, argument, start, size);
}

static void leave(struct parse *parse, size_t *at, size_t end)
{
    while (*at < end)
        parse->rest[parse->rest_count++] = parse->line.items[(*at)++];
}

static size_t next_option(const struct parse *parse, size_t at)
{
    while (at < parse->line.count && parse->words[at].kind != WORD_OPTION)
        at++;
    return at;
}

static bool consume_all(struct parse *parse)
{
    size_t at = 0;
    for (size_t option = next_option(parse, 0); option < parse->line.count; option = next_option(parse, at)) {
        size_t before = at;
        if (at != option && !consume_positional(parse, &at))
            return false;
        if (at > before)
            continue;
        leave(parse, &at, option);
        if (!consume_option(parse, &at))
            return false;
        if (parse->stopped)
            return true;
    }
    if (!consume_positional(parse, &at))
        return false;
    leave(parse, &at, parse->line.count);
    return true;
}

static bool check_required(struct parse *parse)
{
    BUFFER_AUTO names = {0};
    for (size_t i = 0; i < parse->count; i++)
        if (parse->table[i].required && !parse->table[i].given)
            buffer_append_format(&names, "%s%s", names.size > 0 ? ", " : "", parse->table[i].name);
    if (names.size == 0)
        return true;
    return error_set(parse->error, ERROR_USAGE, NULL, "the following arguments are required: %s", buffer_text(&names));
}

bool arguments_parse(struct argument *table, size_t count, struct words line, struct arena *arena, struct words *rest,
                     struct error *error)
{
    struct parse parse = {.table = table, .count = count, .line = line, .arena = arena, .error = error};
    parse.words = arena_allocate(arena, line.count + 1, sizeof *parse.words);
    parse.rest = arena_allocate(arena, line.count + 1, sizeof *parse.rest);
    for (size_t i = 0; i < count; i++)
        if (!is_option(&table[i]))
            parse.positional = &table[i];
    if (!classify(&parse) || !consume_all(&parse))
        return false;
    *rest = (struct words){parse.rest, parse.rest_count};
    return parse.stopped || check_required(&parse);
}
