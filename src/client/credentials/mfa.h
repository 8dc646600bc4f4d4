// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The code of an MFA device, from the person. Behaviour document, section 9.2; Python's getpass. */
#ifndef JETON_CLIENT_CREDENTIALS_MFA_H
#define JETON_CLIENT_CREDENTIALS_MFA_H

#include "base/error.h"
#include "base/memory.h"

#include <stdbool.h>

/**
 * Prompts on the terminal, which does not show what is typed and is as before whatever happens; without a terminal
 * it prompts on standard error, warns, and reads a line of standard input.
 * @param serial the device, for the prompt.
 * @param silent the person must not be asked: it fails.
 * @param arena  for the code.
 * @return the line without its end, or NULL: ERROR_INTERNAL with no words when there is none, as the AWS CLI has it.
 */
const char *mfa_ask(const char *serial, bool silent, struct arena *arena, struct error *error);

#endif
