// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/cache/live_token.h"
#include "client/cache/token_text.h"
#include "client/doctor/doctor.h"
#include "client/transport/endpoint.h"
#include "client/transport/http.h"

#include <string.h>

#define SUBJECT "token"

static const char *const sources[] = {
    [LIVE_TOKEN_FROM_SERVICE] = "from the service",
    [LIVE_TOKEN_FROM_CACHE] = "from the cache",
    [LIVE_TOKEN_FROM_VARIABLE] = ("from " LIVE_TOKEN_VARIABLE),
};

/** @return whether it is alive. */
static bool tell_life(struct doctor *doctor, const struct live_token *token)
{
    int64_t issued;
    int64_t ends;
    BUFFER_AUTO from = {0};
    BUFFER_AUTO to = {0};
    if (!token_text_read_life(slice_of(token->text), &issued, &ends)) {
        report_note(&doctor->report, SUBJECT, "%s; its header is not that of CodeArtifact's tokens",
                    sources[token->source]);
        return true;
    }
    timestamp_format_utc(&from, issued, false);
    timestamp_format_utc(&to, ends, false);
    if (ends > timestamp_now()) {
        report_good(&doctor->report, SUBJECT, "%s, issued at %s, ends at %s", sources[token->source],
                    buffer_text(&from), buffer_text(&to));
        return true;
    }
    report_bad(&doctor->report, SUBJECT,
               token->source == LIVE_TOKEN_FROM_VARIABLE ? "unset " LIVE_TOKEN_VARIABLE : "jeton cache clear",
               "%s, has ended at %s", sources[token->source], buffer_text(&to));
    return false;
}

// ------------------------------------------------------------------ the endpoint's answer

/** Asks for the URL with the token, as most tools send it. @return the status; 0: no answer, which is told. */
static long ask(struct doctor *doctor, const struct settings *settings, const char *token, struct http_answer *answer)
{
    ERROR_AUTO error = {0};
    struct endpoint endpoint = {0};
    BUFFER_AUTO pair = {0};
    BUFFER_AUTO header = {0};
    buffer_append_format(&pair, "aws:%s", token);
    buffer_append_text(&header, "Basic ");
    text_base64_encode(&header, pair.data, pair.size);
    struct slice url = slice_of(doctor->url);
    if (slice_starts_with(url, SLICE("sparse+")))
        url = slice_part(url, 7, url.size);
    const char *given = arena_copy(doctor->arena, url.data, url.size);
    if (!endpoint_parse(given, doctor->arena, &endpoint, &error)) {
        report_note(&doctor->report, "answer", "%s is no whole URL, and is not asked", given);
        return 0;
    }
    const struct http_header headers[] = {{"Host", slice_of(endpoint.host)},
                                          {"Authorization", buffer_slice(&header)},
                                          {"User-Agent", SLICE("jeton/" JETON_VERSION)}};
    const char *clean =
        arena_format(doctor->arena, "%s://%s%s", endpoint.https ? "https" : "http", endpoint.authority, endpoint.path);
    const struct http_request request = {
        "GET", clean, endpoint.authority, endpoint.https, headers, sizeof headers / sizeof *headers, {0}};
    struct http *http = http_new(settings);
    enum http_result result = http_perform(http, &request, answer, &error);
    http_free(http);
    if (result == HTTP_ANSWERED)
        return answer->status;
    report_bad(&doctor->report, "answer", "look at the network, the proxy or the certificate", "%s", error.message);
    return 0;
}

/** What the endpoint says beside the status, if it is short. */
static struct slice reason_of(const struct http_answer *answer)
{
    struct slice body = slice_trim(buffer_slice(&answer->body));
    return text_utf8_valid(body) == body.size ? slice_part(body, 0, 300) : SLICE("");
}

static void tell_answer(struct doctor *doctor, const struct live_token *token, long status,
                        const struct http_answer *answer)
{
    struct slice reason = reason_of(answer);
    const char *colon = reason.size > 0 ? ": " : "";
    const char *host = doctor->target.host;
    if (status == 401)
        report_bad(&doctor->report, "answer",
                   token->source == LIVE_TOKEN_FROM_VARIABLE ? "unset " LIVE_TOKEN_VARIABLE
                   : token->source == LIVE_TOKEN_FROM_CACHE  ? "jeton cache clear"
                                                             : "name the right domain for it in the file hosts",
                   "%s refuses the token (401): it has been revoked or is for another domain%s%.*s", host, colon,
                   SLICE_ARGS(reason));
    else if (status == 403)
        report_bad(&doctor->report, "answer",
                   "ask who administers the domain for codeartifact:ReadFromRepository on the repository",
                   "%s takes the token, but forbids this (403)%s%.*s", host, colon, SLICE_ARGS(reason));
    else if (status == 404)
        report_note(&doctor->report, "answer",
                    "%s answers 404: nothing is at this URL, or the token does not open it (CodeArtifact says the "
                    "same to both)",
                    host);
    else if (status >= 500)
        report_bad(&doctor->report, "answer", "try again later", "%s answers %ld%s%.*s", host, status, colon,
                   SLICE_ARGS(reason));
    else
        report_good(&doctor->report, "answer", "%s answers %ld to the token", host, status);
}

static const char *mend_token(const struct error *error)
{
    if (error->class != ERROR_SERVICE)
        return "look at what the sentence names";
    if (error->code != NULL && strcmp(error->code, "AccessDeniedException") == 0)
        return "ask who administers the account for codeartifact:GetAuthorizationToken and sts:GetServiceBearerToken";
    if (error->code != NULL && strcmp(error->code, "ResourceNotFoundException") == 0)
        return "aws codeartifact list-domains: name the right domain, owner and region";
    return "aws sts get-caller-identity: the credentials have to be good";
}

void doctor_check_token(struct doctor *doctor, const struct settings *settings)
{
    LIVE_TOKEN_AUTO token = {0};
    ERROR_AUTO error = {0};
    const struct target *target = &doctor->target;
    const struct live_token_request request = {.domain = target->domain,
                                               .domain_owner = target->owner,
                                               .duration = target->duration,
                                               .use = LIVE_TOKEN_CACHED,
                                               .take_variable = true};
    if (!live_token_get(&doctor->settings_options, doctor->environment, &request, &token, &error)) {
        report_bad(&doctor->report, SUBJECT, mend_token(&error), "%s", error.message);
        return;
    }
    if (!tell_life(doctor, &token))
        return;
    struct http_answer answer = {0};
    long status = ask(doctor, settings, token.text, &answer);
    if (status > 0)
        tell_answer(doctor, &token, status, &answer);
    http_answer_free(&answer);
}
