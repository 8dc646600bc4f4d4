// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Patterns of ARNs: each part by itself, so that a `*` stays in its part. */
#include "service/policy/pattern.h"

struct pattern_arn_parts pattern_split_arn(struct slice arn)
{
    struct pattern_arn_parts out = {0};
    size_t start = 0;
    while (out.count < PATTERN_ARN_PARTS) {
        size_t end = out.count + 1 < PATTERN_ARN_PARTS ? slice_find(arn, ':', start) : arn.size;
        out.parts[out.count++] = slice_part(arn, start, end - start);
        if (end == arn.size)
            break;
        start = end + 1;
    }
    return out;
}

bool pattern_compile_resource(struct arena *arena, struct slice text, bool variables, struct pattern_arn *out)
{
    struct pattern_arn_parts split = pattern_split_arn(text);
    *out = (struct pattern_arn){.count = split.count};
    for (size_t i = 0; i < split.count; i++) {
        const struct pattern_form form = {.wildcards = true, .variables = variables};
        if (!pattern_compile(arena, split.parts[i], form, &out->parts[i]))
            return false;
        if (i + 1 < PATTERN_ARN_PARTS && out->parts[i].kind == PATTERN_VARIABLE)
            return false;
    }
    return true;
}

bool pattern_compile_arn(struct arena *arena, struct slice text, bool variables, struct pattern_arn *out)
{
    *out = (struct pattern_arn){0};
    const struct pattern_form form = {.wildcards = true, .variables = variables};
    if (!pattern_compile(arena, text, form, &out->whole))
        return false;
    if (out->whole.kind == PATTERN_VARIABLE || slice_find(text, '$', 0) < text.size)
        return true;
    return pattern_compile_resource(arena, text, false, out);
}

/** Cuts the pieces of a pattern at the first five colons of its texts. */
static void split_pieces(const struct pattern *whole, struct arena *arena, struct pattern_arn *out)
{
    *out = (struct pattern_arn){.count = 1};
    for (size_t i = 0; i < PATTERN_ARN_PARTS; i++) {
        out->parts[i].kind = PATTERN_GLOB;
        out->parts[i].pieces = arena_allocate(arena, whole->piece_count + 1, sizeof *whole->pieces);
    }
    for (size_t i = 0; i < whole->piece_count; i++) {
        struct pattern_piece piece = whole->pieces[i];
        struct pattern *part = &out->parts[out->count - 1];
        while (piece.kind == PATTERN_PIECE_TEXT && out->count < PATTERN_ARN_PARTS) {
            size_t colon = slice_find(piece.text, ':', 0);
            if (colon == piece.text.size)
                break;
            part->pieces[part->piece_count++] =
                (struct pattern_piece){.kind = PATTERN_PIECE_TEXT, .text = slice_part(piece.text, 0, colon)};
            piece.text = slice_part(piece.text, colon + 1, piece.text.size);
            part = &out->parts[out->count++];
        }
        part->pieces[part->piece_count++] = piece;
    }
}

static enum pattern_result match_parts(const struct pattern_arn *pattern, const struct pattern_arn_parts *arn,
                                       const struct policy_request *request)
{
    if (arn->count < pattern->count)
        return PATTERN_DIFFERS;
    // From the end: that is where ARNs differ most.
    for (size_t i = pattern->count; i-- > 0;) {
        enum pattern_result result = pattern_match(&pattern->parts[i], arn->parts[i], request);
        if (result != PATTERN_MATCHES)
            return result;
    }
    return PATTERN_MATCHES;
}

/** The values first: where they have colons, the pattern has other parts. */
static enum pattern_result match_whole(const struct pattern_arn *pattern, const struct pattern_arn_parts *arn,
                                       const struct policy_request *request)
{
    struct pattern_arn split;
    struct pattern_piece room[PATTERN_ROOM];
    struct pattern resolved;
    if (!pattern_resolve(&pattern->whole, request, room, &resolved))
        return PATTERN_UNRESOLVED;
    split_pieces(&resolved, request->arena, &split);
    return match_parts(&split, arn, request);
}

enum pattern_result pattern_match_arn(const struct pattern_arn *pattern, const struct pattern_arn_parts *arn,
                                      const struct policy_request *request)
{
    return pattern->count == 0 ? match_whole(pattern, arn, request) : match_parts(pattern, arn, request);
}
