// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** CreateDomain, DescribeDomain, ListDomains, DeleteDomain. */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/paging.h"

/** The members that a summary and a description share. */
static json_t *summarize(const struct operation_call *call, const struct store_domain *domain)
{
    json_t *summary = json_object();
    operation_add_text(summary, "name", domain->name);
    operation_add_text(summary, "owner", domain->owner);
    const struct store_resource resource = {.owner = slice_of(domain->owner), .domain = slice_of(domain->name)};
    operation_add_text(summary, "arn", codeartifact_resource_arn(call, &resource));
    operation_add_text(summary, "status", "Active");
    codeartifact_add_time(summary, "createdTime", domain->created);
    operation_add_text(summary, "encryptionKey", domain->encryption_key);
    return summary;
}

static json_t *describe(const struct operation_call *call, const struct store_domain *domain)
{
    json_t *description = summarize(call, domain);
    (void)json_object_set_new(description, "repositoryCount", json_integer(domain->repository_count));
    (void)json_object_set_new(description, "assetSizeBytes", json_integer(0));
    // Clients show this member; there is no bucket, and nothing reads it.
    operation_add_text(description, "s3BucketArn",
                       arena_format(call->arena, "arn:aws:s3:::assets-%s-%s", domain->owner, call->desk->site->region));
    return json_pack("{s:o}", "domain", description);
}

json_t *codeartifact_create_domain(const struct operation_call *call, struct error *error)
{
    if (!codeartifact_check_tags(call, error))
        return NULL;
    const struct store_resource target = {.owner = slice_of(call->caller->principal->account),
                                          .domain = json_member_text(call->input, "domain")};
    const struct store_domain domain = {
        .name = operation_member_text(call, "domain"),
        .owner = call->caller->principal->account,
        .encryption_key = operation_member_text(call, "encryptionKey"),
        .tags = codeartifact_member_json(call, "tags"),
        .created = call->now,
        .limit = call->desk->site->domains_max,
    };
    switch (store_add_domain(call->desk->store, &domain, error)) {
    case STORE_OK:
        freshness_announce(call->desk->site);
        return describe(call, &domain);
    case STORE_EXISTS:
        return codeartifact_fail(
            error, "ConflictException", &target,
            arena_format(call->arena, "Domain '%s' owned by account '%s' already exists", domain.name, domain.owner));
    case STORE_LIMIT:
        return codeartifact_fail(
            error, "ServiceQuotaExceededException", &target,
            arena_format(call->arena, "An account can have at most %lld domains", (long long)domain.limit));
    default:
        return NULL;
    }
}

json_t *codeartifact_describe_domain(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    if (!codeartifact_require_domain(call, &target, error))
        return NULL;
    struct store_domain domain;
    switch (store_find_domain(call->desk->store, target.owner, target.domain, call->arena, &domain, error)) {
    case STORE_OK:
        return describe(call, &domain);
    case STORE_ABSENT:
        return codeartifact_absent(call, &target, error);
    default:
        return NULL;
    }
}

json_t *codeartifact_list_domains(const struct operation_call *call, struct error *error)
{
    struct store_page page = {0};
    size_t wanted;
    if (!paging_read(call, &page, &wanted, error))
        return NULL;
    struct store_domain *domains = NULL;
    size_t count = 0;
    if (!store_list_domains(call->desk->store, slice_of(call->caller->principal->account), &page, call->arena, &domains,
                            &count, error))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < count && i < wanted; i++)
        (void)json_array_append_new(list, summarize(call, &domains[i]));
    json_t *output = json_pack("{s:o}", "domains", list);
    if (count > wanted)
        paging_add_token(output, domains[wanted - 1].name);
    return output;
}

/** Deleting a domain that is not there succeeds: the operation declares no ResourceNotFoundException. */
json_t *codeartifact_delete_domain(const struct operation_call *call, struct error *error)
{
    const struct store_resource target = codeartifact_target(call);
    struct store_domain domain;
    enum store_result found =
        store_find_domain(call->desk->store, target.owner, target.domain, call->arena, &domain, error);
    if (found == STORE_ABSENT)
        return json_object();
    if (found != STORE_OK || !codeartifact_require_domain(call, &target, error))
        return NULL;
    switch (store_delete_domain(call->desk->store, target.owner, target.domain, error)) {
    case STORE_OK: {
        freshness_announce(call->desk->site);
        json_t *output = describe(call, &domain);
        operation_add_text(json_object_get(output, "domain"), "status", "Deleted");
        return output;
    }
    case STORE_ABSENT:
        return json_object();
    case STORE_NOT_EMPTY:
        return codeartifact_fail(error, "ConflictException", &target,
                                 "Domain must contain 0 repositories before deletion");
    default:
        return NULL;
    }
}
