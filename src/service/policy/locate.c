// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Where a statement stands in the text of its document, which has been parsed before and so is good JSON. */
#include "service/policy/policy.h"

#include "base/text.h"

/** A place in the text. */
struct reader {
    struct slice text;
    size_t at;
};

static char peek(const struct reader *reader)
{
    return reader->at < reader->text.size ? reader->text.data[reader->at] : '\0';
}

/** Skips white space and what stands between values. */
static void skip_between(struct reader *reader)
{
    while (text_is_space(peek(reader)) || peek(reader) == ',' || peek(reader) == ':')
        reader->at++;
}

static void skip_string(struct reader *reader)
{
    reader->at++;
    while (reader->at < reader->text.size && peek(reader) != '"')
        reader->at += peek(reader) == '\\' ? 2 : 1;
    reader->at++;
}

/** Skips a string, an object or an array: a policy has no other values outside of these. */
static void skip_value(struct reader *reader)
{
    size_t depth = 0;
    do {
        char c = peek(reader);
        if (c == '"') {
            skip_string(reader);
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if (depth > 0 && (c == '}' || c == ']'))
            depth--;
        reader->at++;
    } while (depth > 0 && reader->at < reader->text.size);
}

/** Goes to the value of the document's member Statement. */
static bool find_statements(struct reader *reader)
{
    skip_between(reader);
    if (peek(reader) != '{')
        return false;
    reader->at++;
    for (skip_between(reader); peek(reader) == '"'; skip_between(reader)) {
        size_t start = reader->at;
        skip_string(reader);
        struct slice name = slice_part(reader->text, start, reader->at - start);
        skip_between(reader);
        if (slice_is(name, "\"Statement\""))
            return true;
        skip_value(reader);
    }
    return false;
}

static struct policy_position position_of(struct slice text, size_t at)
{
    struct policy_position position = {1, 1};
    for (size_t i = 0; i < at && i < text.size; i++) {
        if (text.data[i] == '\n')
            position = (struct policy_position){position.line + 1, 1};
        else if (((unsigned char)text.data[i] & 0xc0) != 0x80)
            position.column++;
    }
    return position;
}

bool policy_locate_statement(struct slice document, size_t statement, struct policy_position *start,
                             struct policy_position *end)
{
    struct reader reader = {document, 0};
    if (!find_statements(&reader))
        return false;
    bool is_array = peek(&reader) == '[';
    if (is_array) {
        reader.at++;
        skip_between(&reader);
    }
    for (size_t i = 0; i < statement && peek(&reader) == '{'; i++) {
        skip_value(&reader);
        skip_between(&reader);
    }
    if (peek(&reader) != '{' || (!is_array && statement > 0))
        return false;
    *start = position_of(document, reader.at);
    // AWS counts a statement that is not in an array from behind its brace.
    if (!is_array)
        start->column++;
    skip_value(&reader);
    *end = position_of(document, reader.at);
    return true;
}
