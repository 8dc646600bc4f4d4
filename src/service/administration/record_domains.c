// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The records of domains and repositories. */
#include "base/json.h"
#include "service/administration/record.h"

#define PAGE INT64_C(200)

/** The permissions policy of a resource, when it has one. */
static bool add_policy(const struct record_source *source, const struct store_resource *resource, json_t *record,
                       struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_resource_policy policy;
    enum store_result result = store_find_resource_policy(source->store, resource, arena, &policy, error);
    if (result != STORE_OK)
        return result == STORE_ABSENT;
    json_t *document = record_of_document(slice_of(policy.document));
    (void)json_object_set_new(record, "permissionsPolicy", document);
    return record_name_principals(source->store, document, error);
}

static void add_tags(json_t *record, const char *tags)
{
    if (tags != NULL)
        record_set_list(record, "tags", json_parse(slice_of(tags), NULL));
}

json_t *record_of_domain(const struct record_source *source, const struct store_domain *domain, struct error *error)
{
    JSON_AUTO *record = json_pack("{s:s}", "name", domain->name);
    const struct store_resource resource = {.owner = slice_of(domain->owner), .domain = slice_of(domain->name)};
    record_set_time(record, "created", domain->created);
    record_set_text(record, "encryptionKey", domain->encryption_key);
    add_tags(record, domain->tags);
    return add_policy(source, &resource, record, error) ? json_incref(record) : NULL;
}

static void add_upstreams(json_t *record, const char *upstreams)
{
    JSON_AUTO *stored = upstreams == NULL ? NULL : json_parse(slice_of(upstreams), NULL);
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(stored); i++)
        (void)json_array_append(list, json_object_get(json_array_get(stored, i), "repositoryName"));
    record_set_list(record, "upstreams", list);
}

json_t *record_of_repository(const struct record_source *source, const struct store_repository *repository,
                             struct error *error)
{
    JSON_AUTO *record = json_pack("{s:s}", "name", repository->name);
    const struct store_resource resource = {.owner = slice_of(repository->domain_owner),
                                            .domain = slice_of(repository->domain),
                                            .repository = slice_of(repository->name)};
    record_set_time(record, "created", repository->created);
    record_set_text(record, "description", repository->description);
    if (!slice_is(slice_of(repository->administrator), repository->domain_owner))
        record_set_text(record, "administrator", repository->administrator);
    add_upstreams(record, repository->upstreams);
    add_tags(record, repository->tags);
    return add_policy(source, &resource, record, error) ? json_incref(record) : NULL;
}

/** A listing leaves out what can be large, so each is read again. */
static bool add_repository(const struct record_source *source, const struct store_repository *listed, json_t *list,
                           struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_repository repository;
    if (store_find_repository(source->store, slice_of(listed->domain_owner), slice_of(listed->domain),
                              slice_of(listed->name), arena, &repository, error) != STORE_OK)
        return false;
    json_t *record = record_of_repository(source, &repository, error);
    return record != NULL && json_array_append_new(list, record) == 0;
}

static bool add_repositories(const struct record_source *source, const struct store_domain *domain, json_t *record,
                             struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_page page = {.limit = PAGE};
    json_t *list = json_array();
    size_t count = PAGE;
    bool read = true;
    while (read && count == PAGE) {
        struct store_repository *found = NULL;
        read = store_list_repositories(source->store, slice_of(domain->owner), slice_of(domain->name),
                                       (struct slice){0}, &page, arena, &found, &count, error);
        for (size_t i = 0; read && i < count; i++) {
            read = add_repository(source, &found[i], list, error);
            page.after = found[i].name;
        }
    }
    record_set_list(record, "repositories", list);
    return read;
}

json_t *record_of_whole_domain(const struct record_source *source, const struct store_domain *domain,
                               struct error *error)
{
    JSON_AUTO *record = record_of_domain(source, domain, error);
    return record != NULL && add_repositories(source, domain, record, error) ? json_incref(record) : NULL;
}

bool record_each_domain(const struct record_source *source, record_function *give, void *context, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_page page = {.limit = PAGE};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_domain *found = NULL;
        if (!store_list_domains(source->store, slice_of(source->settings.account), &page, arena, &found, &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            JSON_AUTO *record = record_of_whole_domain(source, &found[i], error);
            if (record == NULL || !give(context, record, error))
                return false;
            page.after = found[i].name;
        }
    }
    return true;
}
