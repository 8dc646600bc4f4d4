// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Makes policies, groups, users, roles, providers and the root like their records. */
#include "base/json.h"
#include "base/secret.h"
#include "service/administration/apply_parts.h"
#include "service/store/arn.h"
#include "service/store/identifier.h"

#define SESSION_DEFAULT INT64_C(3600)

/** A section of the record; in the order in which one can refer to another. */
struct section {
    const char *member;
    enum store_kind kind;
    const char *noun;
    const char *prefix; /**< Of unique ids; NULL: the ARN is the id. */
};
static const struct section sections[] = {
    {"policies", STORE_POLICY, "policy", IDENTIFIER_POLICY},
    {"groups", STORE_GROUP, "group", IDENTIFIER_GROUP},
    {"openIdConnectProviders", STORE_PROVIDER, "provider", NULL},
    {"users", STORE_USER, "user", IDENTIFIER_USER},
    {"roles", STORE_ROLE, "role", IDENTIFIER_ROLE},
};
#define SECTION_COUNT (sizeof sections / sizeof sections[0])

/** An entity on its way: what it is to be, and what it is. */
struct passage {
    const struct section *section;
    const json_t *want;
    struct apply_subject subject;
    struct store_entity entity;
};

static const char *path_of(const json_t *want)
{
    const char *path = apply_text(want, "path");
    return path == NULL ? "/" : path;
}

static int64_t session_of(const json_t *want)
{
    const json_t *number = json_object_get(want, "maxSessionDuration");
    return number == NULL ? SESSION_DEFAULT : json_integer_value(number);
}

static const char *thumbprints_of(const struct apply *apply, const json_t *want)
{
    const json_t *list = json_object_get(want, "thumbprints");
    BUFFER_AUTO text = {0};
    if (list == NULL)
        return "[]";
    json_write(&text, list, 0);
    return arena_copy(apply->arena, buffer_text(&text), text.size);
}

/**
 * The trust policy as the store keeps it.
 * @param strict whether those whom it names have to be there: all of the record are only once it has been gone through.
 */
static bool read_trust(const struct apply *apply, const struct passage *passage, bool strict, const char **out,
                       struct error *error)
{
    const char *missing = NULL;
    BUFFER_AUTO text = {0};
    JSON_AUTO *document = record_of_document(json_member_text(passage->want, "trustPolicy"));
    if (!record_identify_principals(apply->source->store, apply->source->settings.account, document, apply->arena,
                                    &missing, error))
        return false;
    if (strict && missing != NULL)
        return apply_refuse(error, passage->subject.place,
                            "the trustPolicy names %s, which is not there; add it to the document, or correct the name",
                            missing);
    json_write(&text, document, 0);
    *out = arena_copy(apply->arena, buffer_text(&text), text.size);
    return true;
}

// ------------------------------------------------------------------ making

static bool choose_id(struct apply *apply, const struct passage *passage, const char **out, struct error *error)
{
    unsigned char entropy[IDENTIFIER_ENTROPY];
    char id[IDENTIFIER_SIZE];
    *out = apply_text(passage->want, "id");
    if (*out != NULL)
        return true;
    if (passage->section->prefix == NULL) {
        *out = arn_write(apply->arena, passage->section->kind, apply->source->settings.account, "/",
                         apply_text(passage->want, "name"));
        return true;
    }
    if (!secret_random(entropy, sizeof entropy))
        return error_set(error, ERROR_INTERNAL, NULL, "the system gives no random numbers");
    identifier_write(passage->section->prefix, entropy, id);
    *out = arena_copy(apply->arena, id, strlen(id));
    return true;
}

/** The document of the version in force, which a policy is made with. */
static struct slice first_document(const json_t *want)
{
    const json_t *versions = json_object_get(want, "versions");
    for (size_t i = 0; i < json_array_size(versions); i++) {
        if (json_is_true(json_object_get(json_array_get(versions, i), "default")))
            return json_member_text(json_array_get(versions, i), "document");
    }
    return (struct slice){0};
}

static bool make(struct apply *apply, struct passage *passage, struct error *error)
{
    const json_t *want = passage->want;
    const char *boundary = apply_text(want, "permissionsBoundary");
    enum store_kind kind = passage->section->kind;
    struct store_entity *entity = &passage->entity;
    *entity = (struct store_entity){.kind = kind,
                                    .account = apply->source->settings.account,
                                    .path = path_of(want),
                                    .name = apply_text(want, "name"),
                                    .description = apply_text(want, "description"),
                                    .max_session = session_of(want),
                                    .thumbprints = kind == STORE_PROVIDER ? thumbprints_of(apply, want) : NULL,
                                    .document = first_document(want)};
    if (!choose_id(apply, passage, &entity->id, error) ||
        !apply_time(apply, want, passage->subject.place, &entity->created, error) ||
        (boundary != NULL && !apply_find_policy(apply, boundary, passage->subject.place, &entity->boundary, error)) ||
        (kind == STORE_ROLE && !read_trust(apply, passage, false, &entity->trust, error)) ||
        !apply_worked(store_add_entity(apply->source->store, entity, error), passage->subject.place, error))
        return false;
    (void)json_object_set_new(apply->fresh, entity->id, json_true());
    apply_did(apply, "create", "%s", passage->subject.label);
    return true;
}

// ------------------------------------------------------------------ changing

static bool differs(const char *have, const char *want)
{
    return !slice_equal(slice_of(have), slice_of(want));
}

/** A text that the record lacks stays, unless it is pruned. */
static const char *changed_text(const struct apply *apply, const char *have, const char *want)
{
    if (!differs(have, want) || (want == NULL && !apply->options->prune))
        return NULL;
    return want == NULL ? "" : want;
}

/** What a section of the record does not have is not compared. */
static struct store_changes find_changes(const struct apply *apply, const struct passage *passage)
{
    const struct store_entity *entity = &passage->entity;
    const json_t *want = passage->want;
    enum store_kind kind = entity->kind;
    struct store_changes changes = {0};
    if (kind != STORE_PROVIDER && differs(entity->path, path_of(want)))
        changes.path = path_of(want);
    if (kind == STORE_ROLE || kind == STORE_POLICY)
        changes.description = changed_text(apply, entity->description, apply_text(want, "description"));
    if (kind == STORE_ROLE && entity->max_session != session_of(want))
        changes.max_session = session_of(want);
    if (kind == STORE_PROVIDER) {
        JSON_AUTO *have = json_parse(slice_of(entity->thumbprints), NULL);
        const json_t *list = json_object_get(want, "thumbprints");
        bool none = json_array_size(list) == 0 && (json_array_size(have) == 0 || !apply->options->prune);
        if (!none && (list == NULL || json_equal(have, list) == 0))
            changes.thumbprints = thumbprints_of(apply, want);
    }
    return changes;
}

static bool change(struct apply *apply, const struct passage *passage, struct error *error)
{
    const struct store_changes changes = find_changes(apply, passage);
    const char *label = passage->subject.label;
    if (changes.path == NULL && changes.description == NULL && changes.max_session == 0 && changes.thumbprints == NULL)
        return true;
    if (!apply_worked(store_change_entity(apply->source->store, passage->entity.id, &changes, error),
                      passage->subject.place, error))
        return false;
    if (changes.path != NULL)
        apply_did(apply, "change", "%s: path %s", label, changes.path);
    if (changes.description != NULL)
        apply_did(apply, "change", "%s: description", label);
    if (changes.max_session != 0)
        apply_did(apply, "change", "%s: sessions of at most %lld seconds", label, (long long)changes.max_session);
    if (changes.thumbprints != NULL)
        apply_did(apply, "change", "%s: thumbprints", label);
    return true;
}

static bool change_boundary(struct apply *apply, const struct passage *passage, struct error *error)
{
    const struct store_entity *entity = &passage->entity;
    const char *want = apply_text(passage->want, "permissionsBoundary");
    const char *id = NULL;
    if (want != NULL && !apply_find_policy(apply, want, passage->subject.place, &id, error))
        return false;
    if (!differs(entity->boundary, id))
        return true;
    if (want == NULL && !apply->options->prune) {
        apply_note(apply, "keep", "%s: permissions boundary %s, which the document lacks", passage->subject.label,
                   entity->boundary_name);
        return true;
    }
    if (!apply_worked(store_set_boundary(apply->source->store, entity->id, id, error), passage->subject.place, error))
        return false;
    apply_did(apply, want == NULL ? "delete" : "change", "%s: permissions boundary %s", passage->subject.label,
              want == NULL ? entity->boundary_name : want);
    return true;
}

/** The record of what is there now, in the form of one that has been read. */
static json_t *read_present(const struct apply *apply, const struct store_entity *entity, const char *section,
                            struct error *error)
{
    json_t *record = record_of_entity(apply->source, entity, error);
    if (record == NULL)
        return NULL;
    JSON_AUTO *whole = json_pack("{s:[O]}", section, record);
    record_write_documents(whole);
    return record;
}

static bool change_all(struct apply *apply, const struct passage *passage, struct error *error)
{
    const struct apply_subject *subject = &passage->subject;
    const char *id = apply_text(passage->want, "id");
    JSON_AUTO *have = read_present(apply, &passage->entity, passage->section->member, error);
    if (have == NULL)
        return false;
    if (id != NULL && differs(id, subject->id))
        apply_note(apply, "note", "%s: keeps its id %s; that of the document is %s", subject->label, subject->id, id);
    return change(apply, passage, error) && change_boundary(apply, passage, error) &&
           apply_lists(apply, subject, have, passage->want, error) &&
           (subject->kind != STORE_USER || apply_keys(apply, subject, have, passage->want, error)) &&
           (subject->kind != STORE_POLICY || apply_versions(apply, subject, have, passage->want, error));
}

// ------------------------------------------------------------------ the sections

/** Finds it by its name. */
static enum store_result find(const struct apply *apply, struct passage *passage, struct error *error)
{
    return store_find_entity(apply->source->store, passage->section->kind, slice_of(apply->source->settings.account),
                             json_member_text(passage->want, "name"), apply->arena, &passage->entity, error);
}

static void begin(const struct apply *apply, const struct section *section, size_t index, const json_t *want,
                  struct passage *out)
{
    *out = (struct passage){
        .section = section,
        .want = want,
        .subject = {.place = arena_format(apply->arena, "%s[%zu]", section->member, index),
                    .label = arena_format(apply->arena, "%s %s", section->noun, apply_text(want, "name")),
                    .kind = section->kind},
    };
}

static bool apply_entity(struct apply *apply, struct passage *passage, struct error *error)
{
    enum store_result result = find(apply, passage, error);
    if (result == STORE_FAILED || (result == STORE_ABSENT && !make(apply, passage, error)))
        return false;
    // What has just been made is read again, with all that the store has put there.
    if (result == STORE_ABSENT && find(apply, passage, error) != STORE_OK)
        return false;
    passage->subject.id = passage->entity.id;
    return change_all(apply, passage, error);
}

/** Once all are there whom a trust policy can name. */
static bool apply_trust(struct apply *apply, struct passage *passage, struct error *error)
{
    const char *want = NULL;
    if (find(apply, passage, error) != STORE_OK || !read_trust(apply, passage, true, &want, error))
        return false;
    JSON_AUTO *have = record_of_document(slice_of(passage->entity.trust));
    JSON_AUTO *wanted = record_of_document(slice_of(want));
    const struct store_changes changes = {.trust = want};
    if (json_equal(have, wanted) != 0)
        return true;
    if (!apply_worked(store_change_entity(apply->source->store, passage->entity.id, &changes, error),
                      passage->subject.place, error))
        return false;
    if (json_object_get(apply->fresh, passage->entity.id) == NULL)
        apply_did(apply, "change", "%s: trust policy", passage->subject.label);
    return true;
}

static bool apply_section(struct apply *apply, const struct section *section, const json_t *whole,
                          bool (*step)(struct apply *, struct passage *, struct error *), struct error *error)
{
    const json_t *list = json_object_get(whole, section->member);
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct passage passage;
        begin(apply, section, i, json_array_get(list, i), &passage);
        if (!step(apply, &passage, error))
            return false;
    }
    return true;
}

static bool apply_root(struct apply *apply, const json_t *whole, struct error *error)
{
    const json_t *want = json_object_get(whole, "root");
    const char *account = apply->source->settings.account;
    struct store_entity root;
    if (want == NULL)
        return true;
    const struct apply_subject subject = {.place = "root", .label = "the root", .id = account, .kind = STORE_ROOT};
    if (!apply_worked(store_find_entity_by_id(apply->source->store, slice_of(account), apply->arena, &root, error),
                      "root", error))
        return false;
    // It stands by itself, but a list of one is read alike.
    JSON_AUTO *have = read_present(apply, &root, "users", error);
    return have != NULL && apply_lists(apply, &subject, have, want, error) &&
           apply_keys(apply, &subject, have, want, error);
}

bool apply_entities(struct apply *apply, const json_t *whole, struct error *error)
{
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        if (!apply_section(apply, &sections[i], whole, apply_entity, error))
            return false;
    }
    return apply_section(apply, &sections[SECTION_COUNT - 1], whole, apply_trust, error) &&
           apply_root(apply, whole, error);
}
