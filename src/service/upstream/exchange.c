// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** One request as libcurl has it: what it is made of, and its callbacks, which run in the carrier's thread. */
#include "service/upstream/transfer_parts.h"

#include "base/memory.h"
#include "base/secret.h"

/** Milliseconds for a connection, TLS included. */
#define CONNECT_MS 10000L
/** Seconds after which an idle connection is not used again: many servers close theirs after five. */
#define IDLE_SECONDS 4L

static void lock(struct transfer *transfer)
{
    (void)pthread_mutex_lock(&transfer->mutex);
}

static void unlock(struct transfer *transfer)
{
    (void)pthread_mutex_unlock(&transfer->mutex);
}

// ------------------------------------------------------------------ the answer

/** What the upstream does not let the service do is no fault of the client's credential. */
static bool refuses_us(int status)
{
    return status == 401 || status == 407;
}

static void publish_head(struct transfer *transfer)
{
    const struct headers_answer *answer = &transfer->answer;
    lock(transfer);
    headers_write_answer(answer, &transfer->upstream->address, buffer_slice(&transfer->prefix), &transfer->head_text);
    transfer->head = (struct transfer_head){
        .status = answer->status,
        .headers = buffer_slice(&transfer->head_text),
        .length = answer->has_length && !answer->chunked ? (int64_t)answer->length : TRANSFER_SIZE_UNKNOWN,
    };
    transfer->headed = true;
    // libcurl sends no more of a body after such an answer.
    transfer->up_refused |= answer->status >= 300;
    transfer_wake(transfer);
    unlock(transfer);
}

// The signature is libcurl's.
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t receive_header(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct slice line = {data, size * count};
    bool before = transfer->answer.complete;
    transfer->moved = carrier_clock();
    transfer->malformed = headers_read_line(&transfer->answer, line);
    if (transfer->malformed != NULL)
        return 0;
    if (before || !transfer->answer.complete)
        return line.size;
    if (refuses_us(transfer->answer.status)) {
        transfer_fail(transfer, 502, "UpstreamRefused",
                      "The server behind this repository did not accept the credentials of this service", "");
        return 0;
    }
    publish_head(transfer);
    return line.size;
}

static size_t receive_body(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t bytes = size * count;
    size_t result = bytes;
    transfer->moved = carrier_clock();
    lock(transfer);
    transfer->down_paused = ring_room(&transfer->down) < bytes;
    if (transfer->down_paused) {
        result = CURL_WRITEFUNC_PAUSE;
    } else {
        (void)ring_put(&transfer->down, data, bytes);
        transfer->received += bytes;
    }
    transfer_wake(transfer);
    unlock(transfer);
    return result;
}

// ------------------------------------------------------------------ the request's body

static size_t send_body(char *out, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    transfer->moved = carrier_clock();
    lock(transfer);
    size_t result = ring_take(&transfer->up, out, size * count);
    transfer->up_paused = result == 0 && !transfer->up_complete;
    if (transfer->up_paused)
        result = CURL_READFUNC_PAUSE;
    if (!transfer->taking || transfer->up_paused || ring_room(&transfer->up) >= RING_SIZE / 2) {
        transfer->taking = true;
        transfer_wake(transfer);
    }
    unlock(transfer);
    return result;
}

// ------------------------------------------------------------------ opening

static bool append(const struct curl_library *curl, struct curl_slist **list, const char *line)
{
    struct curl_slist *longer = curl->slist_append(*list, line);
    if (longer != NULL)
        *list = longer;
    return longer != NULL;
}

/** "Name: value"; libcurl wants a semicolon where there is no value, and takes "Name:" for "do not send it". */
static bool make_list(const struct curl_library *curl, struct transfer *transfer)
{
    struct slice rest = buffer_slice(&transfer->headers);
    struct header_pair pair;
    bool accepts = false;
    bool good = append(curl, &transfer->list,
                       transfer->expect && transfer->size != TRANSFER_NO_BODY ? "Expect: 100-continue" : "Expect:");
    while (good && headers_next(&rest, &pair)) {
        BUFFER_AUTO line = {0};
        accepts |= slice_equal_nocase(slice_of(pair.name), SLICE("accept"));
        buffer_append_format(&line, pair.value[0] == '\0' ? "%s;" : "%s: %s", pair.name, pair.value);
        good = append(curl, &transfer->list, buffer_text(&line));
    }
    return good && (accepts || append(curl, &transfer->list, "Accept:"));
}

static void set_bounds(const struct curl_library *curl, const struct carrier_options *options, CURL *easy)
{
    (void)curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    (void)curl->easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    (void)curl->easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
    (void)curl->easy_setopt(easy, CURLOPT_MAXAGE_CONN, IDLE_SECONDS);
    // A name that is being looked up when the service ends is not waited for.
    (void)curl->easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    // An empty text, unlike none, keeps libcurl from looking at the environment.
    (void)curl->easy_setopt(easy, CURLOPT_PROXY, "");
    if (options->trusted.size == 0)
        return;
    struct curl_blob blob = {
        .data = (void *)(uintptr_t)options->trusted.data, .len = options->trusted.size, .flags = CURL_BLOB_NOCOPY};
    (void)curl->easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    (void)curl->easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

static void set_method(const struct curl_library *curl, struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    if (transfer->size != TRANSFER_NO_BODY) {
        (void)curl->easy_setopt(easy, CURLOPT_UPLOAD, 1L);
        (void)curl->easy_setopt(easy, CURLOPT_READFUNCTION, send_body);
        (void)curl->easy_setopt(easy, CURLOPT_READDATA, transfer);
        (void)curl->easy_setopt(easy, CURLOPT_INFILESIZE_LARGE,
                                transfer->size == TRANSFER_SIZE_UNKNOWN ? (curl_off_t)-1 : (curl_off_t)transfer->size);
        // A body cannot be sent once more when a connection of before turns out to be closed.
        (void)curl->easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    }
    if (transfer->bodiless)
        (void)curl->easy_setopt(easy, CURLOPT_NOBODY, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_CUSTOMREQUEST, buffer_text(&transfer->method));
}

bool exchange_open(const struct curl_library *curl, const struct carrier_options *options, struct transfer *transfer)
{
    transfer->moved = carrier_clock();
    transfer->easy = curl->easy_init();
    if (transfer->easy == NULL || !make_list(curl, transfer)) {
        transfer_fail(transfer, 502, "UpstreamBroken", "The request cannot be passed on", "libcurl cannot be set up");
        return false;
    }
    CURL *easy = transfer->easy;
    set_bounds(curl, options, easy);
    set_method(curl, transfer);
    (void)curl->easy_setopt(easy, CURLOPT_URL, transfer->upstream->url);
    (void)curl->easy_setopt(easy, CURLOPT_REQUEST_TARGET, buffer_text(&transfer->target));
    (void)curl->easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->list);
    (void)curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->reason);
    (void)curl->easy_setopt(easy, CURLOPT_PRIVATE, (void *)transfer);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    (void)curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    (void)curl->easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    return true;
}

void exchange_close(const struct curl_library *curl, struct transfer *transfer)
{
    // It holds the credential for the upstream.
    for (struct curl_slist *at = transfer->list; at != NULL; at = at->next)
        secret_wipe(at->data, strlen(at->data));
    curl->slist_free_all(transfer->list);
    transfer->list = NULL;
    if (transfer->easy != NULL)
        curl->easy_cleanup(transfer->easy);
    transfer->easy = NULL;
}

// ------------------------------------------------------------------ going on, and the end

void exchange_go_on(const struct curl_library *curl, struct transfer *transfer)
{
    lock(transfer);
    bool up = transfer->up_paused && (transfer->up.fill > 0 || transfer->up_complete);
    bool down = transfer->down_paused && ring_room(&transfer->down) >= RING_SIZE / 2;
    int waits =
        (transfer->up_paused && !up ? CURLPAUSE_SEND : 0) | (transfer->down_paused && !down ? CURLPAUSE_RECV : 0);
    transfer->up_paused &= !up;
    transfer->down_paused &= !down;
    unlock(transfer);
    if (!up && !down)
        return;
    transfer->moved = carrier_clock();
    (void)curl->easy_pause(transfer->easy, waits);
}

/** How failures of libcurl are told. */
static const struct {
    CURLcode code;
    int status;
    const char *name;
    const char *reason;
} failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, 502, "UpstreamUnreachable", "The server behind this repository cannot be found"},
    {CURLE_COULDNT_CONNECT, 502, "UpstreamUnreachable", "The server behind this repository cannot be reached"},
    {CURLE_OPERATION_TIMEDOUT, 504, "UpstreamTimeout", "The server behind this repository does not answer in time"},
    {CURLE_SSL_CONNECT_ERROR, 502, "UpstreamUntrusted", "The server behind this repository is not trusted"},
    {CURLE_PEER_FAILED_VERIFICATION, 502, "UpstreamUntrusted", "The server behind this repository is not trusted"},
};

void exchange_finish(const struct curl_library *curl, struct transfer *transfer, CURLcode code)
{
    if (code == CURLE_OK && transfer->answer.complete) {
        lock(transfer);
        transfer->done = true;
        transfer->up_refused = true;
        transfer_wake(transfer);
        unlock(transfer);
        return;
    }
    if (transfer->expired)
        code = CURLE_OPERATION_TIMEDOUT;
    const char *detail = transfer->reason[0] != '\0' ? transfer->reason : curl->easy_strerror(code);
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == code) {
            transfer_fail(transfer, failures[i].status, failures[i].name, failures[i].reason,
                          transfer->expired ? "nothing came or went for too long" : detail);
            return;
        }
    transfer_fail(transfer, 502, "UpstreamBroken", "The server behind this repository gave no proper answer",
                  transfer->malformed != NULL ? transfer->malformed : detail);
}
