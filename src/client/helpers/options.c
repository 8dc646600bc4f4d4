// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/options.h"

#include <string.h>

#define BEARER "--bearer"

const struct option_row helper_option_rows[HELPER_OPTION_COUNT] = {
    {"--domain", "NAME", "Whose token, instead of what the URL or the file hosts says.", NULL, false, false},
    {"--domain-owner", "ACCOUNT", "The twelve digits of the domain's account.", NULL, false, false},
    {"--duration-seconds", "NUMBER", "How long a new token shall live: 0, or 900 to 43200.", NULL, false, false},
    {BEARER, NULL, "cargo, cargo-token and token answer `Bearer TOKEN`.", NULL, false, false},
};

/** Options with a value; the first three are the global ones of jeton. */
static const struct {
    const char *name;
    size_t place;
} options[] = {
    {"--profile", offsetof(struct target_options, profile)},
    {"--region", offsetof(struct target_options, region)},
    {"--endpoint-url", offsetof(struct target_options, endpoint_url)},
    {"--domain", offsetof(struct target_options, domain)},
    {"--domain-owner", offsetof(struct target_options, owner)},
    {"--duration-seconds", offsetof(struct target_options, duration)},
};
#define OPTION_COUNT (sizeof options / sizeof *options)

/** The option that WORD is, with or without `=VALUE`. */
static size_t find(const char *word, size_t *size)
{
    *size = strcspn(word, "=");
    size_t i = 0;
    while (i < OPTION_COUNT && !slice_is((struct slice){word, *size}, options[i].name))
        i++;
    return i;
}

size_t helper_options_skip(struct words words)
{
    size_t at = 0;
    while (at < words.count) {
        size_t size;
        bool is_bearer = strcmp(words.items[at], BEARER) == 0;
        if (!is_bearer && find(words.items[at], &size) == OPTION_COUNT)
            break;
        at += is_bearer || words.items[at][size] == '=' ? 1 : 2;
    }
    return at < words.count ? at : words.count;
}

bool helper_options_take(struct helper_call *call, struct words words, struct error *error)
{
    const char **rest = arena_allocate(call->arena, words.count + 1, sizeof *rest);
    size_t count = 0;
    bool ended = false; // behind `--` there are no options
    for (size_t i = 0; i < words.count; i++) {
        const char *word = words.items[i];
        size_t size = 0;
        size_t option = ended ? OPTION_COUNT : find(word, &size);
        if (!ended && strcmp(word, BEARER) == 0) {
            call->bearer = true;
            continue;
        }
        if (option == OPTION_COUNT) {
            rest[count++] = word;
            ended = ended || strcmp(word, "--") == 0;
            continue;
        }
        if (word[size] == '\0' && i + 1 == words.count)
            return error_set(error, ERROR_USAGE, NULL, "%s lacks its value", word);
        const char *value = word[size] == '=' ? word + size + 1 : words.items[++i];
        *(const char **)(void *)((char *)&call->options + options[option].place) = value;
    }
    call->words = (struct words){rest, count};
    return true;
}
