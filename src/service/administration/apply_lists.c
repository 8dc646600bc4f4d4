// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What hangs on an entity: tags, policies, groups, audiences, access keys, versions. */
#include "base/json.h"
#include "service/administration/apply_parts.h"
#include "service/policy/policy.h"

/** IAM's quotas ("IAM and AWS STS quotas"). */
#define TAGS_MAX 50
#define ATTACHED_MAX 10
#define GROUPS_MAX 10
#define CLIENTS_MAX 100
#define VERSIONS_MAX 5

static bool put_tag(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                    struct error *error)
{
    const struct store_tag tag = {.key = apply_text(entry, "key"), .value = apply_text(entry, "value")};
    // Taken away first, because a key that is there keeps its letters.
    return apply_worked(store_remove_tags(apply->source->store, subject->id, &tag.key, 1, error), place, error) &&
           apply_worked(store_put_tags(apply->source->store, subject->id, &tag, 1, TAGS_MAX, error), place, error);
}

static bool remove_tag(struct apply *apply, const struct apply_subject *subject, const char *name, struct error *error)
{
    return apply_worked(store_remove_tags(apply->source->store, subject->id, &name, 1, error), subject->place, error);
}

static bool put_inline(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                       struct error *error)
{
    static const size_t limits[] = {[STORE_ROOT] = POLICY_SIZE_MAX,
                                    [STORE_USER] = POLICY_SIZE_USER,
                                    [STORE_ROLE] = POLICY_SIZE_ROLE,
                                    [STORE_GROUP] = POLICY_SIZE_GROUP};
    return apply_worked(store_put_inline_policy(apply->source->store, subject->id, apply_text(entry, "name"),
                                                json_member_text(entry, "document"), (int64_t)limits[subject->kind],
                                                error),
                        place, error);
}

static bool remove_inline(struct apply *apply, const struct apply_subject *subject, const char *name,
                          struct error *error)
{
    return apply_worked(store_delete_inline_policy(apply->source->store, subject->id, slice_of(name), error),
                        subject->place, error);
}

static bool put_attached(struct apply *apply, const struct apply_subject *subject, const json_t *entry,
                         const char *place, struct error *error)
{
    const char *id = NULL;
    return apply_find_policy(apply, json_string_value(entry), place, &id, error) &&
           apply_worked(store_attach_policy(apply->source->store, subject->id, id, ATTACHED_MAX, error), place, error);
}

static bool remove_attached(struct apply *apply, const struct apply_subject *subject, const char *name,
                            struct error *error)
{
    const char *id = NULL;
    return apply_find_policy(apply, name, subject->place, &id, error) &&
           apply_worked(store_detach_policy(apply->source->store, subject->id, id, error), subject->place, error);
}

static bool find_group(struct apply *apply, const char *name, const char *place, const char **id, struct error *error)
{
    struct store_entity group;
    enum store_result result =
        store_find_entity(apply->source->store, STORE_GROUP, slice_of(apply->source->settings.account), slice_of(name),
                          apply->arena, &group, error);
    if (result == STORE_ABSENT)
        return apply_refuse(error, place, "there is no group %s; add it to the groups of the document", name);
    *id = group.id;
    return result == STORE_OK;
}

static bool put_group(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                      struct error *error)
{
    const char *id = NULL;
    return find_group(apply, json_string_value(entry), place, &id, error) &&
           apply_worked(store_join_group(apply->source->store, subject->id, id, GROUPS_MAX, error), place, error);
}

static bool remove_group(struct apply *apply, const struct apply_subject *subject, const char *name,
                         struct error *error)
{
    const char *id = NULL;
    return find_group(apply, name, subject->place, &id, error) &&
           apply_worked(store_leave_group(apply->source->store, subject->id, id, error), subject->place, error);
}

static bool put_client(struct apply *apply, const struct apply_subject *subject, const json_t *entry, const char *place,
                       struct error *error)
{
    return apply_worked(
        store_add_client(apply->source->store, subject->id, json_string_value(entry), CLIENTS_MAX, error), place,
        error);
}

static bool remove_client(struct apply *apply, const struct apply_subject *subject, const char *name,
                          struct error *error)
{
    return apply_worked(store_remove_client(apply->source->store, subject->id, name, error), subject->place, error);
}

#define KIND(kind) (1U << (kind))

/** Which kinds have which lists. */
static const struct {
    unsigned kinds;
    struct apply_part part;
} parts[] = {
    {KIND(STORE_USER) | KIND(STORE_ROLE) | KIND(STORE_POLICY) | KIND(STORE_PROVIDER),
     {"tags", "key", "tag", true, put_tag, remove_tag}},
    {KIND(STORE_ROOT) | KIND(STORE_USER) | KIND(STORE_ROLE) | KIND(STORE_GROUP),
     {"inlinePolicies", "name", "inline policy", false, put_inline, remove_inline}},
    {KIND(STORE_ROOT) | KIND(STORE_USER) | KIND(STORE_ROLE) | KIND(STORE_GROUP),
     {"attachedPolicies", NULL, "attached policy", false, put_attached, remove_attached}},
    {KIND(STORE_USER), {"groups", NULL, "group", false, put_group, remove_group}},
    {KIND(STORE_PROVIDER), {"clientIds", NULL, "audience", false, put_client, remove_client}},
};

bool apply_lists(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                 struct error *error)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if ((parts[i].kinds & KIND(subject->kind)) != 0 &&
            !apply_list(apply, subject, &parts[i].part, have, want, error))
            return false;
    }
    return true;
}

// ------------------------------------------------------------------ access keys

static const json_t *find_entry(const json_t *list, const char *member, const json_t *value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (json_equal(json_object_get(json_array_get(list, i), member), value) != 0)
            return json_array_get(list, i);
    }
    return NULL;
}

static bool switch_key(struct apply *apply, const struct apply_subject *subject, const json_t *key, struct error *error)
{
    const char *id = apply_text(key, "id");
    bool active = slice_is(json_member_text(key, "status"), "Active");
    if (!apply_worked(store_switch_access_key(apply->source->store, subject->id, slice_of(id), active, error),
                      subject->place, error))
        return false;
    apply_did(apply, "change", "%s: access key %s is %s", subject->label, id, active ? "active" : "inactive");
    return true;
}

bool apply_keys(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                struct error *error)
{
    const json_t *present = json_object_get(have, "accessKeys");
    const json_t *wanted = json_object_get(want, "accessKeys");
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        const json_t *key = json_array_get(wanted, i);
        const json_t *old = find_entry(present, "id", json_object_get(key, "id"));
        if (old == NULL)
            apply_note(apply, "note",
                       "%s: access key %s is not here, and its secret is not in the document; make "
                       "another with aws iam create-access-key",
                       subject->label, apply_text(key, "id"));
        else if (json_equal(json_object_get(old, "status"), json_object_get(key, "status")) == 0 &&
                 !switch_key(apply, subject, key, error))
            return false;
    }
    for (size_t i = 0; i < json_array_size(present); i++) {
        const json_t *id = json_object_get(json_array_get(present, i), "id");
        if (find_entry(wanted, "id", id) == NULL)
            apply_note(apply, "keep", "%s: access key %s, which the document lacks", subject->label,
                       json_string_value(id));
    }
    return true;
}

// ------------------------------------------------------------------ versions of policies

static bool put_version(struct apply *apply, const struct apply_subject *subject, const json_t *version, bool is_new,
                        struct error *error)
{
    struct store_policy_version put = {.number = json_integer_value(json_object_get(version, "number")),
                                       .document = json_member_text(version, "document")};
    if (!apply_time(apply, version, subject->place, &put.created, error) ||
        !apply_worked(store_put_policy_version(apply->source->store, subject->id, &put, error), subject->place, error))
        return false;
    apply_did(apply, is_new ? "create" : "change", "%s: version v%lld", subject->label, (long long)put.number);
    return true;
}

static bool put_versions(struct apply *apply, const struct apply_subject *subject, const json_t *have,
                         const json_t *want, struct error *error)
{
    for (size_t i = 0; i < json_array_size(want); i++) {
        const json_t *version = json_array_get(want, i);
        const json_t *old = find_entry(have, "number", json_object_get(version, "number"));
        bool same =
            old != NULL && json_equal(json_object_get(old, "document"), json_object_get(version, "document")) != 0;
        if (!same && !put_version(apply, subject, version, old == NULL, error))
            return false;
    }
    return true;
}

static bool set_default(struct apply *apply, const struct apply_subject *subject, const json_t *have,
                        const json_t *want, struct error *error)
{
    const json_t *old = find_entry(have, "default", json_true());
    const json_t *new = find_entry(want, "default", json_true());
    int64_t number = json_integer_value(json_object_get(new, "number"));
    if (new == NULL || json_integer_value(json_object_get(old, "number")) == number)
        return true;
    if (!apply_worked(store_set_default_version(apply->source->store, subject->id, number, apply->options->now, error),
                      subject->place, error))
        return false;
    apply_did(apply, "change", "%s: version v%lld is in force", subject->label, (long long)number);
    return true;
}

/** Versions that are kept count too. */
static bool check_room(const struct apply *apply, const struct apply_subject *subject, const json_t *present,
                       const json_t *wanted, struct error *error)
{
    size_t count = json_array_size(wanted);
    for (size_t i = 0; i < json_array_size(present) && !apply->options->prune; i++)
        count += find_entry(wanted, "number", json_object_get(json_array_get(present, i), "number")) == NULL;
    if (count <= VERSIONS_MAX || json_object_get(apply->fresh, subject->id) != NULL)
        return true;
    return apply_refuse(error, subject->place,
                        "the policy would have %zu versions with those that are here, and may have %d; delete some, or "
                        "import with --prune",
                        count, VERSIONS_MAX);
}

bool apply_versions(struct apply *apply, const struct apply_subject *subject, const json_t *have, const json_t *want,
                    struct error *error)
{
    const json_t *present = json_object_get(have, "versions");
    const json_t *wanted = json_object_get(want, "versions");
    if (!check_room(apply, subject, present, wanted, error) || !put_versions(apply, subject, present, wanted, error) ||
        !set_default(apply, subject, present, wanted, error))
        return false;
    // A policy is made with a first version, which its record may have lost long ago.
    bool fresh = json_object_get(apply->fresh, subject->id) != NULL;
    for (size_t i = 0; i < json_array_size(present); i++) {
        const json_t *number = json_object_get(json_array_get(present, i), "number");
        long long shown = json_integer_value(number);
        if (find_entry(wanted, "number", number) != NULL)
            continue;
        if (!apply->options->prune && !fresh) {
            apply_note(apply, "keep", "%s: version v%lld, which the document lacks", subject->label, shown);
            continue;
        }
        if (!apply_worked(store_delete_policy_version(apply->source->store, subject->id, shown, error), subject->place,
                          error))
            return false;
        if (!fresh)
            apply_did(apply, "delete", "%s: version v%lld", subject->label, shown);
    }
    return true;
}
