// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * NuGet's cross-platform plug-ins, protocol version 2. Source: "NuGet cross platform plugins" of Microsoft Learn, and
 * NuGet.Client/src/NuGet.Core/NuGet.Protocol/Plugins; section 7 of the reference.
 */
#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "client/cli/output.h"
#include "client/helpers/ask.h"
#include "client/helpers/channel.h"
#include "client/helpers/conversation.h"
#include "client/helpers/repetition.h"

#include <string.h>
#include <sys/random.h>

#define VERSION "2.0.0"
#define OLDEST_VERSION "1.0.0"
#define SUCCESS "{\"ResponseCode\":\"Success\"}"
/** NuGet gives a request up after 30 seconds, or what it says; each sign of progress begins them anew. */
#define PROGRESS_INTERVAL (INT64_C(2) * TIMESTAMP_SECOND)

/** NuGet's levels, the most talkative first. */
static const char *const log_levels[] = {"Debug", "Verbose", "Information", "Minimal", "Warning", "Error"};
#define LOG_ERROR 6

// ------------------------------------------------------------------ messages

/** A message: who asked, what for, and with what. */
struct message {
    json_t *object;
    struct slice id;
    struct slice type;
    struct slice method;
    const json_t *payload;
};

/** Writes one. @param payload JSON. */
static void write_message(struct buffer *out, struct slice id, const char *type, struct slice method,
                          struct slice payload)
{
    buffer_append_text(out, "{\"RequestId\":");
    json_write_string(out, id);
    buffer_append_format(out, ",\"Type\":\"%s\",\"Method\":", type);
    json_write_string(out, method);
    buffer_append_text(out, ",\"Payload\":");
    buffer_append_slice(out, payload);
    buffer_append_text(out, "}\n");
}

static void respond(struct buffer *out, const struct message *to, const char *payload)
{
    write_message(out, to->id, "Response", to->method, slice_of(payload));
}

/** A request of our own has a number that nobody else uses. */
static bool write_request(struct buffer *out, const char *method, struct slice payload, struct error *error)
{
    unsigned char bytes[16];
    BUFFER_AUTO digits = {0};
    BUFFER_AUTO id = {0};
    // No secret, so the kernel's word for it will do: OpenSSL's generator takes longer to set up than all else here.
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return error_set(error, ERROR_INTERNAL, NULL, "There is no randomness for a request's number");
    // RFC 9562: version 4, variant 1.
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    text_hex_encode(&digits, bytes, sizeof bytes);
    const char *hex = buffer_text(&digits);
    buffer_append_format(&id, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16, hex + 20);
    write_message(out, buffer_slice(&id), "Request", slice_of(method), payload);
    return true;
}

bool nuget_begin(struct buffer *out, struct error *error)
{
    return write_request(
        out, "Handshake",
        SLICE("{\"ProtocolVersion\":\"" VERSION "\",\"MinimumProtocolVersion\":\"" OLDEST_VERSION "\"}"), error);
}

// ------------------------------------------------------------------ requests

/** A request on its way to its answer. */
struct passage {
    struct helper_call *call;
    struct nuget_state *state;
    const struct message *message;
    struct buffer *out;
    struct error *error;
};

/** The other side must take a version of ours, 1.0.0 to 2.0.0; the newest that both speak is agreed on. */
static bool handshake(struct passage *passage)
{
    struct slice oldest = json_member_text(passage->message->payload, "MinimumProtocolVersion");
    struct slice newest = json_member_text(passage->message->payload, "ProtocolVersion");
    bool good = slice_starts_with(oldest, SLICE("1.")) || slice_is(oldest, VERSION);
    bool old = slice_starts_with(newest, SLICE("1."));
    respond(passage->out, passage->message,
            !good ? "{\"ResponseCode\":\"Error\"}"
            : old ? "{\"ResponseCode\":\"Success\",\"ProtocolVersion\":\"" OLDEST_VERSION "\"}"
                  : "{\"ResponseCode\":\"Success\",\"ProtocolVersion\":\"" VERSION "\"}");
    return good || error_set(passage->error, ERROR_CONFIGURATION, NULL,
                             "This NuGet speaks version %.*s of the plug-in protocol at least, and jeton %s",
                             SLICE_ARGS(oldest), VERSION);
}

static bool monitor(struct passage *passage)
{
    json_int_t process = json_integer_value(json_object_get(passage->message->payload, "ProcessId"));
    if (process > 0 && process <= INT32_MAX)
        passage->state->process = (pid_t)process;
    respond(passage->out, passage->message, SUCCESS);
    return true;
}

static bool agree(struct passage *passage)
{
    respond(passage->out, passage->message, SUCCESS);
    return true;
}

/** A TimeSpan as .NET writes it, HH:MM:SS with days and fractions about it that we leave out; 0: none of these. */
static int64_t read_span(struct slice text)
{
    uint64_t parts[3] = {0};
    struct slice part;
    size_t count = 0;
    while (count < 3 && slice_cut(&text, ':', &part)) {
        size_t point = slice_find(part, '.', 0);
        struct slice digits = count == 2 ? slice_part(part, 0, point) : part;
        if (!text_parse_unsigned(digits, &parts[count++]))
            return 0;
    }
    bool good = count == 3 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
    return good ? (int64_t)(parts[0] * 3600 + parts[1] * 60 + parts[2]) * TIMESTAMP_SECOND : 0;
}

/** Three signs of progress fit into its patience. */
static bool initialize(struct passage *passage)
{
    int64_t third = read_span(json_member_text(passage->message->payload, "RequestTimeout")) / 3;
    if (third > 0)
        passage->state->progress_interval = third < PROGRESS_INTERVAL ? third : PROGRESS_INTERVAL;
    return agree(passage);
}

/** We answer for credentials, whatever the source; with a source we are asked for its packages, which we have not. */
static bool claims(struct passage *passage)
{
    bool source = json_member_text(passage->message->payload, "PackageSourceRepository").size > 0;
    respond(passage->out, passage->message, source ? "{\"Claims\":[]}" : "{\"Claims\":[\"Authentication\"]}");
    return true;
}

static bool set_log_level(struct passage *passage)
{
    struct slice level = json_member_text(passage->message->payload, "LogLevel");
    passage->state->log_level = LOG_ERROR;
    for (size_t i = 0; i < sizeof log_levels / sizeof *log_levels; i++)
        if (slice_is(level, log_levels[i]))
            passage->state->log_level = (int)i + 1;
    return agree(passage);
}

static bool write_log(struct passage *passage, const char *text)
{
    BUFFER_AUTO payload = {0};
    if (passage->state->log_level == 0)
        return true;
    buffer_append_text(&payload, "{\"LogLevel\":\"Error\",\"Message\":");
    json_write_string(&payload, slice_of(text));
    buffer_append_char(&payload, '}');
    return write_request(passage->out, "Log", buffer_slice(&payload), passage->error);
}

static void write_credentials(struct passage *passage, const char *token)
{
    BUFFER_AUTO payload = {0};
    buffer_append_text(&payload, "{\"Username\":\"aws\",\"Password\":");
    json_write_string(&payload, slice_of(token));
    buffer_append_text(&payload, ",\"AuthenticationTypes\":[\"basic\"],\"ResponseCode\":\"Success\"}");
    respond(passage->out, passage->message, buffer_text(&payload));
}

/** `Error` lets the next provider try; `NotFound` would mean that the person has given up. */
static void write_refusal(struct passage *passage, const char *text)
{
    BUFFER_AUTO payload = {0};
    buffer_append_text(&payload, "{\"Message\":");
    json_write_string(&payload, slice_of(text));
    buffer_append_text(&payload, ",\"ResponseCode\":\"Error\"}");
    respond(passage->out, passage->message, buffer_text(&payload));
}

/**
 * A retry says that the last password was refused: then our cache is not to be trusted. NuGet says as well whether the
 * person may be asked.
 */
static bool credentials(struct passage *passage)
{
    HELPER_ANSWER_AUTO answer = {0};
    ERROR_AUTO reason = {0};
    const json_t *payload = passage->message->payload;
    passage->call->silent = json_is_true(json_object_get(payload, "IsNonInteractive"));
    const char *url = helper_copy_url(passage->call, json_member_text(payload, "Uri"));
    bool retry = json_is_true(json_object_get(payload, "IsRetry"));
    switch (helper_ask(passage->call, url, retry, &answer, &reason)) {
    case TARGET_FOUND:
        write_credentials(passage, answer.token.text);
        return true;
    case TARGET_FOREIGN:
        write_refusal(passage, "this source is no repository of CodeArtifact");
        return true;
    case TARGET_FAILED:
        break;
    }
    bool good = write_log(passage, reason.message);
    write_refusal(passage, reason.message);
    return good;
}

static bool close_conversation(struct passage *passage)
{
    passage->state->closed = true;
    return true;
}

static const struct {
    const char *method;
    bool (*run)(struct passage *passage);
} methods[] = {
    {"Handshake", handshake},
    {"MonitorNuGetProcessExit", monitor},
    {"Initialize", initialize},
    {"GetOperationClaims", claims},
    {"SetLogLevel", set_log_level},
    {"SetCredentials", agree},
    {"GetAuthenticationCredentials", credentials},
    {"Close", close_conversation},
};

// ------------------------------------------------------------------ the conversation

static bool read_message(struct slice line, struct message *out, struct error *error)
{
    ERROR_AUTO reason = {0};
    out->object = json_parse(line, &reason);
    out->id = json_member_text(out->object, "RequestId");
    out->type = json_member_text(out->object, "Type");
    out->method = json_member_text(out->object, "Method");
    out->payload = json_object_get(out->object, "Payload");
    if (out->id.size > 0 && out->type.size > 0 && out->method.size > 0)
        return true;
    json_decref(out->object);
    return error_set(error, ERROR_PARAMETER, NULL, "This is no message of NuGet's plug-in protocol: %s",
                     out->object == NULL ? reason.message : "RequestId, Type and Method do not all stand in it");
}

static bool run_method(struct passage *passage)
{
    const struct message *message = passage->message;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        if (slice_is(message->method, methods[i].method))
            return methods[i].run(passage);
    write_message(passage->out, message->id, "Fault", message->method,
                  SLICE("{\"Message\":\"jeton gives credentials, and does nothing else\"}"));
    return true;
}

bool nuget_answer(struct helper_call *call, struct nuget_state *state, struct slice line, struct buffer *out,
                  struct error *error)
{
    struct message message;
    if (slice_trim(line).size == 0)
        return true;
    if (!read_message(line, &message, error))
        return false;
    struct passage passage = {call, state, &message, out, error};
    // Responses to our own requests, cancellations of what is answered already: they want no answer.
    bool good = !slice_is(message.type, "Request") || run_method(&passage);
    json_decref(message.object);
    return good;
}

void nuget_announce(struct slice line, struct buffer *out)
{
    struct message message;
    if (!read_message(line, &message, NULL))
        return;
    if (slice_is(message.type, "Request") && slice_is(message.method, "GetAuthenticationCredentials"))
        write_message(out, message.id, "Progress", message.method, SLICE("{}"));
    json_decref(message.object);
}

/** Sends whole lines. */
static bool send_lines(const struct channel *channel, struct buffer *lines, struct error *error)
{
    bool good = output_send(channel->output, buffer_slice(lines), error);
    buffer_clear(lines);
    return good;
}

static bool answer_line(struct helper_call *call, struct nuget_state *state, struct channel *channel, struct slice line,
                        struct error *error)
{
    BUFFER_AUTO lines = {0};
    BUFFER_AUTO progress = {0};
    struct repetition repetition = {0};
    pid_t process = state->process;
    nuget_announce(line, &progress);
    if (progress.size > 0)
        repetition_begin(&repetition, channel->output, buffer_slice(&progress),
                         state->progress_interval > 0 ? state->progress_interval : PROGRESS_INTERVAL);
    bool good = nuget_answer(call, state, line, &lines, error);
    // Progress of what has been answered is none of the protocol, and NuGet would give us up.
    repetition_end(&repetition);
    if (state->process != process)
        channel_watch(channel, state->process);
    return send_lines(channel, &lines, good ? error : NULL) && good;
}

bool helper_nuget(struct helper_call *call, struct buffer *out, struct error *error)
{
    CHANNEL_AUTO channel = {.input = call->input, .output = call->output};
    BUFFER_AUTO first = {0};
    struct nuget_state state = {0};
    struct slice line;
    enum channel_result result = CHANNEL_END;
    (void)out;
    if (!nuget_begin(&first, error) || !send_lines(&channel, &first, error))
        return false;
    while (!state.closed && (result = channel_next(&channel, &line, error)) == CHANNEL_LINE)
        if (!answer_line(call, &state, &channel, line, error))
            return false;
    return state.closed || result == CHANNEL_END;
}
