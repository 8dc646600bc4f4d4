// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations on OpenID Connect providers, and on the account's aliases, of which there are none. */
#include "service/operations/iam_entity.h"

#include "base/json.h"
#include "base/text.h"
#include "service/web_identity/discovery.h"

#define SCHEME "https://"

// ------------------------------------------------------------------ input

/**
 * The address without its scheme, which is the provider's name: a host, maybe a port and a path; no query. AWS has no
 * ports, but an issuer of one's own may. A slash at the end is a part of the name, as it is of the claim `iss`.
 */
static const char *read_url(const struct operation_call *call, struct error *error)
{
    struct slice url = json_member_text(call->input, "Url");
    struct slice name = slice_part(url, sizeof SCHEME - 1, url.size);
    bool good = discovery_is_issuer(url) && name.size > 0;
    for (size_t i = 0; good && i < name.size; i++) {
        char c = name.data[i];
        good = text_is_alpha(c) || text_is_digit(c) || (i > 0 && strchr(".-_~/%+=@,:", c) != NULL);
    }
    if (good)
        return arena_copy(call->arena, name.data, name.size);
    (void)iam_fail(
        error, "InvalidInput",
        "Invalid Open ID Connect Provider URL: it must be https:// and a host, maybe with a port and a path, "
        "without a query");
    return NULL;
}

/** The thumbprints of the input as they are kept. */
static const char *read_thumbprints(const struct operation_call *call, struct error *error)
{
    size_t count;
    const char *const *texts = iam_read_texts(call, "ThumbprintList", &count);
    json_t *list = json_array();
    BUFFER_AUTO text = {0};
    unsigned char hash[20];
    bool good = count <= IAM_THUMBPRINTS_MAX;
    for (size_t i = 0; i < count && good; i++) {
        good = text_hex_decode(slice_of(texts[i]), hash, sizeof hash);
        (void)json_array_append_new(list, json_string(texts[i]));
    }
    json_write(&text, list, 0);
    json_decref(list);
    if (good)
        return arena_copy(call->arena, text.data, text.size);
    (void)iam_fail(error, "InvalidInput", "%s",
                   count > IAM_THUMBPRINTS_MAX ? "Thumbprint list must contain fewer than 5 entries."
                                               : "A thumbprint is 40 hexadecimal digits.");
    return NULL;
}

// ------------------------------------------------------------------ making and describing

/** How many there are already. */
static bool check_quota(const struct operation_call *call, struct error *error)
{
    struct store_entity *providers = NULL;
    size_t count = 0;
    const struct store_listing list = {.relation = STORE_ALL,
                                       .account = call->caller->principal->account,
                                       .kind = STORE_PROVIDER,
                                       .limit = IAM_PROVIDERS_MAX};
    if (!store_list_entities(call->desk->store, &list, call->arena, &providers, &count, error))
        return false;
    if (count < IAM_PROVIDERS_MAX)
        return true;
    return iam_fail(error, "LimitExceeded", "Cannot exceed quota for OpenIdConnectProvidersPerAccount: %d",
                    IAM_PROVIDERS_MAX) != NULL;
}

json_t *iam_create_provider(const struct operation_call *call, struct error *error)
{
    struct store_entity provider = {
        .kind = STORE_PROVIDER,
        .account = call->caller->principal->account,
        .path = "/",
        .created = call->now,
    };
    provider.clients = iam_read_texts(call, "ClientIDList", &provider.client_count);
    provider.name = read_url(call, error);
    if (provider.name == NULL || !iam_read_tags(call, &provider.tags, &provider.tag_count, error) ||
        !check_quota(call, error))
        return NULL;
    provider.thumbprints = read_thumbprints(call, error);
    if (provider.thumbprints == NULL)
        return NULL;
    if (provider.client_count > IAM_CLIENTS_MAX)
        return iam_fail(error, "LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: %d",
                        IAM_CLIENTS_MAX);
    provider.id = iam_arn(call, &provider);
    enum store_result result = store_add_entity(call->desk->store, &provider, error);
    if (result == STORE_EXISTS)
        return iam_fail(error, "EntityAlreadyExists", "Provider with url " SCHEME "%s already exists.", provider.name);
    json_t *output = iam_finish(call, result, &provider, error);
    if (output == NULL)
        return NULL;
    operation_add_text(output, "OpenIDConnectProviderArn", provider.id);
    iam_add_tags(output, &provider);
    return output;
}

json_t *iam_get_provider(const struct operation_call *call, struct error *error)
{
    struct store_entity provider;
    if (!iam_find_subject(call, &provider, error))
        return NULL;
    json_t *output = json_object();
    json_t *clients = json_array();
    for (size_t i = 0; i < provider.client_count; i++)
        (void)json_array_append_new(clients, json_string(provider.clients[i]));
    operation_add_text(output, "Url", provider.name);
    (void)json_object_set_new(output, "ClientIDList", clients);
    (void)json_object_set_new(output, "ThumbprintList", json_parse(slice_of(provider.thumbprints), NULL));
    iam_add_time(output, "CreateDate", provider.created);
    iam_add_tags(output, &provider);
    return output;
}

json_t *iam_list_providers(const struct operation_call *call, struct error *error)
{
    struct store_entity *providers = NULL;
    size_t count = 0;
    const struct store_listing list = {.relation = STORE_ALL,
                                       .account = call->caller->principal->account,
                                       .kind = STORE_PROVIDER,
                                       .limit = IAM_PROVIDERS_MAX};
    if (!store_list_entities(call->desk->store, &list, call->arena, &providers, &count, error))
        return NULL;
    json_t *entries = json_array();
    for (size_t i = 0; i < count; i++)
        (void)json_array_append_new(entries, json_pack("{s:s}", "Arn", iam_arn(call, &providers[i])));
    return json_pack("{s:o}", "OpenIDConnectProviderList", entries);
}

json_t *iam_delete_provider(const struct operation_call *call, struct error *error)
{
    return iam_delete_subject(call, error);
}

// ------------------------------------------------------------------ changing

json_t *iam_add_client(const struct operation_call *call, struct error *error)
{
    struct store_entity provider;
    if (!iam_find_subject(call, &provider, error))
        return NULL;
    enum store_result result = store_add_client(call->desk->store, provider.id, operation_member_text(call, "ClientID"),
                                                IAM_CLIENTS_MAX, error);
    if (result == STORE_LIMIT)
        return iam_fail(error, "LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: %d",
                        IAM_CLIENTS_MAX);
    return iam_finish(call, result, &provider, error);
}

json_t *iam_remove_client(const struct operation_call *call, struct error *error)
{
    struct store_entity provider;
    if (!iam_find_subject(call, &provider, error))
        return NULL;
    return iam_finish(
        call, store_remove_client(call->desk->store, provider.id, operation_member_text(call, "ClientID"), error),
        &provider, error);
}

json_t *iam_update_thumbprint(const struct operation_call *call, struct error *error)
{
    struct store_entity provider;
    if (!iam_find_subject(call, &provider, error))
        return NULL;
    const struct store_changes changes = {.thumbprints = read_thumbprints(call, error)};
    if (changes.thumbprints == NULL)
        return NULL;
    return iam_finish(call, store_change_entity(call->desk->store, provider.id, &changes, error), &provider, error);
}

json_t *iam_list_account_aliases(const struct operation_call *call, struct error *error)
{
    return iam_page(call, json_array(), NULL, "AccountAliases", error);
}
