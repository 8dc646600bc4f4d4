// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/no_answer.h"
#include "base/bytes.h"
#include "base/text.h"

/** What is looked at of a line, and what is shown of it. */
#define LOOKED_AT 4096
#define SHOWN 120
/** A word of that many characters with digits, or with both cases, may be a key or a token. */
#define LONG_WORD 16
/** The longest name of a member that is shown, with its quotes. */
#define LONG_NAME 32

static const struct slice mask = {"***", 3};

static bool is_word_character(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || (c != '\0' && strchr("+/_=-", c) != NULL);
}

static bool may_be_secret(struct slice word)
{
    bool digit = false;
    bool upper = false;
    bool lower = false;
    for (size_t i = 0; i < word.size; i++) {
        digit = digit || text_is_digit(word.data[i]);
        upper = upper || (word.data[i] >= 'A' && word.data[i] <= 'Z');
        lower = lower || (word.data[i] >= 'a' && word.data[i] <= 'z');
    }
    return word.size >= LONG_WORD && (digit || (upper && lower));
}

/** Appends the word or the character at the start of TEXT. @return its size. */
static size_t write_word(struct buffer *out, struct slice text)
{
    size_t size = 0;
    while (size < text.size && is_word_character(text.data[size]))
        size++;
    struct slice word = slice_part(text, 0, size == 0 ? 1 : size);
    buffer_append_slice(out, may_be_secret(word) ? mask : word);
    return word.size;
}

/** The size of the JSON string at the start of TEXT, with its quotes; all of TEXT when it does not end. */
static size_t string_size(struct slice text)
{
    size_t at = 1;
    while (at < text.size && text.data[at] != '"')
        at += text.data[at] == '\\' ? 2 : 1;
    return at < text.size ? at + 1 : text.size;
}

/** Whether a JSON string, in its quotes, may be shown as a member's name: letters, and few. */
static bool is_name(struct slice text)
{
    for (size_t i = 1; i + 1 < text.size; i++)
        if (!text_is_alpha(text.data[i]) && text.data[i] != '_')
            return false;
    return text.size <= LONG_NAME;
}

/** Appends the string at the start of TEXT: a member's name as it is, a value masked. @return its size. */
static size_t write_string(struct buffer *out, struct slice text)
{
    size_t size = string_size(text);
    size_t behind = size;
    while (behind < text.size && text.data[behind] == ' ')
        behind++;
    bool named = behind < text.size && text.data[behind] == ':' && is_name(slice_part(text, 0, size));
    if (named)
        buffer_append_slice(out, slice_part(text, 0, size));
    else
        buffer_append_format(out, "\"%.*s\"", SLICE_ARGS(mask));
    return size;
}

/** Appends the `<`, and the name of an element behind it as it is where it may be shown. @return the size of both. */
static size_t write_tag(struct buffer *out, struct slice text)
{
    size_t size = text.size > 1 && text.data[1] == '/' ? 2 : 1;
    size_t end = size;
    while (end < text.size && text_is_alpha(text.data[end]))
        end++;
    if (end - size <= LONG_NAME && (end == text.size || !is_word_character(text.data[end])))
        size = end;
    buffer_append_slice(out, slice_part(text, 0, size));
    return size;
}

static size_t write_next(struct buffer *out, struct slice text, bool json)
{
    if (text.data[0] == '<')
        return write_tag(out, text);
    return json && text.data[0] == '"' ? write_string(out, text) : write_word(out, text);
}

/** What a terminal could take for a command, and what may be no character at all, by its number. */
static void write_visible(struct buffer *out, struct slice text)
{
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        buffer_append_format(out, c >= 0x20 && c < 0x7f ? "%c" : "\\x%02x", c);
    }
}

/** Whether the line is meant for JSON, perhaps behind a byte order mark or the like, rather than for a page. */
static bool is_json(struct slice line)
{
    size_t at = 0;
    while (at < line.size && (line.data[at] == '\0' || strchr("{[<", line.data[at]) == NULL))
        at++;
    return at < line.size && line.data[at] != '<';
}

/** The first line that is not blank, masked. */
static void write_start(struct buffer *out, struct slice body)
{
    BUFFER_AUTO masked = {0};
    struct slice line;
    body = slice_trim(body);
    (void)slice_cut(&body, '\n', &line);
    line = slice_part(slice_trim(line), 0, LOOKED_AT);
    bool json = is_json(line);
    for (size_t at = 0; at < line.size;)
        at += write_next(&masked, slice_part(line, at, line.size), json);
    write_visible(out, slice_part(buffer_slice(&masked), 0, SHOWN));
    buffer_append_text(out, masked.size > SHOWN ? "..." : "");
}

bool no_answer_report(const struct api_operation *operation, const struct http_answer *answer, const char *reason,
                      struct error *error)
{
    BUFFER_AUTO start = {0};
    if (slice_trim(buffer_slice(&answer->body)).size > 0) {
        buffer_append_text(&start, " It begins: ");
        write_start(&start, buffer_slice(&answer->body));
    }
    return error_set(error, ERROR_TRANSPORT, NULL,
                     "The answer to %s cannot be the service's: its status is %ld, and %s. See that the endpoint is "
                     "the right one, and that no proxy answers in its place.%s",
                     operation->name, answer->status, reason, buffer_text(&start));
}
