// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What a credential process prints. Pure. Behaviour document, section 9.1; botocore/credentials.py, ProcessProvider.
 */
#ifndef JETON_CLIENT_CREDENTIALS_PROCESS_OUTPUT_H
#define JETON_CLIENT_CREDENTIALS_PROCESS_OUTPUT_H

#include "client/credentials/credentials.h"

/**
 * Reads {"Version": 1, "AccessKeyId", "SecretAccessKey", "SessionToken"?, "Expiration"?, "AccountId"?}.
 * @param out   gets the credentials; whether they have ended is not looked at.
 * @param error ERROR_INTERNAL: a person's words, none of them from TEXT but the version and the time, since the rest
 *              may be a secret.
 */
bool process_output_read(struct slice text, struct credentials *out, struct error *error);

/**
 * What a process said of its failure, for a person: "Error when retrieving credentials from custom-process: TEXT";
 * bytes that are no UTF-8 become question marks.
 * @return false always.
 */
bool process_output_fail(struct slice text, struct error *error);

#endif
