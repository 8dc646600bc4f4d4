// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/http.h"
#include "base/curl_library.h"
#include "base/memory.h"
#include "base/secret.h"
#include "client/debug.h"
#include "client/transport/http_failure.h"
#include "client/transport/proxy.h"
#include "client/transport/receiver.h"
#include "client/transport/trust.h"

#include <limits.h>
#include <stdlib.h>

/** libcurl counts in milliseconds of an int. */
#define NO_TIMEOUT (INT_MAX / 1000)

struct http {
    const struct settings *settings;
    const struct curl_library *curl; // NULL: not loaded yet
    CURL *easy;
    bool global;  // libcurl's own set-up was made
    bool trusted; // the trust is set on the handle
    char reason[CURL_ERROR_SIZE];
};

struct http *http_new(const struct settings *settings)
{
    struct http *http = memory_new(1, sizeof *http);
    http->settings = settings;
    return http;
}

void http_free(struct http *http)
{
    if (http == NULL)
        return;
    if (http->easy != NULL)
        http->curl->easy_cleanup(http->easy);
    if (http->global)
        http->curl->global_cleanup();
    free(http);
}

// ------------------------------------------------------------------ set-up

static void set_fixed_options(const struct http *http)
{
    const struct settings *settings = http->settings;
    const struct curl_library *curl = http->curl;
    CURL *easy = http->easy;
    (void)curl->easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    (void)curl->easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    (void)curl->easy_setopt(easy, CURLOPT_HTTP09_ALLOWED, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    (void)curl->easy_setopt(easy, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    // The request line must be what was signed.
    (void)curl->easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    (void)curl->easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
    (void)curl->easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    (void)curl->easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)HTTP_ANSWER_LIMIT);
    (void)curl->easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, settings->verify ? 1L : 0L);
    (void)curl->easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, settings->verify ? 2L : 0L);
    (void)curl->easy_setopt(easy, CURLOPT_PROXY_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl->easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYPEER, settings->verify ? 1L : 0L);
    (void)curl->easy_setopt(easy, CURLOPT_PROXY_SSL_VERIFYHOST, settings->verify ? 2L : 0L);
    (void)curl->easy_setopt(easy, CURLOPT_CONNECTTIMEOUT,
                            settings->connect_timeout == 0 ? (long)NO_TIMEOUT : settings->connect_timeout);
    (void)curl->easy_setopt(easy, CURLOPT_NOPROXY, "");
}

/** libldap, which libcurl needs, needs GnuTLS; and that, which nothing here uses, need not make itself ready. */
static const struct curl_library *load_library(struct error *error)
{
    static const char name[] = "GNUTLS_NO_IMPLICIT_INIT";
    bool changed = getenv(name) == NULL && setenv(name, "1", 0) == 0;
    const struct curl_library *curl = curl_library_load(error);
    if (changed)
        (void)unsetenv(name);
    return curl;
}

static bool make_ready(struct http *http, bool https, struct error *error)
{
    if (http->easy != NULL)
        return true;
    const struct curl_library *curl = load_library(error);
    if (curl == NULL)
        return false;
    http->curl = curl;
    http->global = curl->global_init(https ? CURL_GLOBAL_SSL : CURL_GLOBAL_NOTHING) == CURLE_OK;
    http->easy = http->global ? curl->easy_init() : NULL;
    if (http->easy == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "libcurl cannot be set up");
    set_fixed_options(http);
    (void)curl->easy_setopt(http->easy, CURLOPT_ERRORBUFFER, http->reason);
    return true;
}

/** Only for TLS, and only once: the directory is not even read for a plain request. */
static bool set_trust(struct http *http, const char *url, struct error *error)
{
    const struct curl_library *curl = http->curl;
    struct trust trust;
    if (http->trusted || !http->settings->verify)
        return true;
    if (!trust_find(http->settings, url, &trust, error))
        return false;
    debug_line(http->settings, "certificates that are trusted: %s",
               trust.bundle != NULL      ? trust.bundle
               : trust.directory != NULL ? trust.directory
                                         : "none");
    (void)curl->easy_setopt(http->easy, CURLOPT_CAPATH, trust.directory);
    (void)curl->easy_setopt(http->easy, CURLOPT_CAINFO, trust.bundle);
    // libcurl keeps the TLS of a proxy apart from the service's.
    (void)curl->easy_setopt(http->easy, CURLOPT_PROXY_CAPATH, trust.directory);
    (void)curl->easy_setopt(http->easy, CURLOPT_PROXY_CAINFO, trust.bundle);
    http->trusted = true;
    return true;
}

// ------------------------------------------------------------------ sending

/** The request's headers as libcurl takes them. */
struct header_list {
    const struct curl_library *curl;
    struct curl_slist *first;
};

/** libcurl's list does not wipe, and the session token stands in it. */
static void free_headers(struct header_list *headers)
{
    for (struct curl_slist *at = headers->first; at != NULL; at = at->next)
        secret_wipe(at->data, strlen(at->data));
    if (headers->first != NULL)
        headers->curl->slist_free_all(headers->first);
    headers->first = NULL;
}

static bool append_line(struct header_list *headers, const char *line)
{
    struct curl_slist *longer = headers->curl->slist_append(headers->first, line);
    if (longer != NULL)
        headers->first = longer;
    return longer != NULL;
}

static bool write_headers(const struct http_request *request, struct header_list *headers, struct error *error)
{
    // libcurl adds these unless they are switched off.
    static const char *const unwanted[] = {"Accept:", "Expect:", NULL};
    bool good = true;
    bool typed = false;
    for (size_t i = 0; i < request->header_count; i++) {
        const struct http_header *header = &request->headers[i];
        if (slice_find(header->value, '\n', 0) < header->value.size ||
            slice_find(header->value, '\r', 0) < header->value.size)
            return error_set(error, ERROR_TRANSPORT, NULL,
                             "An HTTP Client raised an unhandled exception: Invalid header value: there is a line "
                             "break in %s",
                             header->name);
        BUFFER_AUTO line = {0};
        buffer_append_format(&line, header->value.size > 0 ? "%s: " : "%s;", header->name);
        buffer_append_slice(&line, header->value);
        good = good && append_line(headers, buffer_text(&line));
        typed = typed || slice_equal_nocase(slice_of(header->name), SLICE("Content-Type"));
    }
    for (const char *const *at = unwanted; *at != NULL; at++)
        good = good && append_line(headers, *at);
    if (!typed)
        good = good && append_line(headers, "Content-Type:");
    return good || error_set(error, ERROR_INTERNAL, NULL, "libcurl takes no more headers");
}

static void set_method(const struct http *http, const struct http_request *request)
{
    const struct curl_library *curl = http->curl;
    CURL *easy = http->easy;
    // As botocore/awsrequest.py has it, every other method tells a length, be it 0.
    bool sends = strcmp(request->method, "GET") != 0;
    (void)curl->easy_setopt(easy, CURLOPT_CUSTOMREQUEST, NULL);
    if (sends) {
        (void)curl->easy_setopt(easy, CURLOPT_POST, 1L);
        (void)curl->easy_setopt(easy, CURLOPT_POSTFIELDS, request->body.size > 0 ? request->body.data : "");
        (void)curl->easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.size);
    } else {
        (void)curl->easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    }
    (void)curl->easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request->method);
}

/** The URL of the proxy to take, written to URL, or NULL. */
static const char *choose_proxy(const struct settings *settings, const struct http_request *request, struct buffer *url)
{
    const char *known = request->https ? settings->https_proxy : settings->http_proxy;
    const char *chosen = proxy_choose(settings, request->https, request->authority);
    if (known == NULL)
        return NULL;
    BUFFER_AUTO shown = {0};
    proxy_write_masked(&shown, known);
    debug_line(settings, "proxy of %s: %s%s", request->authority,
               chosen == NULL ? "none, as NO_PROXY has it, instead of " : "", buffer_text(&shown));
    if (chosen == NULL)
        return NULL;
    proxy_write_url(url, chosen);
    return buffer_text(url);
}

enum http_result http_perform(struct http *http, const struct http_request *request, struct http_answer *answer,
                              struct error *error)
{
    if (!make_ready(http, request->https, error))
        return HTTP_INVALID;
    const struct curl_library *curl = http->curl;
    __attribute__((cleanup(free_headers))) struct header_list headers = {.curl = curl};
    if (!write_headers(request, &headers, error))
        return HTTP_INVALID;
    BUFFER_AUTO proxy_url = {0};
    const char *proxy = choose_proxy(http->settings, request, &proxy_url);
    if ((request->https || proxy_is_secure(proxy)) && !set_trust(http, request->url, error))
        return HTTP_UNTRUSTED;
    struct receiver receiver;
    CURL *easy = http->easy;
    receiver_start(&receiver, curl, easy, http->settings->read_timeout, answer);
    set_method(http, request);
    (void)curl->easy_setopt(easy, CURLOPT_URL, request->url);
    (void)curl->easy_setopt(easy, CURLOPT_HTTPHEADER, headers.first);
    // An empty text, unlike none, keeps libcurl from looking at the environment.
    (void)curl->easy_setopt(easy, CURLOPT_PROXY, proxy == NULL ? "" : proxy);
    http->reason[0] = '\0';
    CURLcode code = curl->easy_perform(easy);
    (void)curl->easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    (void)curl->easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    long status = 0;
    (void)curl->easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (code == CURLE_OK && status >= 200 && receiver.headed) {
        answer->status = status;
        return HTTP_ANSWERED;
    }
    http_answer_free(answer);
    return http_failure_read(&(struct http_failure){.curl = curl,
                                                    .easy = easy,
                                                    .code = receiver.too_large ? CURLE_FILESIZE_EXCEEDED
                                                            : receiver.silent  ? CURLE_OPERATION_TIMEDOUT
                                                                               : code,
                                                    .reason = http->reason,
                                                    .url = request->url,
                                                    .proxy = proxy},
                             error);
}
