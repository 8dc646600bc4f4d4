// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/bearer.h"

#include "base/secret.h"
#include "service/caller/parts.h"
#include "service/token/narrowing.h"

static bool refuse(struct error *error, const char *why)
{
    return error_set(error, ERROR_PARAMETER, "UnrecognizedClient", "%s", why);
}

static bool refuse_expired(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "ExpiredToken", "The authorization token has expired.");
}

/** Opens the token; that it has expired is all that is told of one that does not open. */
static bool open_token(struct caller_desk *desk, struct identity_bearer *bearer, int64_t now, struct arena *arena,
                       struct error *error)
{
    ERROR_AUTO reason = {0};
    if (token_open(desk->site->ring, desk->cipher, bearer->token, now, arena, &bearer->claims, &reason))
        return true;
    if (reason.class == ERROR_INTERNAL)
        return error_move(error, &reason);
    return slice_is(slice_of(reason.code), "expired")
               ? refuse_expired(error)
               : refuse(error, "This is no authorization token of this service.");
}

/** The session that asked for the token, of a principal that is there. */
static struct identity *meet_session(struct caller_desk *desk, struct identity *of, const struct token_claims *claims,
                                     struct slice name, struct arena *arena, struct error *error)
{
    struct session_claims session = {.principal = slice_of(of->principal.id),
                                     .account = claims->account,
                                     .issued = claims->session_issued,
                                     .expires = claims->expires,
                                     .scope = claims->session};
    session.scope.name = name;
    const struct slice *managed = caller_find_managed(desk, &session.scope, arena, error);
    return managed == NULL ? NULL : identity_new_session(of, (struct slice){0}, &session, managed, error);
}

/** Whose token it is: a user's, or that of a session, which is a role's where it has a name. */
static bool find_holder(struct caller_desk *desk, struct identity_bearer *bearer, struct arena *arena,
                        struct error *error)
{
    const struct token_claims *claims = &bearer->claims;
    const size_t colon = slice_find(claims->principal, ':', 0);
    const struct slice name = slice_part(claims->principal, colon + 1, claims->principal.size);
    struct identity *of =
        caller_find_identity(desk, store_find_principal, slice_part(claims->principal, 0, colon), arena, error);
    if (of == NULL)
        return error->class == ERROR_PARAMETER ? refuse(error, "The holder of the authorization token is gone.")
                                               : false;
    const bool is_role = of->principal.kind == STORE_ROLE;
    // The root gets no token; only sessions of roles have names, and a role has nothing but sessions.
    if (of->principal.kind == STORE_ROOT || is_role != (name.size > 0) || (is_role && claims->session_issued == 0) ||
        !slice_is(claims->account, of->principal.account))
        return refuse(error, "The authorization token does not fit its holder.");
    if (claims->session_issued != 0) {
        bearer->holder = meet_session(desk, of, claims, name, arena, error);
        return bearer->holder != NULL;
    }
    of->holders++;
    bearer->holder = of;
    return true;
}

/** What the token is narrowed to; one that cannot be read lets nobody in, because a restriction might be lost. */
static bool read_narrowing(struct identity_bearer *bearer, struct arena *arena, struct error *error)
{
    struct narrowing narrowing;
    ERROR_AUTO reason = {0};
    BUFFER_AUTO document = {0};
    if (bearer->claims.narrowing.size == 0)
        return true;
    if (narrowing_parse(bearer->claims.narrowing, arena, &narrowing, &reason)) {
        narrowing_write_policy(&document, &narrowing, bearer->claims.domain);
        bearer->policy = policy_parse(POLICY_TOKEN, buffer_slice(&document), POLICY_SIZE_MAX, &reason);
    }
    return bearer->policy != NULL || error_set(error, ERROR_INTERNAL, NULL, "the scope of a token cannot be used: %s",
                                               reason.message == NULL ? "" : reason.message);
}

static struct identity *meet(struct caller_desk *desk, struct slice token, int64_t now, struct arena *arena,
                             struct error *error)
{
    struct identity *identity = identity_new_bearer(token);
    if (!open_token(desk, identity->bearer, now, identity->arena, error) ||
        !read_narrowing(identity->bearer, arena, error) || !find_holder(desk, identity->bearer, arena, error)) {
        identity_free(identity);
        return NULL;
    }
    identity_cache_put(desk->bearers, identity);
    return identity;
}

bool caller_recognize_bearer(struct caller_desk *desk, struct slice token, int64_t now, struct arena *arena,
                             struct bearer *out, struct error *error)
{
    struct identity *identity = identity_cache_find(desk->bearers, identity_session_name(token));
    // What ends as a token that opened and is not that token is no token.
    if (identity != NULL && !secret_equal(identity->bearer->token, token))
        return refuse(error, "This is no authorization token of this service.");
    if (identity == NULL)
        identity = meet(desk, token, now, arena, error);
    if (identity == NULL)
        return false;
    if (identity->bearer->claims.expires <= now)
        return refuse_expired(error);
    caller_introduce(identity->bearer->holder, &out->caller);
    out->caller.token_policy = identity->bearer->policy;
    out->claims = &identity->bearer->claims;
    return true;
}
