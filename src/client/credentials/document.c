// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/credentials/providers.h"

static bool require_text(const json_t *document, const char *name, struct slice *out, struct error *error)
{
    *out = json_member_text(document, name);
    return out->data != NULL || error_set(error, ERROR_INTERNAL, NULL, "The credentials lack the text %s", name);
}

bool credentials_read_moment(struct slice text, int64_t *out)
{
    // The AWS CLI's first versions wrote "UTC" for "Z".
    static const struct slice old_zone = {"UTC", 3};
    if (!slice_ends_with(text, old_zone))
        return timestamp_parse_iso(text, out, NULL);
    BUFFER_AUTO moment = {0};
    buffer_append_slice(&moment, slice_part(text, 0, text.size - old_zone.size));
    buffer_append_char(&moment, 'Z');
    return timestamp_parse_iso(buffer_slice(&moment), out, NULL);
}

static bool read_expiration(const json_t *document, struct credentials *out, struct error *error)
{
    struct slice text = json_member_text(document, "Expiration");
    if (text.data == NULL || credentials_read_moment(text, &out->expiration))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "The credentials' Expiration \"%.*s\" is no time", SLICE_ARGS(text));
}

static bool read_named(const json_t *document, struct slice token, struct credentials *out, struct error *error)
{
    struct slice key;
    struct slice secret;
    struct slice account = json_member_text(document, "AccountId");
    CREDENTIALS_AUTO read = {0};
    if (!require_text(document, "AccessKeyId", &key, error) ||
        !require_text(document, "SecretAccessKey", &secret, error) || !read_expiration(document, &read, error))
        return false;
    credentials_set(&read, key.data, secret.data, token.data);
    if (account.size > 0)
        read.account_id = memory_copy(account.data, account.size);
    *out = read;
    read = (struct credentials){0};
    return true;
}

bool credentials_read(const json_t *document, struct credentials *out, struct error *error)
{
    return read_named(document, json_member_text(document, "SessionToken"), out, error);
}

bool credentials_read_metadata(const json_t *document, struct credentials *out, struct error *error)
{
    struct slice token;
    struct slice expiration;
    return require_text(document, "Token", &token, error) && require_text(document, "Expiration", &expiration, error) &&
           read_named(document, token, out, error);
}

bool credentials_check_expiration(const struct credentials *credentials, struct error *error)
{
    if (credentials->expiration == 0 || credentials->expiration > timestamp_now())
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "Credentials were refreshed, but the refreshed credentials are still expired.");
}
