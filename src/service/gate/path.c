// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/path.h"

#include "base/text.h"

/** The longest of each; URLs of package managers have some hundred characters. */
#define PATH_MAX_SIZE ((size_t)2048)
#define QUERY_MAX_SIZE ((size_t)2048)
#define HOST_MAX_SIZE ((size_t)255)
#define OWNER_SIZE ((size_t)12)

/** What a byte may be in a URL (RFC 3986 section 3.3 and 3.4). */
enum {
    IN_PATH = 1,       /**< Of a path segment: all that the RFC has, but for `;`. */
    IN_QUERY = 2,      /**< Of a query. */
    NEEDS_ESCAPE = 4,  /**< Must be escaped, and may be. */
    MAY_BE_ESCAPED = 8 /**< Stands for itself either way, with everybody: what no reader gives a meaning. */
};

/**
 * Letters, digits, `-`, `.`, `_` and `~` are never escaped by a client, and `/`, `\`, `%` and control characters mean
 * something else once they are decoded, so none of their escapes is let through. `;` begins parameters of a segment for
 * some servers, which cut them off before they look for dots. Names are in ASCII: of other characters some servers make
 * the dot or the slash that looks like them.
 */
static const unsigned char classes[256] = {
    ['A' ... 'Z'] = IN_PATH | IN_QUERY,
    ['a' ... 'z'] = IN_PATH | IN_QUERY,
    ['0' ... '9'] = IN_PATH | IN_QUERY,
    ['-'] = IN_PATH | IN_QUERY,
    ['.'] = IN_PATH | IN_QUERY,
    ['_'] = IN_PATH | IN_QUERY,
    ['~'] = IN_PATH | IN_QUERY,
    ['!'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['$'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['&'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['\''] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['('] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    [')'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['*'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['+'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    [','] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['='] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    [':'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['@'] = IN_PATH | IN_QUERY | MAY_BE_ESCAPED,
    ['/'] = IN_QUERY,
    ['?'] = IN_QUERY,
    [' '] = NEEDS_ESCAPE,
    ['"'] = NEEDS_ESCAPE,
    ['['] = NEEDS_ESCAPE,
    [']'] = NEEDS_ESCAPE,
    ['^'] = NEEDS_ESCAPE,
    ['`'] = NEEDS_ESCAPE,
    ['{'] = NEEDS_ESCAPE,
    ['|'] = NEEDS_ESCAPE,
    ['}'] = NEEDS_ESCAPE,
};

static bool refuse(struct error *error, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "UnknownPlace", "%s", what);
}

// ------------------------------------------------------------------ characters

/** The byte that an escape at AT stands for, or -1 when there is none that is whole. */
static int escaped_byte(struct slice text, size_t at)
{
    unsigned char byte;
    return text_hex_decode(slice_part(text, at + 1, 2), &byte, 1) ? byte : -1;
}

/** The slash in `@scope%2fname` of npm is the one that is escaped; whether it may be here is seen later. */
static bool check_path_escape(struct slice path, size_t at, size_t *slashes, struct error *error)
{
    int byte = escaped_byte(path, at);
    if (byte < 0)
        return refuse(error, "The path has a broken escape.");
    if (byte == '/') {
        ++*slashes;
        return true;
    }
    if ((classes[byte] & (NEEDS_ESCAPE | MAY_BE_ESCAPED)) == 0)
        return refuse(error, "The path escapes a character that is never escaped, or may not be there.");
    return true;
}

/** All characters of the path, its escapes, and how often `%2F` is in it. */
static bool check_path(struct slice path, size_t *slashes, struct error *error)
{
    if (path.size > PATH_MAX_SIZE)
        return refuse(error, "The path is too long.");
    for (size_t i = 0; i < path.size; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if ((classes[c] & IN_PATH) != 0 || c == '/')
            continue;
        if (c != '%')
            return refuse(error, "The path has a character that may not be there.");
        if (!check_path_escape(path, i, slashes, error))
            return false;
        i += 2;
    }
    return true;
}

static bool check_query(struct slice query, struct error *error)
{
    if (query.size > QUERY_MAX_SIZE)
        return refuse(error, "The query is too long.");
    for (size_t i = 0; i < query.size; i++) {
        unsigned char c = (unsigned char)query.data[i];
        if (c != '%' && (classes[c] & IN_QUERY) == 0)
            return refuse(error, "The query has a character that may not be there.");
        int byte = c == '%' ? escaped_byte(query, i) : ' ';
        if (byte < 0x20 || byte == 0x7f)
            return refuse(error, "The query has a broken escape, or one of a control character.");
    }
    return true;
}

// ------------------------------------------------------------------ names

static bool is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || text_is_digit(c);
}

/** CodeArtifact's pattern of a domain: [a-z][a-z0-9\-]{0,48}[a-z0-9]. */
static bool is_domain(struct slice text)
{
    if (text.size < 2 || text.size > 50 || text.data[0] < 'a' || text.data[0] > 'z' ||
        !is_lower_or_digit(text.data[text.size - 1]))
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!is_lower_or_digit(text.data[i]) && text.data[i] != '-')
            return false;
    return true;
}

/** And of a repository: [A-Za-z0-9][A-Za-z0-9._\-]{1,99}. */
static bool is_repository(struct slice text)
{
    if (text.size < 2 || text.size > 100)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            (i == 0 || (text.data[i] != '.' && text.data[i] != '_' && text.data[i] != '-')))
            return false;
    return true;
}

/** "DOMAIN-OWNER": a domain may have dashes, an owner is always 12 digits. */
static bool read_domain(struct slice label, struct gate_place *out)
{
    if (label.size < OWNER_SIZE + 1 || label.data[label.size - OWNER_SIZE - 1] != '-')
        return false;
    struct slice owner = slice_part(label, label.size - OWNER_SIZE, OWNER_SIZE);
    struct slice domain = slice_part(label, 0, label.size - OWNER_SIZE - 1);
    for (size_t i = 0; i < owner.size; i++)
        if (!text_is_digit(owner.data[i]))
            return false;
    if (!is_domain(domain))
        return false;
    out->owner = owner;
    out->domain = domain;
    return true;
}

// ------------------------------------------------------------------ the host

/** In small letters and without its port; data NULL when it is none. An address in brackets is one, and no name. */
static struct slice read_host(struct slice host, struct arena *arena)
{
    struct slice none = {NULL, 0};
    size_t name_end = host.size > 0 && host.data[0] == '[' ? slice_find(host, ']', 0) + 1 : slice_find(host, ':', 0);
    uint64_t port;
    if (name_end == 0 || name_end > host.size || host.size > HOST_MAX_SIZE)
        return none;
    struct slice rest = slice_part(host, name_end, host.size);
    if (rest.size > 0 && (rest.data[0] != ':' || !text_parse_unsigned(slice_part(rest, 1, rest.size), &port) ||
                          port == 0 || port > 65535))
        return none;
    char *name = arena_copy(arena, host.data, name_end);
    for (size_t i = 0; i < name_end; i++) {
        name[i] = text_lower(name[i]);
        bool dotted = name[i] == '.' && i > 0 && i + 1 < name_end && name[i - 1] != '.';
        bool bracketed = name[0] == '[' && (name[i] == ':' || i == 0 || i == name_end - 1);
        if (!is_lower_or_digit(name[i]) && name[i] != '-' && name[i] != '_' && !dotted && !bracketed)
            return none;
    }
    return (struct slice){name, name_end};
}

/** Takes ENDING off the end of a name, and the dot before it. */
static bool cut_ending(struct slice *name, struct slice ending)
{
    if (ending.size == 0 || !slice_ends_with(*name, ending))
        return false;
    struct slice rest = slice_part(*name, 0, name->size - ending.size);
    if (rest.size < 2 || rest.data[rest.size - 1] != '.')
        return false;
    *name = slice_part(rest, 0, rest.size - 1);
    return true;
}

/** What stands before the ending of a host that is a domain's own; false when it is any other. */
static bool find_label(const struct gate_address *address, struct slice host, struct slice *label)
{
    *label = host;
    if (cut_ending(label, address->suffix))
        return true;
    // DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com, and with two stacks DOMAIN-OWNER.codeartifact.REGION.on.aws.
    if (cut_ending(label, SLICE("amazonaws.com")) && cut_ending(label, address->region) &&
        cut_ending(label, SLICE("d.codeartifact")))
        return true;
    *label = host;
    return cut_ending(label, SLICE("on.aws")) && cut_ending(label, address->region) &&
           cut_ending(label, SLICE("codeartifact"));
}

// ------------------------------------------------------------------ the path

/** Two dots, with or without something beside them, and blanks, which some servers take away, at either end. */
static bool is_strange(struct slice part)
{
    static const struct slice ends[] = {{"..", 2}, {"%20", 3}};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (slice_starts_with(part, ends[i]) || slice_ends_with(part, ends[i]))
            return true;
    return part.size == 0 || slice_is(part, ".");
}

/** Takes the next part off a path that starts with a slash. */
static bool cut_part(struct slice *rest, struct slice *part)
{
    if (rest->size == 0 || rest->data[0] != '/')
        return false;
    size_t end = slice_find(*rest, '/', 1);
    *part = slice_part(*rest, 1, end - 1);
    *rest = slice_part(*rest, end, rest->size);
    return !is_strange(*part);
}

/** The format, and in the path form the domain; whose host names another than the path does is refused. */
static bool read_front(const struct gate_address *address, struct slice host, struct slice *rest,
                       struct gate_place *out, struct error *error)
{
    struct slice label;
    struct slice part;
    bool own_host = find_label(address, host, &label);
    if (own_host && !read_domain(label, out))
        return refuse(error, "The host name is not that of a domain.");
    if (!own_host && address->base.size > 0) {
        if (!slice_starts_with(*rest, address->base))
            return refuse(error, "The path is not below the address of the repositories.");
        *rest = slice_part(*rest, address->base.size, rest->size);
    }
    if (!cut_part(rest, &out->format))
        return refuse(error, "The path names no format.");
    if (own_host)
        return true;
    if (!cut_part(rest, &part) || !slice_is(part, "d") || !cut_part(rest, &part) || !read_domain(part, out))
        return refuse(error, "The path names no domain: it starts with /FORMAT/d/DOMAIN-OWNER/REPOSITORY/.");
    return true;
}

static bool read_parts(struct slice rest, struct gate_place *out, struct error *error)
{
    while (rest.size > 1) {
        if (out->part_count == GATE_PARTS_MAX)
            return refuse(error, "The path has too many parts.");
        if (!cut_part(&rest, &out->parts[out->part_count]))
            return refuse(error, "The path has an empty part, or one of dots or blanks.");
        out->part_count++;
    }
    out->folder = rest.size == 1;
    return true;
}

/** "@scope%2Fname", or the same with "%40" in the place of "@"; no name of npm begins with a dot. */
static bool is_scoped(struct slice part)
{
    size_t at = slice_starts_with(part, SLICE("@")) ? 1 : 3;
    size_t escape = slice_find(part, '%', at);
    return (at == 1 || slice_starts_with(part, SLICE("%40"))) && escape > at && escape + 3 < part.size &&
           escaped_byte(part, escape) == '/' && part.data[escape + 3] != '.';
}

/** The one escaped slash that may be: in the name of a package of npm, alone or below `-/package/`. */
static bool check_slashes(const struct gate_place *place, size_t slashes, struct error *error)
{
    if (slashes == 0)
        return true;
    bool below = place->part_count > 2 && slice_is(place->parts[0], "-") && slice_is(place->parts[1], "package");
    size_t at = below ? 2 : 0;
    if (slashes == 1 && slice_is(place->format, "npm") && place->part_count > at && is_scoped(place->parts[at]))
        return true;
    return refuse(error, "The path escapes a slash elsewhere than in the name of an npm package.");
}

struct gate_address gate_read_address(const char *endpoint_base, const char *endpoint_hosts, struct slice region,
                                      struct arena *arena)
{
    struct gate_address address = {.region = region};
    struct slice base = slice_of(endpoint_base);
    size_t authority = slice_find(base, ':', 0) + 3;
    address.base = slice_part(base, slice_find(base, '/', authority), base.size);
    if (endpoint_hosts != NULL)
        address.suffix = read_host(slice_of(endpoint_hosts), arena);
    return address;
}

bool gate_read_place(const struct gate_address *address, struct slice host, struct slice target, struct arena *arena,
                     struct gate_place *out, struct error *error)
{
    *out = (struct gate_place){0};
    size_t mark = slice_find(target, '?', 0);
    struct slice rest = slice_part(target, 0, mark);
    size_t slashes = 0;
    if (mark < target.size)
        out->query = slice_part(target, mark + 1, target.size);
    struct slice name = read_host(host, arena);
    if (name.data == NULL)
        return refuse(error, "The host is missing, or none.");
    if (!check_path(rest, &slashes, error) || !check_query(out->query, error) ||
        !read_front(address, name, &rest, out, error))
        return false;
    if (!cut_part(&rest, &out->repository) || !is_repository(out->repository))
        return refuse(error, "The path names no repository.");
    return read_parts(rest, out, error) && check_slashes(out, slashes, error);
}
