// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/retry.h"
#include "base/timestamp.h"

#include <string.h>

#define DELAY_MAX 20
#define RETRY_PRICE 5
#define TIMEOUT_PRICE 10

/** botocore/retries/standard.py. */
static const long statuses[] = {500, 502, 503, 504};
static const char *const codes[] = {
    "RequestTimeout",
    "RequestTimeoutException",
    "PriorRequestNotComplete",
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestThrottledException",
    "RequestThrottled",
    "TooManyRequestsException",
    "ProvisionedThroughputExceededException",
    "TransactionInProgressException",
    "RequestLimitExceeded",
    "BandwidthLimitExceeded",
    "LimitExceededException",
    "SlowDown",
    "EC2ThrottledException",
    "IDPCommunicationError",
};

static bool is_transient_answer(const struct retry_outcome *outcome)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (outcome->status == statuses[i])
            return true;
    for (size_t i = 0; outcome->code != NULL && i < sizeof codes / sizeof *codes; i++)
        if (strcmp(outcome->code, codes[i]) == 0)
            return true;
    return false;
}

bool retry_is_transient(const struct retry_outcome *outcome)
{
    switch (outcome->result) {
    case HTTP_ANSWERED:
        return is_transient_answer(outcome);
    case HTTP_NO_CONNECTION:
    case HTTP_CONNECT_TIMEOUT:
    case HTTP_READ_TIMEOUT:
    case HTTP_CLOSED:
    case HTTP_NO_TLS:
    case HTTP_NO_PROXY:
        return true;
    // A certificate does not become trusted, nor a request valid, by trying again.
    case HTTP_UNTRUSTED:
    case HTTP_TOO_LARGE:
    case HTTP_INVALID:
        break;
    }
    return false;
}

bool retry_decide(const struct retry_outcome *outcome, long attempt, long max_attempts, struct retry_quota *quota)
{
    bool timeout = outcome->result == HTTP_CONNECT_TIMEOUT || outcome->result == HTTP_READ_TIMEOUT;
    long price = timeout ? TIMEOUT_PRICE : RETRY_PRICE;
    if (attempt >= max_attempts || !retry_is_transient(outcome) || quota->left < price)
        return false;
    quota->left -= price;
    return true;
}

int64_t retry_delay(long attempt, double chance)
{
    int64_t seconds = attempt > 5 ? DELAY_MAX : INT64_C(1) << (attempt - 1);
    if (seconds > DELAY_MAX)
        seconds = DELAY_MAX;
    return (int64_t)((double)(seconds * TIMESTAMP_SECOND) * chance);
}
