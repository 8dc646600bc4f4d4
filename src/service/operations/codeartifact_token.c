// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** GetAuthorizationToken: service-semantics.md section 1 of the project's reference. */
#include "service/operations/codeartifact.h"

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "service/operations/authorize.h"
#include "service/token/narrowing.h"
#include "service/token/token.h"

#define BEARER_ACTION "sts:GetServiceBearerToken"
#define DURATION_DEFAULT INT64_C(43200)
#define DURATION_MIN INT64_C(900)

static bool refuse_duration(struct error *error, int64_t duration, const char *condition)
{
    (void)error_set(error, ERROR_PARAMETER, "ValidationError",
                    "1 validation error detected: Value '%lld' at 'durationSeconds' failed to satisfy constraint: "
                    "Member must have value greater than or equal to %lld%s",
                    (long long)duration, (long long)DURATION_MIN, condition);
    if (error != NULL)
        error->details = json_pack("{s:s}", "reason", "FIELD_VALIDATION_FAILED");
    return false;
}

/** When the token ends. That 43200 is the most is in the operation table. */
static bool find_end(const struct operation_call *call, int64_t now, int64_t *end, struct error *error)
{
    const json_t *asked = json_object_get(call->input, "durationSeconds");
    int64_t duration = asked == NULL ? DURATION_DEFAULT : json_integer_value(asked);
    if (duration == 0) {
        if (!call->caller->has_session)
            return refuse_duration(error, duration, " with long-term credentials, which have no session to end with");
        *end = call->caller->session_expires;
        return true;
    }
    if (duration < DURATION_MIN)
        return refuse_duration(error, duration, "");
    *end = now + duration;
    return true;
}

/** The second permission; its conditions can ask for the service and the duration. */
static bool authorize_bearer(const struct operation_call *call, struct error *error)
{
    const json_t *asked = json_object_get(call->input, "durationSeconds");
    int64_t duration = asked == NULL ? DURATION_DEFAULT : json_integer_value(asked);
    const struct slice service = SLICE("codeartifact.amazonaws.com");
    BUFFER_ROOM(digits, 24);
    text_append_integer(&digits, duration);
    const struct slice seconds = buffer_slice(&digits);
    const struct policy_entry entries[] = {
        {SLICE("sts:AWSServiceName"), {&service, 1}},
        {SLICE("sts:DurationSeconds"), {&seconds, 1}},
    };
    const struct policy_context keys = {entries, sizeof entries / sizeof entries[0]};
    const struct authorize_question question = {.action = BEARER_ACTION, .resource = "*", .keys = &keys};
    return authorize_question(call, &question, error);
}

/** The second permission, and what no policy can give: the root gets no token, and no other account's domain. */
static bool check_caller(const struct operation_call *call, struct error *error)
{
    if (call->caller->principal->kind == STORE_ROOT)
        return authorize_refuse(call->caller, call->action, call->resource, POLICY_IDENTITY, error);
    const struct store_resource target = codeartifact_target(call);
    return authorize_bearer(call, error) && codeartifact_require_domain(call, &target, error);
}

/** What the token is narrowed to, in the form in which it carries that; empty when nothing was asked for. */
static bool find_narrowing(const struct operation_call *call, struct slice *out, struct error *error)
{
    struct narrowing narrowing;
    *out = (struct slice){0};
    if (call->scope.data == NULL)
        return true;
    if (!narrowing_parse(call->scope, call->arena, &narrowing, error))
        return false;
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    if (narrowing.policy.size > 0) {
        if (!policy_write_compact(POLICY_TOKEN, narrowing.policy, POLICY_SIZE_SESSION, &text, &reason))
            return error_set(error, ERROR_PARAMETER, "ValidationError", "The scope's policy: %s", reason.message);
        narrowing.policy = (struct slice){arena_copy(call->arena, text.data, text.size), text.size};
        buffer_clear(&text);
    }
    narrowing_write(&text, &narrowing);
    *out = (struct slice){arena_copy(call->arena, text.data, text.size), text.size};
    return true;
}

/** A token without what narrows its session would be worth more than the session, so there is none. */
static bool explain(struct error *reason, struct error *error)
{
    if (reason->code == NULL || strcmp(reason->code, "too large") != 0)
        return error_move(error, reason);
    return error_set(error, ERROR_PARAMETER, "ValidationError",
                     "The session's policies and tags, and the scope of the token, do not fit into it: a token has "
                     "less than %d characters. Give a shorter scope, or assume the role with a shorter session "
                     "policy, a managed one by its ARN, or fewer tags",
                     TOKEN_SIZE_MAX);
}

/** A token that is not recorded, where that is asked for, is not given out. */
static bool note(const struct operation_call *call, const struct token_claims *claims, const char *id,
                 struct error *error)
{
    const struct store_issued item = {
        .id = slice_of(id),
        .principal = claims->principal,
        .caller = slice_of(call->caller->arn),
        .domain = claims->domain,
        .scope = claims->narrowing,
        .issued = claims->issued,
        .expires = claims->expires,
        .session_issued = claims->session_issued,
    };
    return recorder_note(call->desk->lane, &item, error);
}

static bool seal(const struct operation_call *call, const struct token_claims *claims, struct buffer *token,
                 struct error *error)
{
    struct token_entropy entropy;
    ERROR_AUTO reason = {0};
    if (!secret_pool_take(&call->desk->pool, (unsigned char *)&entropy, sizeof entropy))
        return error_set(error, ERROR_INTERNAL, NULL, "the machine gives no randomness");
    char id[23];
    bool sealed = token_seal(call->desk->site->ring, call->desk->cipher, claims, &entropy, token, id, &reason);
    secret_wipe(&entropy, sizeof entropy);
    return sealed ? note(call, claims, id, error) : explain(&reason, error);
}

/** A token that is asked for in the second in which its caller's are revoked is dated after that. */
static bool find_issue(const struct operation_call *call, int64_t now, int64_t *issued, struct error *error)
{
    if (!revocations_find_cutoff(call->desk->revocations, call->desk->store, slice_of(call->caller->user_id), call->now,
                                 issued, error))
        return false;
    *issued = *issued < now ? now : *issued;
    return true;
}

/** What goes into the token: its name is in the caller's id already. */
static struct session_scope session_of(const struct caller *caller)
{
    struct session_scope scope = {0};
    if (caller->session != NULL)
        scope = *caller->session;
    scope.name = (struct slice){0};
    return scope;
}

json_t *codeartifact_get_authorization_token(const struct operation_call *call, struct error *error)
{
    int64_t now = call->now / TIMESTAMP_SECOND;
    int64_t end;
    int64_t issued;
    struct slice narrowing;
    if (!check_caller(call, error) || !find_narrowing(call, &narrowing, error) || !find_end(call, now, &end, error) ||
        !find_issue(call, now, &issued, error))
        return NULL;
    const struct store_principal *principal = call->caller->principal;
    const struct token_claims claims = {
        .principal = slice_of(call->caller->user_id),
        .account = slice_of(principal->account),
        .domain = slice_of(call->resource),
        .issued = issued,
        .expires = end,
        .session_issued = call->caller->session_issued,
        .session = session_of(call->caller),
        .narrowing = narrowing,
    };
    // Written here and now, since this is what the service is for; a token needs no escapes.
    buffer_append_text(call->answer, "{\"authorizationToken\":\"");
    if (!seal(call, &claims, call->answer, error))
        return NULL;
    buffer_append_text(call->answer, "\",\"expiration\":");
    text_append_integer(call->answer, end);
    if (narrowing.size > 0) {
        buffer_append_text(call->answer, ",\"scope\":");
        json_write_string(call->answer, narrowing);
    }
    buffer_append_char(call->answer, '}');
    return json_null();
}
