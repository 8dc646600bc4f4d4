// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/retry.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <math.h>
#include <string.h>

#define DELAY_MAX 20.0
/** The most that x-amz-retry-after may add to the delay that was drawn. */
#define RENEWED_AFTER_MAX (5 * TIMESTAMP_SECOND)
/** Unless they throttle, the renewed rules wait a twentieth. */
#define RENEWED_SCALE 0.05

/** By kind of outcome, and by rules. */
#define RETRY_PRICE 5
#define TIMEOUT_PRICE 10
#define RENEWED_PRICE 14
#define REWARD 1

/** botocore/retries/standard.py, special.py. */
static const long statuses[] = {500, 502, 503, 504};
static const struct {
    const char *code;
    bool throttling;
    const char *service; // of which alone it may be mended; NULL: of any
} codes[] = {
    {"RequestTimeout", false, NULL},
    {"RequestTimeoutException", false, NULL},
    {"PriorRequestNotComplete", true, NULL},
    {"Throttling", true, NULL},
    {"ThrottlingException", true, NULL},
    {"ThrottledException", true, NULL},
    {"RequestThrottledException", true, NULL},
    {"RequestThrottled", true, NULL},
    {"TooManyRequestsException", true, NULL},
    {"ProvisionedThroughputExceededException", true, NULL},
    {"TransactionInProgressException", true, NULL},
    {"RequestLimitExceeded", true, NULL},
    {"BandwidthLimitExceeded", true, NULL},
    {"LimitExceededException", true, NULL},
    {"SlowDown", true, NULL},
    {"EC2ThrottledException", true, NULL},
    {"IDPCommunicationError", false, "sts"},
};

static bool is_of(const struct retry_outcome *outcome, const char *service)
{
    return service == NULL || (outcome->service != NULL && strcmp(outcome->service, service) == 0);
}

/** The place of the outcome's code in the table; its end when it is not there. */
static size_t find_code(const struct retry_outcome *outcome)
{
    size_t i = outcome->code == NULL ? sizeof codes / sizeof *codes : 0;
    while (i < sizeof codes / sizeof *codes &&
           (strcmp(outcome->code, codes[i].code) != 0 || !is_of(outcome, codes[i].service)))
        i++;
    return i;
}

static bool is_transient_answer(const struct retry_outcome *outcome)
{
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        if (outcome->status == statuses[i])
            return true;
    return find_code(outcome) < sizeof codes / sizeof *codes;
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

bool retry_is_throttling(const struct retry_outcome *outcome)
{
    size_t place = find_code(outcome);
    return outcome->result == HTTP_ANSWERED && place < sizeof codes / sizeof *codes && codes[place].throttling;
}

static long price_of(const struct retry_rules *rules, const struct retry_outcome *outcome)
{
    if (rules->renewed)
        return retry_is_throttling(outcome) ? RETRY_PRICE : RENEWED_PRICE;
    bool timeout = outcome->result == HTTP_CONNECT_TIMEOUT || outcome->result == HTTP_READ_TIMEOUT;
    return timeout ? TIMEOUT_PRICE : RETRY_PRICE;
}

enum retry_verdict retry_decide(const struct retry_rules *rules, const struct retry_outcome *outcome, long attempt,
                                struct retry_quota *quota, long *price)
{
    long asked = price_of(rules, outcome);
    if (!retry_is_transient(outcome))
        return RETRY_USELESS;
    if (attempt >= rules->max_attempts)
        return RETRY_NO_ATTEMPT;
    if (quota->left < asked)
        return RETRY_NO_QUOTA;
    quota->left -= asked;
    *price = asked;
    return RETRY_AGAIN;
}

void retry_reward(struct retry_quota *quota, long price)
{
    quota->left += price > 0 ? price : REWARD;
    if (quota->left > RETRY_QUOTA)
        quota->left = RETRY_QUOTA;
}

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

int64_t retry_delay(const struct retry_rules *rules, const struct retry_outcome *outcome, long attempt, double chance)
{
    bool short_of = rules->renewed && !retry_is_throttling(outcome);
    // Beyond the most there is no need to grow on, and no room for it in the number.
    double grown = ldexp(chance * (short_of ? RENEWED_SCALE : 1), attempt > 64 ? 63 : (int)attempt - 1);
    int64_t delay = (int64_t)(fmin(grown, DELAY_MAX) * (double)TIMESTAMP_SECOND);
    if (rules->renewed)
        delay = clamp(outcome->renewed_after, delay, delay + RENEWED_AFTER_MAX);
    return clamp(outcome->after, delay, (int64_t)DELAY_MAX * TIMESTAMP_SECOND);
}

int64_t retry_read_after(const char *text, int64_t now)
{
    uint64_t seconds;
    int64_t moment;
    struct slice given = slice_trim(slice_of(text));
    // Nobody asks for more than an hour in earnest, and less is taken anyway.
    if (text_parse_unsigned(given, &seconds))
        return (int64_t)(seconds > 3600 ? 3600 : seconds) * TIMESTAMP_SECOND;
    return timestamp_parse_http(given, &moment) && moment > now ? moment - now : 0;
}

int64_t retry_read_renewed_after(const char *text)
{
    uint64_t milliseconds;
    if (!text_parse_unsigned(slice_trim(slice_of(text)), &milliseconds))
        return 0;
    return (int64_t)(milliseconds > 3600000 ? 3600000 : milliseconds) * (TIMESTAMP_SECOND / 1000);
}
