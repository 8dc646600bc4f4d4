// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The tokens of a JMESPath expression. */
#ifndef JETON_CLIENT_JMESPATH_LEXER_H
#define JETON_CLIENT_JMESPATH_LEXER_H

#include "base/bytes.h"
#include "base/error.h"
#include "client/jmespath/node.h"

enum token_kind {
    TOKEN_END,
    TOKEN_IDENTIFIER,
    TOKEN_QUOTED_IDENTIFIER,
    TOKEN_LITERAL,
    TOKEN_NUMBER,
    TOKEN_CLOSE_BRACKET,
    TOKEN_CLOSE_PARENTHESIS,
    TOKEN_COMMA,
    TOKEN_CLOSE_BRACE,
    TOKEN_CURRENT,
    TOKEN_REFERENCE,
    TOKEN_COLON,
    TOKEN_PIPE,
    TOKEN_OR,
    TOKEN_AND,
    TOKEN_EQUAL,
    TOKEN_GREATER,
    TOKEN_LESS,
    TOKEN_GREATER_OR_EQUAL,
    TOKEN_LESS_OR_EQUAL,
    TOKEN_UNEQUAL,
    TOKEN_FLATTEN,
    TOKEN_STAR,
    TOKEN_FILTER,
    TOKEN_DOT,
    TOKEN_NOT,
    TOKEN_OPEN_BRACE,
    TOKEN_OPEN_BRACKET,
    TOKEN_OPEN_PARENTHESIS,
    TOKEN_KINDS
};

struct token {
    enum token_kind kind;
    size_t start;      /**< In bytes from the start of the expression. */
    struct slice text; /**< As it is meant: a name without quotes, a number without needless zeros. */
    json_t *literal;   /**< Of TOKEN_LITERAL; owned by the expression. */
};

/** All tokens, the last one TOKEN_END. */
struct tokens {
    struct token *items;
    size_t count;
    size_t capacity;
};

/**
 * Cuts TEXT, which must live as long as OUT, into tokens; texts and literals that are not in it go to EXPRESSION.
 * @param error as jmespath_compile().
 */
bool lexer_read(struct slice text, struct jmespath *expression, struct tokens *out, struct error *error);

/** The number of characters in the first SIZE bytes of TEXT: error texts count those. */
size_t lexer_column(struct slice text, size_t size);

/**
 * A literal between backticks: JSON, or text without its quotes, as the language once had it.
 * @param error what is wrong with it, in one line.
 * @return a new reference, or NULL.
 */
json_t *literal_read(struct slice text, struct error *error);

/** What stands between double quotes, with them: a JSON string. As literal_read(). */
json_t *literal_read_quoted(struct slice text, struct error *error);

#endif
