// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/cache.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/credentials/providers.h"
#include "client/debug.h"
#include "client/expand.h"

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FOLDER "~/.aws/cli/cache"
#define FILE_LIMIT ((size_t)1 << 20)
/** What has to be left of cached credentials (botocore's EXPIRY_WINDOW). */
#define WINDOW (INT64_C(15) * 60 * TIMESTAMP_SECOND)
#define SHA1_SIZE 20

void credentials_cache_name(struct slice text, char out[static CREDENTIALS_CACHE_NAME_SIZE])
{
    unsigned char hash[SHA1_SIZE];
    // The name of a file, as the AWS CLI makes it: nothing depends on the strength of the hash.
    if (EVP_Digest(text.data, text.size, hash, NULL, EVP_sha1(), NULL) != 1)
        abort();
    text_hex_write(out, hash, sizeof hash);
}

static bool refuse(const char *path, const char *why, struct error *error)
{
    return error_set(error, ERROR_INTERNAL, NULL, "The cached credentials in %s %s; remove that file", path, why);
}

/** Who can read a session's secret can act as its owner. */
static bool check_mode(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) == 0)
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "The cached credentials in %s can be read or written by others (mode %03o); remove that file, or "
                     "chmod 600 it if nobody has",
                     path, (unsigned)status.st_mode & 0777U);
}

/** Reads a cached document: OUT all zero when there is none, or not enough is left of it. */
static bool read_cached(const char *path, struct credentials *out, struct error *error)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    enum file_result result = file_read(path, FILE_LIMIT, &text, &reason);
    if (result == FILE_ABSENT)
        return true;
    if (result == FILE_FAILED)
        return error_set(error, ERROR_INTERNAL, NULL, "%s", reason.message);
    if (!check_mode(path, error))
        return false;
    JSON_AUTO *document = json_parse(buffer_slice(&text), &reason);
    if (document == NULL)
        return refuse(path, "are no JSON", error);
    CREDENTIALS_AUTO found = {0};
    if (!credentials_read(json_object_get(document, "Credentials"), &found, &reason))
        return refuse(path, "cannot be understood", error);
    if (found.expiration - timestamp_now() < WINDOW)
        return true;
    *out = found;
    found = (struct credentials){0};
    return true;
}

static bool make_folders(const char *path)
{
    MEMORY_AUTO char *copy = memory_copy(path, strlen(path));
    for (char *slash = strchr(copy + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(copy, S_IRWXU) != 0 && errno != EEXIST)
            return false;
        *slash = '/';
    }
    return true;
}

/** A home that cannot be written is no reason to fail: the credentials are there all the same. */
static void write_cached(const struct settings *settings, const char *path, const json_t *document)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    json_write_python(&text, document);
    if (!make_folders(path) || !file_write(path, buffer_slice(&text), &reason))
        debug_line(settings, "credentials: not cached in %s: %s", path,
                   reason.message == NULL ? "the folder cannot be made" : reason.message);
}

/** @return false when nothing is cached: by the caller's will, or because there is no home. */
static bool find_file(const struct settings *settings, const char *name, struct buffer *path)
{
    if (name == NULL || !expand_home(path, SLICE(FOLDER "/"), settings->environment))
        return false;
    buffer_append_format(path, "%s.json", name);
    return true;
}

bool credentials_cache_read(const struct settings *settings, const char *name, struct credentials *out,
                            struct error *error)
{
    BUFFER_AUTO path = {0};
    if (!find_file(settings, name, &path))
        return true;
    if (!read_cached(buffer_text(&path), out, error))
        return false;
    debug_line(settings, "credentials: %s in %s", out->access_key_id == NULL ? "none fresh enough" : "cached",
               buffer_text(&path));
    return true;
}

bool credentials_cache_keep(const struct settings *settings, const char *name, const json_t *document,
                            struct credentials *out, struct error *error)
{
    BUFFER_AUTO path = {0};
    CREDENTIALS_AUTO read = {0};
    if (!credentials_read(json_object_get(document, "Credentials"), &read, error))
        return false;
    if (find_file(settings, name, &path))
        write_cached(settings, buffer_text(&path), document);
    if (!credentials_check_expiration(&read, error))
        return false;
    *out = read;
    read = (struct credentials){0};
    return true;
}

bool credentials_cached(const struct settings *settings, const char *name, credentials_fetch *fetch, void *context,
                        struct credentials *out, struct error *error)
{
    if (!credentials_cache_read(settings, name, out, error))
        return false;
    if (out->access_key_id != NULL)
        return true;
    JSON_AUTO *document = fetch(context, error);
    return document != NULL && credentials_cache_keep(settings, name, document, out, error);
}
