// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A JMESPath expression as a tree: what the parser makes and the evaluator walks. */
#ifndef JETON_CLIENT_JMESPATH_NODE_H
#define JETON_CLIENT_JMESPATH_NODE_H

#include "base/memory.h"

#include <jansson.h>
#include <stdint.h>

enum node_kind {
    NODE_IDENTITY,         /**< The value itself: `@`, or nothing. */
    NODE_FIELD,            /**< The member `text`. */
    NODE_INDEX,            /**< The element `index`. */
    NODE_SLICE,            /**< The elements of `bounds`. */
    NODE_LITERAL,          /**< `literal`. */
    NODE_SUBEXPRESSION,    /**< Each child on the result of the one before: a.b.c */
    NODE_INDEX_EXPRESSION, /**< The same: a[0][1] */
    NODE_PIPE,             /**< The same: a | b */
    NODE_OR,
    NODE_AND,
    NODE_NOT,
    NODE_EQUAL,
    NODE_UNEQUAL,
    NODE_LESS,
    NODE_LESS_OR_EQUAL,
    NODE_GREATER,
    NODE_GREATER_OR_EQUAL,
    NODE_PROJECTION,        /**< The second child on each element of the first's list. */
    NODE_VALUE_PROJECTION,  /**< The second child on each member's value of the first's object. */
    NODE_FILTER_PROJECTION, /**< As NODE_PROJECTION, for the elements of which the third child is true. */
    NODE_FLATTEN,
    NODE_LIST,       /**< [a, b] */
    NODE_HASH,       /**< {a: b}; the children are NODE_MEMBER. */
    NODE_MEMBER,     /**< `text`: the child. */
    NODE_FUNCTION,   /**< `text` called with the children. */
    NODE_EXPRESSION, /**< &a, for a function to apply. */
    NODE_KINDS
};

/** One of a slice's three numbers; `given` is false where it was left out. */
struct node_bound {
    bool given;
    int64_t number;
};

struct node {
    enum node_kind kind;
    size_t levels; /**< How deep the tree below is; bounded by JMESPATH_NESTING_MAX. */
    size_t growth; /**< How much deeper than what is given a result may be; bounded by JMESPATH_GROWTH_MAX. */
    struct slice text;
    int64_t index;
    struct node_bound bounds[3]; /**< Start, end, step. */
    json_t *literal;             /**< Owned by the expression. */
    struct node *first;          /**< The children, in the order in which they stand. */
    struct node *last;
    struct node *next; /**< The next child of the same parent. */
};

/** A compiled expression. */
struct jmespath {
    struct arena *arena; /**< Owns the nodes and their texts. */
    json_t *literals;    /**< A list that owns the literals. */
    const struct node *root;
};

#endif
