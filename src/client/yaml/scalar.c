// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/yaml/yaml.h"

#include <stdint.h>

#define DIGITS "0123456789"
#define HEXADECIMAL "0123456789abcdefABCDEF"

// Each take function moves on in what is left to match when it matches, and leaves it alone otherwise.

static void skip(struct slice *text, size_t count)
{
    *text = slice_part(*text, count, text->size);
}

/** One character of SET. */
static bool take_one(struct slice *text, const char *set)
{
    if (text->size == 0 || text->data[0] == '\0' || strchr(set, text->data[0]) == NULL)
        return false;
    skip(text, 1);
    return true;
}

/** Characters of SET, from LEAST to MOST; all or nothing. */
static bool take(struct slice *text, const char *set, size_t least, size_t most)
{
    struct slice ahead = *text;
    size_t count = 0;
    while (count < most && take_one(&ahead, set))
        count++;
    if (count < least)
        return false;
    *text = ahead;
    return true;
}

static bool take_all(struct slice *text, const char *set)
{
    return take(text, set, 1, SIZE_MAX) && text->size == 0;
}

static bool take_word(struct slice *text, const char *word)
{
    struct slice wanted = slice_of(word);
    if (!slice_starts_with(*text, wanted))
        return false;
    skip(text, wanted.size);
    return true;
}

static bool is_word(struct slice text, const char *const *words)
{
    while (*words != NULL && !slice_is(text, *words))
        words++;
    return *words != NULL;
}

static bool is_integer(struct slice text)
{
    (void)take_one(&text, "+-");
    struct slice plain = text;
    if (take_all(&plain, DIGITS "_"))
        return true;
    return (take_word(&text, "0b") && take_all(&text, "01_")) ||
           (take_word(&text, "0o") && take_all(&text, "01234567_")) ||
           (take_word(&text, "0x") && take_all(&text, HEXADECIMAL "_"));
}

/** "e+10" up to the end. */
static bool is_exponent(struct slice text, bool sign_required)
{
    return take_one(&text, "eE") && (take_one(&text, "+-") || !sign_required) && take_all(&text, DIGITS);
}

static bool is_real(struct slice text)
{
    static const char *const infinite[] = {".inf", ".Inf", ".INF", NULL};
    static const char *const undefined[] = {".nan", ".NaN", ".NAN", NULL};
    if (is_word(text, undefined))
        return true;
    (void)take_one(&text, "+-");
    if (is_word(text, infinite))
        return true;
    if (take_one(&text, "."))
        return take(&text, DIGITS "_", 1, SIZE_MAX) && (text.size == 0 || is_exponent(text, true));
    if (!take(&text, DIGITS, 1, 1))
        return false;
    (void)take(&text, DIGITS "_", 0, SIZE_MAX);
    if (!take_one(&text, "."))
        return is_exponent(text, false);
    (void)take(&text, DIGITS "_", 0, SIZE_MAX);
    return text.size == 0 || is_exponent(text, false);
}

static bool is_zone(struct slice text)
{
    (void)take(&text, " \t", 0, SIZE_MAX);
    if (take_one(&text, "Z"))
        return text.size == 0;
    if (!take_one(&text, "+-") || !take(&text, DIGITS, 1, 2))
        return false;
    return text.size == 0 || (take_one(&text, ":") && take(&text, DIGITS, 2, 2) && text.size == 0);
}

/** "12:34:56.7 +8:00" up to the end. */
static bool is_time(struct slice text)
{
    if (!take(&text, DIGITS, 1, 2) || !take_one(&text, ":") || !take(&text, DIGITS, 2, 2) || !take_one(&text, ":") ||
        !take(&text, DIGITS, 2, 2))
        return false;
    if (take_one(&text, "."))
        (void)take(&text, DIGITS, 0, SIZE_MAX);
    return text.size == 0 || is_zone(text);
}

static bool is_timestamp(struct slice text)
{
    size_t whole = text.size;
    if (!take(&text, DIGITS, 4, 4) || !take_one(&text, "-") || !take(&text, DIGITS, 1, 2) || !take_one(&text, "-") ||
        !take(&text, DIGITS, 1, 2))
        return false;
    if (text.size == 0)
        return whole == sizeof "2020-01-01" - 1;
    return (take_one(&text, "Tt") || take(&text, " \t", 1, SIZE_MAX)) && is_time(text);
}

enum yaml_kind yaml_scalar_kind(struct slice text)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL", NULL};
    static const char *const booleans[] = {"true", "True", "TRUE", "false", "False", "FALSE", NULL};
    static const char *const others[] = {"=", "!", "&", "*", NULL};
    if (is_word(text, nulls))
        return YAML_KIND_NULL;
    if (is_word(text, booleans))
        return YAML_KIND_BOOLEAN;
    if (slice_is(text, "<<"))
        return YAML_KIND_MERGE;
    if (is_word(text, others))
        return YAML_KIND_OTHER;
    if (strchr("+-." DIGITS, text.data[0]) == NULL || text.data[0] == '\0')
        return YAML_KIND_TEXT;
    if (is_real(text))
        return YAML_KIND_REAL;
    if (text.data[0] != '.' && is_integer(text))
        return YAML_KIND_INTEGER;
    return is_timestamp(text) ? YAML_KIND_TIMESTAMP : YAML_KIND_TEXT;
}
