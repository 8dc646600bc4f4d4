// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The actions that policies can name here, and for which kinds of resources each is asked. Source: as reach.h. */
#ifndef JETON_SERVICE_POLICY_REACH_ACTIONS_H
#define JETON_SERVICE_POLICY_REACH_ACTIONS_H

#include <stddef.h>

/** Kinds of resources, as bits. */
#define REACH_NOTHING 1U /**< "*" */
#define REACH_DOMAIN 2U
#define REACH_REPOSITORY 4U
#define REACH_PACKAGE 8U
#define REACH_PACKAGE_GROUP 16U
#define REACH_ENTITY 32U /**< Whatever IAM names. */
#define REACH_ROLE 64U
#define REACH_PRINCIPAL 128U /**< Who makes a session, and the session. */
#define REACH_TOKEN 256U     /**< An authorization token, by its id. */

struct reach_action {
    const char *name;
    unsigned kinds;
};

extern const struct reach_action reach_actions[];
extern const size_t reach_action_count;

#endif
