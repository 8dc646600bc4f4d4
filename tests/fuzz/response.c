// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what a server says: good answers and errors, in JSON and in XML, of every operation, with the headers that are
 * read. The input is one line of headers (`HEADER VALUE`, the first letter choosing the header), and the body after it.
 */
#include "client/transport/response.h"
#include "api/api.h"
#include "api/sign_in.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/transport/clock.h"
#include "client/transport/retry.h"
#include "client/transport/service_error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** All that the sentences about an answer may come to, whatever the answer. */
#define SENTENCE_MAX 1200

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool truth)
{
    if (!truth)
        abort();
}

static char **header_place(struct http_answer *answer, char choice)
{
    switch (choice) {
    case 'd':
        return &answer->date;
    case 'r':
        return &answer->retry_after;
    case 'a':
        return &answer->amz_retry_after;
    default:
        return &answer->error_type;
    }
}

/** The text of the last part of a sentence that shows the body: visible, and without what may be a key. */
static void check_shown(const char *message)
{
    static const char mark[] = " It begins: ";
    const char *start = strstr(message, mark);
    size_t word = 0;
    bool digit = false;
    need(strlen(message) <= SENTENCE_MAX);
    for (const char *at = start == NULL ? "" : start + strlen(mark); *at != '\0'; at++) {
        need(*at >= 0x20 && *at < 0x7f);
        if (at[0] == '\\' && at[1] == 'x' && at[2] != '\0' && at[3] != '\0') {
            at += 3;
            word = 0;
            digit = false;
            continue;
        }
        bool part = text_is_alpha(*at) || text_is_digit(*at);
        digit = part && (digit || text_is_digit(*at));
        word = part ? word + 1 : 0;
        need(word < 16 || !digit);
    }
}

static void check_answer(const struct api_operation *operation, struct http_answer *answer)
{
    ERROR_AUTO error = {0};
    JSON_AUTO *output = NULL;
    bool good = response_parse(operation, answer, &output, &error);
    need(good == (output != NULL) && good == (error.class == ERROR_NONE));
    if (good)
        need(json_is_object(output));
    else
        check_shown(error.message);
}

static void check_error(const struct api_operation *operation, struct http_answer *answer)
{
    ERROR_AUTO error = {0};
    ERROR_AUTO told = {0};
    SERVICE_ERROR_AUTO read = {0};
    int64_t ahead;
    if (!service_error_read(operation, answer, &read, &error)) {
        check_shown(error.message);
        return;
    }
    need(error.class == ERROR_NONE);
    (void)clock_is_blamed(buffer_text(&read.code), answer->date, 0, &ahead);
    need(!service_error_report(operation, &read, 2, &told) && told.class == ERROR_SERVICE);
}

static void check_operation(const struct api_operation *operation, struct http_answer *answer)
{
    static const long statuses[] = {300, 400, 403, 429, 500, 503, 599};
    answer->status = 200;
    check_answer(operation, answer);
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        answer->status = statuses[i];
        check_error(operation, answer);
    }
}

static void check_headers(const struct http_answer *answer)
{
    static const struct retry_rules rules = {.max_attempts = 3, .renewed = true};
    struct retry_outcome outcome = {.result = HTTP_ANSWERED, .status = 503};
    if (answer->retry_after != NULL)
        outcome.after = retry_read_after(answer->retry_after, 0);
    if (answer->amz_retry_after != NULL)
        outcome.renewed_after = retry_read_renewed_after(answer->amz_retry_after);
    int64_t delay = retry_delay(&rules, &outcome, 1, 0.5);
    need(delay >= 0 && delay <= 25 * TIMESTAMP_SECOND);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice body = {(const char *)data, size};
    struct slice line;
    struct http_answer answer = {0};
    (void)slice_cut(&body, '\n', &line);
    if (line.size > 0) {
        char **place = header_place(&answer, line.data[0]);
        *place = memory_copy(line.data + 1, line.size - 1);
    }
    buffer_append_slice(&answer.body, body);
    check_headers(&answer);
    for (const struct api_service *const *service = api_services; *service != NULL; service++)
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++)
            check_operation(*at, &answer);
    check_operation(&api_sso_get_role_credentials, &answer);
    check_operation(&api_sso_oidc_create_token, &answer);
    check_operation(&api_signin_create_oauth2_token, &answer);
    http_answer_free(&answer);
    return 0;
}
