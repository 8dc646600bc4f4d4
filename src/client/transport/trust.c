// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/trust.h"
#include "base/bytes.h"
#include "base/file.h"
#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdalign.h>
#include <sys/stat.h>
#include <unistd.h>

/** Where distributions keep their hashed certificates, and their bundles. */
static const char *const directories[] = {"/etc/ssl/certs", "/etc/pki/tls/certs", NULL};
static const char *const bundles[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                      "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem", NULL};

/** Eight hexadecimal digits, a dot and a number: what `openssl rehash` makes. */
static bool is_hashed_name(const char *name)
{
    struct slice number = slice_of(name);
    struct slice hash;
    unsigned char bytes[4];
    uint64_t ordinal;
    (void)slice_cut(&number, '.', &hash);
    return text_hex_decode(hash, bytes, sizeof bytes) && text_parse_unsigned(number, &ordinal);
}

/** Whether one of the SIZE bytes of entries has such a name. */
static bool has_hashed_name(const char *entries, size_t size)
{
    bool found = false;
    for (size_t at = 0; at < size && !found;) {
        const struct dirent64 *entry = (const struct dirent64 *)(const void *)(entries + at);
        found = is_hashed_name(entry->d_name);
        at += entry->d_reclen;
    }
    return found;
}

bool trust_is_hashed(const char *path)
{
    // Half of the names in such a directory are hashes: a few will do, where readdir() would read hundreds at once.
    alignas(struct dirent64) char entries[1024];
    DESCRIPTOR_AUTO directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool found = false;
    ssize_t size = directory < 0 ? 0 : getdents64(directory, entries, sizeof entries);
    for (; size > 0 && !found; size = found ? 0 : getdents64(directory, entries, sizeof entries))
        found = has_hashed_name(entries, (size_t)size);
    return found;
}

static bool refuse(const char *url, int reason, struct error *error)
{
    return error_set(error, ERROR_TRANSPORT, NULL, "SSL validation failed for %s [Errno %d] %s", url, reason,
                     strerror(reason));
}

static bool use_named(const char *path, const char *url, struct trust *out, struct error *error)
{
    if (slice_trim(slice_of(path)).size == 0)
        return error_set(error, ERROR_TRANSPORT, NULL,
                         "Invalid CA bundle: the configured value (ca_bundle, AWS_CA_BUNDLE, REQUESTS_CA_BUNDLE, or "
                         "verify) resolved to an empty or whitespace-only string. Provide a valid path to a CA bundle "
                         "file.");
    struct stat status;
    if (stat(path, &status) != 0)
        return refuse(url, errno, error);
    if (S_ISDIR(status.st_mode)) {
        out->directory = path;
        return true;
    }
    if (access(path, R_OK) != 0)
        return refuse(url, errno, error);
    out->bundle = path;
    return true;
}

bool trust_find(const struct settings *settings, const char *url, struct trust *out, struct error *error)
{
    *out = (struct trust){0};
    if (settings->ca_bundle != NULL)
        return use_named(settings->ca_bundle, url, out, error);
    for (const char *const *at = directories; *at != NULL && out->directory == NULL; at++)
        if (trust_is_hashed(*at))
            out->directory = *at;
    for (const char *const *at = bundles; *at != NULL && out->directory == NULL && out->bundle == NULL; at++)
        if (access(*at, R_OK) == 0)
            out->bundle = *at;
    return true;
}
