// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * AssumeRoleWithWebIdentity: nobody has signed; the token of an OpenID Connect provider says who asks.
 *
 * The order is AWS's as far as it shows: the token's form, whether its issuer is registered with the role's account,
 * the token itself, then the role. Of the role nothing is told to one without a good token.
 */
#include "service/operations/sts.h"

#include "api/sts.h"
#include "base/json.h"
#include "service/operations/authorize.h"
#include "service/operations/role_cache.h"
#include "service/store/arn.h"
#include "service/store/iam.h"
#include "service/web_identity/discovery.h"

#define ACTION "sts:AssumeRoleWithWebIdentity"
#define SCHEME "https://"

// ------------------------------------------------------------------ the provider

/** The account of the role that the input names. */
static bool find_account(const struct operation_call *call, struct slice *out, struct error *error)
{
    struct arn_parts parts;
    struct slice arn = json_member_text(call->input, "RoleArn");
    if (!arn_read(arn, &parts) || parts.kind != STORE_ROLE)
        return error_set(error, ERROR_PARAMETER, "ValidationError", "%.*s is invalid", SLICE_ARGS(arn));
    *out = parts.account;
    return true;
}

static bool refuse_issuer(struct slice issuer, struct error *error)
{
    // What a stranger claims is said again only where it has the form of an issuer.
    bool known_form = discovery_is_issuer(issuer);
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken",
                     "No OpenIDConnect provider found in your account for %.*s", known_form ? (int)issuer.size : 0,
                     issuer.data);
}

/** The provider that is registered for the token's issuer. */
static bool find_provider(const struct operation_call *call, const struct jwt *jwt, struct store_entity *out,
                          struct error *error)
{
    struct slice account;
    struct slice issuer = jwt_read_issuer(jwt, error);
    if (issuer.data == NULL || !find_account(call, &account, error))
        return false;
    if (!slice_starts_with(issuer, SLICE(SCHEME)))
        return refuse_issuer(issuer, error);
    struct slice name = slice_part(issuer, sizeof SCHEME - 1, issuer.size);
    enum store_result result =
        store_find_entity(call->desk->store, STORE_PROVIDER, account, name, call->arena, out, error);
    if (result == STORE_ABSENT)
        return refuse_issuer(issuer, error);
    return result == STORE_OK;
}

// ------------------------------------------------------------------ the token

static bool verify(const struct operation_call *call, const struct jwt *jwt, const struct store_entity *provider,
                   struct web_identity_result *out, struct error *error)
{
    struct slice *audiences = arena_allocate(call->arena, provider->client_count + 1, sizeof *audiences);
    for (size_t i = 0; i < provider->client_count; i++)
        audiences[i] = slice_of(provider->clients[i]);
    const struct web_identity_question question = {
        .jwt = jwt,
        .expected = {.issuer = slice_of(arena_format(call->arena, SCHEME "%s", provider->name)),
                     .audiences = audiences,
                     .audience_count = provider->client_count},
        .now = call->now / TIMESTAMP_SECOND,
    };
    if (call->desk->site->identity == NULL)
        return error_set(error, ERROR_INTERNAL, NULL, "nobody here fetches the keys of identity providers");
    enum web_identity_outcome outcome =
        web_identity_verify(call->desk->site->identity, &question, call->wait->waiter, call->arena, out, error);
    call->wait->pending = outcome == WEB_IDENTITY_PENDING;
    return outcome == WEB_IDENTITY_ACCEPTED;
}

// ------------------------------------------------------------------ what the token says of the session

/** For `principal_tags`, `transitive_tag_keys` and the source identity: "Pass session tags in AWS STS" and "Monitor and
 * control actions taken with assumed roles" (IAM User Guide). */
#define TAGS "https://aws.amazon.com/tags"
#define SOURCE_IDENTITY "https://aws.amazon.com/source_identity"

static bool refuse_claim(struct error *error, const char *claim, const char *wanted)
{
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "The claim %s must be %s", claim, wanted);
}

/** A tag's value is a text, or a list of one. */
static bool add_tag(json_t *tags, const char *key, json_t *value, struct error *error)
{
    if (json_is_array(value) && json_array_size(value) == 1)
        value = json_array_get(value, 0);
    if (!json_is_string(value))
        return refuse_claim(error, TAGS, "an object of tags with one text each");
    return json_array_append_new(tags, json_pack("{s:s, s:O}", "Key", key, "Value", value)) == 0 ||
           refuse_claim(error, TAGS, "an object of tags with one text each");
}

static bool add_nested_tags(json_t *tags, json_t *claim, struct error *error)
{
    const char *key;
    json_t *value;
    json_t *values = json_object_get(claim, "principal_tags");
    if (claim != NULL && (!json_is_object(claim) || (values != NULL && !json_is_object(values))))
        return refuse_claim(error, TAGS, "an object with the object principal_tags");
    json_object_foreach(values, key, value) if (!add_tag(tags, key, value, error)) return false;
    return true;
}

/** For providers that have no objects in their claims: one claim a tag. */
static bool add_flat_tags(json_t *tags, json_t *claims, struct error *error)
{
    static const struct slice prefix = {TAGS "/principal_tags/", sizeof TAGS "/principal_tags/" - 1};
    const char *name;
    json_t *value;
    json_object_foreach(claims, name, value) if (slice_starts_with(slice_of(name), prefix) &&
                                                 !add_tag(tags, name + prefix.size, value, error)) return false;
    return true;
}

/** Sets a member of what AssumeRole would be given, if the token has it, and holds it against the table. */
static bool set_member(json_t *input, const char *name, json_t *value, const char *claim, struct error *error)
{
    const struct api_member *member = api_find_member(api_sts_assume_role.input, slice_of(name));
    if (value == NULL || (json_is_array(value) && json_array_size(value) == 0))
        return true;
    if (!api_validate(member->shape, value, NULL, NULL))
        return refuse_claim(error, claim, "what AssumeRole takes");
    (void)json_object_set(input, name, value);
    return true;
}

/**
 * The input with what AssumeRole has as members and a token as claims: tags, which of them pass on, and the source
 * identity.
 * @return a new reference, or NULL with "InvalidIdentityToken".
 */
static json_t *make_input(const struct operation_call *call, const struct jwt *jwt, struct error *error)
{
    json_t *nested = json_object_get(jwt->claims, TAGS);
    json_t *transitive = json_object_get(nested, "transitive_tag_keys");
    json_t *input = json_copy((json_t *)(uintptr_t)call->input); // shallow: nothing in it is changed
    JSON_AUTO *tags = json_array();
    if (transitive == NULL)
        transitive = json_object_get(jwt->claims, TAGS "/transitive_tag_keys");
    if (add_nested_tags(tags, nested, error) && add_flat_tags(tags, jwt->claims, error) &&
        set_member(input, "Tags", tags, TAGS, error) &&
        set_member(input, "TransitiveTagKeys", transitive, TAGS, error) &&
        set_member(input, "SourceIdentity", json_object_get(jwt->claims, SOURCE_IDENTITY), SOURCE_IDENTITY, error))
        return input;
    json_decref(input);
    return NULL;
}

// ------------------------------------------------------------------ the session

/** Whom the token is for, as its condition key has it, which is not always the claim `aud`. */
static struct slice find_audience(const struct operation_call *call, const struct web_identity_result *result)
{
    struct slice issuer = slice_part(result->identity.issuer, sizeof SCHEME - 1, result->identity.issuer.size);
    const struct policy_key key = policy_key_of(slice_of(arena_format(call->arena, "%.*s:aud", SLICE_ARGS(issuer))));
    struct policy_values values;
    struct policy_context conditions = result->conditions;
    return policy_context_lookup(&conditions, &key, &values) && values.count == 1 ? values.items[0]
                                                                                  : result->identity.audience;
}

static void add_text(json_t *output, const char *name, struct slice text)
{
    (void)json_object_set_new(output, name, json_stringn(text.data, text.size));
}

static json_t *give(const struct operation_call *call, const struct web_identity_result *result, struct error *error)
{
    const struct role *role = sts_find_role(call, error);
    struct session_claims claims = {.issued = call->now / TIMESTAMP_SECOND};
    struct authorize_question question = {.action = call->action, .resource = call->resource};
    if (role == NULL || !sts_guard_role(call, &question, error) || !authorize_question(call, &question, error) ||
        !sts_read_scope(call, role, &claims.scope, error) || !sts_authorize_scope(call, &claims.scope, error) ||
        !sts_find_end(call, role, &claims.expires, error))
        return NULL;
    claims.principal = slice_of(role->id);
    claims.account = slice_of(role->account);
    claims.scope.provider = slice_of(call->federation->provider);
    claims.scope.subject = result->identity.subject;
    claims.scope.audience = find_audience(call, result);
    json_t *credentials = sts_issue(call, &claims, error);
    if (credentials == NULL)
        return NULL;
    json_t *output = json_pack("{s:o}", "Credentials", credentials);
    add_text(output, "SubjectFromWebIdentityToken", result->identity.subject);
    (void)json_object_set_new(output, "AssumedRoleUser", sts_describe_session(call, role, claims.scope.name));
    add_text(output, "Provider", result->identity.issuer);
    add_text(output, "Audience", result->identity.audience);
    sts_add_scope(output, &claims.scope);
    return output;
}

/** The call as AssumeRole would be made, by one whose token has been checked. */
static json_t *run(const struct operation_call *call, const struct jwt *jwt, const struct store_entity *provider,
                   const struct web_identity_result *result, struct error *error)
{
    JSON_AUTO *input = make_input(call, jwt, error);
    if (input == NULL)
        return NULL;
    const struct operation_federation federation = {.provider = provider->id, .conditions = result->conditions};
    struct operation_call own = *call;
    own.input = input;
    own.federation = &federation;
    own.action = ACTION;
    own.resource = sts_role_resource(call);
    return give(&own, result, error);
}

json_t *sts_assume_role_with_web_identity(const struct operation_call *call, struct error *error)
{
    JWT_AUTO jwt = {0};
    struct store_entity provider = {0};
    struct web_identity_result result = {0};
    if (json_object_get(call->input, "ProviderId") != NULL) {
        (void)error_set(error, ERROR_PARAMETER, "InvalidParameterValue",
                        "ProviderId is for OAuth 2.0 providers, of which none is known here: leave it out");
        return NULL;
    }
    if (!jwt_parse(json_member_text(call->input, "WebIdentityToken"), call->arena, &jwt, error) ||
        !find_provider(call, &jwt, &provider, error) || !verify(call, &jwt, &provider, &result, error))
        return NULL;
    return run(call, &jwt, &provider, &result, error);
}
