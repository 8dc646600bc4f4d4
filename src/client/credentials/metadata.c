// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/metadata.h"

/** Those that every request has: Host, Accept-Encoding, User-Agent. */
#define OWN_HEADERS 3

void metadata_open(struct metadata *out, const struct settings *settings, const struct endpoint *endpoint, long timeout)
{
    *out = (struct metadata){.settings = *settings, .endpoint = endpoint};
    out->settings.http_proxy = NULL;
    out->settings.https_proxy = NULL;
    out->settings.connect_timeout = timeout;
    out->settings.read_timeout = timeout;
    // --no-verify-ssl is about the service that was called.
    out->settings.verify = true;
    // The headers hold tokens; who sends them tells of them.
    out->settings.debug = false;
    out->http = http_new(&out->settings);
}

void metadata_close(struct metadata *metadata)
{
    http_free(metadata->http);
    metadata->http = NULL;
}

void metadata_write_url(struct buffer *out, const struct endpoint *endpoint, const char *path)
{
    buffer_append_format(out, "%s://%s%s", endpoint->https ? "https" : "http", endpoint->authority, path);
}

enum http_result metadata_send(struct metadata *metadata, const struct metadata_request *request,
                               struct http_answer *answer, struct error *error)
{
    BUFFER_AUTO url = {0};
    metadata_write_url(&url, metadata->endpoint, request->path);
    struct http_header headers[OWN_HEADERS + METADATA_HEADERS_MAX] = {
        {"Host", slice_of(metadata->endpoint->host)},
        {"Accept-Encoding", SLICE("identity")},
    };
    for (size_t i = 0; i < request->header_count; i++)
        headers[OWN_HEADERS - 1 + i] = request->headers[i];
    headers[OWN_HEADERS - 1 + request->header_count] =
        (struct http_header){"User-Agent", SLICE("jeton/" JETON_VERSION)};
    struct http_request sent = {.method = request->method,
                                .url = buffer_text(&url),
                                .authority = metadata->endpoint->authority,
                                .https = metadata->endpoint->https,
                                .headers = headers,
                                .header_count = OWN_HEADERS + request->header_count};
    return http_perform(metadata->http, &sent, answer, error);
}

bool metadata_is_transient(enum http_result result)
{
    return result == HTTP_NO_CONNECTION || result == HTTP_CONNECT_TIMEOUT || result == HTTP_READ_TIMEOUT ||
           result == HTTP_CLOSED;
}
