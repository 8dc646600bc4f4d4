// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile/words.h"

/** What the words have come to. A word exists from its first character or quote on, so '' is one. */
struct splitter {
    char *place; // where the next character goes; one block holds all words, NUL-separated
    char **words;
    size_t count;
    bool in_word;
};

static void begin_word(struct splitter *splitter)
{
    if (splitter->in_word)
        return;
    splitter->in_word = true;
    splitter->words[splitter->count++] = splitter->place;
}

static void end_word(struct splitter *splitter)
{
    if (!splitter->in_word)
        return;
    splitter->in_word = false;
    *splitter->place++ = '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/** Takes what is between the quote at AT and its fellow. @return the place of the closing quote. */
static enum words_result take_quoted(struct splitter *splitter, struct slice text, size_t *at)
{
    char quote = text.data[(*at)++];
    begin_word(splitter);
    for (; *at < text.size && text.data[*at] != quote; ++*at) {
        char c = text.data[*at];
        // Between double quotes a backslash only escapes the quote and itself, and stays otherwise.
        if (quote == '"' && c == '\\') {
            if (*at + 1 == text.size)
                return WORDS_OPEN_ESCAPE;
            char next = text.data[*at + 1];
            if (next == '"' || next == '\\') {
                c = next;
                ++*at;
            }
        }
        *splitter->place++ = c;
    }
    return *at < text.size ? WORDS_SPLIT : WORDS_OPEN_QUOTE;
}

enum words_result words_split(struct slice text, struct arena *arena, char ***words, size_t *count)
{
    // Every word takes at least one character of the text and one NUL.
    struct splitter splitter = {.place = arena_allocate(arena, 2 * text.size + 1, 1),
                                .words = arena_allocate(arena, text.size + 1, sizeof(char *))};
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_blank(c)) {
            end_word(&splitter);
        } else if (c == '\'' || c == '"') {
            enum words_result result = take_quoted(&splitter, text, &i);
            if (result != WORDS_SPLIT)
                return result;
        } else {
            if (c == '\\' && ++i == text.size)
                return WORDS_OPEN_ESCAPE;
            begin_word(&splitter);
            *splitter.place++ = text.data[i];
        }
    }
    end_word(&splitter);
    *words = splitter.words;
    *count = splitter.count;
    return WORDS_SPLIT;
}
