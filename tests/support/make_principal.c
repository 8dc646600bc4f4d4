// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// make-principal DATA_DIR NAME POLICY [ACCOUNT]: adds a user with an access key. POLICY is a file with the user's
// inline policy, that document itself, or "-" for none. ACCOUNT is another one than the installation's own. Prints
// {"AccessKeyId", "SecretAccessKey", "PrincipalId"}.

#include "support/opened_data.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "service/policy/policy.h"

#include <string.h>

#define POLICY_LIMIT ((size_t)65536)

static bool is_added(enum store_result result, const char *what, struct error *error)
{
    if (result == STORE_OK || result == STORE_FAILED)
        return result == STORE_OK;
    return error_set(error, ERROR_PARAMETER, NULL, "cannot add the %s: it exists", what);
}

static bool read_policy(const char *argument, struct buffer *out, struct error *error)
{
    if (argument[0] == '{')
        buffer_append_text(out, argument);
    else if (file_read(argument, POLICY_LIMIT, out, error) != FILE_READ)
        return false;
    struct policy *policy = policy_parse(POLICY_IDENTITY, buffer_slice(out), POLICY_SIZE_MAX, error);
    if (policy == NULL)
        return false;
    policy_free(policy);
    return true;
}

/** ACCOUNT NULL: the installation's own. */
static bool add_user(struct opened_data *data, const char *id, const char *name, const char *account,
                     struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_settings settings;
    if (!store_read_settings(data->store, arena, &settings, error))
        return false;
    const struct store_principal principal = {.id = id,
                                              .kind = STORE_USER,
                                              .account = account == NULL ? settings.account : account,
                                              .path = "/",
                                              .name = name,
                                              .created = timestamp_now()};
    return is_added(store_add_principal(data->store, &principal, error), "user", error);
}

static bool add_key(struct opened_data *data, const char *principal, const char *id, const char *secret,
                    struct error *error)
{
    MEMORY_AUTO char *label = memory_format("access-key/%s", id);
    BUFFER_AUTO sealed = {0};
    if (!seal_close(&data->master_key, slice_of(label), slice_of(secret), &sealed, error))
        return false;
    const struct store_access_key key = {.id = id,
                                         .principal = principal,
                                         .active = true,
                                         .sealed_secret = buffer_slice(&sealed),
                                         .created = timestamp_now()};
    return is_added(store_add_access_key(data->store, &key, error), "access key", error);
}

static json_t *make(struct opened_data *data, const char *name, const char *policy, const char *account,
                    struct error *error)
{
    char principal[IDENTIFIER_SIZE];
    char key[IDENTIFIER_SIZE];
    char secret[IDENTIFIER_SECRET_SIZE];
    BUFFER_AUTO document = {0};
    if (!opened_data_new_key(IDENTIFIER_USER, principal, secret, error) ||
        !opened_data_new_key(IDENTIFIER_ACCESS_KEY, key, secret, error))
        return NULL;
    if (strcmp(policy, "-") != 0 && !read_policy(policy, &document, error))
        return NULL;
    if (!add_user(data, principal, name, account, error) || !add_key(data, principal, key, secret, error))
        return NULL;
    if (document.size > 0 &&
        !is_added(store_put_policy(data->store, principal, "inline", buffer_slice(&document), error), "policy", error))
        return NULL;
    return json_pack("{s:s, s:s, s:s}", "AccessKeyId", key, "SecretAccessKey", secret, "PrincipalId", principal);
}

int main(int argc, char **argv)
{
    struct error error = {0};
    struct opened_data data = {0};
    json_t *answer = NULL;
    if (argc < 4 || argc > 5)
        (void)error_set(&error, ERROR_USAGE, NULL, "usage: make-principal DATA_DIR NAME POLICY [ACCOUNT]");
    else if (opened_data_open(&data, argv[1], &error))
        answer = make(&data, argv[2], argv[3], argc > 4 ? argv[4] : NULL, &error);
    opened_data_close(&data);
    return opened_data_finish("make-principal", answer, &error);
}
