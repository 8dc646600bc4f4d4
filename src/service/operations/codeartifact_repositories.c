// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CreateRepository, DescribeRepository, ListRepositoriesInDomain, DeleteRepository, GetRepositoryEndpoint. */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/paging.h"

#define UPSTREAMS_MAX 10

/** The members that a summary and a description share, up to the description's own. */
static json_t *summarize(const struct operation_call *call, const struct store_repository *repository)
{
    json_t *summary = json_object();
    codeartifact_add_text(summary, "name", repository->name);
    codeartifact_add_text(summary, "administratorAccount", repository->administrator);
    codeartifact_add_text(summary, "domainName", repository->domain);
    codeartifact_add_text(summary, "domainOwner", repository->domain_owner);
    codeartifact_add_text(summary, "arn",
                          codeartifact_repository_arn(call, slice_of(repository->domain_owner),
                                                      slice_of(repository->domain), slice_of(repository->name)));
    codeartifact_add_text(summary, "description", repository->description);
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

static bool find_repository(const struct operation_call *call, struct slice name, struct store_repository *out,
                            struct error *error)
{
    switch (store_find_repository(call->desk->store, codeartifact_owner(call), json_member_text(call->input, "domain"),
                                  name, call->arena, out, error)) {
    case STORE_OK:
        return true;
    case STORE_ABSENT:
        return codeartifact_repository_absent(call, name, error) != NULL;
    default:
        return false;
    }
}

/** Whether the upstream at PLACE is named before it already. */
static bool is_repeated(const json_t *upstreams, size_t place, struct slice name)
{
    for (size_t i = 0; i < place; i++)
        if (slice_equal(json_member_text(json_array_get(upstreams, i), "repositoryName"), name))
            return true;
    return false;
}

/** At most UPSTREAMS_MAX ("Quotas in AWS CodeArtifact"), each once, all in the domain. */
static bool check_upstreams(const struct operation_call *call, struct error *error)
{
    const json_t *upstreams = json_object_get(call->input, "upstreams");
    if (json_array_size(upstreams) > UPSTREAMS_MAX)
        return codeartifact_fail(error, "ServiceQuotaExceededException", "repository",
                                 json_member_text(call->input, "repository"),
                                 arena_format(call->arena, "A repository can have at most %d direct upstreams, not %zu",
                                              UPSTREAMS_MAX, json_array_size(upstreams))) != NULL;
    for (size_t i = 0; i < json_array_size(upstreams); i++) {
        struct slice name = json_member_text(json_array_get(upstreams, i), "repositoryName");
        struct store_repository upstream;
        if (is_repeated(upstreams, i, name))
            return error_set(error, ERROR_PARAMETER, "ValidationError", "Upstream repository '%.*s' is named twice",
                             SLICE_ARGS(name));
        if (!find_repository(call, name, &upstream, error))
            return false;
    }
    return true;
}

json_t *codeartifact_create_repository(const struct operation_call *call, struct error *error)
{
    if (!codeartifact_require_domain(call, "codeartifact:CreateRepository", error) || !check_upstreams(call, error))
        return NULL;
    struct slice name = json_member_text(call->input, "repository");
    struct slice owner = codeartifact_owner(call);
    const struct store_repository repository = {
        .name = codeartifact_member_text(call, "repository"),
        .domain = codeartifact_member_text(call, "domain"),
        .domain_owner = arena_copy(call->arena, owner.data, owner.size),
        .administrator = call->caller->principal->account,
        .description = codeartifact_member_text(call, "description"),
        .upstreams = codeartifact_member_json(call, "upstreams"),
        .tags = codeartifact_member_json(call, "tags"),
        .created = call->now,
    };
    switch (store_add_repository(call->desk->store, &repository, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &repository);
    case STORE_EXISTS:
        return codeartifact_fail(error, "ConflictException", "repository", name,
                                 arena_format(call->arena, "Repository '%s' in domain '%s' already exists",
                                              repository.name, repository.domain));
    case STORE_ABSENT: // the domain was deleted in between
        return codeartifact_domain_absent(call, error);
    default:
        return NULL;
    }
}

json_t *codeartifact_describe_repository(const struct operation_call *call, struct error *error)
{
    struct store_repository repository;
    if (!codeartifact_require_domain(call, "codeartifact:DescribeRepository", error) ||
        !find_repository(call, json_member_text(call->input, "repository"), &repository, error))
        return NULL;
    return describe(call, &repository);
}

json_t *codeartifact_list_repositories_in_domain(const struct operation_call *call, struct error *error)
{
    struct store_page page = {.prefix = codeartifact_member_text(call, "repositoryPrefix")};
    size_t wanted;
    if (!codeartifact_require_domain(call, "codeartifact:ListRepositoriesInDomain", error) ||
        !paging_read(call, &page, &wanted, error))
        return NULL;
    struct store_repository *repositories = NULL;
    size_t count = 0;
    if (!store_list_repositories(call->desk->store, codeartifact_owner(call), json_member_text(call->input, "domain"),
                                 json_member_text(call->input, "administratorAccount"), &page, call->arena,
                                 &repositories, &count, error))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < count && i < wanted; i++) {
        json_t *summary = summarize(call, &repositories[i]);
        codeartifact_add_time(summary, "createdTime", repositories[i].created);
        (void)json_array_append_new(list, summary);
    }
    json_t *output = json_pack("{s:o}", "repositories", list);
    if (count > wanted)
        paging_add_token(output, repositories[wanted - 1].name);
    return output;
}

json_t *codeartifact_delete_repository(const struct operation_call *call, struct error *error)
{
    struct slice name = json_member_text(call->input, "repository");
    struct store_repository repository;
    if (!codeartifact_require_domain(call, "codeartifact:DeleteRepository", error) ||
        !find_repository(call, name, &repository, error))
        return NULL;
    switch (store_delete_repository(call->desk->store, codeartifact_owner(call),
                                    json_member_text(call->input, "domain"), name, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &repository);
    case STORE_ABSENT:
        return codeartifact_repository_absent(call, name, error);
    default:
        return NULL;
    }
}

/** The path form, which needs no wildcard DNS: "Use CodeArtifact from a VPC without private DNS" of the guide. */
json_t *codeartifact_get_repository_endpoint(const struct operation_call *call, struct error *error)
{
    struct slice name = json_member_text(call->input, "repository");
    struct store_repository repository;
    if (!codeartifact_require_domain(call, "codeartifact:GetRepositoryEndpoint", error) ||
        !find_repository(call, name, &repository, error))
        return NULL;
    const char *endpoint = arena_format(call->arena, "%s/%.*s/d/%s-%s/%s/", call->endpoint_base,
                                        SLICE_ARGS(json_member_text(call->input, "format")), repository.domain,
                                        repository.domain_owner, repository.name);
    return json_pack("{s:s}", "repositoryEndpoint", endpoint);
}
