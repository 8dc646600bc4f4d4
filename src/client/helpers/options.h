// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Our own options among the words that a package manager calls a helper with: they may stand anywhere, as
 * `--profile NAME` or `--profile=NAME`. All else is the protocol's.
 */
#ifndef JETON_CLIENT_HELPERS_OPTIONS_H
#define JETON_CLIENT_HELPERS_OPTIONS_H

#include "client/cli/option_list.h"
#include "client/helpers/helper.h"

/** The options, for help and completion. */
#define HELPER_OPTION_COUNT 4
extern const struct option_row helper_option_rows[HELPER_OPTION_COUNT];

/** How many of WORDS stand before the first that is neither an option of ours nor its value. */
size_t helper_options_skip(struct words words);

/**
 * Takes our options out of WORDS.
 * @param call  its options, bearer and words are set; what was in its options stays where nothing new is said.
 * @param error ERROR_USAGE: an option lacks its value.
 */
bool helper_options_take(struct helper_call *call, struct words words, struct error *error);

#endif
