// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/repository/endpoint_url.h"
#include "base/text.h"
#include "client/transport/partition.h"

#include <string.h>

#define OWNER_SIZE 12
#define DOMAIN_SHORTEST 2
#define REPOSITORY_SHORTEST 2
#define PORT_HIGHEST 65535

/** The package formats that CodeArtifact has, as its paths name them. */
static const char *const formats[] = {"npm", "pypi", "maven", "nuget", "generic", "ruby", "swift", "cargo"};

// ------------------------------------------------------------------ text

/** Copies TEXT in lower case; false when it does not fit. */
static bool copy_lower(struct slice text, char *out, size_t room)
{
    if (text.size >= room)
        return false;
    for (size_t i = 0; i < text.size; i++)
        out[i] = text_lower(text.data[i]);
    out[text.size] = '\0';
    return true;
}

static bool copy(struct slice text, char *out, size_t room)
{
    if (text.size >= room)
        return false;
    if (text.size > 0)
        memcpy(out, text.data, text.size);
    out[text.size] = '\0';
    return true;
}

static bool is_digits(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_digit(text.data[i]))
            return false;
    return text.size > 0;
}

static bool is_of(struct slice text, const char *others)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            (text.data[i] == '\0' || strchr(others, text.data[i]) == NULL))
            return false;
    return text.size > 0;
}

/** Cuts the last label off TEXT, which is then what stands before its dot. */
static struct slice cut_last(struct slice *text, char separator)
{
    size_t at = text->size;
    while (at > 0 && text->data[at - 1] != separator)
        at--;
    struct slice last = slice_part(*text, at, text->size);
    text->size = at > 0 ? at - 1 : 0;
    return last;
}

// ------------------------------------------------------------------ names

/** `[a-z][a-z0-9-]{0,48}[a-z0-9]`, the shortest being two. */
static bool is_domain(struct slice text)
{
    return text.size >= DOMAIN_SHORTEST && text_is_alpha(text.data[0]) && is_of(text, "-") &&
           text.data[text.size - 1] != '-';
}

/** `[A-Za-z0-9][A-Za-z0-9._-]{1,99}`. */
static bool is_repository(struct slice text)
{
    return text.size >= REPOSITORY_SHORTEST && is_of(text, "._-") && is_of(slice_part(text, 0, 1), "");
}

bool endpoint_url_read_label(struct slice label, struct endpoint_url *out)
{
    struct slice domain = label;
    struct slice owner = cut_last(&domain, '-');
    if (owner.size != OWNER_SIZE || !is_digits(owner) || !is_domain(domain) || domain.size >= sizeof out->domain)
        return false;
    return copy_lower(domain, out->domain, sizeof out->domain) && copy(owner, out->owner, sizeof out->owner);
}

static bool read_format(struct slice text, struct endpoint_url *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (slice_is(text, formats[i]))
            return copy(text, out->format, sizeof out->format);
    return false;
}

// ------------------------------------------------------------------ the URL

static bool is_scheme(struct slice text)
{
    return text.size > 0 && text_is_alpha(text.data[0]) && is_of(text, "+-.");
}

static bool read_scheme(struct slice *rest, struct endpoint_url *out)
{
    size_t colon = slice_find(*rest, ':', 0);
    out->scheme = slice_part(*rest, 0, 0);
    if (slice_starts_with(*rest, SLICE("//"))) {
        *rest = slice_part(*rest, 2, rest->size);
        return true;
    }
    if (!slice_starts_with(slice_part(*rest, colon, rest->size), SLICE("://")))
        return true;
    struct slice scheme = slice_part(*rest, 0, colon);
    *rest = slice_part(*rest, colon + 3, rest->size);
    out->scheme = slice_starts_with(scheme, SLICE("sparse+")) ? slice_part(scheme, 7, scheme.size) : scheme;
    return is_scheme(out->scheme);
}

static void read_user(struct slice *authority, struct endpoint_url *out)
{
    struct slice before = *authority;
    struct slice host = cut_last(&before, '@');
    out->user = slice_part(before, 0, 0);
    if (host.size == authority->size)
        return;
    size_t colon = slice_find(before, ':', 0);
    out->user = slice_part(before, 0, colon);
    if (colon < before.size)
        out->password = slice_part(before, colon + 1, before.size);
    *authority = host;
}

static bool is_port(struct slice text)
{
    uint64_t port;
    return text.size == 0 || (text_parse_unsigned(text, &port) && port <= PORT_HIGHEST);
}

static bool is_host(struct slice host)
{
    if (host.size > 2 && host.data[0] == '[')
        return host.data[host.size - 1] == ']' && is_of(slice_part(host, 1, host.size - 2), ":.");
    struct slice label;
    struct slice rest = host;
    while (slice_cut(&rest, '.', &label))
        if (!is_of(label, "-_"))
            return false;
    return host.size > 0;
}

/** Where URL parsers of other programs see another host than RFC 3986 does: a backslash is their slash, blanks go. */
static bool is_ambiguous(struct slice authority)
{
    for (size_t i = 0; i < authority.size; i++) {
        unsigned char c = (unsigned char)authority.data[i];
        if (c <= ' ' || c == '\\' || c == 0x7f)
            return true;
    }
    return false;
}

static bool read_authority(struct slice authority, struct endpoint_url *out)
{
    if (is_ambiguous(authority))
        return false;
    read_user(&authority, out);
    size_t bracket = slice_find(authority, ']', 0);
    size_t colon = slice_find(authority, ':', bracket < authority.size ? bracket : 0);
    struct slice host = slice_part(authority, 0, colon);
    struct slice port = slice_part(authority, colon + 1, authority.size);
    // The dot of the root names the same host.
    if (host.size > 1 && host.data[host.size - 1] == '.')
        host.size--;
    if (!is_host(host) || !is_port(port) || !copy_lower(host, out->host, sizeof out->host))
        return false;
    BUFFER_ROOM(whole, sizeof out->authority);
    buffer_append_text(&whole, out->host);
    if (port.size > 0) {
        buffer_append_char(&whole, ':');
        buffer_append_slice(&whole, port);
    }
    return copy(buffer_slice(&whole), out->authority, sizeof out->authority);
}

static bool split(struct slice text, struct endpoint_url *out)
{
    if (!read_scheme(&text, out))
        return false;
    text = slice_part(text, 0, slice_find(text, '#', 0));
    text = slice_part(text, 0, slice_find(text, '?', 0));
    size_t slash = slice_find(text, '/', 0);
    out->path = slice_part(text, slash, text.size);
    return read_authority(slice_part(text, 0, slash), out);
}

// ------------------------------------------------------------------ the host

/** What an AWS host says besides its first label. */
struct host_shape {
    const char *label; // between the first label and the region
    enum endpoint_url_form form;
    bool fips;
};

static const struct host_shape shapes[] = {
    {".d.codeartifact", ENDPOINT_URL_CLASSIC, false},
    {".d.codeartifact-fips", ENDPOINT_URL_CLASSIC, true},
    {".codeartifact", ENDPOINT_URL_DUALSTACK, false},
    {".codeartifact-fips", ENDPOINT_URL_DUALSTACK, true},
};

/** What the host of that form ends with behind the region; NULL when the partition has none. */
static const char *suffix_of(enum endpoint_url_form form, const struct partition_names *names)
{
    return form == ENDPOINT_URL_DUALSTACK ? names->dualstack_suffix : names->suffix;
}

/** "FIRST.d.codeartifact.REGION.SUFFIX": the part behind the service names region and partition, which must agree. */
static bool read_shape(const struct host_shape *shape, struct slice host, struct endpoint_url *out)
{
    struct slice rest = host;
    struct slice first;
    (void)slice_cut(&rest, '.', &first);
    struct slice service = slice_of(shape->label);
    if (!slice_starts_with(slice_part(host, first.size, host.size), service))
        return false;
    rest = slice_part(host, first.size + service.size, host.size);
    if (rest.size < 2 || rest.data[0] != '.')
        return false;
    rest = slice_part(rest, 1, rest.size);
    struct slice region;
    (void)slice_cut(&rest, '.', &region);
    struct partition_names names = partition_names_of(region);
    bool vpc = shape->form == ENDPOINT_URL_CLASSIC && slice_starts_with(rest, SLICE("vpce."));
    const char *suffix = suffix_of(shape->form, &names);
    if (suffix == NULL || !slice_is(slice_part(rest, vpc ? 5 : 0, rest.size), suffix) ||
        (!vpc && !endpoint_url_read_label(first, out)) || !copy(region, out->region, sizeof out->region))
        return false;
    out->form = vpc ? ENDPOINT_URL_VPC : shape->form;
    out->fips = shape->fips;
    out->partition = names.name;
    return true;
}

static bool read_host(struct endpoint_url *out)
{
    bool open = out->scheme.size > 0 && !slice_equal_nocase(out->scheme, SLICE("https"));
    for (size_t i = 0; !open && i < sizeof shapes / sizeof *shapes; i++)
        if (read_shape(&shapes[i], slice_of(out->host), out))
            return true;
    return false;
}

// ------------------------------------------------------------------ the path

/** Behind the host of a domain: /FORMAT/REPOSITORY/... */
static void read_repository(struct slice path, struct endpoint_url *out)
{
    struct slice format = {0};
    struct slice repository = {0};
    path = slice_part(path, 1, path.size);
    (void)slice_cut(&path, '/', &format);
    (void)slice_cut(&path, '/', &repository);
    if (!is_repository(repository) || repository.size >= sizeof out->repository || !read_format(format, out))
        return;
    (void)copy(repository, out->repository, sizeof out->repository);
}

/** /BASE/FORMAT/d/DOMAIN-OWNER/REPOSITORY/...: the first place where such segments follow each other. */
static bool read_path(struct slice path, struct endpoint_url *out)
{
    struct slice segments[4] = {{0}, {0}, {0}, {0}};
    for (bool more = true; more;) {
        memmove(segments, segments + 1, 3 * sizeof *segments);
        more = slice_cut(&path, '/', &segments[3]);
        if (more && slice_is(segments[1], "d") && is_repository(segments[3]) &&
            segments[3].size < sizeof out->repository && read_format(segments[0], out) &&
            endpoint_url_read_label(segments[2], out))
            return copy(segments[3], out->repository, sizeof out->repository);
    }
    return false;
}

/** Drops what was read of a domain when it is not known which one it is. */
static void forget(struct endpoint_url *out)
{
    out->form = ENDPOINT_URL_OTHER;
    out->partition = "";
    out->fips = false;
    out->domain[0] = out->owner[0] = out->region[0] = out->format[0] = out->repository[0] = '\0';
}

bool endpoint_url_read(struct slice text, struct endpoint_url *out)
{
    struct endpoint_url read = {.partition = ""};
    if (text.size == 0 || !split(text, &read))
        return false;
    bool known = read_host(&read);
    if (known && read.form != ENDPOINT_URL_VPC)
        read_repository(read.path, &read);
    else if (!read_path(read.path, &read))
        forget(&read);
    else if (!known)
        read.form = ENDPOINT_URL_PATH;
    *out = read;
    return true;
}
