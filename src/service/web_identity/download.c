// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/download.h"

#include "base/curl_library.h"

#include <pthread.h>
#include <stdint.h>

#define HEADER_MAX ((size_t)4096)

/** A transfer that is under way. */
struct transfer {
    const struct curl_library *curl;
    CURL *easy;
    const struct download_options *options;
    size_t limit;
    struct download *out;
    bool too_large;
    char reason[CURL_ERROR_SIZE];
};

void download_free(struct download *download)
{
    buffer_free(&download->body);
    buffer_free(&download->cache_control);
    buffer_free(&download->expires);
    buffer_free(&download->date);
    buffer_free(&download->age);
}

// ------------------------------------------------------------------ libcurl

/** Loaded at the first fetch, since most services have no identity provider, and only once. */
static const struct curl_library *load(struct error *error)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static const struct curl_library *curl;
    (void)pthread_mutex_lock(&lock);
    if (curl == NULL) {
        const struct curl_library *loaded = curl_library_load(error);
        if (loaded != NULL && loaded->global_init(CURL_GLOBAL_SSL) == CURLE_OK)
            curl = loaded;
        else if (loaded != NULL)
            (void)error_set(error, ERROR_CONFIGURATION, NULL, "libcurl cannot be set up");
    }
    const struct curl_library *found = curl;
    (void)pthread_mutex_unlock(&lock);
    return found;
}

static size_t receive_body(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t bytes = size * count;
    transfer->too_large = bytes > transfer->limit - transfer->out->body.size;
    if (transfer->too_large)
        return 0;
    buffer_append(&transfer->out->body, data, bytes);
    return bytes;
}

/** Several headers of one name are one, joined by commas (RFC 9110 section 5.3). */
static void keep(struct buffer *place, struct slice value)
{
    if (place->size + value.size > HEADER_MAX)
        return;
    if (place->size > 0)
        buffer_append_char(place, ',');
    buffer_append_slice(place, value);
}

// The signature is libcurl's.
// NOLINTNEXTLINE(readability-non-const-parameter)
static size_t receive_header(char *data, size_t size, size_t count, void *context)
{
    struct transfer *transfer = context;
    struct download *out = transfer->out;
    struct slice line = {data, size * count};
    const struct {
        struct slice name;
        struct buffer *place;
    } kept[] = {{SLICE("cache-control"), &out->cache_control},
                {SLICE("expires"), &out->expires},
                {SLICE("date"), &out->date},
                {SLICE("age"), &out->age}};
    size_t colon = slice_find(line, ':', 0);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        // The head of an interim answer comes before the real one's.
        if (slice_starts_with(line, SLICE("HTTP/")))
            buffer_clear(kept[i].place);
        if (colon < line.size && slice_equal_nocase(slice_trim(slice_part(line, 0, colon)), kept[i].name))
            keep(kept[i].place, slice_trim(slice_part(line, colon + 1, line.size)));
    }
    return line.size;
}

/** libcurl asks this once a second at least. */
static int watch(void *context, curl_off_t expected, curl_off_t received, curl_off_t to_send, curl_off_t sent)
{
    (void)expected;
    (void)received;
    (void)to_send;
    (void)sent;
    const struct transfer *transfer = context;
    return atomic_load_explicit(transfer->options->stop, memory_order_relaxed) ? 1 : 0;
}

static void set_bounds(const struct transfer *transfer)
{
    const struct curl_library *curl = transfer->curl;
    CURL *easy = transfer->easy;
    (void)curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    (void)curl->easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    (void)curl->easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)transfer->limit);
    (void)curl->easy_setopt(easy, CURLOPT_TIMEOUT_MS, transfer->options->timeout);
    (void)curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    // An empty text, unlike none, keeps libcurl from looking at the environment.
    const char *proxy = transfer->options->proxy;
    (void)curl->easy_setopt(easy, CURLOPT_PROXY, proxy == NULL ? "" : proxy);
    (void)curl->easy_setopt(easy, CURLOPT_NOPROXY, "");
    struct slice trusted = transfer->options->trusted;
    if (trusted.size == 0)
        return;
    struct curl_blob blob = {.data = (void *)(uintptr_t)trusted.data, .len = trusted.size, .flags = CURL_BLOB_NOCOPY};
    (void)curl->easy_setopt(easy, CURLOPT_CAINFO_BLOB, &blob);
    (void)curl->easy_setopt(easy, CURLOPT_CAPATH, NULL);
}

static void set_request(struct transfer *transfer, const char *url)
{
    const struct curl_library *curl = transfer->curl;
    CURL *easy = transfer->easy;
    (void)curl->easy_setopt(easy, CURLOPT_URL, url);
    (void)curl->easy_setopt(easy, CURLOPT_USERAGENT, "jetond/" JETON_VERSION);
    (void)curl->easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->reason);
    (void)curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    (void)curl->easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_header);
    (void)curl->easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    (void)curl->easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, watch);
    (void)curl->easy_setopt(easy, CURLOPT_XFERINFODATA, transfer);
}

// ------------------------------------------------------------------ how it ended

static bool is_final(CURLcode code)
{
    static const CURLcode codes[] = {CURLE_PEER_FAILED_VERIFICATION, CURLE_FILESIZE_EXCEEDED, CURLE_URL_MALFORMAT,
                                     CURLE_UNSUPPORTED_PROTOCOL, CURLE_SSL_CACERT_BADFILE};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (code == codes[i])
            return true;
    return false;
}

static bool judge(const struct transfer *transfer, const char *url, CURLcode code, struct error *error)
{
    long status = 0;
    if (transfer->too_large)
        code = CURLE_FILESIZE_EXCEEDED;
    if (code == CURLE_FILESIZE_EXCEEDED)
        return error_set(error, ERROR_SERVICE, NULL, "%s: the document is larger than %zu bytes", url, transfer->limit);
    if (code != CURLE_OK)
        return error_set(error, is_final(code) ? ERROR_SERVICE : ERROR_TRANSPORT, NULL, "%s: %s", url,
                         transfer->reason[0] != '\0' ? transfer->reason : transfer->curl->easy_strerror(code));
    (void)transfer->curl->easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200)
        return true;
    return error_set(error, status == 429 || status >= 500 ? ERROR_TRANSPORT : ERROR_SERVICE, NULL,
                     "%s: the answer's status is %ld, not 200%s", url, status,
                     status >= 300 && status < 400 ? "; redirects are not followed" : "");
}

bool download_get(const struct download_options *options, const char *url, size_t limit, struct download *out,
                  struct error *error)
{
    struct transfer transfer = {.curl = load(error), .options = options, .limit = limit, .out = out};
    if (transfer.curl == NULL)
        return false;
    transfer.easy = transfer.curl->easy_init();
    if (transfer.easy == NULL)
        return error_set(error, ERROR_CONFIGURATION, NULL, "libcurl cannot be set up");
    set_bounds(&transfer);
    set_request(&transfer, url);
    CURLcode code = transfer.curl->easy_perform(transfer.easy);
    bool good = judge(&transfer, url, code, error);
    transfer.curl->easy_cleanup(transfer.easy);
    return good;
}
