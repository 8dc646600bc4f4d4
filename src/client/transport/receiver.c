// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/receiver.h"
#include "base/memory.h"
#include "base/secret.h"

#include <time.h>

/** What is kept of the headers as they came; libcurl itself takes no more than 300 KiB. */
#define HEAD_LIMIT ((size_t)64 << 10)

static void free_text(char **text)
{
    secret_free(*text);
    *text = NULL;
}

void http_answer_free(struct http_answer *answer)
{
    buffer_free(&answer->body);
    free_text(&answer->error_type);
    free_text(&answer->date);
    free_text(&answer->retry_after);
    free_text(&answer->amz_retry_after);
    free_text(&answer->request_id);
    buffer_free(&answer->head);
    answer->status = 0;
}

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/**
 * libcurl asks this at every turn, once a second at least. Like the AWS CLI's, the read time-out is about silence, not
 * about the whole answer; it begins when the connection stands.
 */
static int watch_silence(void *context, curl_off_t expected, curl_off_t received, curl_off_t to_send, curl_off_t sent)
{
    (void)expected;
    (void)received;
    (void)to_send;
    struct receiver *receiver = context;
    int64_t now = clock_milliseconds();
    curl_off_t connected = 0;
    (void)receiver->curl->easy_getinfo(receiver->easy, CURLINFO_PRETRANSFER_TIME_T, &connected);
    if (connected == 0 || sent != receiver->sent)
        receiver->heard = now;
    receiver->sent = sent;
    int64_t limit = (int64_t)receiver->read_timeout * 1000;
    receiver->silent = limit > 0 && now - receiver->heard >= limit;
    return receiver->silent ? 1 : 0;
}

static size_t receive_body(char *data, size_t size, size_t count, void *context)
{
    struct receiver *receiver = context;
    size_t bytes = size * count;
    receiver->heard = clock_milliseconds();
    receiver->too_large = bytes > HTTP_ANSWER_LIMIT - receiver->answer->body.size;
    if (receiver->too_large)
        return 0;
    buffer_append(&receiver->answer->body, data, bytes);
    return bytes;
}

static void keep_header(struct http_answer *answer, struct slice name, struct slice value)
{
    const struct {
        struct slice name;
        char **place;
    } kept[] = {{SLICE("x-amzn-errortype"), &answer->error_type},
                {SLICE("date"), &answer->date},
                {SLICE("retry-after"), &answer->retry_after},
                {SLICE("x-amz-retry-after"), &answer->amz_retry_after},
                {SLICE("x-amzn-requestid"), &answer->request_id}};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        if (!slice_equal_nocase(name, kept[i].name))
            continue;
        free_text(kept[i].place);
        *kept[i].place = memory_copy(value.data, value.size);
    }
}

// The signature is libcurl's.
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t receive_header(char *data, size_t size, size_t count, void *context)
{
    struct receiver *receiver = context;
    struct slice line = {data, size * count};
    receiver->heard = clock_milliseconds();
    // An interim answer (100 Continue) comes before the real one, and says nothing about it.
    if (slice_starts_with(line, SLICE("HTTP/"))) {
        http_answer_free(receiver->answer);
        receiver->headed = false;
    }
    receiver->headed = receiver->headed || slice_trim(line).size == 0;
    size_t colon = slice_find(line, ':', 0);
    if (colon < line.size && receiver->answer->head.size <= HEAD_LIMIT)
        buffer_append_slice(&receiver->answer->head, line);
    if (colon < line.size)
        keep_header(receiver->answer, slice_trim(slice_part(line, 0, colon)),
                    slice_trim(slice_part(line, colon + 1, line.size)));
    return line.size;
}

void receiver_start(struct receiver *receiver, const struct curl_library *curl, CURL *easy, long read_timeout,
                    struct http_answer *answer)
{
    *receiver = (struct receiver){
        .curl = curl, .easy = easy, .read_timeout = read_timeout, .answer = answer, .heard = clock_milliseconds()};
    (void)curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    (void)curl->easy_setopt(easy, CURLOPT_WRITEDATA, receiver);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERDATA, receiver);
    (void)curl->easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, watch_silence);
    (void)curl->easy_setopt(easy, CURLOPT_XFERINFODATA, receiver);
}
