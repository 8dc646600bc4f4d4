// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which upstreams a repository can have: "Working with upstream repositories" of the CodeArtifact User Guide. */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/authorize.h"

#define UPSTREAMS_MAX 10
#define ASSOCIATE "codeartifact:AssociateWithDownstreamRepository"

/** Whether the upstream at PLACE is named before it already. */
static bool is_repeated(const json_t *upstreams, size_t place, struct slice name)
{
    for (size_t i = 0; i < place; i++)
        if (slice_equal(json_member_text(json_array_get(upstreams, i), "repositoryName"), name))
            return true;
    return false;
}

/** One that exists, and that the caller may put to use so. */
static bool check_upstream(const struct operation_call *call, const struct store_resource *upstream,
                           struct error *error)
{
    struct store_repository found;
    struct authorize_question question = {.action = ASSOCIATE, .resource = codeartifact_resource_arn(call, upstream)};
    return codeartifact_guard_resource(call, upstream, &question, error) &&
           authorize_question(call, &question, error) && codeartifact_require_repository(call, upstream, &found, error);
}

// ------------------------------------------------------------------ cycles

/** Repositories of one domain that can be reached by upstreams, each once. */
struct reach {
    const struct operation_call *call;
    struct store_resource domain;
    struct slice *names;
    size_t count;
    size_t room;
};

static void reach_add(struct reach *reach, struct slice name)
{
    for (size_t i = 0; i < reach->count; i++)
        if (slice_equal(reach->names[i], name))
            return;
    if (reach->count == reach->room) {
        size_t room = 2 * reach->room + UPSTREAMS_MAX;
        struct slice *names = arena_allocate(reach->call->arena, room, sizeof *names);
        for (size_t i = 0; i < reach->count; i++)
            names[i] = reach->names[i];
        reach->names = names;
        reach->room = room;
    }
    reach->names[reach->count++] = (struct slice){arena_copy(reach->call->arena, name.data, name.size), name.size};
}

static void reach_add_all(struct reach *reach, const json_t *upstreams)
{
    for (size_t i = 0; i < json_array_size(upstreams); i++)
        reach_add(reach, json_member_text(json_array_get(upstreams, i), "repositoryName"));
}

/** Adds what the repository at PLACE has as upstreams; one that is gone has none. */
static bool reach_follow(struct reach *reach, size_t place, struct error *error)
{
    struct store_repository found = {0};
    enum store_result result =
        store_find_repository(reach->call->desk->store, reach->domain.owner, reach->domain.domain, reach->names[place],
                              reach->call->arena, &found, error);
    if (result == STORE_OK && found.upstreams != NULL) {
        JSON_AUTO *upstreams = json_parse(slice_of(found.upstreams), NULL);
        reach_add_all(reach, upstreams);
    }
    return result != STORE_FAILED;
}

/** A repository that would look for a package in itself, by way of others. */
static bool refuse_cycle(const struct operation_call *call, const struct store_resource *repository,
                         const json_t *upstreams, struct error *error)
{
    struct reach reach = {.call = call, .domain = *repository};
    reach_add_all(&reach, upstreams);
    for (size_t i = 0; i < reach.count; i++) {
        if (slice_equal(reach.names[i], repository->repository))
            return codeartifact_refuse(error,
                                       arena_format(call->arena,
                                                    "Repository '%.*s' would be an upstream of itself, by way of "
                                                    "its upstreams",
                                                    SLICE_ARGS(repository->repository)));
        if (!reach_follow(&reach, i, error))
            return false;
    }
    return true;
}

bool codeartifact_check_upstreams(const struct operation_call *call, const struct store_resource *repository,
                                  struct error *error)
{
    const json_t *upstreams = json_object_get(call->input, "upstreams");
    if (json_array_size(upstreams) > UPSTREAMS_MAX) // "Quotas in AWS CodeArtifact"
        return codeartifact_fail(error, "ServiceQuotaExceededException", repository,
                                 arena_format(call->arena, "A repository can have at most %d direct upstreams, not %zu",
                                              UPSTREAMS_MAX, json_array_size(upstreams))) != NULL;
    struct store_resource upstream = *repository;
    for (size_t i = 0; i < json_array_size(upstreams); i++) {
        upstream.repository = json_member_text(json_array_get(upstreams, i), "repositoryName");
        if (is_repeated(upstreams, i, upstream.repository))
            return codeartifact_refuse(error, arena_format(call->arena, "Upstream repository '%.*s' is named twice",
                                                           SLICE_ARGS(upstream.repository)));
        if (!check_upstream(call, &upstream, error))
            return false;
        if (slice_equal(upstream.repository, repository->repository))
            return codeartifact_refuse(error, arena_format(call->arena, "Repository '%.*s' cannot be its own upstream",
                                                           SLICE_ARGS(upstream.repository)));
    }
    return refuse_cycle(call, repository, upstreams, error);
}
