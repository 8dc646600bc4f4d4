// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/address.h"

#include "base/text.h"

#include <stdint.h>

#define PORT_MAX 65535

static bool fail(struct error *error, const char *what)
{
    return error_set(error, ERROR_USAGE, NULL, "%s", what);
}

static bool is_host_character(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || c == '-' || c == '.' || c == '_';
}

/** A name or an IPv4 address, or an IPv6 address in brackets. */
static bool is_host(struct slice host)
{
    bool brackets = host.size > 2 && host.data[0] == '[' && host.data[host.size - 1] == ']';
    if (brackets)
        host = slice_part(host, 1, host.size - 2);
    for (size_t i = 0; i < host.size; i++)
        if (brackets ? !text_is_alpha(host.data[i]) && !text_is_digit(host.data[i]) && host.data[i] != ':' &&
                           host.data[i] != '.'
                     : !is_host_character(host.data[i]))
            return false;
    return host.size > 0;
}

static bool is_authority(struct slice authority)
{
    size_t colon = authority.size;
    for (size_t i = 0; i < authority.size; i++) {
        if (authority.data[i] == ':')
            colon = i;
        if (authority.data[i] == ']')
            colon = authority.size;
    }
    uint64_t port = 1;
    if (colon < authority.size && !text_parse_unsigned(slice_part(authority, colon + 1, authority.size), &port))
        return false;
    return port > 0 && port <= PORT_MAX && is_host(slice_part(authority, 0, colon));
}

/** What a request line can hold, and no two readers read differently. */
static bool is_base(struct slice base)
{
    struct slice rest = base;
    struct slice part;
    for (size_t i = 0; i < base.size; i++)
        if ((unsigned char)base.data[i] <= ' ' || (unsigned char)base.data[i] >= 0x7f || base.data[i] == '\\')
            return false;
    (void)slice_cut(&rest, '/', &part);
    while (slice_cut(&rest, '/', &part))
        if (part.size == 0 || slice_is(part, ".") || slice_is(part, ".."))
            return false;
    return true;
}

bool upstream_address_read(struct slice url, struct upstream_address *out, struct error *error)
{
    static const struct slice schemes[] = {{"http://", 7}, {"https://", 8}};
    size_t start = 0;
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (slice_equal_nocase(slice_part(url, 0, schemes[i].size), schemes[i]))
            start = schemes[i].size;
    if (start == 0)
        return fail(error, "give a URL that starts with http:// or https://");
    if (slice_find(url, '?', 0) < url.size || slice_find(url, '#', 0) < url.size)
        return fail(error, "give a URL without a query and a fragment");
    size_t slash = slice_find(url, '/', start);
    struct slice authority = slice_part(url, start, slash - start);
    struct slice base = slice_part(url, slash, url.size);
    if (slice_find(authority, '@', 0) < authority.size)
        return fail(error, "a password does not belong into a URL, where others can see it: put it into the file of "
                           "--upstream-credentials");
    while (slice_ends_with(base, SLICE("/")))
        base.size--;
    if (!is_authority(authority))
        return fail(error, "the URL's host or port is malformed");
    if (!is_base(base))
        return fail(error, "the URL's path is malformed");
    *out = (struct upstream_address){slice_part(url, 0, start - 3), authority, base};
    return true;
}
