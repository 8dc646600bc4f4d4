// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The global options, as the person gave them: nothing resolved, nothing checked but their form. */
#ifndef JETON_CLIENT_CLI_OPTIONS_H
#define JETON_CLIENT_CLI_OPTIONS_H

#include <stdbool.h>

/** NULL means not given; the strings point into the arguments. */
struct options {
    bool debug;
    bool no_verify_ssl;
    bool no_sign_request;
    bool no_paginate;
    bool no_cli_pager;
    bool cli_auto_prompt;
    bool no_cli_auto_prompt;
    bool version;
    bool silent; /**< Not an option of the line: nobody may be asked for anything, such as an MFA code. */
    const char *endpoint_url;
    const char *output;
    const char *query;
    const char *profile;
    const char *region;
    const char *color;
    const char *ca_bundle;
    const char *cli_read_timeout;
    const char *cli_connect_timeout;
    const char *cli_binary_format;
    const char *cli_error_format;
};

#endif
