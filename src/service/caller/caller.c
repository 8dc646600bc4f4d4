// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/caller.h"

#include "base/secret.h"
#include "service/caller/parts.h"
#include "service/store/arn.h"
#include "service/store/iam.h"
#include "service/token/session.h"

/** 4,096 identities a thread; each is a few kilobytes. */
#define IDENTITY_SETS 1024
/** 4,096 authorization tokens. */
#define BEARER_SETS 1024

bool caller_desk_open(struct caller_desk *desk, struct site *site, struct error *error)
{
    struct store *store = store_open(site->store_path, error);
    if (store == NULL)
        return false;
    struct digest *digest = digest_new();
    *desk = (struct caller_desk){
        .site = site,
        .store = store,
        .digest = digest,
        .cipher = token_cipher_new(),
        .identities = identity_cache_new(IDENTITY_SETS),
        .revocations = revocations_new(),
        .lane = recorder_join(site->recorder),
        .bearers = identity_cache_new(BEARER_SETS),
    };
    return true;
}

void caller_desk_close(struct caller_desk *desk)
{
    identity_cache_free(desk->bearers);
    identity_cache_free(desk->identities);
    revocations_free(desk->revocations);
    token_cipher_free(desk->cipher);
    digest_free(desk->digest);
    if (desk->store != NULL)
        store_close(desk->store);
    secret_wipe(&desk->pool, sizeof desk->pool);
    *desk = (struct caller_desk){0};
}

enum freshness_result caller_desk_refresh(struct caller_desk *desk, struct error *error)
{
    enum freshness_result result = freshness_check(&desk->freshness, desk->site, desk->store, error);
    if (result != FRESHNESS_KEPT) {
        identity_cache_clear(desk->bearers);
        identity_cache_clear(desk->identities);
        revocations_expire(desk->revocations);
    }
    return result;
}

/** One answer for a key that is unknown, inactive or of the wrong kind: it tells nobody which keys exist. */
static bool refuse_client(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "UnrecognizedClient",
                     "The security token included in the request is invalid.");
}

struct identity *caller_find_identity(struct caller_desk *desk, caller_find_function *find, struct slice name,
                                      struct arena *arena, struct error *error)
{
    struct identity *identity = identity_cache_find(desk->identities, name);
    if (identity != NULL)
        return identity;
    struct store_identity stored = {0};
    enum store_result result = find(desk->store, name, arena, &stored, error);
    if (result == STORE_OK)
        identity = identity_new(name, &stored, error);
    else if (result == STORE_ABSENT)
        (void)refuse_client(error);
    if (identity != NULL)
        identity_cache_put(desk->identities, identity);
    return identity;
}

void caller_introduce(const struct identity *identity, struct caller *out)
{
    const struct identity_session *session = identity->session;
    const struct identity *own = session == NULL ? identity : session->of;
    *out = (struct caller){
        .principal = &own->principal,
        .arn = identity->arn,
        .user_id = own->principal.id,
        .entity_arn = own->arn,
        .policies = (const struct policy *const *)own->policies,
        .policy_count = own->policy_count,
        .boundary = own->boundary,
        .tags = identity->tags,
        .tag_count = identity->tag_count,
    };
    if (session == NULL)
        return;
    out->user_id = session->user_id;
    out->has_session = true;
    out->session_issued = session->claims.issued;
    out->session_expires = session->claims.expires;
    out->session = &session->claims.scope;
    out->session_policies = (const struct policy *const *)session->policies;
    out->session_policy_count = session->policy_count;
}

/** A long-term key. @return the signing key, which the identity owns; SIGNER gets that. */
static struct digest_key *recognize_key(struct caller_desk *desk, const struct caller_question *question,
                                        struct arena *arena, struct caller *out, struct identity **signer,
                                        struct error *error)
{
    const struct sigv4_scope *scope = &question->claim->scope;
    struct identity *identity =
        caller_find_identity(desk, store_find_identity, question->claim->access_key_id, arena, error);
    if (identity == NULL)
        return NULL;
    if (!identity->key_active) {
        (void)refuse_client(error);
        return NULL;
    }
    caller_introduce(identity, out);
    *signer = identity;
    struct digest_key *key = identity_find_signing_key(identity, scope);
    BUFFER_AUTO secret = {0};
    if (key == NULL && identity_open_secret(identity, &desk->site->master, &secret, error))
        key = identity_add_signing_key(identity, desk->digest, buffer_slice(&secret), scope, error);
    return key;
}

// ------------------------------------------------------------------ sessions

/** Opens the session token of the claim. */
static bool open_session(struct caller_desk *desk, const struct sigv4_claim *claim, struct arena *arena,
                         struct session_claims *out, struct error *error)
{
    ERROR_AUTO reason = {0};
    // A token that does not open is the caller's doing; the reason would only help to forge one.
    if (!session_open(desk->site->ring, desk->cipher, claim->session_token, arena, out, &reason))
        return reason.class == ERROR_INTERNAL ? error_move(error, &reason) : refuse_client(error);
    return slice_equal(out->access_key_id, claim->access_key_id) || refuse_client(error);
}

static bool refuse_expired(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "ExpiredToken", "The security token included in the request is expired");
}

/** The document of a managed policy as it is now; data NULL when there is no such policy any more. */
static bool find_managed(struct caller_desk *desk, struct slice arn, struct arena *arena, struct slice *out,
                         struct error *error)
{
    struct arn_parts parts;
    struct store_entity policy;
    struct store_policy_version version;
    *out = (struct slice){0};
    if (!arn_read(arn, &parts) || parts.kind != STORE_POLICY)
        return true;
    enum store_result result =
        store_find_entity(desk->store, STORE_POLICY, parts.account, parts.name, arena, &policy, error);
    if (result == STORE_OK)
        result = store_find_policy_version(desk->store, policy.id, policy.default_version, arena, &version, error);
    if (result == STORE_OK)
        *out = version.document;
    return result != STORE_FAILED;
}

const struct slice *caller_find_managed(struct caller_desk *desk, const struct session_scope *scope,
                                        struct arena *arena, struct error *error)
{
    struct slice *documents = arena_allocate(arena, scope->policy_arn_count + 1, sizeof *documents);
    for (size_t i = 0; i < scope->policy_arn_count; i++)
        if (!find_managed(desk, scope->policy_arns[i], arena, &documents[i], error))
            return NULL;
    return documents;
}

/** A session that has not been met, of a principal that is still there. */
static struct identity *meet_session(struct caller_desk *desk, const struct sigv4_claim *claim,
                                     const struct session_claims *session, struct arena *arena, struct error *error)
{
    const struct slice *managed = caller_find_managed(desk, &session->scope, arena, error);
    if (managed == NULL)
        return NULL;
    struct identity *of = caller_find_identity(desk, store_find_principal, session->principal, arena, error);
    if (of == NULL)
        return NULL;
    // Only a role has sessions with names.
    if ((of->principal.kind == STORE_ROLE) != (session->scope.name.size > 0)) {
        (void)refuse_client(error);
        return NULL;
    }
    struct identity *identity = identity_new_session(of, claim->session_token, session, managed, error);
    if (identity != NULL)
        identity_cache_put(desk->identities, identity);
    return identity;
}

/** The session of the token, if it has been met; the caller's key must be its own. */
static bool find_session(struct caller_desk *desk, const struct sigv4_claim *claim, struct identity **out,
                         struct error *error)
{
    *out = identity_cache_find(desk->identities, identity_session_name(claim->session_token));
    // What ends as a token that opened and is not that token does not open.
    return *out == NULL ||
           (secret_equal((*out)->session->token, claim->session_token) &&
            slice_equal((*out)->session->claims.access_key_id, claim->access_key_id)) ||
           refuse_client(error);
}

/** Whether the session is over by a revocation; for its holder that is no different from its end. */
static bool check_revocations(struct caller_desk *desk, const struct identity *signer, int64_t now, struct error *error)
{
    ERROR_AUTO reason = {0};
    const struct revocations_question question = {
        .principal = slice_of(signer->session->user_id),
        .issued = signer->session->claims.issued,
    };
    if (revocations_check(desk->revocations, desk->store, &question, now, &reason))
        return true;
    return reason.class == ERROR_PARAMETER ? refuse_expired(error) : error_move(error, &reason);
}

/** Temporary credentials: everything is in the session token. @return the signing key, which the identity owns. */
static struct digest_key *recognize_session(struct caller_desk *desk, const struct caller_question *question,
                                            struct arena *arena, struct caller *out, struct identity **signer,
                                            struct error *error)
{
    const struct sigv4_claim *claim = question->claim;
    struct session_claims session = {0};
    struct identity *identity;
    if (!find_session(desk, claim, &identity, error))
        return NULL;
    struct digest_key *key = identity == NULL ? NULL : identity_find_signing_key(identity, &claim->scope);
    if (key == NULL && !open_session(desk, claim, arena, &session, error))
        return NULL;
    int64_t expires = identity == NULL ? session.expires : identity->session->claims.expires;
    if (question->now / TIMESTAMP_SECOND >= expires) {
        (void)refuse_expired(error);
        return NULL;
    }
    if (identity == NULL)
        identity = meet_session(desk, claim, &session, arena, error);
    if (identity == NULL || !check_revocations(desk, identity, question->now, error))
        return NULL;
    caller_introduce(identity, out);
    *signer = identity;
    return key != NULL
               ? key
               : identity_add_signing_key(identity, desk->digest, session.secret_access_key, &claim->scope, error);
}

/** What is used by a session is its role; a user's session uses nothing that is told. */
static void note_use(struct caller_desk *desk, const struct caller_question *question, struct identity *signer)
{
    const struct sigv4_claim *claim = question->claim;
    bool temporary = claim->session_token.size > 0;
    struct slice used = temporary ? slice_of(signer->principal.id) : claim->access_key_id;
    signer->noted = question->now;
    if (!temporary || signer->principal.kind == STORE_ROLE)
        uses_note(desk->site->uses, used, question->now, claim->scope.service, claim->scope.region);
}

bool caller_recognize(struct caller_desk *desk, const struct caller_question *question, struct arena *arena,
                      struct caller *out, struct error *error)
{
    const struct sigv4_claim *claim = question->claim;
    bool global = question->global_region.size > 0 && slice_equal(claim->scope.region, question->global_region);
    const struct sigv4_verifier verifier = {
        .region = global ? question->global_region : slice_of(desk->site->region),
        .service = question->service,
        .now = question->now,
        .tolerance = desk->site->tolerance,
        .allow_unsigned_payload = question->tls,
        .options = sigv4_default_options,
    };
    if (!sigv4_check_claim(&verifier, claim, error))
        return false;
    bool temporary = slice_starts_with(claim->access_key_id, SLICE("ASIA"));
    if (temporary != (claim->session_token.size > 0))
        return refuse_client(error);
    // Identities are also kept by principal id, so a name that is no access key must not reach the cache.
    if (!temporary && !slice_starts_with(claim->access_key_id, SLICE("AKIA")))
        return refuse_client(error);
    struct identity *signer = NULL;
    struct digest_key *key = temporary ? recognize_session(desk, question, arena, out, &signer, error)
                                       : recognize_key(desk, question, arena, out, &signer, error);
    if (key == NULL || !sigv4_verify(&verifier, question->request, claim, key, arena, error))
        return false;
    if (question->now >= signer->noted + USES_INTERVAL)
        note_use(desk, question, signer);
    return true;
}
