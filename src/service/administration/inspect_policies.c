// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/inspect_parts.h"

#include "base/json.h"
#include "service/administration/circles.h"
#include "service/policy/policy.h"
#include "service/policy/reach.h"

/** How much of an action or a resource a finding shows. */
#define SHOWN_MAX ((size_t)200)

/** A policy that is being looked at. */
struct looking {
    const struct inspection *inspection;
    const char *name; /**< "the inline policy read of user alice" */
};

static void find_unreachable(void *context, size_t statement, enum reach_problem problem, struct slice text)
{
    static const char *const sentences[] = {
        [REACH_UNKNOWN_ACTION] = "is an action that nothing here has; correct it, or leave it out",
        [REACH_ACTION_RESOURCE] = "is never asked for any of the resources beside it, so that it has no effect; give "
                                  "it a statement of its own with its own resource, or \"*\"",
        [REACH_RESOURCE] = "is never the resource of an action beside it; correct it (its account and region are "
                           "those of this service), or leave it out",
    };
    const struct looking *looking = context;
    inspect_find(looking->inspection, false, "%s: Statement[%zu]: \"%.*s\" %s", looking->name, statement,
                 SLICE_ARGS(slice_part(text, 0, SHOWN_MAX)), sentences[problem]);
}

/** @param reach whether what the policy names can be compared with what there is. */
static void look_at(const struct inspection *inspection, enum policy_kind kind, const json_t *document, bool reach,
                    const char *name)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO error = {0};
    if (json_is_string(document))
        buffer_append(&text, json_string_value(document), json_string_length(document));
    else
        json_write(&text, document, 0);
    // How long a document may be was asked when it was put here; limits may have been others then.
    struct policy *policy = policy_parse(kind, buffer_slice(&text), POLICY_SIZE_MAX, &error);
    if (policy == NULL) {
        inspect_find(inspection, false,
                     "%s cannot be read, so that what it says has no effect: %s; put a correct one in its place", name,
                     error.message);
        return;
    }
    policy_free(policy);
    const struct reach_place place = {inspection->source.settings.account, inspection->source.settings.region};
    struct looking looking = {inspection, name};
    if (reach)
        reach_check(buffer_slice(&text), &place, find_unreachable, &looking);
}

/** One kind of entity: what its findings call it. */
struct subject {
    const struct inspection *inspection;
    enum store_kind kind;
    const char *noun;
};

static void look_at_inline(const struct subject *subject, const json_t *record, const char *name)
{
    const json_t *list = json_object_get(record, "inlinePolicies");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *policy = json_array_get(list, i);
        MEMORY_AUTO char *called =
            memory_format("the inline policy %s of %s%s%s", json_member_text(policy, "name").data, subject->noun,
                          name[0] == '\0' ? "" : " ", name);
        look_at(subject->inspection, POLICY_IDENTITY, json_object_get(policy, "document"), true, called);
    }
}

/** Old versions are only kept; that nothing of them matches does not matter. */
static void look_at_versions(const struct subject *subject, const json_t *record, const char *name)
{
    const json_t *list = json_object_get(record, "versions");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *version = json_array_get(list, i);
        MEMORY_AUTO char *called = memory_format(
            "version v%lld of policy %s", (long long)json_integer_value(json_object_get(version, "number")), name);
        look_at(subject->inspection, POLICY_IDENTITY, json_object_get(version, "document"),
                json_is_true(json_object_get(version, "default")), called);
    }
}

static bool has(const json_t *record, const char *member)
{
    return json_array_size(json_object_get(record, member)) > 0;
}

static void look_for_idle(const struct subject *subject, const json_t *record, const char *name)
{
    bool powerless = !has(record, "inlinePolicies") && !has(record, "attachedPolicies") && !has(record, "groups");
    if (subject->kind == STORE_USER && !has(record, "accessKeys"))
        inspect_find(subject->inspection, true,
                     "user %s has no access key, so that it can sign nothing; make one with aws iam create-access-key, "
                     "or delete the user",
                     name);
    if (powerless && (subject->kind == STORE_USER || subject->kind == STORE_ROLE))
        inspect_find(subject->inspection, true,
                     "%s %s has no policy and so may do nothing but what policies of resources allow; give it one, or "
                     "delete it",
                     subject->noun, name);
}

static bool look_at_entity(void *context, json_t *record, struct error *error)
{
    const struct subject *subject = context;
    struct slice slice = json_member_text(record, "name");
    const char *name = slice.data == NULL ? "" : slice.data;
    const json_t *trust = json_object_get(record, "trustPolicy");
    (void)error;
    look_at_inline(subject, record, name);
    look_at_versions(subject, record, name);
    look_for_idle(subject, record, name);
    if (trust == NULL)
        return true;
    MEMORY_AUTO char *called = memory_format("the trust policy of role %s", name);
    look_at(subject->inspection, POLICY_TRUST, trust, false, called);
    return true;
}

static void look_at_resource(const struct inspection *inspection, const json_t *record, const char *noun,
                             const char *name)
{
    const json_t *document = json_object_get(record, "permissionsPolicy");
    MEMORY_AUTO char *called = memory_format("the permissions policy of %s %s", noun, name);
    if (document != NULL)
        look_at(inspection, POLICY_RESOURCE, document, true, called);
}

/** The API and an import make none, but older ones did. */
static void look_for_circle(const struct inspection *inspection, const json_t *record, const char *domain)
{
    ARENA_AUTO *arena = arena_new();
    const char *circle = circles_find(record, arena);
    if (circle != NULL)
        inspect_find(inspection, false,
                     "the upstreams of repositories in domain %s go in a circle, %s; take one of them out with aws "
                     "codeartifact update-repository",
                     domain, circle);
}

static bool look_at_domain(void *context, json_t *record, struct error *error)
{
    const struct inspection *inspection = context;
    const char *domain = json_member_text(record, "name").data;
    const json_t *repositories = json_object_get(record, "repositories");
    (void)error;
    look_at_resource(inspection, record, "domain", domain);
    look_for_circle(inspection, record, domain);
    for (size_t i = 0; i < json_array_size(repositories); i++) {
        const json_t *repository = json_array_get(repositories, i);
        MEMORY_AUTO char *name = memory_format("%s/%s", domain, json_member_text(repository, "name").data);
        look_at_resource(inspection, repository, "repository", name);
    }
    return true;
}

bool inspect_policies(const struct inspection *inspection, struct error *error)
{
    static const struct {
        enum store_kind kind;
        const char *noun;
    } kinds[] = {{STORE_ROOT, "the root"},
                 {STORE_USER, "user"},
                 {STORE_GROUP, "group"},
                 {STORE_ROLE, "role"},
                 {STORE_POLICY, "policy"}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct subject subject = {inspection, kinds[i].kind, kinds[i].noun};
        if (!record_each_entity(&inspection->source, kinds[i].kind, look_at_entity, &subject, error))
            return false;
    }
    struct inspection copy = *inspection;
    return record_each_domain(&inspection->source, look_at_domain, &copy, error);
}
