// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What of a policy can never match anything, for `jetond check`: actions that are none, and actions and resources that
 * do not belong together, such as sts:GetServiceBearerToken, which is asked for "*", beside the ARN of a domain. What
 * it reports is so; it may miss some, because it takes a variable for any text. Source: "Actions, resources, and
 * condition keys" for CodeArtifact, STS and IAM (Service Authorization Reference), and what this service asks for each.
 */
#ifndef JETON_SERVICE_POLICY_REACH_H
#define JETON_SERVICE_POLICY_REACH_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>

/** Whose resources there are. */
struct reach_place {
    const char *account;
    const char *region;
};

enum reach_problem {
    REACH_UNKNOWN_ACTION,  /**< No service here has such an action. */
    REACH_ACTION_RESOURCE, /**< None of the statement's resources is ever one of that action. */
    REACH_RESOURCE,        /**< The resource is never one of the statement's actions, or never one of this service. */
};

/** Called once a problem, with the action or the resource as it is written; STATEMENT counts from 0. */
typedef void reach_report(void *context, size_t statement, enum reach_problem problem, struct slice text);

/** Looks through a document that policy_parse() takes; nothing is reported of any other. */
void reach_check(struct slice document, const struct reach_place *place, reach_report *report, void *context);

/** Whether there is a text that both patterns match, in which `*` is any text and `?` any character. */
bool reach_globs_meet(struct slice one, struct slice other);

#endif
