// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/caller.h"

#include "base/secret.h"
#include "service/token/session.h"

/** 4,096 identities a thread; each is a few kilobytes. */
#define IDENTITY_SETS 1024

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
        .session_key = digest_key_new(digest),
        .cipher = token_cipher_new(),
        .identities = identity_cache_new(IDENTITY_SETS),
    };
    return true;
}

void caller_desk_close(struct caller_desk *desk)
{
    identity_cache_free(desk->identities);
    token_cipher_free(desk->cipher);
    digest_key_free(desk->session_key);
    digest_free(desk->digest);
    if (desk->store != NULL)
        store_close(desk->store);
    secret_wipe(&desk->pool, sizeof desk->pool);
    *desk = (struct caller_desk){0};
}

enum freshness_result caller_desk_refresh(struct caller_desk *desk, struct error *error)
{
    enum freshness_result result = freshness_check(&desk->freshness, desk->site, desk->store, error);
    if (result != FRESHNESS_KEPT)
        identity_cache_clear(desk->identities);
    return result;
}

/** One answer for a key that is unknown, inactive or of the wrong kind: it tells nobody which keys exist. */
static bool refuse_client(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "UnrecognizedClient",
                     "The security token included in the request is invalid.");
}

/** How identities are found in the store. */
typedef enum store_result find_function(struct store *store, struct slice name, struct arena *arena,
                                        struct store_identity *out, struct error *error);

/** From the cache, or from the store by FIND. */
static struct identity *find_identity(struct caller_desk *desk, find_function *find, struct slice name,
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

static void introduce(const struct identity *identity, struct caller *out)
{
    *out = (struct caller){
        .principal = &identity->principal,
        .arn = identity->arn,
        .policies = (const struct policy *const *)identity->policies,
        .policy_count = identity->policy_count,
        .boundary = identity->boundary,
        .tags = identity->tags,
        .tag_count = identity->tag_count,
    };
}

/** A long-term key. @return the signing key, which the identity owns; SIGNER gets that. */
static struct digest_key *recognize_key(struct caller_desk *desk, const struct caller_question *question,
                                        struct arena *arena, struct caller *out, struct identity **signer,
                                        struct error *error)
{
    struct identity *identity = find_identity(desk, store_find_identity, question->claim->access_key_id, arena, error);
    if (identity == NULL)
        return NULL;
    if (!identity->key_active) {
        (void)refuse_client(error);
        return NULL;
    }
    introduce(identity, out);
    *signer = identity;
    return identity_signing_key(identity, desk->digest, &desk->site->master, &question->claim->scope, error);
}

/** Temporary credentials: everything is in the session token. @return the signing key, the desk's. */
static struct digest_key *recognize_session(struct caller_desk *desk, const struct caller_question *question,
                                            struct arena *arena, struct caller *out, struct error *error)
{
    const struct sigv4_claim *claim = question->claim;
    struct session_claims session = {0};
    ERROR_AUTO reason = {0};
    if (!session_open(desk->site->ring, desk->cipher, claim->session_token, arena, &session, &reason)) {
        // A token that does not open is the caller's doing; the reason would only help to forge one.
        (void)(reason.class == ERROR_INTERNAL ? error_move(error, &reason) : refuse_client(error));
        return NULL;
    }
    if (!slice_equal(session.access_key_id, claim->access_key_id)) {
        (void)refuse_client(error);
        return NULL;
    }
    if (question->now / TIMESTAMP_SECOND >= session.expires) {
        (void)error_set(error, ERROR_PARAMETER, "ExpiredToken",
                        "The security token included in the request is expired");
        return NULL;
    }
    struct identity *identity = find_identity(desk, store_find_principal, session.principal, arena, error);
    if (identity == NULL)
        return NULL;
    introduce(identity, out);
    out->has_session = true;
    out->session_issued = session.issued;
    out->session_expires = session.expires;
    sigv4_set_signing_key(desk->digest, session.secret_access_key, &claim->scope, desk->session_key);
    return desk->session_key;
}

static void note_use(struct caller_desk *desk, const struct caller_question *question, struct identity *signer)
{
    const struct sigv4_claim *claim = question->claim;
    uses_note(desk->site->uses, claim->access_key_id, question->now, claim->scope.service, claim->scope.region);
    signer->noted = question->now;
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
    struct digest_key *key = temporary ? recognize_session(desk, question, arena, out, error)
                                       : recognize_key(desk, question, arena, out, &signer, error);
    if (key == NULL || !sigv4_verify(desk->digest, &verifier, question->request, claim, key, arena, error))
        return false;
    if (signer != NULL && question->now >= signer->noted + USES_INTERVAL)
        note_use(desk, question, signer);
    return true;
}
