// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/pattern.h"

#include "base/text.h"

// ------------------------------------------------------------------ taking apart

static struct slice keep(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

/** Adds a piece; texts side by side become one. */
static void add_piece(struct pattern *pattern, struct pattern_piece piece)
{
    if (pattern->piece_count == 0) {
        pattern->pieces[pattern->piece_count++] = piece;
        return;
    }
    struct pattern_piece *last = &pattern->pieces[pattern->piece_count - 1];
    if (piece.kind == PATTERN_PIECE_STAR && last->kind == PATTERN_PIECE_STAR)
        return;
    // The text is one copy, so that a text that goes on where the last one ended is still one slice.
    if (piece.kind == PATTERN_PIECE_TEXT && last->kind == PATTERN_PIECE_TEXT &&
        last->text.data + last->text.size == piece.text.data)
        last->text.size += piece.text.size;
    else
        pattern->pieces[pattern->piece_count++] = piece;
}

/** What stands between `${` and `}`: a name, maybe `, 'default'`; or one of the characters `*`, `?`, `$`. */
static bool read_variable(struct arena *arena, struct slice inside, struct pattern_piece *out)
{
    if (slice_is(inside, "*") || slice_is(inside, "?") || slice_is(inside, "$")) {
        *out = (struct pattern_piece){.kind = PATTERN_PIECE_TEXT, .text = inside};
        return true;
    }
    size_t comma = slice_find(inside, ',', 0);
    struct slice name = slice_trim(slice_part(inside, 0, comma));
    struct slice value = {NULL, 0};
    if (comma < inside.size) {
        struct slice quoted = slice_trim(slice_part(inside, comma + 1, inside.size));
        if (quoted.size < 2 || slice_find(quoted, '\'', 1) != quoted.size - 1 || quoted.data[0] != '\'')
            return false;
        value = slice_part(quoted, 1, quoted.size - 2);
    }
    struct policy_key *key = arena_allocate(arena, 1, sizeof *key);
    *key = policy_key_of(name);
    *out = (struct pattern_piece){.kind = PATTERN_PIECE_VARIABLE, .text = value, .key = key};
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)name.data[i] < 0x20 || name.data[i] == '$' || name.data[i] == '{')
            return false;
    return name.size > 0;
}

/** Where a variable that starts at AT ends: its `}`, which is not one of its default value. */
static size_t find_end(struct slice text, size_t at)
{
    bool quoted = false;
    while (at < text.size && (quoted || text.data[at] != '}')) {
        if (text.data[at] == '\'')
            quoted = !quoted;
        at++;
    }
    return at;
}

static void settle_kind(struct pattern *pattern)
{
    bool one = pattern->piece_count == 1;
    pattern->kind = PATTERN_GLOB;
    for (size_t i = 0; i < pattern->piece_count; i++)
        if (pattern->pieces[i].kind == PATTERN_PIECE_VARIABLE)
            pattern->kind = PATTERN_VARIABLE;
    if (pattern->kind == PATTERN_VARIABLE)
        return;
    if (pattern->piece_count == 0 || (one && pattern->pieces[0].kind == PATTERN_PIECE_TEXT))
        pattern->kind = PATTERN_EXACT;
    else if (one && pattern->pieces[0].kind == PATTERN_PIECE_STAR)
        pattern->kind = PATTERN_ANY;
    else if (pattern->piece_count == 2 && pattern->pieces[0].kind == PATTERN_PIECE_TEXT &&
             pattern->pieces[1].kind == PATTERN_PIECE_STAR)
        pattern->kind = PATTERN_PREFIX;
    if (pattern->piece_count > 0 && pattern->kind != PATTERN_ANY)
        pattern->text = pattern->pieces[0].text;
}

/** The piece that starts at AT, which moves behind it. */
static bool read_piece(struct arena *arena, struct slice text, struct pattern_form form, size_t *at,
                       struct pattern_piece *out)
{
    char c = text.data[*at];
    if (form.variables && c == '$' && slice_is(slice_part(text, *at + 1, 1), "{")) {
        size_t end = find_end(text, *at + 2);
        struct slice inside = slice_part(text, *at + 2, end - *at - 2);
        *at = end + 1;
        return end < text.size && read_variable(arena, inside, out);
    }
    *out = (struct pattern_piece){.kind = PATTERN_PIECE_TEXT, .text = slice_part(text, *at, 1)};
    if (form.wildcards && (c == '*' || c == '?'))
        out->kind = c == '*' ? PATTERN_PIECE_STAR : PATTERN_PIECE_ONE;
    (*at)++;
    return true;
}

/** How many pieces there can be at most. */
static size_t count_pieces(struct slice text)
{
    size_t count = 1;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] == '*' || text.data[i] == '?' || text.data[i] == '$')
            count += 2;
    return count;
}

bool pattern_compile(struct arena *arena, struct slice text, struct pattern_form form, struct pattern *out)
{
    *out = (struct pattern){.any_case = form.any_case};
    out->pieces = arena_allocate(arena, count_pieces(text), sizeof *out->pieces);
    text = keep(arena, text);
    for (size_t at = 0; at < text.size;) {
        struct pattern_piece piece;
        if (!read_piece(arena, text, form, &at, &piece))
            return false;
        add_piece(out, piece);
    }
    settle_kind(out);
    return true;
}

// ------------------------------------------------------------------ matching

static bool equal(const struct pattern *pattern, struct slice a, struct slice b)
{
    return pattern->any_case ? slice_equal_nocase(a, b) : slice_equal(a, b);
}

/** Where the character after the one at AT starts. */
static size_t next_character(struct slice text, size_t at)
{
    at++;
    while (at < text.size && ((unsigned char)text.data[at] & 0xc0) == 0x80)
        at++;
    return at;
}

/** A place in the pattern, and one in the text. */
struct cursor {
    size_t piece;
    size_t text;
};

/** Goes over the next piece, which is no star; false when the text does not go with it. */
static bool step(const struct pattern *pattern, struct slice text, struct cursor *at)
{
    if (at->piece == pattern->piece_count)
        return false;
    const struct pattern_piece *piece = &pattern->pieces[at->piece];
    if (piece->kind == PATTERN_PIECE_ONE) {
        if (at->text == text.size)
            return false;
        at->text = next_character(text, at->text);
    } else {
        if (!equal(pattern, slice_part(text, at->text, piece->text.size), piece->text))
            return false;
        at->text += piece->text.size;
    }
    at->piece++;
    return true;
}

static bool match_pieces(const struct pattern *pattern, struct slice text)
{
    struct cursor at = {0};
    struct cursor star = {pattern->piece_count, 0}; // behind the last `*` seen, and where the text that it takes ends
    bool has_star = false;
    while (at.piece < pattern->piece_count || at.text < text.size) {
        if (at.piece < pattern->piece_count && pattern->pieces[at.piece].kind == PATTERN_PIECE_STAR) {
            at.piece++;
            if (at.piece == pattern->piece_count)
                return true;
            star = at;
            has_star = true;
        } else if (!step(pattern, text, &at)) {
            // Only the last star need give way: what an earlier one could win, this one can.
            if (!has_star || star.text >= text.size)
                return false;
            star.text = next_character(text, star.text);
            at = star;
        }
    }
    return true;
}

bool pattern_resolve(const struct pattern *pattern, const struct policy_request *request,
                     struct pattern_piece room[static PATTERN_ROOM], struct pattern *out)
{
    *out = *pattern;
    out->pieces = pattern->piece_count <= PATTERN_ROOM
                      ? room
                      : arena_allocate(request->arena, pattern->piece_count, sizeof *out->pieces);
    memcpy(out->pieces, pattern->pieces, pattern->piece_count * sizeof *out->pieces);
    for (size_t i = 0; i < pattern->piece_count; i++) {
        struct pattern_piece *piece = &out->pieces[i];
        if (piece->kind != PATTERN_PIECE_VARIABLE)
            continue;
        struct policy_values values = {0};
        bool present = request->lookup(request->lookup_data, piece->key, &values);
        piece->kind = PATTERN_PIECE_TEXT;
        if (present && values.count == 1)
            piece->text = values.items[0];
        else if (values.count > 1 || piece->text.data == NULL)
            return false;
    }
    return true;
}

/** Whether a text of that size can match at all: seen without looking at a character. */
static bool can_match(const struct pattern_piece *pieces, size_t count, size_t size)
{
    size_t least = 0;
    bool wild = false;
    for (size_t i = 0; i < count; i++) {
        least += pieces[i].text.size;
        wild |= pieces[i].kind != PATTERN_PIECE_TEXT;
    }
    return wild || least == size;
}

static enum pattern_result match_variable(const struct pattern *pattern, struct slice text,
                                          const struct policy_request *request)
{
    struct pattern_piece room[PATTERN_ROOM];
    struct pattern resolved;
    if (request == NULL || !pattern_resolve(pattern, request, room, &resolved))
        return PATTERN_UNRESOLVED;
    return can_match(resolved.pieces, pattern->piece_count, text.size) && match_pieces(&resolved, text)
               ? PATTERN_MATCHES
               : PATTERN_DIFFERS;
}

enum pattern_result pattern_match_any(const struct pattern *pattern, struct slice text,
                                      const struct policy_request *request)
{
    switch (pattern->kind) {
    case PATTERN_ANY:
        return PATTERN_MATCHES;
    case PATTERN_EXACT:
        return equal(pattern, pattern->text, text) ? PATTERN_MATCHES : PATTERN_DIFFERS;
    case PATTERN_PREFIX:
        return equal(pattern, pattern->text, slice_part(text, 0, pattern->text.size)) ? PATTERN_MATCHES
                                                                                      : PATTERN_DIFFERS;
    case PATTERN_GLOB:
        return match_pieces(pattern, text) ? PATTERN_MATCHES : PATTERN_DIFFERS;
    case PATTERN_VARIABLE:
        return match_variable(pattern, text, request);
    }
    return PATTERN_DIFFERS;
}

bool pattern_may_start(const struct pattern *pattern, struct slice start)
{
    struct slice text = pattern->text;
    if (pattern->kind == PATTERN_ANY)
        return true;
    if (pattern->kind == PATTERN_EXACT)
        return slice_starts_with(text, start);
    if (pattern->kind != PATTERN_PREFIX)
        text = pattern->piece_count > 0 && pattern->pieces[0].kind == PATTERN_PIECE_TEXT ? pattern->pieces[0].text
                                                                                         : (struct slice){NULL, 0};
    return slice_starts_with(text, start) || slice_starts_with(start, text);
}

bool pattern_is_open(const struct pattern *pattern)
{
    if (pattern->kind == PATTERN_ANY || pattern->kind == PATTERN_PREFIX)
        return true;
    return pattern->kind != PATTERN_EXACT && pattern->piece_count > 0 &&
           pattern->pieces[pattern->piece_count - 1].kind == PATTERN_PIECE_STAR;
}
