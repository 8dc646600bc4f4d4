// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What an answer says beside its output, as the AWS CLI keeps it in its cache files: "ResponseMetadata". Pure.
 * Source: botocore/parsers.py.
 */
#ifndef JETON_CLIENT_TRANSPORT_METADATA_H
#define JETON_CLIENT_TRANSPORT_METADATA_H

#include "api/api.h"
#include "client/transport/http.h"

#include <jansson.h>

/**
 * {"RequestId", "HTTPStatusCode", "HTTPHeaders", ["MaxAttemptsReached",] "RetryAttempts"}: the id from where the
 * protocol has it, and only when the answer has one; header names in lower case, the values of one name joined.
 * @param attempts from 1; MAX_ATTEMPTS when no more were allowed.
 * @return a new reference.
 */
json_t *metadata_read(const struct http_answer *answer, enum api_protocol protocol, long attempts, long max_attempts);

#endif
