// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/identity.h"

#include "base/secret.h"
#include "service/store/arn.h"

#include <stdlib.h>
#include <string.h>

static const char *copy_text(struct arena *arena, const char *text)
{
    return text == NULL ? "" : arena_copy(arena, text, strlen(text));
}

static struct slice copy_slice(struct arena *arena, struct slice slice)
{
    return (struct slice){arena_copy(arena, slice.data, slice.size), slice.size};
}

static void copy_tags(struct identity *identity, const struct store_identity *stored)
{
    identity->tags = arena_allocate(identity->arena, stored->tag_count + 1, sizeof *identity->tags);
    identity->tag_count = stored->tag_count;
    for (size_t i = 0; i < stored->tag_count; i++)
        identity->tags[i] = (struct store_tag){copy_text(identity->arena, stored->tags[i].key),
                                               copy_text(identity->arena, stored->tags[i].value)};
}

static struct policy *parse(const struct identity *identity, enum policy_kind kind, struct slice document,
                            struct error *error)
{
    ERROR_AUTO reason = {0};
    struct policy *policy = policy_parse(kind, document, POLICY_SIZE_MAX, &reason);
    if (policy == NULL)
        (void)error_set(error, ERROR_INTERNAL, NULL, "a policy of %s in the store cannot be used: %s", identity->arn,
                        reason.message == NULL ? "" : reason.message);
    return policy;
}

static bool parse_policies(struct identity *identity, const struct store_identity *stored, struct error *error)
{
    identity->policies = arena_allocate(identity->arena, stored->policy_count + 1, sizeof *identity->policies);
    for (size_t i = 0; i < stored->policy_count; i++) {
        struct policy *policy = parse(identity, POLICY_IDENTITY, stored->policies[i], error);
        if (policy == NULL)
            return false;
        identity->policies[identity->policy_count++] = policy;
    }
    if (stored->boundary.data != NULL)
        identity->boundary = parse(identity, POLICY_BOUNDARY, stored->boundary, error);
    return stored->boundary.data == NULL || identity->boundary != NULL;
}

struct identity *identity_new(struct slice name, const struct store_identity *stored, struct error *error)
{
    struct arena *arena = arena_new();
    struct identity *identity = memory_new(1, sizeof *identity);
    identity->arena = arena;
    identity->name = copy_slice(arena, name);
    identity->principal = (struct store_principal){
        .id = copy_text(arena, stored->principal.id),
        .kind = stored->principal.kind,
        .account = copy_text(arena, stored->principal.account),
        .path = copy_text(arena, stored->principal.path),
        .name = copy_text(arena, stored->principal.name),
        .created = stored->principal.created,
    };
    identity->arn = arn_write(arena, identity->principal.kind, identity->principal.account, identity->principal.path,
                              identity->principal.name);
    identity->key_active = stored->key.active;
    identity->sealed_secret = copy_slice(arena, stored->key.sealed_secret);
    copy_tags(identity, stored);
    if (parse_policies(identity, stored, error))
        return identity;
    identity_free(identity);
    return NULL;
}

struct identity *identity_new_bearer(struct slice token)
{
    struct arena *arena = arena_new();
    struct identity *identity = memory_new(1, sizeof *identity);
    identity->arena = arena;
    identity->name = copy_slice(arena, identity_session_name(token));
    identity->bearer = arena_allocate(arena, 1, sizeof *identity->bearer);
    identity->bearer->token = copy_slice(arena, token);
    return identity;
}

/** Ends what a session has of its own. */
static void end_session(struct identity_session *session)
{
    for (size_t i = 0; i < session->policy_count; i++)
        policy_free(session->policies[i]);
    identity_free(session->of);
}

void identity_free(struct identity *identity)
{
    if (identity == NULL || identity->holders-- > 0)
        return;
    if (identity->session != NULL)
        end_session(identity->session);
    if (identity->bearer != NULL) {
        policy_free(identity->bearer->policy);
        identity_free(identity->bearer->holder);
    }
    for (size_t i = 0; i < identity->policy_count; i++)
        policy_free(identity->policies[i]);
    policy_free(identity->boundary);
    for (size_t i = 0; i < IDENTITY_SCOPES; i++)
        digest_key_free(identity->scopes[i].key);
    arena_free(identity->arena);
    secret_wipe(identity, sizeof *identity);
    free(identity);
}

static bool scope_is(const struct identity_scope *known, const struct sigv4_scope *scope)
{
    return known->service_size > 0 &&
           slice_equal((struct slice){known->service, known->service_size}, scope->service) &&
           slice_equal((struct slice){known->region, known->region_size}, scope->region) &&
           slice_equal((struct slice){known->date, IDENTITY_DATE_SIZE}, scope->date);
}

bool identity_open_secret(const struct identity *identity, const struct seal_key *master, struct buffer *secret,
                          struct error *error)
{
    BUFFER_AUTO label = {0};
    buffer_append_text(&label, "access-key/");
    buffer_append_slice(&label, identity->name);
    return seal_open(master, buffer_slice(&label), identity->sealed_secret, secret, error);
}

struct digest_key *identity_find_signing_key(struct identity *identity, const struct sigv4_scope *scope)
{
    for (size_t i = 0; i < IDENTITY_SCOPES; i++)
        if (scope_is(&identity->scopes[i], scope))
            return identity->scopes[i].key;
    return NULL;
}

struct digest_key *identity_add_signing_key(struct identity *identity, struct digest *digest, struct slice secret,
                                            const struct sigv4_scope *scope, struct error *error)
{
    if (scope->date.size != IDENTITY_DATE_SIZE || scope->service.size > IDENTITY_SERVICE_SIZE ||
        scope->service.size == 0 || scope->region.size > IDENTITY_REGION_SIZE) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "the credential scope was not checked");
        return NULL;
    }
    struct identity_scope *known = &identity->scopes[identity->next_scope];
    identity->next_scope = (identity->next_scope + 1) % IDENTITY_SCOPES;
    memcpy(known->date, scope->date.data, IDENTITY_DATE_SIZE);
    memcpy(known->service, scope->service.data, scope->service.size);
    known->service_size = scope->service.size;
    memcpy(known->region, scope->region.data, scope->region.size);
    known->region_size = scope->region.size;
    if (known->key == NULL)
        known->key = digest_key_new(digest);
    sigv4_set_signing_key(digest, secret, scope, known->key);
    return known->key;
}
