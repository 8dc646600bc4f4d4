// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/headers.h"

#include "base/text.h"

/** What the front calls itself in Via (RFC 9110 section 7.6.3). */
#define VIA "1.1 jetond"
#define COUNT_MAX 100

/** Meant for one connection alone, whether Connection names it or not. */
static const char *const hop_by_hop[] = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authentication-info",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "http2-settings",
};

/**
 * Of a request: what the front says itself, the caller's credentials, and what makes some servers see another method,
 * path or client than the request's own.
 */
static const char *const request_dropped[] = {
    "authorization",
    "content-length",
    "expect",
    "forwarded",
    "host",
    "via",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-nuget-apikey",
    "x-real-ip",
    "x-rewrite-url",
    "client-ip",
    "true-client-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "max-forwards",
};
static const struct slice request_families[] = {{"x-jeton-", 8}, {"x-forwarded", 11}, {"x-original-", 11}};

/** Of an answer: what is written anew, and what speaks for the upstream's own address. */
static const char *const answer_dropped[] = {"alt-svc", "content-length", "via"};
static const struct slice answer_families[] = {{"x-jeton-", 8}};

static bool is_one_of(struct slice name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(name, slice_of(names[i])))
            return true;
    return false;
}
#define IS_ONE_OF(name, names) is_one_of(name, names, sizeof(names) / sizeof *(names))

static bool is_of_family(struct slice name, const struct slice *families, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(slice_part(name, 0, families[i].size), families[i]))
            return true;
    return false;
}
#define IS_OF_FAMILY(name, families) is_of_family(name, families, sizeof(families) / sizeof *(families))

/** Whether a list of words, as in Connection, has WORD. */
static bool has_word(struct slice list, struct slice word)
{
    struct slice part;
    while (slice_cut(&list, ',', &part))
        if (slice_equal_nocase(slice_trim(part), word))
            return true;
    return false;
}

// ------------------------------------------------------------------ lists

bool headers_next(struct slice *rest, struct header_pair *out)
{
    if (rest->size == 0)
        return false;
    size_t name_end = slice_find(*rest, '\0', 0);
    size_t value_end = slice_find(*rest, '\0', name_end + 1);
    *out = (struct header_pair){rest->data, rest->data + name_end + 1};
    *rest = slice_part(*rest, value_end + 1, rest->size);
    return true;
}

static void add(struct buffer *out, struct slice name, struct slice value)
{
    buffer_append_slice(out, name);
    buffer_append_char(out, '\0');
    buffer_append_slice(out, value);
    buffer_append_char(out, '\0');
}

static void add_if(struct buffer *out, const char *name, struct slice value)
{
    if (value.size > 0)
        add(out, slice_of(name), value);
}

/** Appends the front to the ways that the message has come. */
static void add_via(struct buffer *out, struct slice before)
{
    BUFFER_AUTO value = {0};
    buffer_append_slice(&value, before);
    buffer_append_text(&value, before.size > 0 ? ", " VIA : VIA);
    add(out, SLICE("Via"), buffer_slice(&value));
}

static void join(struct buffer *out, struct slice value)
{
    if (out->size > 0)
        buffer_append_text(out, ", ");
    buffer_append_slice(out, slice_trim(value));
}

// ------------------------------------------------------------------ requests

static bool is_named_by_connection(const struct sigv4_header *headers, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(headers[i].name, SLICE("connection")) && has_word(headers[i].value, name))
            return true;
    return false;
}

/** Servers that turn headers into variables read `_` as `-`, so that such a header would pass for another. */
static bool is_passed(const struct sigv4_header *headers, size_t count, struct slice name)
{
    return !IS_ONE_OF(name, hop_by_hop) && !IS_ONE_OF(name, request_dropped) && !IS_OF_FAMILY(name, request_families) &&
           slice_find(name, '_', 0) == name.size && !is_named_by_connection(headers, count, name);
}

void headers_write_request(const struct sigv4_header *headers, size_t count, const struct headers_said *said,
                           struct buffer *out)
{
    BUFFER_AUTO via = {0};
    add(out, SLICE("Host"), said->authority);
    for (size_t i = 0; i < count; i++) {
        if (slice_equal_nocase(headers[i].name, SLICE("via")))
            join(&via, headers[i].value);
        if (is_passed(headers, count, headers[i].name))
            add(out, headers[i].name, slice_trim(headers[i].value));
    }
    add_via(out, buffer_slice(&via));
    add_if(out, "Authorization", slice_of(said->authorization));
    add_if(out, "X-NuGet-ApiKey", slice_of(said->api_key));
    add_if(out, "X-Forwarded-For", said->client);
    add_if(out, "X-Forwarded-Proto", said->scheme);
    add_if(out, "X-Forwarded-Host", said->host);
    add_if(out, "X-Forwarded-Prefix", said->prefix);
    buffer_append_slice(out, said->names);
}

bool headers_expect_continue(const struct sigv4_header *headers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (slice_equal_nocase(headers[i].name, SLICE("expect")))
            return slice_equal_nocase(slice_trim(headers[i].value), SLICE("100-continue"));
    return false;
}

// ------------------------------------------------------------------ answers

void headers_answer_free(struct headers_answer *answer)
{
    buffer_free(&answer->lines);
    *answer = (struct headers_answer){0};
}

/** "HTTP/1.1 200 OK"; a new head begins, so what an interim answer said is forgotten. */
static const char *read_status(struct headers_answer *answer, struct slice line)
{
    struct slice code = slice_part(line, slice_find(line, ' ', 0) + 1, 3);
    uint64_t status;
    if (!text_parse_unsigned(code, &status) || code.size != 3 || status < 100 || status > 999)
        return "its status line is malformed";
    headers_answer_free(answer);
    answer->status = (int)status;
    answer->interim = status < 200;
    return NULL;
}

static bool is_value(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (((unsigned char)text.data[i] < ' ' && text.data[i] != '\t') || text.data[i] == 0x7f)
            return false;
    return true;
}

/** RFC 9110 section 5.6.2. */
static bool is_name(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            (text.data[i] == '\0' || strchr("!#$%&'*+-.^_`|~", text.data[i]) == NULL))
            return false;
    return text.size > 0;
}

/** A length that is said twice must be the same (RFC 9110 section 8.6). */
static const char *read_length(struct headers_answer *answer, struct slice value)
{
    uint64_t length;
    if (!text_parse_unsigned(value, &length) || (answer->has_length && answer->length != length))
        return "its Content-Length is malformed";
    answer->has_length = true;
    answer->length = length;
    return NULL;
}

const char *headers_read_line(struct headers_answer *answer, struct slice line)
{
    if (answer->complete)
        return NULL;
    while (line.size > 0 && (line.data[line.size - 1] == '\n' || line.data[line.size - 1] == '\r'))
        line.size--;
    if (slice_starts_with(line, SLICE("HTTP/")))
        return read_status(answer, line);
    if (line.size == 0) {
        answer->complete = answer->status >= 200;
        return NULL;
    }
    size_t colon = slice_find(line, ':', 0);
    struct slice name = slice_part(line, 0, colon);
    struct slice value = slice_trim(slice_part(line, colon + 1, line.size));
    if (colon == line.size || !is_name(name) || !is_value(value))
        return "one of its headers is malformed";
    if (answer->lines.size + line.size > HEADERS_ANSWER_MAX || ++answer->count > COUNT_MAX)
        return "its headers are too large";
    add(&answer->lines, name, value);
    if (slice_equal_nocase(name, SLICE("transfer-encoding"))) {
        answer->chunked = slice_equal_nocase(value, SLICE("chunked"));
        return answer->chunked ? NULL : "its Transfer-Encoding is not chunked";
    }
    return slice_equal_nocase(name, SLICE("content-length")) ? read_length(answer, value) : NULL;
}

static bool is_named_by_answer(const struct headers_answer *answer, struct slice name)
{
    struct slice rest = buffer_slice(&answer->lines);
    struct header_pair pair;
    while (headers_next(&rest, &pair))
        if (slice_equal_nocase(slice_of(pair.name), SLICE("connection")) && has_word(slice_of(pair.value), name))
            return true;
    return false;
}

static bool is_shown(const struct headers_answer *answer, struct slice name)
{
    return !IS_ONE_OF(name, hop_by_hop) && !IS_ONE_OF(name, answer_dropped) && !IS_OF_FAMILY(name, answer_families) &&
           !is_named_by_answer(answer, name);
}

void headers_write_answer(const struct headers_answer *answer, const struct upstream_address *upstream,
                          struct slice prefix, struct buffer *out)
{
    BUFFER_AUTO via = {0};
    struct slice rest = buffer_slice(&answer->lines);
    struct header_pair pair;
    while (headers_next(&rest, &pair)) {
        struct slice name = slice_of(pair.name);
        struct slice value = slice_of(pair.value);
        if (slice_equal_nocase(name, SLICE("via")))
            join(&via, value);
        if (!is_shown(answer, name))
            continue;
        BUFFER_AUTO location = {0};
        if (slice_equal_nocase(name, SLICE("location")) || slice_equal_nocase(name, SLICE("content-location"))) {
            location_rewrite(value, upstream, prefix, &location);
            value = buffer_slice(&location);
        }
        add(out, name, value);
    }
    add_via(out, buffer_slice(&via));
}
