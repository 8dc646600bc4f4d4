// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What each token of JMESPath does: the rules, with their quirks, of Python's parser. */
#include "base/text.h"
#include "client/jmespath/parser.h"

/** A token that binds less ends a projection. */
#define PROJECTION_STOP 10

static struct node *new_text_node(struct parser *parser, enum node_kind kind, struct slice text)
{
    struct node *node = parser_new(parser, kind);
    node->text = text;
    return node;
}

static struct node *identity(struct parser *parser)
{
    return parser_new(parser, NODE_IDENTITY);
}

// ------------------------------------------------------------------ the parts in brackets

/** Behind "[": a, b] */
static struct node *parse_list(struct parser *parser)
{
    struct node *list = parser_new(parser, NODE_LIST);
    for (;;) {
        struct node *element = parser_expression(parser, 0);
        if (element == NULL)
            return NULL;
        parser_add_child(list, element);
        if (parser_at(parser, TOKEN_CLOSE_BRACKET))
            break;
        if (!parser_match(parser, TOKEN_COMMA))
            return NULL;
    }
    parser->at++;
    return list;
}

static struct node *parse_member(struct parser *parser)
{
    const struct token *name = parser_current(parser);
    if (name->kind != TOKEN_IDENTIFIER && name->kind != TOKEN_QUOTED_IDENTIFIER)
        return parser_fail_expecting(parser, "['quoted_identifier', 'unquoted_identifier']");
    parser->at++;
    if (!parser_match(parser, TOKEN_COLON))
        return NULL;
    struct node *value = parser_expression(parser, 0);
    if (value == NULL)
        return NULL;
    struct node *member = new_text_node(parser, NODE_MEMBER, name->text);
    parser_add_child(member, value);
    return member;
}

/** Behind "{": a: b, c: d} where the commas may be missing, since Python's parser does not insist. */
static struct node *parse_hash(struct parser *parser)
{
    struct node *hash = parser_new(parser, NODE_HASH);
    for (;;) {
        struct node *member = parse_member(parser);
        if (member == NULL)
            return NULL;
        parser_add_child(hash, member);
        if (parser_at(parser, TOKEN_COMMA)) {
            parser->at++;
        } else if (parser_at(parser, TOKEN_CLOSE_BRACE)) {
            parser->at++;
            return hash;
        }
    }
}

/** What is beyond 64 bits is beyond every list as well. */
static int64_t number_of(const struct token *token)
{
    int64_t number;
    if (text_parse_integer(token->text, &number))
        return number;
    return token->text.data[0] == '-' ? INT64_MIN : INT64_MAX;
}

/** Behind "[": start:end:step] */
static struct node *parse_slice(struct parser *parser)
{
    struct node *slice = parser_new(parser, NODE_SLICE);
    size_t colons = 0;
    for (; !parser_at(parser, TOKEN_CLOSE_BRACKET); parser->at++) {
        const struct token *token = parser_current(parser);
        if (token->kind == TOKEN_NUMBER)
            slice->bounds[colons] = (struct node_bound){true, number_of(token)};
        else if (token->kind != TOKEN_COLON || ++colons == 3)
            return parser_fail(parser, token, "syntax error");
    }
    parser->at++;
    return slice;
}

static bool at_index(const struct parser *parser)
{
    return parser_at(parser, TOKEN_NUMBER) || parser_at(parser, TOKEN_COLON);
}

/** Behind "[", at a number or a colon. */
static struct node *parse_index(struct parser *parser)
{
    const struct token *token = parser_current(parser);
    if (token->kind == TOKEN_COLON || token[1].kind == TOKEN_COLON)
        return parse_slice(parser);
    struct node *index = parser_new(parser, NODE_INDEX);
    index->index = number_of(token);
    parser->at++;
    return parser_match(parser, TOKEN_CLOSE_BRACKET) ? index : NULL;
}

// ------------------------------------------------------------------ right sides

static struct node *parse_behind_dot(struct parser *parser, unsigned power)
{
    const struct token *token = parser_current(parser);
    switch (token->kind) {
    case TOKEN_QUOTED_IDENTIFIER:
    case TOKEN_IDENTIFIER:
    case TOKEN_STAR:
        return parser_expression(parser, power);
    case TOKEN_OPEN_BRACKET:
        parser->at++;
        return parse_list(parser);
    case TOKEN_OPEN_BRACE:
        parser->at++;
        return parse_hash(parser);
    default:
        break;
    }
    BUFFER_AUTO reason = {0};
    buffer_append_format(&reason,
                         "Expecting: ['quoted_identifier', 'unquoted_identifier', 'lbracket', 'lbrace'], got: %s",
                         parser_rule_of(token->kind)->name);
    return parser_fail(parser, token, buffer_text(&reason));
}

/** What is done to each element. */
static struct node *parse_projected(struct parser *parser, unsigned power)
{
    const struct token *token = parser_current(parser);
    if (parser_rule_of(token->kind)->power < PROJECTION_STOP)
        return identity(parser);
    if (token->kind == TOKEN_OPEN_BRACKET || token->kind == TOKEN_FILTER)
        return parser_expression(parser, power);
    if (token->kind != TOKEN_DOT)
        return parser_fail(parser, token, "syntax error");
    parser->at++;
    return parse_behind_dot(parser, power);
}

static struct node *project(struct parser *parser, enum node_kind kind, struct node *left, enum token_kind as)
{
    return parser_new_pair(parser, kind, left, parse_projected(parser, parser_rule_of(as)->power));
}

static struct node *project_if_slice(struct parser *parser, struct node *left, struct node *right)
{
    struct node *indexed = parser_new_pair(parser, NODE_INDEX_EXPRESSION, left, right);
    if (indexed == NULL || right == NULL || right->kind != NODE_SLICE)
        return indexed;
    return project(parser, NODE_PROJECTION, indexed, TOKEN_STAR);
}

// ------------------------------------------------------------------ tokens that begin an expression

static struct node *begin_current(struct parser *parser, const struct token *token)
{
    (void)token;
    return identity(parser);
}

static size_t depth_of(const json_t *value)
{
    size_t deepest = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        size_t depth = depth_of(json_array_get(value, i));
        deepest = depth > deepest ? depth : deepest;
    }
    // jansson's iterators take a non-const object but do not change it.
    json_t *iterated = (json_t *)(uintptr_t)value;
    for (void *at = json_object_iter(iterated); at != NULL; at = json_object_iter_next(iterated, at)) {
        size_t depth = depth_of(json_object_iter_value(at));
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + 1;
}

static struct node *begin_literal(struct parser *parser, const struct token *token)
{
    struct node *node = parser_new(parser, NODE_LITERAL);
    node->literal = token->literal;
    node->growth = depth_of(token->literal) - 1;
    return node;
}

static struct node *begin_identifier(struct parser *parser, const struct token *token)
{
    return new_text_node(parser, NODE_FIELD, token->text);
}

static struct node *begin_quoted_identifier(struct parser *parser, const struct token *token)
{
    if (parser_at(parser, TOKEN_OPEN_PARENTHESIS))
        return parser_fail_at(parser, 0, parser_current(parser), "Quoted identifier not allowed for function names.");
    return begin_identifier(parser, token);
}

static struct node *begin_star(struct parser *parser, const struct token *token)
{
    if (parser_at(parser, TOKEN_CLOSE_BRACKET))
        return parser_new_pair(parser, NODE_VALUE_PROJECTION, identity(parser), identity(parser));
    return project(parser, NODE_VALUE_PROJECTION, identity(parser), token->kind);
}

static struct node *proceed_filter(struct parser *parser, struct node *left, const struct token *token);

static struct node *begin_filter(struct parser *parser, const struct token *token)
{
    return proceed_filter(parser, identity(parser), token);
}

static struct node *begin_brace(struct parser *parser, const struct token *token)
{
    (void)token;
    return parse_hash(parser);
}

static struct node *begin_parenthesis(struct parser *parser, const struct token *token)
{
    (void)token;
    struct node *inner = parser_expression(parser, 0);
    return inner != NULL && parser_match(parser, TOKEN_CLOSE_PARENTHESIS) ? inner : NULL;
}

static struct node *proceed_flatten(struct parser *parser, struct node *left, const struct token *token)
{
    struct node *flatten = parser_new(parser, NODE_FLATTEN);
    parser_add_child(flatten, left);
    return project(parser, NODE_PROJECTION, flatten, token->kind);
}

static struct node *begin_flatten(struct parser *parser, const struct token *token)
{
    return proceed_flatten(parser, identity(parser), token);
}

static struct node *begin_prefix(struct parser *parser, enum node_kind kind, const struct token *token)
{
    struct node *operand = parser_expression(parser, parser_rule_of(token->kind)->power);
    if (operand == NULL)
        return NULL;
    struct node *node = parser_new(parser, kind);
    parser_add_child(node, operand);
    return node;
}

static struct node *begin_not(struct parser *parser, const struct token *token)
{
    return begin_prefix(parser, NODE_NOT, token);
}

static struct node *begin_reference(struct parser *parser, const struct token *token)
{
    return begin_prefix(parser, NODE_EXPRESSION, token);
}

static struct node *begin_bracket(struct parser *parser, const struct token *token)
{
    (void)token;
    if (at_index(parser))
        return project_if_slice(parser, identity(parser), parse_index(parser));
    if (!parser_at(parser, TOKEN_STAR) || parser_current(parser)[1].kind != TOKEN_CLOSE_BRACKET)
        return parse_list(parser);
    parser->at += 2;
    return project(parser, NODE_PROJECTION, identity(parser), TOKEN_STAR);
}

// ------------------------------------------------------------------ tokens that go on with one

static struct node *proceed_dot(struct parser *parser, struct node *left, const struct token *token)
{
    if (parser_at(parser, TOKEN_STAR)) {
        parser->at++;
        return project(parser, NODE_VALUE_PROJECTION, left, token->kind);
    }
    struct node *right = parse_behind_dot(parser, parser_rule_of(token->kind)->power);
    if (right == NULL || left->kind != NODE_SUBEXPRESSION)
        return parser_new_pair(parser, NODE_SUBEXPRESSION, left, right);
    parser_add_child(left, right);
    return left;
}

static struct node *proceed_operator(struct parser *parser, struct node *left, const struct token *token)
{
    static const enum node_kind kinds[TOKEN_KINDS] = {
        [TOKEN_PIPE] = NODE_PIPE,
        [TOKEN_OR] = NODE_OR,
        [TOKEN_AND] = NODE_AND,
        [TOKEN_EQUAL] = NODE_EQUAL,
        [TOKEN_UNEQUAL] = NODE_UNEQUAL,
        [TOKEN_LESS] = NODE_LESS,
        [TOKEN_LESS_OR_EQUAL] = NODE_LESS_OR_EQUAL,
        [TOKEN_GREATER] = NODE_GREATER,
        [TOKEN_GREATER_OR_EQUAL] = NODE_GREATER_OR_EQUAL,
    };
    return parser_new_pair(parser, kinds[token->kind], left,
                           parser_expression(parser, parser_rule_of(token->kind)->power));
}

/** The arguments; commas between them may be missing and one may be too many, as in Python's parser. */
static struct node *proceed_call(struct parser *parser, struct node *left, const struct token *token)
{
    if (left->kind != NODE_FIELD) {
        const struct token *before = token - 1;
        BUFFER_AUTO reason = {0};
        buffer_append_text(&reason, "Invalid function name '");
        parser_write_token(&reason, before);
        buffer_append_char(&reason, '\'');
        return parser_fail(parser, before, buffer_text(&reason));
    }
    struct node *call = new_text_node(parser, NODE_FUNCTION, left->text);
    while (!parser_at(parser, TOKEN_CLOSE_PARENTHESIS)) {
        struct node *argument = parser_expression(parser, 0);
        if (argument == NULL)
            return NULL;
        parser_add_child(call, argument);
        if (parser_at(parser, TOKEN_COMMA))
            parser->at++;
    }
    parser->at++;
    return call;
}

static struct node *proceed_filter(struct parser *parser, struct node *left, const struct token *token)
{
    struct node *condition = parser_expression(parser, 0);
    if (condition == NULL || !parser_match(parser, TOKEN_CLOSE_BRACKET))
        return NULL;
    struct node *filter = parser_at(parser, TOKEN_FLATTEN)
                              ? parser_new_pair(parser, NODE_FILTER_PROJECTION, left, identity(parser))
                              : project(parser, NODE_FILTER_PROJECTION, left, token->kind);
    if (filter != NULL)
        parser_add_child(filter, condition);
    return filter;
}

static struct node *proceed_bracket(struct parser *parser, struct node *left, const struct token *token)
{
    (void)token;
    if (!at_index(parser)) {
        if (!parser_match(parser, TOKEN_STAR) || !parser_match(parser, TOKEN_CLOSE_BRACKET))
            return NULL;
        return project(parser, NODE_PROJECTION, left, TOKEN_STAR);
    }
    struct node *right = parse_index(parser);
    // A slice behind an index is no projection, again as in Python's parser.
    if (right == NULL || left->kind != NODE_INDEX_EXPRESSION)
        return project_if_slice(parser, left, right);
    parser_add_child(left, right);
    return left;
}

// ------------------------------------------------------------------ the table

static const struct parser_rule rules[TOKEN_KINDS] = {
    [TOKEN_END] = {"eof", 0, NULL, NULL},
    [TOKEN_IDENTIFIER] = {"unquoted_identifier", 0, begin_identifier, NULL},
    [TOKEN_QUOTED_IDENTIFIER] = {"quoted_identifier", 0, begin_quoted_identifier, NULL},
    [TOKEN_LITERAL] = {"literal", 0, begin_literal, NULL},
    [TOKEN_NUMBER] = {"number", 0, NULL, NULL},
    [TOKEN_CLOSE_BRACKET] = {"rbracket", 0, NULL, NULL},
    [TOKEN_CLOSE_PARENTHESIS] = {"rparen", 0, NULL, NULL},
    [TOKEN_COMMA] = {"comma", 0, NULL, NULL},
    [TOKEN_CLOSE_BRACE] = {"rbrace", 0, NULL, NULL},
    [TOKEN_CURRENT] = {"current", 0, begin_current, NULL},
    [TOKEN_REFERENCE] = {"expref", 0, begin_reference, NULL},
    [TOKEN_COLON] = {"colon", 0, NULL, NULL},
    [TOKEN_PIPE] = {"pipe", 1, NULL, proceed_operator},
    [TOKEN_OR] = {"or", 2, NULL, proceed_operator},
    [TOKEN_AND] = {"and", 3, NULL, proceed_operator},
    [TOKEN_EQUAL] = {"eq", 5, NULL, proceed_operator},
    [TOKEN_GREATER] = {"gt", 5, NULL, proceed_operator},
    [TOKEN_LESS] = {"lt", 5, NULL, proceed_operator},
    [TOKEN_GREATER_OR_EQUAL] = {"gte", 5, NULL, proceed_operator},
    [TOKEN_LESS_OR_EQUAL] = {"lte", 5, NULL, proceed_operator},
    [TOKEN_UNEQUAL] = {"ne", 5, NULL, proceed_operator},
    [TOKEN_FLATTEN] = {"flatten", 9, begin_flatten, proceed_flatten},
    [TOKEN_STAR] = {"star", 20, begin_star, NULL},
    [TOKEN_FILTER] = {"filter", 21, begin_filter, proceed_filter},
    [TOKEN_DOT] = {"dot", 40, NULL, proceed_dot},
    [TOKEN_NOT] = {"not", 45, begin_not, NULL},
    [TOKEN_OPEN_BRACE] = {"lbrace", 50, begin_brace, NULL},
    [TOKEN_OPEN_BRACKET] = {"lbracket", 55, begin_bracket, proceed_bracket},
    [TOKEN_OPEN_PARENTHESIS] = {"lparen", 60, begin_parenthesis, proceed_call},
};

const struct parser_rule *parser_rule_of(enum token_kind kind)
{
    return &rules[kind];
}
