// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Identities that are sessions. */
#include "service/caller/identity.h"

#include <stdlib.h>
#include <string.h>

static struct slice copy(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static const char *copy_text(struct arena *arena, struct slice text)
{
    return arena_copy(arena, text.data, text.size);
}

// ------------------------------------------------------------------ who it is

/** "arn:aws:sts::123456789012:assumed-role/NAME/SESSION": the role's path is not in it. */
static const char *role_session_arn(struct arena *arena, const struct store_principal *role, struct slice name)
{
    const struct slice parts[] = {SLICE("arn:aws:sts::"),
                                  slice_of(role->account),
                                  SLICE(":assumed-role/"),
                                  slice_of(role->name),
                                  SLICE("/"),
                                  name};
    return arena_join(arena, parts, sizeof parts / sizeof parts[0]);
}

static void describe(struct identity *identity, const struct identity *of)
{
    struct identity_session *session = identity->session;
    const struct slice name = session->claims.scope.name;
    identity->principal = of->principal;
    identity->arn = of->arn;
    session->user_id = of->principal.id;
    if (of->principal.kind != STORE_ROLE)
        return;
    const struct slice parts[] = {slice_of(of->principal.id), SLICE(":"), name};
    session->user_id = arena_join(identity->arena, parts, sizeof parts / sizeof parts[0]);
    identity->arn = role_session_arn(identity->arena, &of->principal, name);
}

/** What is in the claims, but for the secret, which nobody needs once the signing key is made. */
static void copy_claims(struct identity *identity, const struct session_claims *claims)
{
    struct arena *arena = identity->arena;
    struct session_scope *scope = &identity->session->claims.scope;
    identity->session->claims = *claims;
    identity->session->claims.secret_access_key = (struct slice){0};
    identity->session->claims.access_key_id = copy(arena, claims->access_key_id);
    identity->session->claims.principal = copy(arena, claims->principal);
    identity->session->claims.account = copy(arena, claims->account);
    scope->name = copy(arena, claims->scope.name);
    scope->policy = copy(arena, claims->scope.policy);
    scope->source_identity = copy(arena, claims->scope.source_identity);
    scope->provider = copy(arena, claims->scope.provider);
    scope->subject = copy(arena, claims->scope.subject);
    scope->audience = copy(arena, claims->scope.audience);
    struct slice *arns = arena_allocate(arena, scope->policy_arn_count + 1, sizeof *arns);
    for (size_t i = 0; i < scope->policy_arn_count; i++)
        arns[i] = copy(arena, claims->scope.policy_arns[i]);
    struct scope_tag *tags = arena_allocate(arena, scope->tag_count + 1, sizeof *tags);
    for (size_t i = 0; i < scope->tag_count; i++)
        tags[i] = (struct scope_tag){copy(arena, claims->scope.tags[i].key), copy(arena, claims->scope.tags[i].value),
                                     claims->scope.tags[i].transitive};
    scope->policy_arns = arns;
    scope->tags = tags;
}

/** The session's tags first: of two with one key, whatever its case, the first counts. */
static void join_tags(struct identity *identity, const struct identity *of)
{
    const struct session_scope *scope = &identity->session->claims.scope;
    identity->tags = arena_allocate(identity->arena, scope->tag_count + of->tag_count + 1, sizeof *identity->tags);
    for (size_t i = 0; i < scope->tag_count; i++)
        identity->tags[identity->tag_count++] = (struct store_tag){copy_text(identity->arena, scope->tags[i].key),
                                                                   copy_text(identity->arena, scope->tags[i].value)};
    for (size_t i = 0; i < of->tag_count; i++)
        identity->tags[identity->tag_count++] = of->tags[i];
}

// ------------------------------------------------------------------ what it may do

/** In the place of a policy that is gone: it allows nothing, and is not the same as no session policy at all. */
#define SILENT                                                                                                         \
    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"NotAction\":\"*\",\"Resource\":\"*\"}}"

static bool add_policy(struct identity *identity, struct slice document, struct error *error)
{
    ERROR_AUTO reason = {0};
    struct identity_session *session = identity->session;
    struct policy *policy =
        policy_parse(POLICY_SESSION, document.data == NULL ? SLICE(SILENT) : document, POLICY_SIZE_MAX, &reason);
    if (policy == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "a session policy of %s cannot be used: %s", identity->arn,
                         reason.message == NULL ? "" : reason.message);
    session->policies[session->policy_count++] = policy;
    return true;
}

static bool parse_policies(struct identity *identity, const struct slice *managed, struct error *error)
{
    const struct session_scope *scope = &identity->session->claims.scope;
    identity->session->policies =
        arena_allocate(identity->arena, scope->policy_arn_count + 1, sizeof *identity->session->policies);
    if (scope->policy.size > 0 && !add_policy(identity, scope->policy, error))
        return false;
    for (size_t i = 0; i < scope->policy_arn_count; i++)
        if (!add_policy(identity, managed[i], error))
            return false;
    return true;
}

/** More than the characters of any id. */
#define NAME_SIZE ((size_t)32)

struct slice identity_session_name(struct slice token)
{
    return slice_part(token, token.size < NAME_SIZE ? 0 : token.size - NAME_SIZE, NAME_SIZE);
}

struct identity *identity_new_session(struct identity *of, struct slice token, const struct session_claims *claims,
                                      const struct slice *managed, struct error *error)
{
    struct arena *arena = arena_new();
    struct identity *identity = memory_new(1, sizeof *identity);
    identity->arena = arena;
    identity->name = copy(arena, identity_session_name(token));
    identity->session = arena_allocate(arena, 1, sizeof *identity->session);
    *identity->session = (struct identity_session){.of = of, .token = copy(arena, token)};
    of->holders++;
    copy_claims(identity, claims);
    describe(identity, of);
    join_tags(identity, of);
    if (parse_policies(identity, managed, error))
        return identity;
    identity_free(identity);
    return NULL;
}
