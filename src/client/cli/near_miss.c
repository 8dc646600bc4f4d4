// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/near_miss.h"

#include <stdbool.h>
#include <string.h>

#define CUTOFF 0.8
#define MOST 3

/** Longer words are not compared: no choice is near to them. */
#define LONGEST 128

/** Parts of two words, [begin, end) each. */
struct span {
    size_t a, a_end, b, b_end;
};

/** The longest run that both parts share, the earliest in a, then in b. */
static size_t longest_match(const char *a, const char *b, const struct span *span, size_t *a_at, size_t *b_at)
{
    size_t lengths[LONGEST + 1] = {0};
    size_t best = 0;
    for (size_t i = span->a; i < span->a_end; i++) {
        size_t diagonal = 0;
        for (size_t j = span->b; j < span->b_end; j++) {
            size_t length = a[i] == b[j] ? diagonal + 1 : 0;
            diagonal = lengths[j];
            lengths[j] = length;
            if (length > best) {
                best = length;
                *a_at = i + 1 - length;
                *b_at = j + 1 - length;
            }
        }
    }
    return best;
}

/** The number of characters in matching runs, left and right of the longest one in turn. */
static size_t matching(const char *a, const char *b, struct span whole)
{
    struct span open[2 * LONGEST + 2];
    size_t count = 0;
    size_t total = 0;
    open[count++] = whole;
    while (count > 0) {
        struct span span = open[--count];
        size_t a_at = 0;
        size_t b_at = 0;
        size_t size = longest_match(a, b, &span, &a_at, &b_at);
        if (size == 0)
            continue;
        total += size;
        open[count++] = (struct span){span.a, a_at, span.b, b_at};
        open[count++] = (struct span){a_at + size, span.a_end, b_at + size, span.b_end};
    }
    return total;
}

double near_miss_ratio(const char *a, const char *b)
{
    size_t a_size = strlen(a);
    size_t b_size = strlen(b);
    if (a_size + b_size == 0)
        return 1;
    if (a_size > LONGEST || b_size > LONGEST)
        return 0;
    size_t matches = matching(a, b, (struct span){0, a_size, 0, b_size});
    return 2.0 * (double)matches / (double)(a_size + b_size);
}

/** difflib orders by likeness, then by the word, both downward. */
static bool comes_before(double ratio, const char *word, double other_ratio, const char *other)
{
    return ratio > other_ratio || (ratio == other_ratio && strcmp(word, other) > 0);
}

void near_miss_write(struct buffer *out, const char *word, const char *const *choices)
{
    const char *best[MOST] = {NULL};
    double ratios[MOST] = {0};
    for (; *choices != NULL; choices++) {
        double ratio = near_miss_ratio(*choices, word);
        if (ratio < CUTOFF)
            continue;
        size_t place = 0;
        while (place < MOST && best[place] != NULL && !comes_before(ratio, *choices, ratios[place], best[place]))
            place++;
        for (size_t i = MOST - 1; i > place && i < MOST; i--) {
            best[i] = best[i - 1];
            ratios[i] = ratios[i - 1];
        }
        if (place < MOST) {
            best[place] = *choices;
            ratios[place] = ratio;
        }
    }
    if (best[0] == NULL)
        return;
    buffer_append_text(out, "\nMaybe you meant:\n");
    for (size_t i = 0; i < MOST && best[i] != NULL; i++)
        buffer_append_format(out, "\n  * %s", best[i]);
}
