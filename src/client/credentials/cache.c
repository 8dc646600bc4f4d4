// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/cache.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/credentials/providers.h"
#include "client/credentials/secret_file.h"
#include "client/debug.h"
#include "client/expand.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <sys/stat.h>

#define FOLDER "~/.aws/cli/cache"
/** What has to be left of cached credentials (botocore's EXPIRY_WINDOW). */
#define WINDOW (INT64_C(15) * 60 * TIMESTAMP_SECOND)
#define SHA1_SIZE 20

void credentials_cache_name(struct slice text, char out[static CREDENTIALS_CACHE_NAME_SIZE])
{
    unsigned char hash[SHA1_SIZE];
    digest_start_lean(); // nothing has been made ready yet
    // The name of a file, as the AWS CLI makes it: nothing depends on the strength of the hash.
    if (EVP_Digest(text.data, text.size, hash, NULL, EVP_sha1(), NULL) != 1)
        abort();
    text_hex_write(out, hash, sizeof hash);
}

/** What a failure of the power may leave of a file that was just written. */
static bool is_empty(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size == 0;
}

/** Reads a cached document: OUT all zero when there is none, or not enough is left of it. */
static bool read_cached(const char *path, struct credentials *out, struct error *error)
{
    JSON_AUTO *document = NULL;
    ERROR_AUTO reason = {0};
    CREDENTIALS_AUTO found = {0};
    if (is_empty(path))
        return true;
    if (!secret_file_read(path, "cache of credentials", &document, error))
        return false;
    if (document == NULL)
        return true;
    if (!credentials_read(json_object_get(document, "Credentials"), &found, &reason))
        return error_set(error, ERROR_INTERNAL, NULL, "The cache of credentials in %s: %s; remove that file", path,
                         reason.message);
    if (found.expiration - timestamp_now() < WINDOW)
        return true;
    *out = found;
    found = (struct credentials){0};
    return true;
}

/** A home that cannot be written is no reason to fail: the credentials are there all the same. */
static void write_cached(const struct settings *settings, const char *path, const json_t *document)
{
    ERROR_AUTO reason = {0};
    if (!secret_file_write_cache(path, document, &reason))
        debug_line(settings, "credentials: not cached: %s", reason.message);
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
