// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on access keys. A secret is in the clear only in the answer that shows it, once. */
#include "service/operations/iam.h"

#include "base/json.h"
#include "base/secret.h"
#include "service/store/identifier.h"
#include "service/store/seal.h"

static json_t *key_absent(const struct operation_call *call, struct error *error)
{
    return iam_fail(error, "NoSuchEntity", "The Access Key with id %s cannot be found.",
                    operation_member_text(call, "AccessKeyId"));
}

/** The members that a key has wherever it is shown. The root has no name. */
static json_t *describe(const struct store_entity *owner, const struct store_access_key *key)
{
    json_t *object = json_object();
    if (owner->kind != STORE_ROOT)
        operation_add_text(object, "UserName", owner->name);
    operation_add_text(object, "AccessKeyId", key->id);
    operation_add_text(object, "Status", key->active ? "Active" : "Inactive");
    iam_add_time(object, "CreateDate", key->created);
    return object;
}

// ------------------------------------------------------------------ making

static bool seal_secret(const struct operation_call *call, const char *id, const char *secret, struct buffer *sealed,
                        struct error *error)
{
    BUFFER_AUTO label = {0};
    buffer_append_format(&label, "access-key/%s", id);
    return seal_close(&call->desk->site->master, buffer_slice(&label), slice_of(secret), sealed, error);
}

static json_t *add_key(const struct operation_call *call, const struct store_entity *owner, const char *secret,
                       struct error *error)
{
    BUFFER_AUTO sealed = {0};
    struct store_access_key key = {.id = iam_new_id(call, IDENTIFIER_ACCESS_KEY, error),
                                   .principal = owner->id,
                                   .active = true,
                                   .created = call->now};
    if (key.id == NULL || !seal_secret(call, key.id, secret, &sealed, error))
        return NULL;
    key.sealed_secret = buffer_slice(&sealed);
    enum store_result result = store_add_limited_key(call->desk->store, &key, IAM_KEYS_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: %d", IAM_KEYS_MAX);
    json_t *output = iam_finish(call, result, owner, error);
    if (output == NULL)
        return NULL;
    json_t *described = describe(owner, &key);
    operation_add_text(described, "SecretAccessKey", secret);
    (void)json_object_set_new(output, "AccessKey", described);
    return output;
}

json_t *iam_create_access_key(const struct operation_call *call, struct error *error)
{
    struct store_entity owner;
    unsigned char entropy[IDENTIFIER_SECRET_ENTROPY];
    char secret[IDENTIFIER_SECRET_SIZE];
    if (!iam_find_subject(call, &owner, error))
        return NULL;
    if (!secret_pool_take(&call->desk->pool, entropy, sizeof entropy)) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "the machine gives no randomness");
        return NULL;
    }
    identifier_write_secret(entropy, secret);
    secret_wipe(entropy, sizeof entropy);
    json_t *output = add_key(call, &owner, secret, error);
    secret_wipe(secret, sizeof secret);
    return output;
}

// ------------------------------------------------------------------ the others

json_t *iam_list_access_keys(const struct operation_call *call, struct error *error)
{
    struct store_entity owner;
    struct store_access_key *keys = NULL;
    size_t count = 0;
    if (!iam_find_subject(call, &owner, error) ||
        !store_list_access_keys(call->desk->store, owner.id, call->arena, &keys, &count, error))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(list, describe(&owner, &keys[i]));
    return iam_page(call, list, "AccessKeyId", "AccessKeyMetadata", error);
}

/** iam_finish() where it is the key that may be absent. */
static json_t *finish(const struct operation_call *call, enum store_result result, const struct store_entity *owner,
                      struct error *error)
{
    return result == STORE_ABSENT ? key_absent(call, error) : iam_finish(call, result, owner, error);
}

json_t *iam_update_access_key(const struct operation_call *call, struct error *error)
{
    struct store_entity owner;
    if (!iam_find_subject(call, &owner, error))
        return NULL;
    bool active = slice_is(json_member_text(call->input, "Status"), "Active");
    return finish(call,
                  store_switch_access_key(call->desk->store, owner.id, json_member_text(call->input, "AccessKeyId"),
                                          active, error),
                  &owner, error);
}

json_t *iam_delete_access_key(const struct operation_call *call, struct error *error)
{
    struct store_entity owner;
    if (!iam_find_subject(call, &owner, error))
        return NULL;
    return finish(
        call, store_delete_access_key(call->desk->store, owner.id, json_member_text(call->input, "AccessKeyId"), error),
        &owner, error);
}

/** What is not in the store yet counts too. */
static void add_pending_use(const struct operation_call *call, struct store_access_key *key)
{
    struct store_use use;
    if (!uses_find(call->desk->site->uses, slice_of(key->id), call->arena, &use) || use.when <= key->last_used)
        return;
    key->last_used = use.when;
    key->last_service = use.service;
    key->last_region = use.region;
}

json_t *iam_get_access_key_last_used(const struct operation_call *call, struct error *error)
{
    struct store_access_key key;
    struct store_entity owner;
    enum store_result result = store_find_access_key(call->desk->store, json_member_text(call->input, "AccessKeyId"),
                                                     call->arena, &key, error);
    if (result == STORE_OK)
        result = store_find_entity_by_id(call->desk->store, slice_of(key.principal), call->arena, &owner, error);
    if (result != STORE_OK)
        return result == STORE_ABSENT ? key_absent(call, error) : NULL;
    add_pending_use(call, &key);
    json_t *used = json_object();
    if (key.last_used != 0)
        iam_add_time(used, "LastUsedDate", key.last_used);
    operation_add_text(used, "ServiceName", key.last_used == 0 ? "N/A" : key.last_service);
    operation_add_text(used, "Region", key.last_used == 0 ? "N/A" : key.last_region);
    json_t *output = json_pack("{s:o}", "AccessKeyLastUsed", used);
    if (owner.kind != STORE_ROOT)
        operation_add_text(output, "UserName", owner.name);
    return output;
}
