// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/jmespath/lexer.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

struct lexer {
    struct slice text;
    size_t at;
    struct jmespath *expression;
    struct tokens *tokens;
    struct error *error;
};

/** What is spelled always the same; the longer spellings first. */
static const struct symbol {
    struct slice spelling;
    enum token_kind kind;
} symbols[] = {
    {SLICE("[]"), TOKEN_FLATTEN},
    {SLICE("[?"), TOKEN_FILTER},
    {SLICE("||"), TOKEN_OR},
    {SLICE("&&"), TOKEN_AND},
    {SLICE("=="), TOKEN_EQUAL},
    {SLICE("!="), TOKEN_UNEQUAL},
    {SLICE("<="), TOKEN_LESS_OR_EQUAL},
    {SLICE(">="), TOKEN_GREATER_OR_EQUAL},
    {SLICE("."), TOKEN_DOT},
    {SLICE("*"), TOKEN_STAR},
    {SLICE("["), TOKEN_OPEN_BRACKET},
    {SLICE("]"), TOKEN_CLOSE_BRACKET},
    {SLICE(","), TOKEN_COMMA},
    {SLICE(":"), TOKEN_COLON},
    {SLICE("@"), TOKEN_CURRENT},
    {SLICE("("), TOKEN_OPEN_PARENTHESIS},
    {SLICE(")"), TOKEN_CLOSE_PARENTHESIS},
    {SLICE("{"), TOKEN_OPEN_BRACE},
    {SLICE("}"), TOKEN_CLOSE_BRACE},
    {SLICE("|"), TOKEN_PIPE},
    {SLICE("&"), TOKEN_REFERENCE},
    {SLICE("<"), TOKEN_LESS},
    {SLICE(">"), TOKEN_GREATER},
    {SLICE("!"), TOKEN_NOT},
};

size_t lexer_column(struct slice text, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size && i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    return count;
}

/** @return false always. */
static bool fail(const struct lexer *lexer, size_t start, const char *message)
{
    return error_set(lexer->error, ERROR_PARAMETER, NULL, "Bad jmespath expression: %s:\n%.*s\n%*s^", message,
                     SLICE_ARGS(lexer->text), (int)lexer_column(lexer->text, start), "");
}

static void add(struct lexer *lexer, struct token token)
{
    struct tokens *tokens = lexer->tokens;
    if (tokens->count == tokens->capacity) {
        tokens->capacity = tokens->capacity * 2 + 16;
        tokens->items = memory_resize(tokens->items, tokens->capacity, sizeof *tokens->items);
    }
    tokens->items[tokens->count++] = token;
}

static struct slice keep(struct lexer *lexer, struct slice text)
{
    return (struct slice){arena_copy(lexer->expression->arena, text.data, text.size), text.size};
}

/** Hands a literal over to the expression. */
static void add_literal(struct lexer *lexer, size_t start, json_t *value)
{
    (void)json_array_append_new(lexer->expression->literals, value);
    add(lexer, (struct token){.kind = TOKEN_LITERAL, .start = start, .literal = value});
}

/** The byte at the place, or NUL at the end. */
static char peek(const struct lexer *lexer, size_t ahead)
{
    return lexer->at + ahead < lexer->text.size ? lexer->text.data[lexer->at + ahead] : '\0';
}

static bool read_identifier(struct lexer *lexer)
{
    size_t start = lexer->at;
    while (text_is_alpha(peek(lexer, 0)) || text_is_digit(peek(lexer, 0)) || peek(lexer, 0) == '_')
        lexer->at++;
    struct slice name = slice_part(lexer->text, start, lexer->at - start);
    add(lexer, (struct token){.kind = TOKEN_IDENTIFIER, .start = start, .text = keep(lexer, name)});
    return true;
}

static bool read_number(struct lexer *lexer)
{
    size_t start = lexer->at;
    bool negative = peek(lexer, 0) == '-';
    if (negative && !text_is_digit(peek(lexer, 1)))
        return fail(lexer, start, "Unknown token '-'");
    lexer->at += negative;
    while (peek(lexer, 0) == '0' && text_is_digit(peek(lexer, 1)))
        lexer->at++;
    size_t digits = lexer->at;
    while (text_is_digit(peek(lexer, 0)))
        lexer->at++;
    BUFFER_AUTO number = {0};
    if (negative && lexer->text.data[digits] != '0')
        buffer_append_char(&number, '-');
    buffer_append_slice(&number, slice_part(lexer->text, digits, lexer->at - digits));
    add(lexer, (struct token){.kind = TOKEN_NUMBER, .start = start, .text = keep(lexer, buffer_slice(&number))});
    return true;
}

/** Reads up to the delimiter that stands at the place, without both; a backslash keeps the next character in. */
static bool read_delimited(struct lexer *lexer, struct slice *out)
{
    size_t start = lexer->at;
    char delimiter = peek(lexer, 0);
    size_t at = start + 1;
    while (at < lexer->text.size && lexer->text.data[at] != delimiter)
        at += lexer->text.data[at] == '\\' ? 2 : 1;
    if (at >= lexer->text.size) {
        BUFFER_AUTO message = {0};
        buffer_append_format(&message, "Unclosed %c delimiter", delimiter);
        return fail(lexer, start, buffer_text(&message));
    }
    *out = slice_part(lexer->text, start + 1, at - start - 1);
    lexer->at = at + 1;
    return true;
}

/** Appends TEXT without the backslashes that stand before DELIMITER. */
static void unescape(struct slice text, char delimiter, struct buffer *out)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '\\' || i + 1 == text.size || text.data[i + 1] != delimiter)
            buffer_append_char(out, text.data[i]);
}

static bool read_raw_text(struct lexer *lexer)
{
    size_t start = lexer->at;
    struct slice inner = {0};
    BUFFER_AUTO text = {0};
    if (!read_delimited(lexer, &inner))
        return false;
    unescape(inner, '\'', &text);
    add_literal(lexer, start, json_stringn(buffer_text(&text), text.size));
    return true;
}

static bool read_literal(struct lexer *lexer)
{
    size_t start = lexer->at;
    struct slice inner = {0};
    BUFFER_AUTO text = {0};
    ERROR_AUTO why = {0};
    if (!read_delimited(lexer, &inner))
        return false;
    unescape(inner, '`', &text);
    json_t *value = literal_read(buffer_slice(&text), &why);
    if (value == NULL)
        return fail(lexer, start, why.message);
    add_literal(lexer, start, value);
    return true;
}

static bool read_quoted_identifier(struct lexer *lexer)
{
    size_t start = lexer->at;
    struct slice inner = {0};
    ERROR_AUTO why = {0};
    if (!read_delimited(lexer, &inner))
        return false;
    JSON_AUTO *name = literal_read_quoted(slice_part(lexer->text, start, lexer->at - start), &why);
    if (name == NULL)
        return fail(lexer, start, why.message);
    struct slice text = {json_string_value(name), json_string_length(name)};
    add(lexer, (struct token){.kind = TOKEN_QUOTED_IDENTIFIER, .start = start, .text = keep(lexer, text)});
    return true;
}

static bool read_symbol(struct lexer *lexer)
{
    struct slice rest = slice_part(lexer->text, lexer->at, lexer->text.size);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        if (!slice_starts_with(rest, symbols[i].spelling))
            continue;
        add(lexer, (struct token){.kind = symbols[i].kind, .start = lexer->at, .text = symbols[i].spelling});
        lexer->at += symbols[i].spelling.size;
        return true;
    }
    if (rest.data[0] == '=')
        return fail(lexer, lexer->at, "Unknown token '='");
    size_t size = 1;
    while (size < rest.size && ((unsigned char)rest.data[size] & 0xc0) == 0x80)
        size++;
    BUFFER_AUTO message = {0};
    buffer_append_format(&message, "Unknown token %.*s", (int)size, rest.data);
    return fail(lexer, lexer->at, buffer_text(&message));
}

static bool read_token(struct lexer *lexer)
{
    char c = peek(lexer, 0);
    if (text_is_alpha(c) || c == '_')
        return read_identifier(lexer);
    if (text_is_digit(c) || c == '-')
        return read_number(lexer);
    if (c == '\'')
        return read_raw_text(lexer);
    if (c == '`')
        return read_literal(lexer);
    if (c == '"')
        return read_quoted_identifier(lexer);
    return read_symbol(lexer);
}

bool lexer_read(struct slice text, struct jmespath *expression, struct tokens *out, struct error *error)
{
    struct lexer lexer = {.text = text, .expression = expression, .tokens = out, .error = error};
    size_t valid = text_utf8_valid(text);
    if (valid < text.size)
        return fail(&lexer, valid, "not UTF-8");
    while (lexer.at < text.size) {
        char c = text.data[lexer.at];
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            lexer.at++;
        else if (!read_token(&lexer))
            return false;
    }
    add(&lexer, (struct token){.kind = TOKEN_END, .start = text.size, .text = SLICE("")});
    return true;
}
