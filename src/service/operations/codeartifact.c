// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/codeartifact.h"

#include "base/json.h"

// ------------------------------------------------------------------ names of resources

struct slice codeartifact_owner(const struct operation_call *call)
{
    struct slice owner = json_member_text(call->input, "domainOwner");
    return owner.data == NULL ? slice_of(call->caller->principal->account) : owner;
}

struct store_resource codeartifact_target(const struct operation_call *call)
{
    return (struct store_resource){
        .owner = codeartifact_owner(call),
        .domain = json_member_text(call->input, "domain"),
        .repository = json_member_text(call->input, "repository"),
    };
}

const char *codeartifact_resource_arn(const struct operation_call *call, const struct store_resource *resource)
{
    const bool is_domain = resource->repository.size == 0;
    const struct slice parts[] = {SLICE("arn:aws:codeartifact:"),
                                  slice_of(call->desk->site->region),
                                  SLICE(":"),
                                  resource->owner,
                                  is_domain ? SLICE(":domain/") : SLICE(":repository/"),
                                  resource->domain,
                                  is_domain ? SLICE("") : SLICE("/"),
                                  resource->repository};
    return arena_join(call->arena, parts, sizeof parts / sizeof parts[0]);
}

const char *codeartifact_domain_resource(const struct operation_call *call)
{
    struct store_resource target = codeartifact_target(call);
    target.repository = (struct slice){0};
    return codeartifact_resource_arn(call, &target);
}

const char *codeartifact_repository_resource(const struct operation_call *call)
{
    const struct store_resource target = codeartifact_target(call);
    return codeartifact_resource_arn(call, &target);
}

const char *codeartifact_tagged_resource(const struct operation_call *call)
{
    return operation_member_text(call, "resourceArn");
}

const char *codeartifact_no_resource(const struct operation_call *call)
{
    (void)call;
    return "*";
}

// ------------------------------------------------------------------ failures

json_t *codeartifact_fail(struct error *error, const char *code, const struct store_resource *resource,
                          const char *message)
{
    const bool is_domain = resource->repository.size == 0;
    struct slice id = is_domain ? resource->domain : resource->repository;
    (void)error_set(error, ERROR_PARAMETER, code, "%s", message);
    if (error != NULL)
        error->details = json_pack("{s:s%, s:s}", "resourceId", id.data, id.size, "resourceType",
                                   is_domain ? "domain" : "repository");
    return NULL;
}

bool codeartifact_refuse(struct error *error, const char *message)
{
    (void)error_set(error, ERROR_PARAMETER, "ValidationError", "%s", message);
    if (error != NULL)
        error->details = json_pack("{s:s}", "reason", "FIELD_VALIDATION_FAILED");
    return false;
}

static json_t *domain_absent(const struct operation_call *call, const struct store_resource *resource,
                             struct error *error)
{
    const struct store_resource domain = {.owner = resource->owner, .domain = resource->domain};
    return codeartifact_fail(error, "ResourceNotFoundException", &domain,
                             arena_format(call->arena,
                                          "Domain not found. Domain '%.*s' owned by account '%.*s' does not exist",
                                          SLICE_ARGS(resource->domain), SLICE_ARGS(resource->owner)));
}

json_t *codeartifact_absent(const struct operation_call *call, const struct store_resource *resource,
                            struct error *error)
{
    if (resource->repository.size == 0)
        return domain_absent(call, resource, error);
    return codeartifact_fail(
        error, "ResourceNotFoundException", resource,
        arena_format(call->arena,
                     "Repository not found. Repository '%.*s' in domain '%.*s' owned by account '%.*s' does not exist",
                     SLICE_ARGS(resource->repository), SLICE_ARGS(resource->domain), SLICE_ARGS(resource->owner)));
}

// ------------------------------------------------------------------ what there is

bool codeartifact_require_domain(const struct operation_call *call, const struct store_resource *resource,
                                 struct error *error)
{
    const struct policy *policy;
    switch (codeartifact_find_domain(call, resource, &policy, error)) {
    case STORE_OK:
        return true;
    case STORE_ABSENT:
        return domain_absent(call, resource, error) != NULL;
    default:
        return false;
    }
}

bool codeartifact_require_repository(const struct operation_call *call, const struct store_resource *resource,
                                     struct store_repository *out, struct error *error)
{
    if (!codeartifact_require_domain(call, resource, error))
        return false;
    switch (store_find_repository(call->desk->store, resource->owner, resource->domain, resource->repository,
                                  call->arena, out, error)) {
    case STORE_OK:
        return true;
    case STORE_ABSENT:
        return codeartifact_absent(call, resource, error) != NULL;
    default:
        return false;
    }
}

// ------------------------------------------------------------------ members

void codeartifact_add_time(json_t *object, const char *name, int64_t when)
{
    int64_t milliseconds = when / (TIMESTAMP_SECOND / 1000);
    (void)json_object_set_new(object, name, json_real((double)milliseconds / 1000.0));
}

const char *codeartifact_member_json(const struct operation_call *call, const char *name)
{
    const json_t *value = json_object_get(call->input, name);
    if (value == NULL)
        return NULL;
    BUFFER_AUTO text = {0};
    json_write(&text, value, 0);
    return arena_copy(call->arena, text.data, text.size);
}
