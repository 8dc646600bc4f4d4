// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * CreateRepository, DescribeRepository, ListRepositories, ListRepositoriesInDomain, UpdateRepository,
 * DeleteRepository.
 */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/paging.h"

/** The members that a summary and a description share, up to the description's own. */
static json_t *summarize(const struct operation_call *call, const struct store_repository *repository)
{
    const struct store_resource resource = {.owner = slice_of(repository->domain_owner),
                                            .domain = slice_of(repository->domain),
                                            .repository = slice_of(repository->name)};
    json_t *summary = json_object();
    operation_add_text(summary, "name", repository->name);
    operation_add_text(summary, "administratorAccount", repository->administrator);
    operation_add_text(summary, "domainName", repository->domain);
    operation_add_text(summary, "domainOwner", repository->domain_owner);
    operation_add_text(summary, "arn", codeartifact_resource_arn(call, &resource));
    operation_add_text(summary, "description", repository->description);
    return summary;
}

static json_t *describe(const struct operation_call *call, const struct store_repository *repository)
{
    json_t *description = summarize(call, repository);
    json_t *upstreams = repository->upstreams == NULL ? NULL : json_parse(slice_of(repository->upstreams), NULL);
    (void)json_object_set_new(description, "upstreams", upstreams == NULL ? json_array() : upstreams);
    (void)json_object_set_new(description, "externalConnections", json_array());
    codeartifact_add_time(description, "createdTime", repository->created);
    return json_pack("{s:o}", "repository", description);
}

json_t *codeartifact_create_repository(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    if (!codeartifact_require_domain(call, &target, error) || !codeartifact_check_upstreams(call, &target, error) ||
        !codeartifact_check_tags(call, error))
        return NULL;
    const struct store_repository repository = {
        .name = operation_member_text(call, "repository"),
        .domain = operation_member_text(call, "domain"),
        .domain_owner = arena_copy(call->arena, target.owner.data, target.owner.size),
        .administrator = call->caller->principal->account,
        .description = operation_member_text(call, "description"),
        .upstreams = codeartifact_member_json(call, "upstreams"),
        .tags = codeartifact_member_json(call, "tags"),
        .created = call->now,
        .limit = call->desk->site->repositories_max,
    };
    switch (store_add_repository(call->desk->store, &repository, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &repository);
    case STORE_EXISTS:
        return codeartifact_fail(error, "ConflictException", &target,
                                 arena_format(call->arena, "Repository '%s' in domain '%s' already exists",
                                              repository.name, repository.domain));
    case STORE_LIMIT:
        return codeartifact_fail(
            error, "ServiceQuotaExceededException", &target,
            arena_format(call->arena, "A domain can have at most %lld repositories", (long long)repository.limit));
    case STORE_ABSENT: // the domain was deleted in between
        return codeartifact_absent(call, &(struct store_resource){.owner = target.owner, .domain = target.domain},
                                   error);
    default:
        return NULL;
    }
}

json_t *codeartifact_describe_repository(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct store_repository repository;
    return codeartifact_require_repository(call, &target, &repository, error) ? describe(call, &repository) : NULL;
}

/** What a page shows: of COUNT entries the first WANTED. */
static json_t *list(const struct operation_call *call, const struct store_repository *repositories, size_t count,
                    size_t wanted)
{
    json_t *summaries = json_array();
    for (size_t i = 0; i < count && i < wanted; i++) {
        json_t *summary = summarize(call, &repositories[i]);
        codeartifact_add_time(summary, "createdTime", repositories[i].created);
        (void)json_array_append_new(summaries, summary);
    }
    return json_pack("{s:o}", "repositories", summaries);
}

json_t *codeartifact_list_repositories_in_domain(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct store_page page = {.prefix = operation_member_text(call, "repositoryPrefix")};
    size_t wanted;
    if (!codeartifact_require_domain(call, &target, error) || !paging_read(call, &page, &wanted, error))
        return NULL;
    struct store_repository *repositories = NULL;
    size_t count = 0;
    if (!store_list_repositories(call->desk->store, target.owner, target.domain,
                                 json_member_text(call->input, "administratorAccount"), &page, call->arena,
                                 &repositories, &count, error))
        return NULL;
    json_t *output = list(call, repositories, count, wanted);
    if (count > wanted)
        paging_add_token(output, repositories[wanted - 1].name);
    return output;
}

/** A name alone is no place in the list of all domains: the token says the domain and its owner too. */
static bool read_place(const struct operation_call *call, struct store_page *page, struct store_resource *after,
                       struct error *error)
{
    if (page->after == NULL)
        return true;
    struct slice rest = slice_of(page->after);
    if (!slice_cut(&rest, '/', &after->repository) || !slice_cut(&rest, '/', &after->domain) ||
        !slice_cut(&rest, '/', &after->owner) || rest.data != NULL)
        return paging_refuse(error);
    page->after = arena_copy(call->arena, after->repository.data, after->repository.size);
    return true;
}

json_t *codeartifact_list_repositories(const struct operation_call *call, struct error *error)
{
    struct store_page page = {.prefix = operation_member_text(call, "repositoryPrefix")};
    struct store_resource after = {0};
    size_t wanted;
    if (!paging_read(call, &page, &wanted, error) || !read_place(call, &page, &after, error))
        return NULL;
    struct store_repository *repositories = NULL;
    size_t count = 0;
    if (!store_list_administered_repositories(call->desk->store, slice_of(call->caller->principal->account), &page,
                                              &after, call->arena, &repositories, &count, error))
        return NULL;
    json_t *output = list(call, repositories, count, wanted);
    if (count > wanted) {
        const struct store_repository *last = &repositories[wanted - 1];
        paging_add_token(output, arena_format(call->arena, "%s/%s/%s", last->name, last->domain, last->domain_owner));
    }
    return output;
}

json_t *codeartifact_update_repository(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct store_repository repository;
    if (!codeartifact_require_repository(call, &target, &repository, error) ||
        !codeartifact_check_upstreams(call, &target, error))
        return NULL;
    switch (store_update_repository(call->desk->store, &target, operation_member_text(call, "description"),
                                    codeartifact_member_json(call, "upstreams"), call->arena, &repository, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &repository);
    case STORE_ABSENT:
        return codeartifact_absent(call, &target, error);
    default:
        return NULL;
    }
}

json_t *codeartifact_delete_repository(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct store_repository repository;
    if (!codeartifact_require_repository(call, &target, &repository, error))
        return NULL;
    switch (store_delete_repository(call->desk->store, target.owner, target.domain, target.repository, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &repository);
    case STORE_ABSENT:
        return codeartifact_absent(call, &target, error);
    default:
        return NULL;
    }
}
