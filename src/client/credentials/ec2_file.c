// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The credential file of the first EC2 tools: lines KEY=VALUE. botocore/credentials.py, OriginalEC2Provider. */
#include "base/file.h"
#include "base/memory.h"
#include "client/credentials/providers.h"
#include "client/expand.h"

#define FILE_LIMIT ((size_t)1 << 20)

/** The value of the last line "KEY = value"; data NULL when there is none. */
static struct slice find_value(struct slice text, const char *key)
{
    struct slice found = {0};
    struct slice line;
    while (slice_cut(&text, '\n', &line)) {
        size_t equals = slice_find(line, '=', 0);
        if (equals < line.size && slice_is(slice_trim(slice_part(line, 0, equals)), key))
            found = slice_trim(slice_part(line, equals + 1, line.size));
    }
    return found;
}

static enum credentials_result read_keys(const struct credentials_provider *provider, struct slice text,
                                         struct credentials *out, struct error *error)
{
    struct slice key = find_value(text, "AWSAccessKeyId");
    struct slice secret = find_value(text, "AWSSecretKey");
    if (key.data == NULL) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "the file of AWS_CREDENTIAL_FILE has no AWSAccessKeyId");
        return CREDENTIALS_NONE;
    }
    if (secret.data == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "Partial credentials found in %s, missing: AWSSecretKey",
                        provider->name);
        return CREDENTIALS_FAILED;
    }
    ARENA_AUTO *arena = arena_new();
    credentials_set(out, arena_copy(arena, key.data, key.size), arena_copy(arena, secret.data, secret.size), NULL);
    return CREDENTIALS_FOUND;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    const char *location = search->settings->environment("AWS_CREDENTIAL_FILE");
    if (location == NULL)
        return CREDENTIALS_NONE;
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    // Unlike the other files, one that is named here has to be there.
    if (!expand_home(&path, slice_of(location), search->settings->environment) ||
        file_read(buffer_text(&path), FILE_LIMIT, &text, NULL) != FILE_READ) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "The specified config file (%s) could not be found",
                        path.size > 0 ? buffer_text(&path) : location);
        return CREDENTIALS_FAILED;
    }
    return read_keys(provider, buffer_slice(&text), out, error);
}

const struct credentials_provider credentials_ec2_file = {
    .name = "ec2-credentials-file", .lacks = "AWS_CREDENTIAL_FILE is not set", .find = find};
