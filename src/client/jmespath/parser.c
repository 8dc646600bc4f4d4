// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/jmespath/parser.h"
#include "base/json.h"
#include "base/memory.h"
#include "client/jmespath/jmespath.h"
#include "client/python.h"

#include <stdlib.h>

const struct token *parser_current(const struct parser *parser)
{
    return &parser->tokens.items[parser->at];
}

bool parser_at(const struct parser *parser, enum token_kind kind)
{
    return parser_current(parser)->kind == kind;
}

// ------------------------------------------------------------------ errors

void parser_write_token(struct buffer *out, const struct token *token)
{
    if (token->kind == TOKEN_LITERAL)
        python_write_text(out, token->literal);
    else
        buffer_append_slice(out, token->text);
}

/** COLUMN is that of the token but for one error. @return NULL always, as all that follow. */
struct node *parser_fail_at(const struct parser *parser, size_t column, const struct token *token, const char *reason)
{
    BUFFER_AUTO value = {0};
    BUFFER_AUTO name = {0};
    parser_write_token(&value, token);
    for (const char *c = parser_rule_of(token->kind)->name; *c != '\0'; c++)
        buffer_append_char(&name, *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c);
    (void)error_set(parser->error, ERROR_PARAMETER, NULL,
                    "%s: Parse error at column %zu, token \"%s\" (%s), for expression:\n\"%.*s\"\n%*s^", reason, column,
                    buffer_text(&value), buffer_text(&name), SLICE_ARGS(parser->text), (int)column + 1, "");
    return NULL;
}

struct node *parser_fail(const struct parser *parser, const struct token *token, const char *reason)
{
    return parser_fail_at(parser, lexer_column(parser->text, token->start), token, reason);
}

static struct node *fail_incomplete(const struct parser *parser)
{
    (void)error_set(parser->error, ERROR_PARAMETER, NULL,
                    "Invalid jmespath expression: Incomplete expression:\n\"%.*s\"\n%*s^", SLICE_ARGS(parser->text),
                    (int)lexer_column(parser->text, parser->text.size) + 1, "");
    return NULL;
}

static struct node *fail_nested(const struct parser *parser)
{
    (void)error_set(parser->error, ERROR_PARAMETER, NULL,
                    "Invalid jmespath expression: it is nested too deeply; at most %d levels are allowed",
                    JMESPATH_NESTING_MAX);
    return NULL;
}

struct node *parser_fail_expecting(const struct parser *parser, const char *expected)
{
    if (parser_at(parser, TOKEN_END))
        return fail_incomplete(parser);
    BUFFER_AUTO reason = {0};
    buffer_append_format(&reason, "Expecting: %s, got: %s", expected,
                         parser_rule_of(parser_current(parser)->kind)->name);
    return parser_fail(parser, parser_current(parser), buffer_text(&reason));
}

bool parser_match(struct parser *parser, enum token_kind kind)
{
    if (!parser_at(parser, kind))
        return parser_fail_expecting(parser, parser_rule_of(kind)->name) != NULL;
    parser->at++;
    return true;
}

// ------------------------------------------------------------------ nodes

struct node *parser_new(struct parser *parser, enum node_kind kind)
{
    struct node *node = arena_allocate(parser->expression->arena, 1, sizeof *node);
    node->kind = kind;
    node->levels = 1;
    // These put what they are made of one level down (a function may: to_array()).
    node->growth = kind == NODE_LIST || kind == NODE_HASH || kind == NODE_FUNCTION;
    return node;
}

/** Whether a node gives one of its children's results, or puts them beside each other. */
static bool takes_the_deepest(enum node_kind kind)
{
    return kind == NODE_LIST || kind == NODE_HASH || kind == NODE_OR || kind == NODE_AND;
}

void parser_add_child(struct node *parent, struct node *child)
{
    size_t own = parent->kind == NODE_LIST || parent->kind == NODE_HASH;
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    if (child->levels + 1 > parent->levels)
        parent->levels = child->levels + 1;
    if (!takes_the_deepest(parent->kind))
        parent->growth += child->growth;
    else if (child->growth + own > parent->growth)
        parent->growth = child->growth + own;
}

/** A node with one, two or three children, NULL when one that is given is. */
struct node *parser_new_pair(struct parser *parser, enum node_kind kind, struct node *first, struct node *second)
{
    if (first == NULL || second == NULL)
        return NULL;
    struct node *node = parser_new(parser, kind);
    parser_add_child(node, first);
    parser_add_child(node, second);
    return node;
}

// ------------------------------------------------------------------ the way
/** The node itself when its depth and that of its results are bounded. */
static struct node *check_nesting(const struct parser *parser, struct node *node)
{
    if (node == NULL || (node->levels <= JMESPATH_NESTING_MAX && node->growth <= JMESPATH_GROWTH_MAX))
        return node;
    if (node->levels > JMESPATH_NESTING_MAX)
        return fail_nested(parser);
    (void)error_set(parser->error, ERROR_PARAMETER, NULL,
                    "Invalid jmespath expression: its results are nested too deeply; at most %d levels may be added",
                    JMESPATH_GROWTH_MAX);
    return NULL;
}

static struct node *begin_expression(struct parser *parser)
{
    const struct token *token = parser_current(parser);
    if (token->kind == TOKEN_END)
        return fail_incomplete(parser);
    parser->at++;
    return parser_rule_of(token->kind)->begin != NULL ? parser_rule_of(token->kind)->begin(parser, token)
                                                      : parser_fail(parser, token, "invalid token");
}

struct node *parser_expression(struct parser *parser, unsigned power)
{
    if (parser->depth == JMESPATH_NESTING_MAX)
        return fail_nested(parser);
    parser->depth++;
    struct node *left = check_nesting(parser, begin_expression(parser));
    while (left != NULL && parser_rule_of(parser_current(parser)->kind)->power > power) {
        const struct token *token = parser_current(parser);
        if (parser_rule_of(token->kind)->proceed == NULL)
            return parser_fail(parser, token, "invalid token");
        parser->at++;
        left = check_nesting(parser, parser_rule_of(token->kind)->proceed(parser, left, token));
    }
    parser->depth--;
    return left;
}

static struct node *parse_all(struct parser *parser)
{
    if (!lexer_read(parser->text, parser->expression, &parser->tokens, parser->error))
        return NULL;
    struct node *root = parser_expression(parser, 0);
    if (root == NULL || parser_at(parser, TOKEN_END))
        return root;
    BUFFER_AUTO reason = {0};
    buffer_append_text(&reason, "Unexpected token: ");
    parser_write_token(&reason, parser_current(parser));
    return parser_fail(parser, parser_current(parser), buffer_text(&reason));
}

struct jmespath *jmespath_compile(struct slice text, struct error *error)
{
    if (text.size == 0) {
        (void)error_set(error, ERROR_PARAMETER, NULL, "Invalid JMESPath expression: cannot be empty.");
        return NULL;
    }
    struct jmespath *expression = memory_new(1, sizeof *expression);
    expression->arena = arena_new();
    expression->literals = json_array();
    struct parser parser = {.text = text, .expression = expression, .error = error};
    expression->root = parse_all(&parser);
    free(parser.tokens.items);
    if (expression->root != NULL)
        return expression;
    jmespath_free(expression);
    return NULL;
}

void jmespath_free(struct jmespath *expression)
{
    if (expression == NULL)
        return;
    arena_free(expression->arena);
    json_decref(expression->literals);
    free(expression);
}
