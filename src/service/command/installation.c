// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/installation.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"
#include "service/store/identifier.h"
#include "service/store/seal.h"
#include "service/store/store.h"
#include "service/token/token.h"

#include <string.h>

#define ADMIN_NAME "admin"
#define ADMIN_POLICY_NAME "everything"
#define ADMIN_POLICY                                                                                                   \
    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"

#define KEY_ID_ENTROPY 6

/** All that making an installation needs at hand; wiped when it is done. */
struct making {
    const struct installation *installation;
    struct store *store;
    struct seal_key master_key;
    struct buffer credentials;
};

static bool no_random(struct error *error)
{
    return error_set(error, ERROR_INTERNAL, NULL, "the system gives no random numbers");
}

static bool is_added(enum store_result result, const char *what, struct error *error)
{
    if (result == STORE_OK)
        return true;
    if (result == STORE_FAILED)
        return false;
    return error_set(error, ERROR_INTERNAL, NULL, "the new store does not take the %s", what);
}

/** Seals SECRET under the label "KIND/ID". */
static bool seal(const struct making *making, const char *kind, const char *id, struct slice secret, struct buffer *out,
                 struct error *error)
{
    MEMORY_AUTO char *label = memory_format("%s/%s", kind, id);
    return seal_close(&making->master_key, slice_of(label), secret, out, error);
}

/** Adds an access key, and a profile of the credentials file for it. */
static bool add_access_key(struct making *making, const char *principal, const char *profile, struct error *error)
{
    unsigned char entropy[IDENTIFIER_ENTROPY + IDENTIFIER_SECRET_ENTROPY];
    if (!secret_random(entropy, sizeof entropy))
        return no_random(error);
    char id[IDENTIFIER_SIZE];
    char secret[IDENTIFIER_SECRET_SIZE];
    identifier_write(IDENTIFIER_ACCESS_KEY, entropy, id);
    identifier_write_secret(entropy + IDENTIFIER_ENTROPY, secret);
    secret_wipe(entropy, sizeof entropy);

    BUFFER_AUTO sealed = {0};
    bool done = seal(making, "access-key", id, slice_of(secret), &sealed, error);
    if (done) {
        const struct store_access_key key = {.id = id,
                                             .principal = principal,
                                             .active = true,
                                             .sealed_secret = buffer_slice(&sealed),
                                             .created = making->installation->now};
        buffer_append_format(&making->credentials, "%s[%s]\naws_access_key_id = %s\naws_secret_access_key = ",
                             making->credentials.size == 0 ? "" : "\n", profile, id);
        buffer_append_text(&making->credentials, secret);
        buffer_append_char(&making->credentials, '\n');
        done = is_added(store_add_access_key(making->store, &key, error), "access key", error);
    }
    secret_wipe(secret, sizeof secret);
    return done;
}

/** The root may do all in AWS too, whatever policies say; here its policy says so. */
static bool add_principal(struct making *making, enum store_kind kind, const char *profile, struct error *error)
{
    unsigned char entropy[IDENTIFIER_ENTROPY];
    if (!secret_random(entropy, sizeof entropy))
        return no_random(error);
    char user_id[IDENTIFIER_SIZE];
    identifier_write(IDENTIFIER_USER, entropy, user_id);
    const struct store_principal principal = {
        .id = kind == STORE_ROOT ? making->installation->account : user_id,
        .kind = kind,
        .account = making->installation->account,
        .path = "/",
        .name = kind == STORE_ROOT ? "" : ADMIN_NAME,
        .created = making->installation->now,
    };
    return is_added(store_add_principal(making->store, &principal, error), "principal", error) &&
           is_added(store_put_policy(making->store, principal.id, ADMIN_POLICY_NAME, SLICE(ADMIN_POLICY), error),
                    "policy", error) &&
           add_access_key(making, principal.id, profile, error);
}

static bool add_sealing_key(struct making *making, struct error *error)
{
    unsigned char key[TOKEN_KEY_SIZE];
    unsigned char entropy[KEY_ID_ENTROPY];
    BUFFER_AUTO id = {0};
    BUFFER_AUTO sealed = {0};
    if (!secret_random(key, sizeof key) || !secret_random(entropy, sizeof entropy))
        return no_random(error);
    text_base64url_encode(&id, entropy, sizeof entropy);
    bool done =
        seal(making, "sealing-key", buffer_text(&id), (struct slice){(const char *)key, sizeof key}, &sealed, error);
    secret_wipe(key, sizeof key);
    const struct store_sealing_key record = {
        .id = buffer_text(&id), .sealed_key = buffer_slice(&sealed), .created = making->installation->now};
    return done && is_added(store_add_sealing_key(making->store, &record, error), "sealing key", error);
}

static bool add_domain(struct making *making, struct error *error)
{
    if (making->installation->domain == NULL)
        return true;
    const struct store_domain domain = {.name = making->installation->domain,
                                        .owner = making->installation->account,
                                        .created = making->installation->now};
    return is_added(store_add_domain(making->store, &domain, error), "domain", error);
}

static bool make_store(struct making *making, const char *path, struct error *error)
{
    const struct store_settings settings = {.account = making->installation->account,
                                            .region = making->installation->region};
    if (!store_create(path, &settings, error))
        return false;
    making->store = store_open(path, error);
    return making->store != NULL && add_principal(making, STORE_USER, "default", error) &&
           add_principal(making, STORE_ROOT, "root", error) && add_sealing_key(making, error) &&
           add_domain(making, error) && store_settle(making->store, error);
}

static bool write_config(const char *path, const struct installation *installation, struct error *error)
{
    BUFFER_AUTO config = {0};
    buffer_append_format(&config, "[default]\nregion = %s\nendpoint_url = %s\n\n", installation->region,
                         installation->endpoint);
    buffer_append_format(&config, "[profile root]\nregion = %s\nendpoint_url = %s\n", installation->region,
                         installation->endpoint);
    return file_write(path, buffer_slice(&config), error);
}

bool installation_make(const struct data_directory *directory, const struct installation *installation,
                       struct error *error)
{
    struct making making = {.installation = installation};
    bool made = seal_key_create(directory->master_key, &making.master_key, error) &&
                make_store(&making, directory->new_store, error) &&
                file_write(directory->credentials, buffer_slice(&making.credentials), error) &&
                write_config(directory->config, installation, error);
    // Closing takes the write-ahead log away, so that the file can be renamed by itself.
    store_close(making.store);
    secret_wipe(&making.master_key, sizeof making.master_key);
    buffer_free(&making.credentials);
    return made;
}
