// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "service/operations/authorize.h"

// ------------------------------------------------------------------ names of resources

struct slice codeartifact_owner(const struct operation_call *call)
{
    struct slice owner = json_member_text(call->input, "domainOwner");
    return owner.data == NULL ? slice_of(call->caller->principal->account) : owner;
}

const char *codeartifact_domain_arn(const struct operation_call *call, struct slice owner, struct slice domain)
{
    const struct slice parts[] = {SLICE("arn:aws:codeartifact:"),
                                  slice_of(call->desk->site->region),
                                  SLICE(":"),
                                  owner,
                                  SLICE(":domain/"),
                                  domain};
    return arena_join(call->arena, parts, sizeof parts / sizeof parts[0]);
}

const char *codeartifact_repository_arn(const struct operation_call *call, struct slice owner, struct slice domain,
                                        struct slice repository)
{
    const struct slice parts[] = {SLICE("arn:aws:codeartifact:"),
                                  slice_of(call->desk->site->region),
                                  SLICE(":"),
                                  owner,
                                  SLICE(":repository/"),
                                  domain,
                                  SLICE("/"),
                                  repository};
    return arena_join(call->arena, parts, sizeof parts / sizeof parts[0]);
}

const char *codeartifact_domain_resource(const struct operation_call *call)
{
    return codeartifact_domain_arn(call, codeartifact_owner(call), json_member_text(call->input, "domain"));
}

const char *codeartifact_repository_resource(const struct operation_call *call)
{
    return codeartifact_repository_arn(call, codeartifact_owner(call), json_member_text(call->input, "domain"),
                                       json_member_text(call->input, "repository"));
}

const char *codeartifact_no_resource(const struct operation_call *call)
{
    (void)call;
    return "*";
}

// ------------------------------------------------------------------ failures

json_t *codeartifact_fail(struct error *error, const char *code, const char *type, struct slice id, const char *message)
{
    (void)error_set(error, ERROR_PARAMETER, code, "%s", message);
    if (error != NULL)
        error->details = json_pack("{s:s%, s:s}", "resourceId", id.data, id.size, "resourceType", type);
    return NULL;
}

json_t *codeartifact_domain_absent(const struct operation_call *call, struct error *error)
{
    struct slice domain = json_member_text(call->input, "domain");
    return codeartifact_fail(error, "ResourceNotFoundException", "domain", domain,
                             arena_format(call->arena,
                                          "Domain not found. Domain '%.*s' owned by account '%.*s' does not exist",
                                          SLICE_ARGS(domain), SLICE_ARGS(codeartifact_owner(call))));
}

json_t *codeartifact_repository_absent(const struct operation_call *call, struct slice repository, struct error *error)
{
    return codeartifact_fail(
        error, "ResourceNotFoundException", "repository", repository,
        arena_format(call->arena,
                     "Repository not found. Repository '%.*s' in domain '%.*s' owned by account '%.*s' does not exist",
                     SLICE_ARGS(repository), SLICE_ARGS(json_member_text(call->input, "domain")),
                     SLICE_ARGS(codeartifact_owner(call))));
}

// ------------------------------------------------------------------ the domain

bool codeartifact_require_domain(const struct operation_call *call, const char *action, struct error *error)
{
    struct slice owner = codeartifact_owner(call);
    struct slice domain = json_member_text(call->input, "domain");
    if (!domain_cache_has(call->domains, owner, domain)) {
        struct store_domain found;
        switch (store_find_domain(call->desk->store, owner, domain, call->arena, &found, error)) {
        case STORE_OK:
            break;
        case STORE_ABSENT:
            return codeartifact_domain_absent(call, error) != NULL;
        default:
            return false;
        }
        domain_cache_put(call->domains, owner, domain);
    }
    // Another account's domain needs that account's consent in a policy of the domain, and domains have none.
    if (!slice_is(owner, call->caller->principal->account))
        return authorize_refuse(call->caller, action, codeartifact_domain_arn(call, owner, domain), POLICY_RESOURCE,
                                error);
    return true;
}

// ------------------------------------------------------------------ members

void codeartifact_add_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(object, name, json_string(text));
}

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

const char *codeartifact_member_text(const struct operation_call *call, const char *name)
{
    struct slice text = json_member_text(call->input, name);
    return text.data == NULL ? NULL : arena_copy(call->arena, text.data, text.size);
}
