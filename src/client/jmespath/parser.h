// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A parser by binding power (Pratt): a token stands at the start of an expression, where it makes a node, or behind
 * one, which it takes for its left side as long as it binds stronger than what stood before that. parser.c has the
 * way, grammar.c what each token does.
 *
 * Whatever returns a node returns NULL with the error.
 */
#ifndef JETON_CLIENT_JMESPATH_PARSER_H
#define JETON_CLIENT_JMESPATH_PARSER_H

#include "base/error.h"
#include "client/jmespath/lexer.h"
#include "client/jmespath/node.h"

struct parser {
    struct slice text;
    struct jmespath *expression;
    struct tokens tokens;
    size_t at;
    size_t depth;
    struct error *error;
};

/** What a token does. */
struct parser_rule {
    const char *name; /**< In error texts. */
    unsigned power;   /**< How strongly it binds. */
    /** Makes the node of an expression that TOKEN, which is behind, begins; NULL where it cannot. */
    struct node *(*begin)(struct parser *parser, const struct token *token);
    /** Makes one of LEFT and what follows; NULL where it cannot. */
    struct node *(*proceed)(struct parser *parser, struct node *left, const struct token *token);
};

/** The rule of a token; grammar.c. */
const struct parser_rule *parser_rule_of(enum token_kind kind);

/** The next token. */
const struct token *parser_current(const struct parser *parser);

/** Whether it is such a one. */
bool parser_at(const struct parser *parser, enum token_kind kind);

/** Goes past such a token; false with the error when there is another. */
bool parser_match(struct parser *parser, enum token_kind kind);

/** Parses as far as tokens bind stronger than POWER. */
struct node *parser_expression(struct parser *parser, unsigned power);

/** Appends a token as Python prints its value. */
void parser_write_token(struct buffer *out, const struct token *token);

/** Fills in "REASON: Parse error at column ...", with the place of the token. @return NULL always. */
struct node *parser_fail(const struct parser *parser, const struct token *token, const char *reason);

/** The same with a column of one's own. @return NULL always. */
struct node *parser_fail_at(const struct parser *parser, size_t column, const struct token *token, const char *reason);

/** Fills in "Expecting: EXPECTED, got: ..." of the next token, or that the expression ends too early. @return NULL. */
struct node *parser_fail_expecting(const struct parser *parser, const char *expected);

/** A new node. */
struct node *parser_new(struct parser *parser, enum node_kind kind);

/** A new node with two children; NULL when one of them is, which has filled in the error. */
struct node *parser_new_pair(struct parser *parser, enum node_kind kind, struct node *first, struct node *second);

/** Gives PARENT one more child. */
void parser_add_child(struct node *parent, struct node *child);

#endif
