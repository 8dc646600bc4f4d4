// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/text.h"

#include <stdlib.h>

/** RFC 3986 section 2.3. Written out, since every character of every query goes through it. */
static inline bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.' || c == '~';
}

/** Whether TEXT is encoded in the canonical way already, as nearly all clients send it. */
static bool is_canonical(struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char byte;
        if (is_unreserved(text.data[i]))
            continue;
        if (text.data[i] != '%' || !text_hex_decode(slice_part(text, i + 1, 2), &byte, 1) || is_unreserved((char)byte))
            return false;
        if (text.data[i + 1] >= 'a' || text.data[i + 2] >= 'a')
            return false;
        i += 2;
    }
    return true;
}

/** The canonical encoding of TEXT, a part of a query of QUERY_SIZE bytes; in OUT when it differs from TEXT. */
static struct slice canonical_text(struct slice text, size_t query_size, struct buffer *decoded, struct buffer *out)
{
    if (is_canonical(text))
        return text;
    // Reserved in one go, three characters for each, so that no slice into it moves.
    if (out->data == NULL)
        buffer_reserve(out, query_size * 3 + 1);
    size_t start = out->size;
    buffer_clear(decoded);
    // A broken escape has no decoded form: its `%` is taken as a percent sign.
    struct slice plain = text_percent_decode(decoded, text, false) ? buffer_slice(decoded) : text;
    text_percent_encode(out, plain, "");
    return (struct slice){out->data + start, out->size - start};
}

void sigv4_parameters_read(struct sigv4_parameters *out, struct slice query)
{
    out->items = out->few;
    out->count = 0;
    out->text = (struct buffer){0};
    size_t most = 1;
    for (size_t i = 0; i < query.size; i++)
        most += query.data[i] == '&';
    if (most > sizeof out->few / sizeof out->few[0])
        out->items = memory_new(most, sizeof *out->items);
    BUFFER_AUTO decoded = {0};
    struct slice rest = query;
    struct slice part;
    while (slice_cut(&rest, '&', &part)) {
        if (part.size == 0)
            continue;
        size_t equals = slice_find(part, '=', 0);
        out->items[out->count++] = (struct sigv4_parameter){
            canonical_text(slice_part(part, 0, equals), query.size, &decoded, &out->text),
            canonical_text(slice_part(part, equals + 1, part.size), query.size, &decoded, &out->text),
        };
    }
}

void sigv4_parameters_free(struct sigv4_parameters *parameters)
{
    if (parameters->items != parameters->few)
        free(parameters->items);
    buffer_free(&parameters->text);
}

bool sigv4_has_header(const struct sigv4_request *request, struct slice name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (slice_equal_nocase(request->headers[i].name, name))
            return true;
    return false;
}

/** Whether a trimmed value is signed as it stands: without white space but single blanks. */
static bool is_plain(struct slice value)
{
    for (size_t i = 0; i < value.size; i++)
        if (text_is_space(value.data[i]) && (value.data[i] != ' ' || value.data[i + 1] == ' '))
            return false;
    return true;
}

static void append_value(struct slice value, struct buffer *out)
{
    value = slice_trim(value);
    size_t start = 0;
    for (size_t i = 0; i < value.size; i++) {
        if (!text_is_space(value.data[i]))
            continue;
        size_t end = i;
        while (text_is_space(value.data[i + 1])) // ends, since the value is trimmed
            i++;
        buffer_append(out, value.data + start, end - start);
        buffer_append_char(out, ' ');
        start = i + 1;
    }
    buffer_append_slice(out, slice_part(value, start, value.size));
}

void sigv4_append_header(const struct sigv4_request *request, struct slice name, struct buffer *out)
{
    bool first = true;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!slice_equal_nocase(request->headers[i].name, name))
            continue;
        if (!first)
            buffer_append_char(out, ',');
        append_value(request->headers[i].value, out);
        first = false;
    }
}

struct slice sigv4_header_value(const struct sigv4_request *request, struct slice name, struct arena *arena)
{
    const struct sigv4_header *only = NULL;
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!slice_equal_nocase(request->headers[i].name, name))
            continue;
        only = &request->headers[i];
        count++;
    }
    if (count == 0)
        return (struct slice){NULL, 0};
    struct slice plain = slice_trim(only->value);
    if (count == 1 && is_plain(plain))
        return plain.data == NULL ? (struct slice){"", 0} : plain;
    BUFFER_AUTO value = {0};
    sigv4_append_header(request, name, &value);
    return (struct slice){arena_copy(arena, buffer_text(&value), value.size), value.size};
}

bool sigv4_is_signed(const struct sigv4_claim *claim, struct slice name)
{
    for (size_t i = 0; i < claim->signed_count; i++)
        if (slice_equal(claim->signed_headers[i], name))
            return true;
    return false;
}

struct sigv4_shown sigv4_show(struct slice text)
{
    struct sigv4_shown shown = {0};
    size_t most = sizeof shown.text - sizeof "...";
    size_t size = text.size < most ? text.size : most;
    for (size_t i = 0; i < size; i++)
        shown.text[i] = (char)(text.data[i] >= 0x20 && text.data[i] < 0x7f ? text.data[i] : '?');
    if (text.size > most)
        memcpy(shown.text + most, "...", sizeof "...");
    return shown;
}
