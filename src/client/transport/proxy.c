// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/proxy.h"
#include "base/text.h"

#include <string.h>

/** NAME is all of HOST or, behind a dot, its end. */
static bool is_suffix(struct slice host, struct slice name)
{
    if (host.size < name.size)
        return false;
    size_t start = host.size - name.size;
    return slice_equal_nocase(slice_part(host, start, name.size), name) && (start == 0 || host.data[start - 1] == '.');
}

/** Without the port; the colons of an IPv6 address stand in brackets. */
static struct slice without_port(struct slice authority)
{
    size_t bracket = slice_find(authority, ']', 0);
    return slice_part(authority, 0, slice_find(authority, ':', bracket < authority.size ? bracket : 0));
}

bool proxy_is_bypassed(const char *no_proxy, const char *authority)
{
    if (no_proxy == NULL)
        return false;
    struct slice rest = slice_of(no_proxy);
    struct slice whole = slice_of(authority);
    struct slice host = without_port(whole);
    struct slice name;
    if (slice_is(rest, "*"))
        return true;
    while (slice_cut(&rest, ',', &name)) {
        name = slice_trim(name);
        while (name.size > 0 && name.data[0] == '.')
            name = slice_part(name, 1, name.size);
        if (name.size > 0 && (is_suffix(host, name) || is_suffix(whole, name)))
            return true;
    }
    return false;
}

const char *proxy_choose(const struct settings *settings, bool https, const char *authority)
{
    const char *proxy = https ? settings->https_proxy : settings->http_proxy;
    return proxy == NULL || proxy_is_bypassed(settings->no_proxy, authority) ? NULL : proxy;
}

void proxy_write_url(struct buffer *out, const char *proxy)
{
    struct slice given = slice_of(proxy);
    if (slice_starts_with(given, SLICE("//")))
        buffer_append_text(out, "http:");
    else if (!slice_starts_with(given, SLICE("http:")) && !slice_starts_with(given, SLICE("https:")))
        buffer_append_text(out, "http://");
    buffer_append_slice(out, given);
}

bool proxy_is_secure(const char *proxy)
{
    static const struct slice scheme = {"https://", 8};
    return proxy != NULL && slice_equal_nocase(slice_part(slice_of(proxy), 0, scheme.size), scheme);
}

void proxy_write_masked(struct buffer *out, const char *proxy)
{
    BUFFER_AUTO url = {0};
    proxy_write_url(&url, proxy);
    const char *rest = strstr(buffer_text(&url), "://");
    const char *at = strrchr(buffer_text(&url), '@');
    if (rest == NULL || at == NULL || at < rest) {
        buffer_append_slice(out, buffer_slice(&url));
        return;
    }
    buffer_append(out, url.data, (size_t)(rest - url.data));
    buffer_append_format(out, "://***:***%s", at);
}
