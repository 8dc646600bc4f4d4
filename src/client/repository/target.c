// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/repository/target.h"
#include "base/file.h"
#include "base/host.h"
#include "base/text.h"
#include "client/expand.h"
#include "client/settings.h"

#include <string.h>

/** A file larger than this is taken for a mistake. */
#define FILE_LIMIT ((size_t)1 << 20)

// ------------------------------------------------------------------ the file

bool target_write_hosts_path(struct buffer *out, environment_function *environment)
{
    const char *folder = environment("XDG_CONFIG_HOME");
    // The base directory specification: a relative path there counts for nothing.
    bool given = folder != NULL && folder[0] == '/';
    if (given)
        buffer_append_text(out, folder);
    else if (!expand_home(out, SLICE("~/.config"), environment))
        return false;
    buffer_append_text(out, "/jeton/hosts");
    return true;
}

bool target_read_hosts(environment_function *environment, struct arena *arena, struct hosts *out, struct error *error)
{
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    *out = (struct hosts){0};
    if (!target_write_hosts_path(&path, environment))
        return true;
    enum file_result result = file_read(buffer_text(&path), FILE_LIMIT, &text, &reason);
    if (result == FILE_ABSENT)
        return true;
    if (result == FILE_FAILED)
        return error_move(error, &reason);
    // The entries point into the text, which has to live as long as they.
    struct buffer kept = {.data = arena_copy(arena, buffer_text(&text), text.size),
                          .size = text.size,
                          .capacity = text.size + 1,
                          .borrowed = true};
    return hosts_parse(&kept, buffer_text(&path), arena, out, error);
}

// ------------------------------------------------------------------ whose host

/** Everything that says something. */
struct finding {
    const struct target_options *options;
    environment_function *environment;
    struct arena *arena;
    struct hosts hosts;
    struct endpoint_url url;
    struct target *out;
    struct error *error;
};

static const char *either(const char *first, const char *second)
{
    return first != NULL ? first : second;
}

static const char *keep(const struct finding *finding, const char *text)
{
    return text[0] == '\0' ? NULL : arena_copy(finding->arena, text, strlen(text));
}

static bool has_scheme(const struct endpoint_url *url, const char *scheme)
{
    return slice_equal_nocase(url->scheme, slice_of(scheme));
}

/** Whether URL stands on the host of ENDPOINT, by the same scheme if it says one. */
static bool stands_at(const struct endpoint_url *url, const char *endpoint)
{
    struct endpoint_url at;
    return endpoint != NULL && endpoint_url_read(slice_of(endpoint), &at) &&
           strcmp(at.authority, url->authority) == 0 &&
           (url->scheme.size == 0 || slice_equal_nocase(url->scheme, at.scheme));
}

/** Whether the URL stands on the host at which tokens are asked for: jetond's own. */
static bool is_at_endpoint(const struct finding *finding)
{
    const char *profile = either(finding->options->profile, finding->hosts.defaults.profile);
    const char *given = either(finding->options->endpoint_url, finding->hosts.defaults.endpoint_url);
    if (given != NULL)
        return stands_at(&finding->url, given);
    const struct options options = {.profile = profile};
    struct settings settings;
    bool at = settings_begin(&options, finding->environment, finding->arena, &settings, NULL) &&
              settings_finish(&options, "CODEARTIFACT", finding->arena, &settings, NULL) &&
              stands_at(&finding->url, settings.endpoint_url);
    settings_free(&settings);
    return at;
}

static bool is_on_loopback(const struct endpoint_url *url)
{
    return slice_is(slice_of(url->host), "localhost") || slice_is(slice_of(url->host), "[::1]") ||
           host_is_loopback(url->host);
}

/** Whether a token may go there: over TLS, on this machine, or as the token itself comes, in clear. */
static bool may_go(const struct endpoint_url *url, const struct host_entry *entry)
{
    if (url->scheme.size == 0 || has_scheme(url, "https"))
        return true;
    struct endpoint_url at;
    return has_scheme(url, "http") &&
           (is_on_loopback(url) || (entry->endpoint_url != NULL &&
                                    endpoint_url_read(slice_of(entry->endpoint_url), &at) && has_scheme(&at, "http")));
}

/** What the file says of the host. A section without a port is for the port of the scheme alone. */
static const struct host_entry *find_entry(const struct finding *finding)
{
    const struct endpoint_url *url = &finding->url;
    const char *port = url->authority + strlen(url->host);
    bool usual = *port == '\0' || slice_is(slice_of(port), has_scheme(url, "http") ? ":80" : ":443");
    const struct host_entry *entry = hosts_find(&finding->hosts, url->authority, usual ? url->host : url->authority);
    return entry != NULL && may_go(url, entry) ? entry : NULL;
}

/** The domain of a host that the file names: the path's, the first label's or the file's, which must not disagree. */
static bool read_named(struct finding *finding, const struct host_entry *entry)
{
    struct endpoint_url *url = &finding->url;
    struct slice host = slice_of(url->host);
    if (url->form == ENDPOINT_URL_OTHER && strncmp(entry->name, "*.", 2) == 0)
        (void)endpoint_url_read_label(slice_part(host, 0, slice_find(host, '.', 0)), url);
    bool agrees = (url->domain[0] == '\0' || entry->domain == NULL || strcmp(url->domain, entry->domain) == 0) &&
                  (url->owner[0] == '\0' || entry->owner == NULL || strcmp(url->owner, entry->owner) == 0);
    finding->out->domain = either(keep(finding, url->domain), entry->domain);
    finding->out->owner = either(keep(finding, url->owner), entry->owner);
    return agrees;
}

static void take_entry(struct target *out, const struct host_entry *entry)
{
    out->profile = entry->profile;
    out->endpoint_url = entry->endpoint_url;
    out->region = either(out->region, entry->region);
    out->duration = entry->duration;
}

static enum target_result find_host(struct finding *finding, const char *text)
{
    struct target *out = finding->out;
    if (!endpoint_url_read(slice_of(text), &finding->url))
        return TARGET_FOREIGN;
    const struct endpoint_url *url = &finding->url;
    const struct host_entry *entry = find_entry(finding);
    bool aws = url->form != ENDPOINT_URL_OTHER && url->form != ENDPOINT_URL_PATH;
    if (!aws && entry == NULL && (url->form != ENDPOINT_URL_PATH || !is_at_endpoint(finding)))
        return TARGET_FOREIGN;
    out->host = keep(finding, url->authority);
    out->format = arena_copy(finding->arena, url->format, strlen(url->format));
    // A repository that is reached by FIPS alone has its token asked for that way too; the region is botocore's name
    // for it.
    out->region = url->fips ? arena_format(finding->arena, "fips-%s", url->region) : keep(finding, url->region);
    out->domain = keep(finding, url->domain);
    out->owner = keep(finding, url->owner);
    if (entry != NULL && !read_named(finding, entry))
        return TARGET_FOREIGN;
    take_entry(out, entry != NULL ? entry : &finding->hosts.defaults);
    return TARGET_FOUND;
}

// ------------------------------------------------------------------ what the caller says

static void take_options(struct finding *finding)
{
    const struct target_options *options = finding->options;
    struct target *out = finding->out;
    out->domain = either(options->domain, out->domain);
    out->owner = either(options->owner, out->owner);
    out->profile = either(options->profile, out->profile);
    out->region = either(options->region, out->region);
    out->endpoint_url = either(options->endpoint_url, out->endpoint_url);
}

static bool take_duration(struct finding *finding)
{
    const char *text = finding->options->duration;
    uint64_t seconds;
    if (text != NULL && !text_parse_unsigned(slice_of(text), &seconds))
        return error_set(finding->error, ERROR_PARAMETER, NULL,
                         "--duration-seconds is \"%s\": it is a number of seconds, 0 or 900 to 43200", text);
    finding->out->duration = either(text, finding->out->duration);
    return true;
}

static bool require_domain(const struct finding *finding)
{
    if (finding->out->domain != NULL)
        return true;
    BUFFER_AUTO path = {0};
    if (!target_write_hosts_path(&path, finding->environment))
        buffer_append_text(&path, "the file hosts");
    const char *host = finding->out->host;
    return error_set(finding->error, ERROR_CONFIGURATION, NULL,
                     "Nothing says which domain %s belongs to: add `domain = NAME` to [%s] in %s",
                     host != NULL ? host : "a request without a URL", host != NULL ? host : "DEFAULT",
                     buffer_text(&path));
}

enum target_result target_find(const char *url, const struct target_options *options, environment_function *environment,
                               struct arena *arena, struct target *out, struct error *error)
{
    struct finding finding = {
        .options = options, .environment = environment, .arena = arena, .out = out, .error = error};
    *out = (struct target){.format = ""};
    if (!target_read_hosts(environment, arena, &finding.hosts, error))
        return TARGET_FAILED;
    if (url != NULL) {
        enum target_result result = find_host(&finding, url);
        if (result != TARGET_FOUND)
            return result;
    } else {
        out->domain = finding.hosts.defaults.domain;
        out->owner = finding.hosts.defaults.owner;
        take_entry(out, &finding.hosts.defaults);
    }
    take_options(&finding);
    return take_duration(&finding) && require_domain(&finding) ? TARGET_FOUND : TARGET_FAILED;
}
