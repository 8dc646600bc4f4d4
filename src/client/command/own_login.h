// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The parts of the command login: its line, the calls of the service that it makes, in the AWS CLI's order (the token,
 * then each endpoint), and its last sentences.
 */
#ifndef JETON_CLIENT_COMMAND_OWN_LOGIN_H
#define JETON_CLIENT_COMMAND_OWN_LOGIN_H

#include "client/cache/live_token.h"
#include "client/command/own_call.h"
#include "client/packagers/packager.h"

/** All zero is empty; login_calls_free() ends it. */
struct login_calls {
    const char *domain;
    const char *domain_owner;  /**< NULL: the caller's own account. */
    const char *duration;      /**< Seconds; NULL: as long as the service gives. */
    const char *endpoint_type; /**< NULL: not said. */
    bool is_aws;               /**< Ask the service whatever the cache and the environment have. */

    struct settings settings;
    bool has_settings;
    struct live_token_caller caller;
    struct live_token token;
};

/** What the line says beside what goes into the calls. The strings live as long as the line's arena. */
struct login_line {
    const struct packager **tools; /**< NULL-terminated. */
    const struct argument *repositories;
    const struct argument *namespaces;
    bool dry_run;
    bool extra_index;
    bool helper;
};

/**
 * Reads the line.
 * @param calls out: domain, owner, duration and endpoint type.
 * @param error in the AWS CLI's words for its options.
 */
bool login_line_read(struct own_call *call, struct login_calls *calls, struct login_line *out, struct error *error);

/** Appends the last sentences of one login, in the AWS CLI's words. @param token all zero for a helper. */
bool login_words_write(struct buffer *out, const struct login *login, const struct live_token *token,
                       struct error *error);

/** Reads the settings. */
bool login_calls_begin(struct login_calls *calls, struct own_call *call, struct error *error);

/**
 * Gets the token: that of LIVE_TOKEN_VARIABLE, unless a duration was asked for, else a live one.
 * @param error also when the token that was brought along says that it has ended.
 */
bool login_calls_token(struct login_calls *calls, struct error *error);

/** Gets the endpoint of a repository for a format; in the arena. NULL on failure. */
const char *login_calls_endpoint(struct login_calls *calls, const char *repository, const char *format,
                                 struct arena *arena, struct error *error);

/** Wipes and frees what they own. */
void login_calls_free(struct login_calls *calls);
#define LOGIN_CALLS_AUTO __attribute__((cleanup(login_calls_free))) struct login_calls

#endif
