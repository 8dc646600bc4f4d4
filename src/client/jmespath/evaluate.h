// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The evaluation of a part of an expression, for functions that apply one. */
#ifndef JETON_CLIENT_JMESPATH_EVALUATE_H
#define JETON_CLIENT_JMESPATH_EVALUATE_H

#include "base/error.h"
#include "client/jmespath/node.h"

/** As jmespath_search(). */
json_t *evaluate_node(const struct node *node, json_t *value, struct error *error);

#endif
