// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/location.h"

/** The authority with the port that its scheme stands for made plain. */
static struct slice without_port(struct slice scheme, struct slice authority)
{
    struct slice port = slice_equal_nocase(scheme, SLICE("https")) ? SLICE(":443") : SLICE(":80");
    return slice_ends_with(authority, port) ? slice_part(authority, 0, authority.size - port.size) : authority;
}

/** The path of a URL that names the upstream's host; data NULL when it names another, VALUE when it names none. */
static struct slice path_at(struct slice value, const struct upstream_address *upstream)
{
    const struct slice none = {0};
    struct slice scheme = upstream->scheme;
    struct slice rest = value;
    if (!slice_starts_with(value, SLICE("//"))) {
        size_t colon = slice_find(value, ':', 0);
        if (slice_find(value, '/', 0) < colon)
            return value;
        if (!slice_starts_with(slice_part(value, colon, value.size), SLICE("://")))
            return none;
        scheme = slice_part(value, 0, colon);
        rest = slice_part(value, colon + 1, value.size);
    }
    rest = slice_part(rest, 2, rest.size);
    size_t end = 0;
    while (end < rest.size && rest.data[end] != '/' && rest.data[end] != '?' && rest.data[end] != '#')
        end++;
    struct slice authority = without_port(scheme, slice_part(rest, 0, end));
    if (!slice_equal_nocase(scheme, upstream->scheme) ||
        !slice_equal_nocase(authority, without_port(upstream->scheme, upstream->authority)))
        return none;
    return slice_part(rest, end, rest.size);
}

/** Whether the path is BASE or below it. */
static bool is_below(struct slice path, struct slice base)
{
    if (!slice_starts_with(path, base))
        return false;
    struct slice rest = slice_part(path, base.size, path.size);
    return rest.size == 0 || rest.data[0] == '/' || rest.data[0] == '?' || rest.data[0] == '#';
}

void location_rewrite(struct slice value, const struct upstream_address *upstream, struct slice prefix,
                      struct buffer *out)
{
    struct slice path = path_at(value, upstream);
    bool whole = path.data != value.data;
    if (path.data == NULL || !is_below(path, upstream->base) || (!whole && !slice_starts_with(path, SLICE("/")))) {
        buffer_append_slice(out, value);
        return;
    }
    buffer_append_slice(out, prefix);
    buffer_append_slice(out, slice_part(path, upstream->base.size, path.size));
}
