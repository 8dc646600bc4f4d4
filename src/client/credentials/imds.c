// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/imds.h"
#include "base/json.h"
#include "base/text.h"

#define TOKEN_PATH "latest/api/token"
/** Seconds that a session token holds: the AWS CLI's six hours. */
#define TOKEN_LIFETIME "21600"

#define HTTP_ANSWER_AUTO __attribute__((cleanup(http_answer_free))) struct http_answer

/** What one attempt came to. All but the first come with an error, most of them for --debug only. */
enum outcome {
    OUTCOME_GOOD,
    OUTCOME_AGAIN,
    OUTCOME_WITHOUT, // no token is to be had: go on by version 1 of the service
    OUTCOME_STOP,    // nothing is to be had
    OUTCOME_FAILED,  // the person has to know
};

/** The endpoint's own path, a slash, and what is asked. */
static void write_path(const struct imds *imds, const char *path, struct buffer *out)
{
    buffer_append_text(out, imds->options->endpoint.path);
    if (out->size == 0 || out->data[out->size - 1] != '/')
        buffer_append_char(out, '/');
    text_percent_encode(out, slice_of(path), "%/:@!$&'()*+,;=?[]");
}

static void tell(const struct imds *imds, const char *path, const char *what, struct error *error)
{
    BUFFER_AUTO url = {0};
    metadata_write_url(&url, &imds->options->endpoint, path);
    (void)error_set(error, ERROR_TRANSPORT, NULL, "%s %s", buffer_text(&url), what);
}

static void tell_status(const struct imds *imds, const char *path, long status, struct error *error)
{
    BUFFER_AUTO words = {0};
    buffer_append_format(&words, "answered with status %ld", status);
    tell(imds, path, buffer_text(&words), error);
}

static void tell_silence(const struct imds *imds, const char *path, struct error *error)
{
    BUFFER_AUTO words = {0};
    buffer_append_format(&words, "did not answer within %ld s", imds->options->timeout);
    tell(imds, path, buffer_text(&words), error);
}

/** Sends one request; GOOD with any answer, AGAIN when the connection failed. */
static enum outcome try_request(struct imds *imds, const struct metadata_request *request, struct http_answer *answer,
                                enum http_result *result, struct error *error)
{
    *result = metadata_send(&imds->metadata, request, answer, error);
    if (*result == HTTP_ANSWERED)
        return OUTCOME_GOOD;
    if (*result == HTTP_CONNECT_TIMEOUT || *result == HTTP_READ_TIMEOUT)
        tell_silence(imds, request->path, error);
    return metadata_is_transient(*result) ? OUTCOME_AGAIN : OUTCOME_FAILED;
}

// ------------------------------------------------------------------ the session token

static enum outcome read_token(struct imds *imds, const struct metadata_request *request,
                               const struct http_answer *answer, struct error *error)
{
    switch (answer->status) {
    case 200:
        imds->has_token = true;
        buffer_append_slice(&imds->token, buffer_slice(&answer->body));
        return OUTCOME_GOOD;
    case 403:
    case 404:
    case 405:
        return OUTCOME_WITHOUT;
    case 400:
        tell_status(imds, request->path, answer->status, error);
        return OUTCOME_STOP;
    default:
        return OUTCOME_AGAIN;
    }
}

static enum outcome try_token(struct imds *imds, const struct metadata_request *request, struct error *error)
{
    HTTP_ANSWER_AUTO answer = {0};
    enum http_result result;
    enum outcome outcome = try_request(imds, request, &answer, &result, error);
    if (outcome == OUTCOME_GOOD)
        return read_token(imds, request, &answer, error);
    // Somebody is there who knows no tokens, such as what stands in for the service in a container.
    return result == HTTP_READ_TIMEOUT ? OUTCOME_WITHOUT : outcome;
}

static enum imds_result get_token(struct imds *imds, struct error *error)
{
    BUFFER_AUTO path = {0};
    write_path(imds, TOKEN_PATH, &path);
    const struct metadata_request request = {
        .method = "PUT",
        .path = buffer_text(&path),
        .headers = {{"x-aws-ec2-metadata-token-ttl-seconds", SLICE(TOKEN_LIFETIME)}},
        .header_count = 1};
    enum outcome outcome = OUTCOME_AGAIN;
    for (long i = 0; outcome == OUTCOME_AGAIN && i < imds->options->attempts; i++)
        outcome = try_token(imds, &request, error);
    if (outcome == OUTCOME_FAILED)
        return IMDS_FAILED;
    return outcome == OUTCOME_STOP ? IMDS_NONE : IMDS_ANSWERED;
}

// ------------------------------------------------------------------ the conversation

enum imds_result imds_open(struct imds *out, const struct settings *settings, const struct imds_options *options,
                           struct error *error)
{
    *out = (struct imds){.options = options};
    if (options->disabled) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "AWS_EC2_METADATA_DISABLED is true");
        return IMDS_NONE;
    }
    metadata_open(&out->metadata, settings, &options->endpoint, options->timeout);
    enum imds_result result = get_token(out, error);
    if (result != IMDS_ANSWERED || out->token.size > 0 || !options->v1_disabled)
        return result;
    (void)error_set(error, ERROR_INTERNAL, NULL,
                    "Error retrieving metadata: Unable to retrieve token for use in IMDSv2 call and IMDSv1 has been "
                    "disabled");
    return IMDS_FAILED;
}

void imds_close(struct imds *imds)
{
    metadata_close(&imds->metadata);
    buffer_free(&imds->token);
    *imds = (struct imds){0};
}

/** A question, and where its answer goes. */
struct question {
    struct metadata_request request;
    struct buffer *text;
    json_t **document; // NULL: any text is an answer
};

static enum outcome read_answer(struct imds *imds, const struct question *question, const struct http_answer *answer,
                                struct error *error)
{
    const char *path = question->request.path;
    if (answer->status != 200) {
        tell_status(imds, path, answer->status, error);
        return OUTCOME_AGAIN;
    }
    if (answer->body.size == 0) {
        tell(imds, path, "answered with nothing", error);
        return OUTCOME_AGAIN;
    }
    if (question->document == NULL) {
        buffer_append_slice(question->text, buffer_slice(&answer->body));
        return OUTCOME_GOOD;
    }
    *question->document = json_parse(buffer_slice(&answer->body), NULL);
    if (*question->document != NULL)
        return OUTCOME_GOOD;
    tell(imds, path, "answered with what is no JSON", error);
    return OUTCOME_AGAIN;
}

static enum outcome try_question(struct imds *imds, const struct question *question, struct error *error)
{
    HTTP_ANSWER_AUTO answer = {0};
    enum http_result result;
    enum outcome outcome = try_request(imds, &question->request, &answer, &result, error);
    return outcome == OUTCOME_GOOD ? read_answer(imds, question, &answer, error) : outcome;
}

static enum imds_result ask(struct imds *imds, const char *asked, struct question *question, struct error *error)
{
    BUFFER_AUTO path = {0};
    write_path(imds, asked, &path);
    question->request = (struct metadata_request){.method = "GET",
                                                  .path = buffer_text(&path),
                                                  .headers = {{"x-aws-ec2-metadata-token", buffer_slice(&imds->token)}},
                                                  .header_count = imds->has_token ? 1 : 0};
    if (imds->options->attempts < 1)
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "AWS_METADATA_SERVICE_NUM_ATTEMPTS allows no attempt");
    enum outcome outcome = OUTCOME_AGAIN;
    for (long i = 0; outcome == OUTCOME_AGAIN && i < imds->options->attempts; i++)
        outcome = try_question(imds, question, error);
    if (outcome == OUTCOME_FAILED)
        return IMDS_FAILED;
    return outcome == OUTCOME_GOOD ? IMDS_ANSWERED : IMDS_NONE;
}

enum imds_result imds_get(struct imds *imds, const char *path, struct buffer *out, struct error *error)
{
    struct question question = {.text = out};
    return ask(imds, path, &question, error);
}

enum imds_result imds_get_json(struct imds *imds, const char *path, json_t **out, struct error *error)
{
    struct question question = {.document = out};
    *out = NULL;
    return ask(imds, path, &question, error);
}
