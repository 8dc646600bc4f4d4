// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/process_output.h"
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/credentials/providers.h"
#include "client/python.h"

/** A member: absent and null are the same, as they are to Python's get(). */
static const json_t *member(const json_t *document, const char *name)
{
    const json_t *value = json_object_get(document, name);
    return json_is_null(value) ? NULL : value;
}

bool process_output_fail(struct slice text, struct error *error)
{
    BUFFER_AUTO clean = {0};
    text_append_utf8(&clean, text, "?");
    return error_set(error, ERROR_INTERNAL, NULL, "Error when retrieving credentials from custom-process: %s",
                     buffer_text(&clean));
}

static bool check_version(const json_t *document, struct error *error)
{
    const json_t *version = json_object_get(document, "Version");
    // To Python, which compares with 1, these three are the same.
    if (json_is_true(version) || (json_is_number(version) && json_number_value(version) == 1.0))
        return true;
    BUFFER_AUTO words = {0};
    buffer_append_text(&words, "Unsupported version '");
    if (version == NULL)
        buffer_append_text(&words, "<Version key not provided>");
    else
        python_write_text(&words, version);
    buffer_append_text(&words, "' for credential process provider, supported versions: 1");
    return process_output_fail(buffer_slice(&words), error);
}

/** A text that has to be there; OUT stays as it is when an optional one is not. */
static bool read_text(const json_t *document, const char *name, bool required, struct slice *out, struct error *error)
{
    BUFFER_AUTO words = {0};
    if (json_object_get(document, name) == NULL && required) {
        buffer_append_format(&words, "Missing required key in response: '%s'", name);
        return process_output_fail(buffer_slice(&words), error);
    }
    const json_t *value = member(document, name);
    if (value == NULL && !required)
        return true;
    *out = json_member_text(document, name);
    // A text that holds U+0000 could not be told from its beginning further on.
    if (out->data != NULL && slice_find(*out, '\0', 0) == out->size)
        return true;
    buffer_append_format(&words, "The %s that the command printed is no text", name);
    return process_output_fail(buffer_slice(&words), error);
}

static bool read_expiration(const json_t *document, struct credentials *out, struct error *error)
{
    struct slice text = {0};
    if (!read_text(document, "Expiration", false, &text, error))
        return false;
    if (text.data == NULL || credentials_read_moment(text, &out->expiration))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "Unknown string format: %.*s", SLICE_ARGS(text));
}

static bool read_members(const json_t *document, struct credentials *out, struct error *error)
{
    struct slice key = {0};
    struct slice secret = {0};
    struct slice token = {0};
    if (!read_text(document, "AccessKeyId", true, &key, error) ||
        !read_text(document, "SecretAccessKey", true, &secret, error) ||
        !read_text(document, "SessionToken", false, &token, error) || !read_expiration(document, out, error))
        return false;
    credentials_set(out, key.data, secret.data, token.data);
    BUFFER_AUTO account = {0};
    // Nothing depends on it here, so a number will do as well.
    if (member(document, "AccountId") != NULL)
        python_write_text(&account, member(document, "AccountId"));
    if (account.size > 0)
        out->account_id = buffer_take(&account);
    return true;
}

bool process_output_read(struct slice text, struct credentials *out, struct error *error)
{
    if (slice_trim(text).size == 0)
        return process_output_fail(SLICE("The command printed nothing; it has to print the credentials as JSON"),
                                   error);
    JSON_AUTO *document = json_parse(text, NULL);
    if (!json_is_object(document))
        return process_output_fail(SLICE("The command printed no JSON object"), error);
    CREDENTIALS_AUTO read = {0};
    if (!check_version(document, error) || !read_members(document, &read, error))
        return false;
    *out = read;
    read = (struct credentials){0};
    return true;
}
