// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Runs any operation of the table: options, settings, input, check, call, query, output. */
#ifndef JETON_CLIENT_COMMAND_OPERATION_H
#define JETON_CLIENT_COMMAND_OPERATION_H

#include "api/api.h"
#include "base/bytes.h"
#include "base/error.h"
#include "client/cli/operation_options.h"
#include "client/cli/options.h"
#include "client/cli/query.h"
#include "client/settings.h"

/** A call as the command line asked for it. */
struct operation_call {
    const struct options *options;
    const struct query *query; /**< NULL: the whole result. */
    const struct operation_options *operation;
    environment_function *environment;
    struct arena *arena;
    bool cached;              /**< The token cache may answer. */
    const char *error_format; /**< Out: how the settings want errors shown, once they are known. */
    const char *pager;        /**< Out: the command line through which the output goes; NULL: none. In the arena. */
    const char *trailer;      /**< Out: what goes to standard output after all. */
};

/**
 * Runs it.
 * @param out   what goes to standard output; nothing is there on failure.
 * @param error in the AWS CLI's words.
 */
bool operation_run(struct operation_call *call, struct buffer *out, struct error *error);

#endif
