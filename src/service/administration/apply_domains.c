// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Makes domains and repositories like their records. */
#include "base/json.h"
#include "service/administration/apply_parts.h"
#include "service/administration/circles.h"

/** A domain or a repository on its way. */
struct passage {
    struct store_resource resource;
    const char *place;
    const char *label;
    const json_t *have;
    const json_t *want;
};

static const char *write_text(const struct apply *apply, const json_t *value)
{
    BUFFER_AUTO text = {0};
    json_write(&text, value, 0);
    return arena_copy(apply->arena, buffer_text(&text), text.size);
}

// ------------------------------------------------------------------ tags

/** Tags stand in a list that is replaced as a whole. */
static bool replace_tags(struct apply *apply, const struct apply_subject *subject, const char *key, const json_t *tag,
                         struct error *error)
{
    const char *before = NULL;
    if (store_find_resource_tags(apply->source->store, subject->resource, apply->arena, &before, error) != STORE_OK)
        return false;
    JSON_AUTO *tags = before == NULL ? json_array() : json_parse(slice_of(before), error);
    size_t i = 0;
    while (i < json_array_size(tags) && !slice_is(json_member_text(json_array_get(tags, i), "key"), key))
        i++;
    if (tag == NULL)
        (void)json_array_remove(tags, i);
    else if (i < json_array_size(tags))
        (void)json_array_set(tags, i, (json_t *)tag);
    else
        (void)json_array_append(tags, (json_t *)tag);
    return apply_worked(
        store_replace_resource_tags(apply->source->store, subject->resource, before, write_text(apply, tags), error),
        subject->place, error);
}

static bool put_tag(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                    struct error *error)
{
    (void)place;
    return replace_tags(apply, subject, apply_text(entry, "key"), entry, error);
}

static bool remove_tag(struct apply *apply, const struct apply_subject *subject, const char *name, struct error *error)
{
    return replace_tags(apply, subject, name, NULL, error);
}

static bool apply_tags(struct apply *apply, const struct passage *passage, struct error *error)
{
    static const struct apply_part part = {"tags", "key", "tag", false, put_tag, remove_tag};
    const struct apply_subject subject = {
        .place = passage->place, .label = passage->label, .resource = &passage->resource};
    return apply_list(apply, &subject, &part, passage->have, passage->want, error);
}

// ------------------------------------------------------------------ policies

/** Whom it names, as far as they are there, it names as the store does. */
static bool put_policy(struct apply *apply, const struct passage *passage, struct slice document, struct error *error)
{
    const char *revision = NULL;
    const char *missing = NULL;
    BUFFER_AUTO text = {0};
    JSON_AUTO *policy = record_of_document(document);
    if (!record_identify_principals(apply->source->store, apply->source->settings.account, policy, apply->arena,
                                    &missing, error))
        return false;
    json_write(&text, policy, 0);
    return apply_worked(store_put_resource_policy(apply->source->store, &passage->resource, (struct slice){0},
                                                  json_is_string(policy) ? document : buffer_slice(&text),
                                                  apply->options->now, apply->arena, &revision, error),
                        passage->place, error);
}

static bool delete_policy(struct apply *apply, const struct passage *passage, struct error *error)
{
    struct store_resource_policy old;
    return apply_worked(store_delete_resource_policy(apply->source->store, &passage->resource, (struct slice){0},
                                                     apply->arena, &old, error),
                        passage->place, error);
}

static bool apply_policy(struct apply *apply, const struct passage *passage, struct error *error)
{
    struct slice have = json_member_text(passage->have, "permissionsPolicy");
    struct slice want = json_member_text(passage->want, "permissionsPolicy");
    if (slice_equal(have, want))
        return true;
    if (want.data == NULL && !apply->options->prune) {
        apply_note(apply, "keep", "%s: permissions policy, which the document lacks", passage->label);
        return true;
    }
    if (!(want.data == NULL ? delete_policy(apply, passage, error) : put_policy(apply, passage, want, error)))
        return false;
    apply_did(apply,
              want.data == NULL   ? "delete"
              : have.data == NULL ? "create"
                                  : "change",
              "%s: permissions policy", passage->label);
    return true;
}

// ------------------------------------------------------------------ repositories

/** As the store keeps them. */
static const char *upstreams_of(const struct apply *apply, const json_t *want)
{
    const json_t *names = json_object_get(want, "upstreams");
    JSON_AUTO *list = json_array();
    for (size_t i = 0; i < json_array_size(names); i++)
        (void)json_array_append_new(list, json_pack("{s:O}", "repositoryName", json_array_get(names, i)));
    return write_text(apply, list);
}

static bool make_repository(struct apply *apply, const struct passage *passage, struct error *error)
{
    const char *administrator = apply_text(passage->want, "administrator");
    const char *account = apply->source->settings.account;
    struct store_repository repository = {.name = passage->resource.repository.data,
                                          .domain = passage->resource.domain.data,
                                          .domain_owner = account,
                                          .administrator = administrator == NULL ? account : administrator,
                                          .description = apply_text(passage->want, "description"),
                                          .upstreams = upstreams_of(apply, passage->want)};
    if (!apply_time(apply, passage->want, passage->place, &repository.created, error) ||
        !apply_worked(store_add_repository(apply->source->store, &repository, error), passage->place, error))
        return false;
    apply_did(apply, "create", "%s", passage->label);
    return true;
}

static bool change_repository(struct apply *apply, const struct passage *passage, struct error *error)
{
    struct store_repository changed;
    struct slice old = json_member_text(passage->have, "description");
    struct slice new = json_member_text(passage->want, "description");
    const json_t *before = json_object_get(passage->have, "upstreams");
    const json_t *after = json_object_get(passage->want, "upstreams");
    bool describe = !slice_equal(old, new) && (new.data != NULL || apply->options->prune);
    bool both_empty = json_array_size(before) == 0 && json_array_size(after) == 0;
    bool link = !both_empty && json_equal(before, after) == 0 && (after != NULL || apply->options->prune);
    if (!describe && !link)
        return true;
    if (!apply_worked(store_update_repository(apply->source->store, &passage->resource,
                                              !describe          ? NULL
                                              : new.data == NULL ? ""
                                                                 : new.data,
                                              link ? upstreams_of(apply, passage->want) : NULL, apply->arena, &changed,
                                              error),
                      passage->place, error))
        return false;
    if (describe)
        apply_did(apply, "change", "%s: description", passage->label);
    if (link)
        apply_did(apply, "change", "%s: upstreams", passage->label);
    return true;
}

/** The record of what is there, in the form of one that has been read; an empty one when there is nothing. */
static json_t *present_repository(const struct apply *apply, const struct store_resource *resource, bool *found,
                                  struct error *error)
{
    struct store_repository repository;
    enum store_result result = store_find_repository(apply->source->store, resource->owner, resource->domain,
                                                     resource->repository, apply->arena, &repository, error);
    *found = result == STORE_OK;
    if (result == STORE_FAILED)
        return NULL;
    json_t *record = *found ? record_of_repository(apply->source, &repository, error) : json_object();
    JSON_AUTO *whole = json_pack("{s:[{s:[O]}]}", "domains", "repositories", record);
    record_write_documents(whole);
    return record;
}

static bool apply_repository(struct apply *apply, const struct passage *domain, size_t index, const json_t *want,
                             struct error *error)
{
    bool found = false;
    struct passage passage = {.resource = domain->resource, .want = want};
    passage.resource.repository = json_member_text(want, "name");
    passage.place = arena_format(apply->arena, "%s.repositories[%zu]", domain->place, index);
    passage.label =
        arena_format(apply->arena, "repository %s/%s", domain->resource.domain.data, passage.resource.repository.data);
    JSON_AUTO *have = present_repository(apply, &passage.resource, &found, error);
    passage.have = have;
    return have != NULL &&
           (found ? change_repository(apply, &passage, error) : make_repository(apply, &passage, error)) &&
           apply_tags(apply, &passage, error) && apply_policy(apply, &passage, error);
}

/** Upstreams have to be there, and be others; once all repositories of the domain are. */
static bool check_upstreams(struct apply *apply, const struct passage *domain, size_t index, const json_t *want,
                            struct error *error)
{
    const json_t *names = json_object_get(want, "upstreams");
    for (size_t i = 0; i < json_array_size(names); i++) {
        struct store_repository found;
        const char *name = json_string_value(json_array_get(names, i));
        MEMORY_AUTO char *place = memory_format("%s.repositories[%zu].upstreams[%zu]", domain->place, index, i);
        enum store_result result =
            store_find_repository(apply->source->store, domain->resource.owner, domain->resource.domain, slice_of(name),
                                  apply->arena, &found, error);
        if (result == STORE_FAILED)
            return false;
        if (result != STORE_OK)
            return apply_refuse(error, place, "there is no repository %s in the domain; add it to the document", name);
        if (slice_is(json_member_text(want, "name"), name))
            return apply_refuse(error, place, "a repository cannot be its own upstream; take it out");
    }
    return true;
}

/** Nor may they lead back to where they come from, by way of those that the document does not have either. */
static bool check_circles(struct apply *apply, const struct passage *domain, struct error *error)
{
    struct store_domain found;
    if (!apply_worked(store_find_domain(apply->source->store, domain->resource.owner, domain->resource.domain,
                                        apply->arena, &found, error),
                      domain->place, error))
        return false;
    JSON_AUTO *record = record_of_whole_domain(apply->source, &found, error);
    const char *circle = record == NULL ? NULL : circles_find(record, apply->arena);
    if (circle != NULL)
        return apply_refuse(error, domain->place, "the upstreams go in a circle, %s; take one of them out", circle);
    return record != NULL;
}

static bool has_upstreams(const json_t *repositories)
{
    size_t i;
    const json_t *repository;
    json_array_foreach(repositories, i,
                       repository) if (json_array_size(json_object_get(repository, "upstreams")) > 0) return true;
    return false;
}

// ------------------------------------------------------------------ domains

static bool make_domain(struct apply *apply, const struct passage *passage, struct error *error)
{
    struct store_domain domain = {.name = passage->resource.domain.data,
                                  .owner = apply->source->settings.account,
                                  .encryption_key = apply_text(passage->want, "encryptionKey")};
    if (!apply_time(apply, passage->want, passage->place, &domain.created, error) ||
        !apply_worked(store_add_domain(apply->source->store, &domain, error), passage->place, error))
        return false;
    apply_did(apply, "create", "%s", passage->label);
    return true;
}

static bool check_key(const struct passage *passage, struct error *error)
{
    struct slice want = json_member_text(passage->want, "encryptionKey");
    if (want.data == NULL || slice_equal(want, json_member_text(passage->have, "encryptionKey")))
        return true;
    return apply_refuse(error, passage->place,
                        "the encryptionKey of a domain cannot be changed; take it out of the document, or delete the "
                        "domain first");
}

static json_t *present_domain(const struct apply *apply, const struct store_resource *resource, bool *found,
                              struct error *error)
{
    struct store_domain domain;
    enum store_result result =
        store_find_domain(apply->source->store, resource->owner, resource->domain, apply->arena, &domain, error);
    *found = result == STORE_OK;
    if (result == STORE_FAILED)
        return NULL;
    json_t *record = *found ? record_of_domain(apply->source, &domain, error) : json_object();
    JSON_AUTO *whole = json_pack("{s:[O]}", "domains", record);
    record_write_documents(whole);
    return record;
}

static bool apply_domain(struct apply *apply, size_t index, const json_t *want, struct error *error)
{
    bool found = false;
    struct passage passage = {.want = want};
    passage.resource =
        (struct store_resource){slice_of(apply->source->settings.account), json_member_text(want, "name"), {0}};
    passage.place = arena_format(apply->arena, "domains[%zu]", index);
    passage.label = arena_format(apply->arena, "domain %s", passage.resource.domain.data);
    JSON_AUTO *have = present_domain(apply, &passage.resource, &found, error);
    passage.have = have;
    if (have == NULL || !(found ? check_key(&passage, error) : make_domain(apply, &passage, error)) ||
        !apply_tags(apply, &passage, error) || !apply_policy(apply, &passage, error))
        return false;
    const json_t *list = json_object_get(want, "repositories");
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!apply_repository(apply, &passage, i, json_array_get(list, i), error))
            return false;
    }
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!check_upstreams(apply, &passage, i, json_array_get(list, i), error))
            return false;
    }
    return !has_upstreams(list) || check_circles(apply, &passage, error);
}

bool apply_domains(struct apply *apply, const json_t *whole, struct error *error)
{
    const json_t *list = json_object_get(whole, "domains");
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!apply_domain(apply, i, json_array_get(list, i), error))
            return false;
    }
    return true;
}
