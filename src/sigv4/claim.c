// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "sigv4/parts.h"

#include "base/text.h"

static bool incomplete(struct error *error, const char *message)
{
    return error_set(error, ERROR_PARAMETER, "IncompleteSignature", "%s", message);
}

bool sigv4_refuse_date(struct slice date, struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                     "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601",
                     sigv4_show(date).text);
}

bool sigv4_read_credential(struct slice credential, struct sigv4_claim *out, struct error *error)
{
    struct slice parts[5];
    size_t count = 0;
    struct slice rest = credential;
    struct slice part;
    while (slice_cut(&rest, '/', &part)) {
        if (count < 5)
            parts[count] = part;
        count++;
    }
    if (count != 5 || parts[0].size == 0)
        return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                         "Credential must have exactly 5 slash-delimited elements, e.g. "
                         "keyid/date/region/service/term, got '%s'",
                         sigv4_show(credential).text);
    out->access_key_id = parts[0];
    out->scope = (struct sigv4_scope){parts[1], parts[2], parts[3]};
    out->terminator = parts[4];
    return true;
}

void sigv4_read_signed_headers(struct slice list, struct arena *arena, struct sigv4_claim *out)
{
    char *lower = arena_copy(arena, list.data, list.size);
    size_t most = 1;
    for (size_t i = 0; i < list.size; i++) {
        lower[i] = text_lower(lower[i]);
        most += lower[i] == ';';
    }
    out->signed_headers = arena_allocate(arena, most, sizeof *out->signed_headers);
    struct slice rest = {lower, list.size};
    while (slice_cut(&rest, ';', &out->signed_headers[out->signed_count]))
        out->signed_count++;
}

bool sigv4_check_signed_headers(const struct sigv4_request *request, const struct sigv4_claim *claim,
                                struct error *error)
{
    if (!sigv4_is_signed(claim, SLICE("host")))
        return error_set(error, ERROR_PARAMETER, "InvalidSignature",
                         "'Host' must be a 'SignedHeader' in the AWS Authorization.");
    for (size_t i = 0; i < claim->signed_count; i++)
        if (claim->signed_headers[i].size == 0 || !sigv4_has_header(request, claim->signed_headers[i]))
            return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                             "'%s' is named as a SignedHeader, but it does not exist in the HTTP request.",
                             sigv4_show(claim->signed_headers[i]).text);
    // All of them are there, so more names than headers can only be repeats.
    if (claim->signed_count > request->header_count)
        return incomplete(error, "A header is named more than once as a SignedHeader.");
    return true;
}

// ------------------------------------------------------------------ the Authorization header

/** The values of an Authorization header; data NULL when not given. */
struct authorization {
    struct slice credential;
    struct slice signed_headers;
    struct slice signature;
};

/** Commas and white space. */
static const bool is_separator[256] = {[','] = true, [' '] = true, ['\t' ... '\r'] = true};

/** Cuts the next word off a header value; words stand between separators. */
static bool next_word(struct slice *rest, struct slice *word)
{
    size_t start = 0;
    while (start < rest->size && is_separator[(unsigned char)rest->data[start]])
        start++;
    size_t end = start;
    while (end < rest->size && !is_separator[(unsigned char)rest->data[end]])
        end++;
    *word = slice_part(*rest, start, end - start);
    *rest = slice_part(*rest, end, rest->size);
    return word->size > 0;
}

static bool is_open_word(struct slice name)
{
    return slice_is(name, "Credential") || slice_is(name, "SignedHeaders");
}

/**
 * The header as an error may show it. AWS repeats the whole value; here only what is known to be no secret
 * stands in full, so that neither a signature nor a password in the wrong place gets into an answer or a log.
 */
static void append_shown(struct buffer *out, struct slice header)
{
    struct slice rest = header;
    struct slice word;
    const char *separator = " ";
    (void)next_word(&rest, &word);
    buffer_append_text(out, SIGV4_ALGORITHM);
    while (next_word(&rest, &word)) {
        size_t equals = slice_find(word, '=', 0);
        struct slice name = slice_part(word, 0, equals);
        buffer_append_text(out, separator);
        if (is_open_word(name))
            buffer_append_text(out, sigv4_show(word).text);
        else
            buffer_append_format(out, "%s%s", name.size <= 16 ? sigv4_show(name).text : "***",
                                 equals < word.size ? "=***" : "");
        separator = ", ";
    }
}

static bool refuse_word(struct slice header, struct slice word, struct error *error)
{
    BUFFER_AUTO shown = {0};
    append_shown(&shown, header);
    return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                     "'%s' not a valid key=value pair (missing equal-sign) in Authorization header: '%s'.",
                     word.size <= 16 ? sigv4_show(word).text : "***", buffer_text(&shown));
}

/** Reads what follows the algorithm; unknown names are passed over, as AWS does. */
static bool read_words(struct slice header, struct slice rest, struct authorization *out, struct error *error)
{
    const struct {
        const char *name;
        struct slice *value;
    } known[] = {
        {"Credential", &out->credential}, {"SignedHeaders", &out->signed_headers}, {"Signature", &out->signature}};
    struct slice word;
    while (next_word(&rest, &word)) {
        size_t equals = slice_find(word, '=', 0);
        if (equals == word.size)
            return refuse_word(header, word, error);
        for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
            if (!slice_is(slice_part(word, 0, equals), known[i].name))
                continue;
            if (known[i].value->data != NULL)
                return error_set(error, ERROR_PARAMETER, "IncompleteSignature",
                                 "Authorization header has more than one '%s' parameter.", known[i].name);
            *known[i].value = slice_part(word, equals + 1, word.size);
        }
    }
    return true;
}

/**
 * The date that is signed: x-amz-date, or else Date. One that is not signed counts as absent.
 * @return false when there is none; OUT->amz_date has data NULL when it cannot be read.
 */
static bool read_date(const struct sigv4_request *request, struct arena *arena, struct sigv4_claim *out,
                      struct slice *written)
{
    static const char *const names[] = {"x-amz-date", "date"};
    for (size_t i = 0; i < 2; i++) {
        struct slice name = slice_of(names[i]);
        if (!sigv4_is_signed(out, name) || !sigv4_has_header(request, name))
            continue;
        *written = sigv4_header_value(request, name, arena);
        if (timestamp_parse_amz(*written, &out->when)) {
            out->amz_date = *written;
        } else if (i == 1 && timestamp_parse_http(*written, &out->when)) {
            char *basic = arena_allocate(arena, TIMESTAMP_AMZ_SIZE, 1);
            timestamp_format_amz(out->when, basic);
            out->amz_date = slice_of(basic);
        }
        return true;
    }
    return false;
}

static bool refuse_missing(const struct authorization *given, bool has_date, struct slice header, struct error *error)
{
    BUFFER_AUTO message = {0};
    static const char form[] = "Authorization header requires '%s' parameter. ";
    if (given->credential.size == 0)
        buffer_append_format(&message, form, "Credential");
    if (given->signature.size == 0)
        buffer_append_format(&message, form, "Signature");
    if (given->signed_headers.size == 0)
        buffer_append_format(&message, form, "SignedHeaders");
    if (!has_date)
        buffer_append_text(&message,
                           "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ");
    buffer_append_text(&message, "Authorization=");
    append_shown(&message, header);
    return incomplete(error, buffer_text(&message));
}

/** ALGORITHM stood before REST in HEADER. */
static bool read_header_claim(const struct sigv4_request *request, struct slice header, struct slice rest,
                              struct arena *arena, struct sigv4_claim *out, struct error *error)
{
    struct authorization given = {0};
    if (!read_words(header, rest, &given, error))
        return false;
    struct slice written = {0};
    bool has_date = false;
    if (given.signed_headers.size > 0) {
        sigv4_read_signed_headers(given.signed_headers, arena, out);
        has_date = read_date(request, arena, out, &written);
    } else {
        has_date = sigv4_has_header(request, SLICE("x-amz-date")) || sigv4_has_header(request, SLICE("date"));
    }
    if (given.credential.size == 0 || given.signature.size == 0 || given.signed_headers.size == 0 || !has_date)
        return refuse_missing(&given, has_date, header, error);
    if (out->amz_date.data == NULL)
        return sigv4_refuse_date(written, error);
    out->signature = given.signature;
    out->session_token = sigv4_header_value(request, SLICE("x-amz-security-token"), arena);
    return sigv4_read_credential(given.credential, out, error) && sigv4_check_signed_headers(request, out, error);
}

// ------------------------------------------------------------------ either form

static bool has_query_claim(const struct sigv4_parameters *parameters)
{
    static const char *const names[] = {"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature"};
    for (size_t i = 0; i < parameters->count; i++)
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            if (slice_is(parameters->items[i].name, names[j]))
                return true;
    return false;
}

static bool missing_token(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "MissingAuthenticationToken", "Missing Authentication Token");
}

bool sigv4_read_claim(const struct sigv4_request *request, struct arena *arena, struct sigv4_claim *out,
                      struct error *error)
{
    *out = (struct sigv4_claim){0};
    struct slice header = {0};
    size_t count = 0;
    for (size_t i = 0; i < request->header_count; i++) {
        if (!slice_equal_nocase(request->headers[i].name, SLICE("authorization")))
            continue;
        header = slice_trim(request->headers[i].value);
        count++;
    }
    SIGV4_PARAMETERS_AUTO parameters;
    sigv4_parameters_read(&parameters, request->query);
    bool presigned = has_query_claim(&parameters);
    if (presigned && count > 0)
        return error_set(error, ERROR_PARAMETER, "InvalidSignature",
                         "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    if (presigned)
        return sigv4_read_query_claim(request, &parameters, arena, out, error);
    if (count > 1)
        return incomplete(error, "The request has more than one Authorization header.");
    struct slice rest = header;
    struct slice algorithm;
    if (count == 0 || !next_word(&rest, &algorithm) || !slice_starts_with(algorithm, SLICE("AWS4-")))
        return missing_token(error);
    if (!slice_is(algorithm, SIGV4_ALGORITHM))
        return error_set(error, ERROR_PARAMETER, "IncompleteSignature", "Unsupported AWS 'algorithm': '%s'.",
                         algorithm.size <= 32 ? sigv4_show(algorithm).text : "***");
    return read_header_claim(request, header, rest, arena, out, error);
}
