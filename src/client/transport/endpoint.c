// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/endpoint.h"
#include "base/text.h"
#include "client/debug.h"
#include "client/python.h"
#include "client/transport/partition.h"

#include <arpa/inet.h>
#include <string.h>

/** A URL in its parts, nothing checked. */
struct url {
    struct slice scheme;
    struct slice host; // with the brackets of an IPv6 address
    struct slice port;
    struct slice path;
    struct slice query;
    bool fragment;
};

/** As Python's urlsplit() takes it apart; what stands before an `@` is dropped, as it is never sent. */
static bool split_url(struct slice url, struct url *out)
{
    *out = (struct url){0};
    size_t colon = slice_find(url, ':', 0);
    if (!slice_starts_with(slice_part(url, colon, 3), SLICE("://")))
        return false;
    out->scheme = slice_part(url, 0, colon);
    struct slice rest = slice_part(url, colon + 3, url.size);
    size_t fragment = slice_find(rest, '#', 0);
    out->fragment = fragment + 1 < rest.size;
    rest = slice_part(rest, 0, fragment);
    size_t query = slice_find(rest, '?', 0);
    out->query = slice_part(rest, query + 1, rest.size);
    rest = slice_part(rest, 0, query);
    size_t path = slice_find(rest, '/', 0);
    out->path = slice_part(rest, path, rest.size);
    struct slice authority = slice_part(rest, 0, path);
    for (size_t at = slice_find(authority, '@', 0); at < authority.size; at = slice_find(authority, '@', 0))
        authority = slice_part(authority, at + 1, authority.size);
    size_t bracket = slice_find(authority, ']', 0);
    size_t port = slice_find(authority, ':', bracket < authority.size ? bracket : 0);
    out->host = slice_part(authority, 0, port);
    out->port = slice_part(authority, port + 1, authority.size);
    return true;
}

static bool is_label(struct slice label)
{
    for (size_t i = 0; i < label.size; i++)
        if (!text_is_alpha(label.data[i]) && !text_is_digit(label.data[i]) && label.data[i] != '-')
            return false;
    return label.size >= 1 && label.size <= 63 && label.data[0] != '-' && label.data[label.size - 1] != '-';
}

/** botocore's is_valid_endpoint_url() and is_valid_ipv6_endpoint_url(). */
static bool is_host(struct slice host, struct arena *arena)
{
    if (host.size > 2 && host.data[0] == '[' && host.data[host.size - 1] == ']') {
        struct in6_addr address;
        return inet_pton(AF_INET6, arena_copy(arena, host.data + 1, host.size - 2), &address) == 1;
    }
    if (host.size == 0 || host.size > 255)
        return false;
    if (host.data[host.size - 1] == '.')
        host.size--;
    struct slice label;
    while (slice_cut(&host, '.', &label))
        if (!is_label(label))
            return false;
    return true;
}

/** Encodes what may not stand in a request line, and leaves the rest as the person wrote it. */
static const char *encode(struct slice text, struct arena *arena)
{
    BUFFER_AUTO out = {0};
    text_percent_encode(&out, text, "%/:@!$&'()*+,;=?[]");
    return arena_copy(arena, buffer_text(&out), out.size);
}

static bool check_scheme(const struct url *url, struct endpoint *out, struct error *error)
{
    out->https = slice_equal_nocase(url->scheme, SLICE("https"));
    if (out->https || slice_equal_nocase(url->scheme, SLICE("http")))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "An HTTP Client raised an unhandled exception: Not supported URL scheme %.*s",
                     SLICE_ARGS(url->scheme));
}

static bool check_port(const struct url *url, struct error *error)
{
    uint64_t port = 0;
    for (size_t i = 0; i < url->port.size; i++)
        if (!text_is_digit(url->port.data[i])) {
            BUFFER_AUTO quoted = {0};
            python_write_quoted(&quoted, url->port);
            return error_set(error, ERROR_INTERNAL, NULL, "Port could not be cast to integer value as %s",
                             buffer_text(&quoted));
        }
    if (url->port.size > 0 && (!text_parse_unsigned(url->port, &port) || port > 65535))
        return error_set(error, ERROR_INTERNAL, NULL, "Port out of range 0-65535");
    return true;
}

bool endpoint_parse(const char *text, struct arena *arena, struct endpoint *out, struct error *error)
{
    struct url url;
    // Blanks before a URL are nothing to Python.
    const char *start = text + strspn(text, " ");
    if (strpbrk(text, "\t\r\n") != NULL || !split_url(slice_of(start), &url) || !is_host(url.host, arena))
        return error_set(error, ERROR_INTERNAL, NULL, "Invalid endpoint: %s", text);
    if (!check_scheme(&url, out, error) || !check_port(&url, error))
        return false;
    char *host = arena_copy(arena, url.host.data, url.host.size);
    for (char *at = host; *at != '\0'; at++)
        *at = text_lower(*at);
    uint64_t port = 0;
    bool given = url.port.size > 0 && text_parse_unsigned(url.port, &port);
    out->authority = given ? arena_format(arena, "%s:%u", host, (unsigned)port) : host;
    out->host = !given || port == (out->https ? 443 : 80) ? host : out->authority;
    out->path = encode(url.path, arena);
    out->query = encode(url.query, arena);
    out->fragment = url.fragment;
    return true;
}

/** "fips-us-east-1" and "us-east-1-fips" name a region and the wish for FIPS. */
static struct slice strip_fips(const char *region, struct arena *arena, bool *fips)
{
    static const char *const marks[] = {"fips-", "-fips"};
    for (size_t i = 0; i < 2; i++) {
        const char *mark = strstr(region, marks[i]);
        if (mark == NULL)
            continue;
        *fips = true;
        region = arena_format(arena, "%.*s%s", (int)(mark - region), region, mark + strlen(marks[i]));
    }
    return slice_of(region);
}

bool endpoint_resolve(const struct settings *settings, const char *service, struct arena *arena, struct endpoint *out,
                      struct error *error)
{
    *out = (struct endpoint){0};
    // STS has an endpoint for whoever names no region, the oldest one (partitionEndpoint in botocore's endpoints.json).
    bool global = settings->region == NULL && settings->endpoint_url == NULL && strcmp(service, "sts") == 0;
    const char *wanted = global ? "aws-global" : settings->region;
    if (wanted == NULL)
        return error_set(error, ERROR_CONFIGURATION, "NoRegion",
                         "You must specify a region. You can also configure your region by running "
                         "\"aws configure\".");
    bool fips = settings->use_fips;
    struct slice region = strip_fips(wanted, arena, &fips);
    out->region = region.data;
    out->custom = settings->endpoint_url != NULL;
    if (out->custom) {
        if (!endpoint_parse(settings->endpoint_url, arena, out, error))
            return false;
        debug_line(settings, "endpoint of %s: %s://%s%s, by %s, signed for region \"%s\"", service,
                   out->https ? "https" : "http", out->authority, out->path,
                   settings->endpoint_source == NULL ? "the settings" : settings->endpoint_source, out->region);
        return true;
    }
    BUFFER_AUTO url = {0};
    buffer_append_text(&url, "https://");
    if (!partition_write_host(&url, service, region, fips, settings->use_dualstack, error) ||
        !endpoint_parse(buffer_text(&url), arena, out, error))
        return false;
    const char *signing_region = partition_signing_region(service, region);
    if (signing_region != NULL)
        out->region = signing_region;
    debug_line(settings, "endpoint of %s: %s, by region %.*s%s%s, signed for region \"%s\"", service, buffer_text(&url),
               SLICE_ARGS(region), fips ? ", FIPS" : "", settings->use_dualstack ? ", dual-stack" : "", out->region);
    return true;
}

void endpoint_write_path(const struct endpoint *endpoint, const char *operation_path, struct buffer *out)
{
    struct slice base = slice_of(endpoint->path);
    bool at_root = strcmp(operation_path, "/") == 0;
    if (!at_root && slice_ends_with(base, SLICE("/")))
        base.size--;
    buffer_append_slice(out, base);
    if (!at_root || base.size == 0)
        buffer_append_text(out, operation_path);
}

void endpoint_write_query(const struct endpoint *endpoint, struct slice operation_query, struct buffer *out)
{
    buffer_append_text(out, endpoint->query);
    // botocore appends the query to the whole URL, so a fragment swallows it.
    if (endpoint->fragment || operation_query.size == 0)
        return;
    if (out->size > 0)
        buffer_append_char(out, '&');
    buffer_append_slice(out, operation_query);
}

/** Reads what the `%` at AT of TEXT encodes. */
static bool read_encoded(struct slice text, size_t at, unsigned char *byte)
{
    return text_hex_decode(slice_part(text, at + 1, 2), byte, 1);
}

void endpoint_write_sent(struct slice text, struct buffer *out)
{
    unsigned char byte;
    bool encoded = true;
    for (size_t i = 0; i < text.size && encoded; i++)
        encoded = text.data[i] != '%' || read_encoded(text, i, &byte);
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] != '%') {
            buffer_append_char(out, text.data[i]);
        } else if (encoded && read_encoded(text, i, &byte)) {
            buffer_append_format(out, "%%%02X", byte);
            i += 2;
        } else {
            buffer_append_text(out, "%25");
        }
}
