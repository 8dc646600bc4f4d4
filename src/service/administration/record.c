// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/record.h"

#include "base/json.h"
#include "base/timestamp.h"
#include "service/store/arn.h"

/** How many are listed at once. */
#define PAGE INT64_C(200)

void record_set_text(json_t *record, const char *member, const char *text)
{
    if (text != NULL && text[0] != '\0')
        (void)json_object_set_new(record, member, json_string(text));
}

void record_set_time(json_t *record, const char *member, int64_t when)
{
    BUFFER_AUTO text = {0};
    timestamp_format_utc(&text, when, true);
    record_set_text(record, member, buffer_text(&text));
}

void record_set_list(json_t *record, const char *member, json_t *list)
{
    if (json_array_size(list) > 0)
        (void)json_object_set_new(record, member, list);
    else
        json_decref(list);
}

json_t *record_of_document(struct slice text)
{
    json_t *document = json_parse_unique(text, NULL);
    if (json_is_object(document))
        return document;
    json_decref(document);
    return json_stringn(text.data == NULL ? "" : text.data, text.size);
}

// ------------------------------------------------------------------ what hangs on an entity

/** What is being made, and of what. */
struct making {
    const struct record_source *source;
    const struct store_entity *entity;
    struct arena *arena;
    json_t *record;
};

static bool add_inline_policies(const struct making *making, struct error *error)
{
    const char **names = NULL;
    size_t count = 0;
    const char *id = making->entity->id;
    if (!store_list_inline_policies(making->source->store, id, making->arena, &names, &count, error))
        return false;
    json_t *list = json_array();
    bool read = true;
    for (size_t i = 0; i < count && read; i++) {
        struct slice text = {0};
        read = store_find_inline_policy(making->source->store, id, slice_of(names[i]), making->arena, &text, error) ==
               STORE_OK;
        if (read)
            (void)json_array_append_new(list,
                                        json_pack("{s:s,s:o}", "name", names[i], "document", record_of_document(text)));
    }
    record_set_list(making->record, "inlinePolicies", list);
    return read;
}

/** Policies by their ARNs, groups by their names. */
static bool add_related(const struct making *making, enum store_relation relation, const char *member,
                        struct error *error)
{
    json_t *list = json_array();
    struct store_listing listing = {.relation = relation, .of = making->entity->id, .limit = PAGE};
    size_t count = PAGE;
    bool read = true;
    while (read && count == PAGE) {
        struct store_entity *found = NULL;
        read = store_list_entities(making->source->store, &listing, making->arena, &found, &count, error);
        for (size_t i = 0; read && i < count; i++) {
            const char *text = relation == STORE_GROUPS ? found[i].name
                                                        : arn_write(making->arena, STORE_POLICY, found[i].account,
                                                                    found[i].path, found[i].name);
            (void)json_array_append_new(list, json_string(text));
            listing.after = found[i].name;
            listing.after_id = found[i].id;
        }
    }
    record_set_list(making->record, member, list);
    return read;
}

static bool add_access_keys(const struct making *making, struct error *error)
{
    struct store_access_key *keys = NULL;
    size_t count = 0;
    if (!store_list_access_keys(making->source->store, making->entity->id, making->arena, &keys, &count, error))
        return false;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *key = json_pack("{s:s,s:s}", "id", keys[i].id, "status", keys[i].active ? "Active" : "Inactive");
        record_set_time(key, "created", keys[i].created);
        (void)json_array_append_new(list, key);
    }
    record_set_list(making->record, "accessKeys", list);
    return true;
}

static bool add_versions(const struct making *making, struct error *error)
{
    struct store_policy_version *versions = NULL;
    size_t count = 0;
    if (!store_list_policy_versions(making->source->store, making->entity->id, making->arena, &versions, &count, error))
        return false;
    json_t *list = json_array();
    bool read = true;
    for (size_t i = count; i-- > 0 && read;) {
        struct store_policy_version version;
        read = store_find_policy_version(making->source->store, making->entity->id, versions[i].number, making->arena,
                                         &version, error) == STORE_OK;
        if (!read)
            break;
        json_t *record = json_pack("{s:I}", "number", (json_int_t)version.number);
        if (version.is_default)
            (void)json_object_set_new(record, "default", json_true());
        record_set_time(record, "created", version.created);
        (void)json_object_set_new(record, "document", record_of_document(version.document));
        (void)json_array_append_new(list, record);
    }
    record_set_list(making->record, "versions", list);
    return read;
}

static bool add_trust(const struct making *making, struct error *error)
{
    json_t *document = record_of_document(slice_of(making->entity->trust));
    (void)json_object_set_new(making->record, "trustPolicy", document);
    return record_name_principals(making->source->store, document, error);
}

static void add_tags(const struct making *making)
{
    json_t *list = json_array();
    for (size_t i = 0; i < making->entity->tag_count; i++)
        (void)json_array_append_new(
            list, json_pack("{s:s,s:s}", "key", making->entity->tags[i].key, "value", making->entity->tags[i].value));
    record_set_list(making->record, "tags", list);
}

static void add_provider(const struct making *making)
{
    json_t *clients = json_array();
    for (size_t i = 0; i < making->entity->client_count; i++)
        (void)json_array_append_new(clients, json_string(making->entity->clients[i]));
    record_set_list(making->record, "clientIds", clients);
    json_t *thumbprints = json_parse(slice_of(making->entity->thumbprints), NULL);
    record_set_list(making->record, "thumbprints", thumbprints);
}

static void add_own(const struct making *making)
{
    const struct store_entity *entity = making->entity;
    record_set_text(making->record, "name", entity->name);
    if (entity->kind != STORE_PROVIDER && entity->kind != STORE_ROOT) {
        record_set_text(making->record, "path", entity->path);
        record_set_text(making->record, "id", entity->id);
    }
    record_set_time(making->record, "created", entity->created);
    record_set_text(making->record, "description", entity->description);
    if (entity->max_session > 0)
        (void)json_object_set_new(making->record, "maxSessionDuration", json_integer(entity->max_session));
    if (entity->boundary != NULL)
        record_set_text(making->record, "permissionsBoundary",
                        arn_write(making->arena, STORE_POLICY, entity->boundary_account, entity->boundary_path,
                                  entity->boundary_name));
}

static bool fill(const struct making *making, struct error *error)
{
    enum store_kind kind = making->entity->kind;
    bool user = kind == STORE_USER || kind == STORE_ROOT;
    add_own(making);
    add_tags(making);
    if (kind == STORE_PROVIDER) {
        add_provider(making);
        return true;
    }
    if (kind == STORE_POLICY)
        return add_versions(making, error);
    return (kind != STORE_ROLE || add_trust(making, error)) && add_inline_policies(making, error) &&
           add_related(making, STORE_ATTACHED, "attachedPolicies", error) &&
           (kind != STORE_USER || add_related(making, STORE_GROUPS, "groups", error)) &&
           (!user || add_access_keys(making, error));
}

json_t *record_of_entity(const struct record_source *source, const struct store_entity *entity, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    JSON_AUTO *record = json_object();
    const struct making making = {source, entity, arena, record};
    return fill(&making, error) ? json_incref(record) : NULL;
}

// ------------------------------------------------------------------ all of them

static bool give_entity(const struct record_source *source, const char *id, struct arena *arena, record_function *give,
                        void *context, struct error *error)
{
    struct store_entity entity;
    enum store_result result = store_find_entity_by_id(source->store, slice_of(id), arena, &entity, error);
    // Within one transaction nothing that was listed can be gone.
    if (result != STORE_OK)
        return result != STORE_FAILED;
    JSON_AUTO *record = record_of_entity(source, &entity, error);
    return record != NULL && give(context, record, error);
}

bool record_each_entity(const struct record_source *source, enum store_kind kind, record_function *give, void *context,
                        struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    ARENA_AUTO *place = arena_new();
    struct store_listing listing = {
        .relation = STORE_ALL, .account = source->settings.account, .kind = kind, .limit = PAGE};
    if (kind == STORE_ROOT)
        return give_entity(source, source->settings.account, arena, give, context, error);
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_entity *entities = NULL;
        if (!store_list_entities(source->store, &listing, arena, &entities, &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!give_entity(source, entities[i].id, arena, give, context, error))
                return false;
        }
        if (count == 0)
            break;
        arena_reset(place);
        listing.after = arena_copy(place, entities[count - 1].name, strlen(entities[count - 1].name));
        listing.after_id = arena_copy(place, entities[count - 1].id, strlen(entities[count - 1].id));
        arena_reset(arena);
    }
    return true;
}

static bool keep(void *context, json_t *record, struct error *error)
{
    (void)error;
    return json_array_append(context, record) == 0;
}

/** The members of the whole, in their order; the domains and the root stand apart. */
static const struct {
    const char *member;
    enum store_kind kind;
} sections[] = {
    {"policies", STORE_POLICY},
    {"groups", STORE_GROUP},
    {"users", STORE_USER},
    {"roles", STORE_ROLE},
    {"openIdConnectProviders", STORE_PROVIDER},
};

static bool fill_store(const struct record_source *source, json_t *whole, struct error *error)
{
    JSON_AUTO *root = json_array();
    if (!record_each_entity(source, STORE_ROOT, keep, root, error))
        return false;
    if (json_array_size(root) > 0)
        (void)json_object_set(whole, "root", json_array_get(root, 0));
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        json_t *list = json_array();
        (void)json_object_set_new(whole, sections[i].member, list);
        if (!record_each_entity(source, sections[i].kind, keep, list, error))
            return false;
    }
    json_t *domains = json_array();
    (void)json_object_set_new(whole, "domains", domains);
    return record_each_domain(source, keep, domains, error) && record_add_revocations(source, whole, error);
}

json_t *record_of_store(const struct record_source *source, struct error *error)
{
    JSON_AUTO *whole = json_pack("{s:s,s:i,s:{s:s,s:s}}", "format", "jetond", "version", 1, "settings", "account",
                                 source->settings.account, "region", source->settings.region);
    return fill_store(source, whole, error) ? json_incref(whole) : NULL;
}
