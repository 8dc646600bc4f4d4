// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/gate.h"

#include "service/caller/bearer.h"
#include "service/gate/credential.h"
#include "service/operations/authorize.h"
#include "service/operations/codeartifact.h"

#include <string.h>

#define STATUS_ALLOWED 200
#define STATUS_CREDENTIAL 401
#define STATUS_REFUSED 403

/** What is known so far of one question. */
struct inquiry {
    struct gate *gate;
    const struct gate_question *question;
    struct arena *arena;
    struct gate_answer *answer;
    struct bearer bearer;
};

// ------------------------------------------------------------------ what is asked

/** By which a client may tell a server to take its request for another than the proxy and we do. */
static const struct slice overrides[] = {
    {"X-HTTP-Method-Override", 22}, {"X-Method-Override", 17}, {"X-HTTP-Method", 13},
    {"X-Original-URL", 14},         {"X-Rewrite-URL", 13},
};

static bool check_overrides(const struct gate_question *question, struct error *error)
{
    for (size_t i = 0; i < question->header_count; i++) {
        const struct slice name = question->headers[i].name;
        // Nearly all others begin otherwise.
        if (name.size < 2 || (name.data[0] != 'X' && name.data[0] != 'x'))
            continue;
        for (size_t j = 0; j < sizeof overrides / sizeof overrides[0]; j++)
            if (slice_equal_nocase(name, overrides[j]))
                return error_set(error, ERROR_PARAMETER, "AmbiguousRequest",
                                 "The request has the header %s, by which a server may read another request.",
                                 overrides[j].data);
    }
    return true;
}

// ------------------------------------------------------------------ whose token it is

static bool refuse_credential(struct error *error, const char *why)
{
    return error_set(error, ERROR_PARAMETER, "UnrecognizedClient", "%s", why);
}

/** A token is good in one domain: the one that it was asked for. */
static bool check_domain(struct inquiry *inquiry, struct error *error)
{
    const struct gate_place *place = &inquiry->answer->place;
    const struct slice parts[] = {SLICE("arn:aws:codeartifact:"),
                                  inquiry->gate->address.region,
                                  SLICE(":"),
                                  place->owner,
                                  SLICE(":domain/"),
                                  place->domain};
    size_t at = 0;
    const struct slice named = inquiry->bearer.claims->domain;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!slice_equal(slice_part(named, at, parts[i].size), parts[i]))
            return refuse_credential(error, "The authorization token is for another domain.");
        at += parts[i].size;
    }
    return at == named.size || refuse_credential(error, "The authorization token is for another domain.");
}

/**
 * What else can end a token than its time and its holder: asked at every question, for tokens that are remembered too.
 * This is the place for it.
 */
static bool check_token(const struct inquiry *inquiry, struct error *error)
{
    const struct caller_desk *desk = inquiry->gate->desk;
    return revocations_check_token(desk->revocations, desk->store, inquiry->bearer.claims, inquiry->question->now,
                                   error);
}

static bool recognize(struct inquiry *inquiry, struct error *error)
{
    const struct gate_question *question = inquiry->question;
    struct gate_answer *answer = inquiry->answer;
    BUFFER_ROOM(scratch, 2048);
    struct slice token;
    if (!gate_read_credential(question->headers, question->header_count, &scratch, &token, error) ||
        !caller_recognize_bearer(inquiry->gate->desk, token, question->now / TIMESTAMP_SECOND, inquiry->arena,
                                 &inquiry->bearer, error))
        return false;
    answer->caller = inquiry->bearer.caller.arn;
    answer->account = inquiry->bearer.caller.principal->account;
    answer->token = inquiry->bearer.claims->id;
    return check_domain(inquiry, error) && check_token(inquiry, error);
}

// ------------------------------------------------------------------ what it may do

/** Asks for one action; the resource is the repository, or a package in it. */
static bool authorize_action(struct inquiry *inquiry, const struct operation_call *call,
                             const struct store_resource *repository, const char *action, struct error *error)
{
    struct gate_answer *answer = inquiry->answer;
    answer->resource =
        gate_resource_arn(&answer->place, &answer->access, action, inquiry->gate->address.region, inquiry->arena);
    const bool of_package = strcmp(action, GATE_READ) != 0;
    struct authorize_question question = {
        .action = action, .resource = answer->resource, .any_name = of_package && answer->access.package.size == 0};
    if (!codeartifact_guard_resource(call, repository, &question, error))
        return false;
    // AWS gives packages no tags, and asks for none of the repository's in their place.
    if (of_package)
        question.tagged = NULL;
    return authorize_question(call, &question, error);
}

/** Said only to who may use it, if it were there. */
static bool require_repository(const struct operation_call *call, const struct store_resource *repository,
                               struct error *error)
{
    const struct policy *policy;
    enum store_result result = codeartifact_find_domain(call, repository, &policy, error);
    if (result == STORE_OK)
        result = codeartifact_find_repository(call, repository, &policy, error);
    if (result == STORE_ABSENT)
        return error_set(error, ERROR_PARAMETER, "ResourceNotFound", "There is no such repository.");
    return result == STORE_OK;
}

static bool authorize_access(struct inquiry *inquiry, struct error *error)
{
    const struct gate_answer *answer = inquiry->answer;
    const struct store_resource repository = {answer->place.owner, answer->place.domain, answer->place.repository};
    const struct operation_call call = {
        .desk = inquiry->gate->desk,
        .resources = inquiry->gate->resources,
        .roles = inquiry->gate->roles,
        .arena = inquiry->arena,
        .caller = &inquiry->bearer.caller,
        .client = inquiry->question->client,
        .tls = inquiry->question->tls,
        .relayed = inquiry->question->relayed,
        .now = inquiry->question->now,
    };
    for (size_t i = 0; i < GATE_ACTIONS_MAX && answer->access.actions[i] != NULL; i++)
        if (!authorize_action(inquiry, &call, &repository, answer->access.actions[i], error))
            return false;
    return require_repository(&call, &repository, error);
}

// ------------------------------------------------------------------ the whole

static bool decide(struct inquiry *inquiry, struct error *error)
{
    const struct gate_question *question = inquiry->question;
    struct gate_answer *answer = inquiry->answer;
    return gate_read_place(&inquiry->gate->address, question->host, question->target, inquiry->arena, &answer->place,
                           error) &&
           gate_find_access(&answer->place, question->method, inquiry->arena, &answer->access, error) &&
           check_overrides(question, error) && recognize(inquiry, error) && authorize_access(inquiry, error);
}

/** Those of a credential that another one may mend; the client is asked for it. */
static int status_of(const struct error *error)
{
    static const char *const codes[] = {"MissingCredential", "UnrecognizedClient", "ExpiredToken", "revoked"};
    for (size_t i = 0; error->code != NULL && i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(error->code, codes[i]) == 0)
            return STATUS_CREDENTIAL;
    return STATUS_REFUSED;
}

void gate_refuse(const struct error *error, struct arena *arena, struct gate_answer *out)
{
    const char *message = error->message == NULL ? "" : error->message;
    out->status = status_of(error);
    out->code = error->code == NULL ? "InternalFailure" : arena_copy(arena, error->code, strlen(error->code));
    out->reason = arena_copy(arena, message, strlen(message));
    if (error->class == ERROR_PARAMETER)
        return;
    out->detail = out->reason;
    out->reason = "The gate cannot decide at the moment.";
}

void gate_decide(struct gate *gate, const struct gate_question *question, struct arena *arena, struct gate_answer *out)
{
    ERROR_AUTO error = {0};
    struct inquiry inquiry = {.gate = gate, .question = question, .arena = arena, .answer = out};
    *out = (struct gate_answer){0};
    if (decide(&inquiry, &error))
        out->status = STATUS_ALLOWED;
    else
        gate_refuse(&error, arena, out);
}
