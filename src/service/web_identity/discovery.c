// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/discovery.h"

#include "base/json.h"

/** No browser or proxy takes a longer one. */
#define URL_MAX ((size_t)2048)

/** Printable ASCII, without what readers of URLs differ about. */
static bool is_plain(struct slice url)
{
    for (size_t i = 0; i < url.size; i++)
        if (url.data[i] <= ' ' || url.data[i] > '~' || url.data[i] == '\\' || url.data[i] == '#')
            return false;
    return true;
}

/** https, a host, and nobody's name and password before it. */
static bool is_https(struct slice url)
{
    static const struct slice scheme = {"https://", 8};
    if (url.size > URL_MAX || !slice_starts_with(url, scheme) || !is_plain(url))
        return false;
    struct slice rest = slice_part(url, scheme.size, url.size);
    size_t end = slice_find(rest, '/', 0);
    size_t query = slice_find(rest, '?', 0);
    struct slice authority = slice_part(rest, 0, end < query ? end : query);
    return authority.size > 0 && authority.data[0] != ':' && slice_find(authority, '@', 0) == authority.size;
}

bool discovery_is_issuer(struct slice url)
{
    return url.size <= DISCOVERY_ISSUER_MAX && is_https(url) && slice_find(url, '?', 0) == url.size;
}

void discovery_write_url(struct slice issuer, struct buffer *out)
{
    if (slice_ends_with(issuer, SLICE("/")))
        issuer.size--;
    buffer_append_slice(out, issuer);
    buffer_append_text(out, "/.well-known/openid-configuration");
}

static bool refuse(struct error *error, const char *reason)
{
    return error_set(error, ERROR_SERVICE, NULL, "the discovery document %s", reason);
}

bool discovery_read(struct slice text, struct slice issuer, struct buffer *keys_url, struct error *error)
{
    JSON_AUTO *document = json_parse_unique(text, NULL);
    if (!json_is_object(document))
        return refuse(error, "is no JSON object, or has a member twice");
    if (!slice_equal(json_member_text(document, "issuer"), issuer))
        return refuse(error, "is not of this issuer: its member \"issuer\" must be the URL of the provider, exactly");
    struct slice url = json_member_text(document, "jwks_uri");
    if (!is_https(url))
        return refuse(error, "has no https URL as \"jwks_uri\"");
    buffer_append_slice(keys_url, url);
    return true;
}
