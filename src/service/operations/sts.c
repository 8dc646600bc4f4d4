// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The operations of STS on who the caller is, and what makes all temporary credentials. */
#include "service/operations/sts.h"

#include "base/json.h"
#include "base/secret.h"
#include "service/store/iam.h"
#include "service/store/identifier.h"

json_t *sts_get_caller_identity(const struct operation_call *call, struct error *error)
{
    (void)error;
    // The id of the root is its account's number, which is what AWS answers for it.
    return json_pack("{s:s, s:s, s:s}", "UserId", call->caller->user_id, "Account", call->caller->principal->account,
                     "Arn", call->caller->arn);
}

const char *sts_no_resource(const struct operation_call *call)
{
    (void)call;
    return "*";
}

/** The account of a key; NULL for none that could be of this service. Session keys are not kept. */
static bool find_account(const struct operation_call *call, struct slice id, const char **account, struct error *error)
{
    struct store_access_key key;
    struct store_entity owner;
    *account = NULL;
    if (slice_starts_with(id, SLICE(IDENTIFIER_SESSION_KEY)) && id.size == IDENTIFIER_SIZE - 2) {
        *account = call->desk->site->account;
        return true;
    }
    enum store_result result = store_find_access_key(call->desk->store, id, call->arena, &key, error);
    if (result == STORE_OK)
        result = store_find_entity_by_id(call->desk->store, slice_of(key.principal), call->arena, &owner, error);
    if (result == STORE_OK)
        *account = owner.account;
    return result != STORE_FAILED;
}

json_t *sts_get_access_key_info(const struct operation_call *call, struct error *error)
{
    const char *account;
    struct slice id = json_member_text(call->input, "AccessKeyId");
    if (!find_account(call, id, &account, error))
        return NULL;
    if (account != NULL)
        return json_pack("{s:s}", "Account", account);
    (void)error_set(error, ERROR_PARAMETER, "ValidationError", "The access key id %.*s is not one of this service.",
                    SLICE_ARGS(id));
    return NULL;
}

// ------------------------------------------------------------------ issuing

/** All that is random in temporary credentials. */
struct randomness {
    unsigned char key[IDENTIFIER_ENTROPY];
    unsigned char secret[IDENTIFIER_SECRET_ENTROPY];
    struct token_entropy token;
};

/** A session that begins in the second in which those before it are revoked is dated after that. */
static bool find_issue(const struct operation_call *call, const struct session_claims *claims, int64_t *issued,
                       struct error *error)
{
    const struct slice parts[] = {claims->principal, SLICE(":"), claims->scope.name};
    const char *id = arena_join(call->arena, parts, claims->scope.name.size > 0 ? 3 : 1);
    int64_t cutoff;
    if (!revocations_find_cutoff(call->desk->revocations, call->desk->store, slice_of(id), call->now, &cutoff, error))
        return false;
    *issued = cutoff > claims->issued ? cutoff : claims->issued;
    return true;
}

/** The token is ASCII, made here; that it is UTF-8 need not be asked of every character. */
static json_t *describe_credentials(const char *key, const char *secret, struct slice token, int64_t expires)
{
    json_t *out = json_object();
    operation_add_text(out, "AccessKeyId", key);
    operation_add_text(out, "SecretAccessKey", secret);
    (void)json_object_set_new(out, "SessionToken", json_stringn_nocheck(token.data, token.size));
    (void)json_object_set_new(out, "Expiration", json_integer(expires));
    return out;
}

static json_t *issue(const struct operation_call *call, const struct session_claims *claims,
                     const struct randomness *randomness, struct error *error)
{
    char key[IDENTIFIER_SIZE];
    char secret[IDENTIFIER_SECRET_SIZE];
    BUFFER_AUTO token = {0};
    struct session_claims sealed = *claims;
    if (!find_issue(call, claims, &sealed.issued, error))
        return NULL;
    json_t *credentials = NULL;
    identifier_write(IDENTIFIER_SESSION_KEY, randomness->key, key);
    identifier_write_secret(randomness->secret, secret);
    sealed.access_key_id = slice_of(key);
    sealed.secret_access_key = slice_of(secret);
    if (session_seal(call->desk->site->ring, call->desk->cipher, &sealed, &randomness->token, &token, error))
        credentials = describe_credentials(key, secret, buffer_slice(&token), claims->expires);
    secret_wipe(secret, sizeof secret);
    return credentials;
}

json_t *sts_issue(const struct operation_call *call, const struct session_claims *claims, struct error *error)
{
    struct randomness randomness;
    if (!secret_pool_take(&call->desk->pool, (unsigned char *)&randomness, sizeof randomness)) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "the machine gives no randomness");
        return NULL;
    }
    json_t *credentials = issue(call, claims, &randomness, error);
    secret_wipe(&randomness, sizeof randomness);
    return credentials;
}

bool sts_refuse_mfa(const struct operation_call *call, struct error *error)
{
    if (json_object_get(call->input, "SerialNumber") == NULL && json_object_get(call->input, "TokenCode") == NULL)
        return true;
    return error_set(error, ERROR_PARAMETER, "AccessDenied",
                     "MultiFactorAuthentication failed with invalid MFA one time pass code.");
}

// ------------------------------------------------------------------ GetSessionToken

#define DURATION_DEFAULT INT64_C(43200)
/** The root gets no more, whatever it asks for. */
#define DURATION_ROOT INT64_C(3600)

json_t *sts_get_session_token(const struct operation_call *call, struct error *error)
{
    const struct store_principal *principal = call->caller->principal;
    const json_t *asked = json_object_get(call->input, "DurationSeconds");
    int64_t duration = asked == NULL ? DURATION_DEFAULT : json_integer_value(asked);
    int64_t now = call->now / TIMESTAMP_SECOND;
    if (call->caller->has_session) {
        (void)error_set(error, ERROR_PARAMETER, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        return NULL;
    }
    if (!sts_refuse_mfa(call, error))
        return NULL;
    if (principal->kind == STORE_ROOT && duration > DURATION_ROOT)
        duration = DURATION_ROOT;
    const struct session_claims claims = {
        .principal = slice_of(principal->id),
        .account = slice_of(principal->account),
        .issued = now,
        .expires = now + duration,
    };
    json_t *credentials = sts_issue(call, &claims, error);
    return credentials == NULL ? NULL : json_pack("{s:o}", "Credentials", credentials);
}
