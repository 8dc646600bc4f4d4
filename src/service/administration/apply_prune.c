// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Deletes what the record lacks, or says that it stays. A section that is not in the record at all is left alone. */
#include "base/json.h"
#include "service/administration/apply_parts.h"

#define PAGE INT64_C(200)

/** The sections in the order in which nothing that stays refers to what goes. */
static const struct {
    const char *member;
    enum store_kind kind;
    const char *noun;
} sections[] = {
    {"users", STORE_USER, "user"},
    {"roles", STORE_ROLE, "role"},
    {"groups", STORE_GROUP, "group"},
    {"policies", STORE_POLICY, "policy"},
    {"openIdConnectProviders", STORE_PROVIDER, "provider"},
};

/** The records of a list by their names. */
static json_t *names_of(const json_t *list)
{
    json_t *names = json_object();
    for (size_t i = 0; i < json_array_size(list); i++)
        (void)json_object_set(names, apply_text(json_array_get(list, i), "name"), json_array_get(list, i));
    return names;
}

// ------------------------------------------------------------------ entities

/** With the keys go their secrets: there is no user without the one or with the other. */
static bool delete_keys(struct apply *apply, const struct apply_subject *subject, struct error *error)
{
    struct store_access_key *keys = NULL;
    size_t count = 0;
    if (!store_list_access_keys(apply->source->store, subject->id, apply->arena, &keys, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!apply_worked(store_delete_access_key(apply->source->store, subject->id, slice_of(keys[i].id), error),
                          subject->place, error))
            return false;
        apply_did(apply, "delete", "%s: access key %s", subject->label, keys[i].id);
    }
    return true;
}

static bool delete_versions(struct apply *apply, const struct apply_subject *subject, struct error *error)
{
    struct store_policy_version *versions = NULL;
    size_t count = 0;
    if (!store_list_policy_versions(apply->source->store, subject->id, apply->arena, &versions, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!versions[i].is_default &&
            !apply_worked(store_delete_policy_version(apply->source->store, subject->id, versions[i].number, error),
                          subject->place, error))
            return false;
    }
    return true;
}

static bool delete_entity(struct apply *apply, const struct apply_subject *subject, struct error *error)
{
    struct store_entity entity;
    if (!apply_worked(
            store_find_entity_by_id(apply->source->store, slice_of(subject->id), apply->arena, &entity, error),
            subject->place, error))
        return false;
    JSON_AUTO *have = record_of_entity(apply->source, &entity, error);
    JSON_AUTO *nothing = json_object();
    if (have == NULL || (subject->kind == STORE_USER && !delete_keys(apply, subject, error)))
        return false;
    apply->quiet = true;
    bool stripped = apply_lists(apply, subject, have, nothing, error) &&
                    (subject->kind != STORE_POLICY || delete_versions(apply, subject, error));
    apply->quiet = false;
    if (!stripped ||
        !apply_worked(store_delete_entity(apply->source->store, subject->id, error), subject->place, error))
        return false;
    apply_did(apply, "delete", "%s", subject->label);
    return true;
}

static bool prune_entity(struct apply *apply, const struct store_entity *entity, const char *noun, struct error *error)
{
    const char *label = arena_format(apply->arena, "%s %s", noun, entity->name);
    const struct apply_subject subject = {.place = label, .label = label, .id = entity->id, .kind = entity->kind};
    if (apply->options->prune)
        return delete_entity(apply, &subject, error);
    apply_note(apply, "keep", "%s, which the document lacks", label);
    return true;
}

static bool prune_section(struct apply *apply, size_t section, const json_t *list, struct error *error)
{
    JSON_AUTO *names = names_of(list);
    struct store_listing listing = {.relation = STORE_ALL,
                                    .account = apply->source->settings.account,
                                    .kind = sections[section].kind,
                                    .limit = PAGE};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_entity *found = NULL;
        if (!store_list_entities(apply->source->store, &listing, apply->arena, &found, &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (json_object_get(names, found[i].name) == NULL &&
                !prune_entity(apply, &found[i], sections[section].noun, error))
                return false;
            listing.after = found[i].name;
            listing.after_id = found[i].id;
        }
    }
    return true;
}

// ------------------------------------------------------------------ domains

static bool prune_repositories(struct apply *apply, const char *domain, const json_t *list, struct error *error)
{
    JSON_AUTO *names = names_of(list);
    const struct slice owner = slice_of(apply->source->settings.account);
    const struct slice place = slice_of(domain);
    struct store_page page = {.limit = PAGE};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_repository *found = NULL;
        if (!store_list_repositories(apply->source->store, owner, place, (struct slice){0}, &page, apply->arena, &found,
                                     &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            const char *label = arena_format(apply->arena, "repository %.*s/%s", SLICE_ARGS(place), found[i].name);
            page.after = found[i].name;
            if (json_object_get(names, found[i].name) != NULL)
                continue;
            if (!apply->options->prune) {
                apply_note(apply, "keep", "%s, which the document lacks", label);
                continue;
            }
            if (!apply_worked(
                    store_delete_repository(apply->source->store, owner, place, slice_of(found[i].name), error), label,
                    error))
                return false;
            apply_did(apply, "delete", "%s", label);
        }
    }
    return true;
}

static bool prune_domain(struct apply *apply, const char *name, struct error *error)
{
    const char *label = arena_format(apply->arena, "domain %s", name);
    if (!apply->options->prune) {
        apply_note(apply, "keep", "%s, which the document lacks", label);
        return true;
    }
    if (!prune_repositories(apply, name, NULL, error) ||
        !apply_worked(
            store_delete_domain(apply->source->store, slice_of(apply->source->settings.account), slice_of(name), error),
            label, error))
        return false;
    apply_did(apply, "delete", "%s", label);
    return true;
}

static bool prune_domains(struct apply *apply, const json_t *list, struct error *error)
{
    JSON_AUTO *names = names_of(list);
    struct store_page page = {.limit = PAGE};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_domain *found = NULL;
        if (!store_list_domains(apply->source->store, slice_of(apply->source->settings.account), &page, apply->arena,
                                &found, &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            page.after = found[i].name;
            bool done =
                json_object_get(names, found[i].name) == NULL
                    ? prune_domain(apply, found[i].name, error)
                    : prune_repositories(apply, found[i].name,
                                         json_object_get(json_object_get(names, found[i].name), "repositories"), error);
            if (!done)
                return false;
        }
    }
    return true;
}

bool apply_prune(struct apply *apply, const json_t *whole, struct error *error)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        const json_t *list = json_object_get(whole, sections[i].member);
        if (list != NULL && !prune_section(apply, i, list, error))
            return false;
    }
    const json_t *domains = json_object_get(whole, "domains");
    return domains == NULL || prune_domains(apply, domains, error);
}
