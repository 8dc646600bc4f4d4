// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/pattern.h"

#include "base/text.h"

/** arn:partition:service:region:account:resource */
#define ARN_PARTS 6

static bool same(char pattern, char c, bool any_case)
{
    return pattern == '?' || pattern == c || (any_case && text_lower(pattern) == text_lower(c));
}

bool pattern_matches(struct slice pattern, struct slice text, bool any_case)
{
    size_t at = 0;
    size_t star = pattern.size; // the last `*` seen, or none
    size_t star_end = 0;        // where the text that it stands for ends
    size_t i = 0;
    while (i < text.size) {
        if (at < pattern.size && pattern.data[at] == '*') {
            star = at++;
            star_end = i;
        } else if (at < pattern.size && same(pattern.data[at], text.data[i], any_case)) {
            at++;
            i++;
        } else if (star < pattern.size) {
            // Only the last star need give way: what an earlier one could win, this one can.
            at = star + 1;
            i = ++star_end;
        } else {
            return false;
        }
    }
    while (at < pattern.size && pattern.data[at] == '*')
        at++;
    return at == pattern.size;
}

/** Cuts the next part off an ARN; the last one reaches to the end. */
static struct slice cut_part(struct slice *rest, size_t index)
{
    size_t end = index + 1 < ARN_PARTS ? slice_find(*rest, ':', 0) : rest->size;
    struct slice part = slice_part(*rest, 0, end);
    *rest = end < rest->size ? slice_part(*rest, end + 1, rest->size) : (struct slice){NULL, 0};
    return part;
}

bool pattern_matches_arn(struct slice pattern, struct slice arn)
{
    for (size_t i = 0; i < ARN_PARTS && pattern.data != NULL; i++) {
        if (arn.data == NULL)
            return false;
        struct slice pattern_part = cut_part(&pattern, i);
        if (!pattern_matches(pattern_part, cut_part(&arn, i), false))
            return false;
    }
    return true;
}
