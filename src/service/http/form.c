// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/form.h"

#include "base/text.h"

#include <string.h>

#define PARAMETERS_MAX 200

static bool refuse_form(struct error *error, const char *what, const char *name)
{
    return error_set(error, ERROR_PARAMETER, "Serialization", "The request %s%s", what, name);
}

/** The headers that may stand once. */
enum single {
    SINGLE_HOST,
    SINGLE_AUTHORIZATION,
    SINGLE_LENGTH,
    SINGLE_ENCODING,
    SINGLE_SCOPE,
    SINGLE_COUNT,
};

static const struct slice singles[SINGLE_COUNT] = {
    [SINGLE_HOST] = {"host", 4},
    [SINGLE_AUTHORIZATION] = {"authorization", 13},
    [SINGLE_LENGTH] = {"content-length", 14},
    [SINGLE_ENCODING] = {"transfer-encoding", 17},
    [SINGLE_SCOPE] = {"x-jeton-scope", 13},
};

/** What a token of RFC 9110 section 5.6.2 consists of, as a table: every header of every request is asked. */
static const bool is_token[256] = {
    ['!'] = true,         ['#' ... '\''] = true, ['*' ... '+'] = true, ['-' ... '.'] = true, ['0' ... '9'] = true,
    ['A' ... 'Z'] = true, ['^' ... 'z'] = true,  ['|'] = true,         ['~'] = true,
};

static bool is_header_name(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!is_token[(unsigned char)text.data[i]])
            return false;
    return text.size > 0;
}

/** Neither blanks nor control characters: such a target would be read as another by the next reader. */
static bool is_target(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] <= 0x20 || text.data[i] == 0x7f)
            return false;
    return text.size > 0;
}

bool form_has_many_parameters(struct slice target)
{
    size_t count = 0;
    if (target.size <= PARAMETERS_MAX)
        return false;
    for (size_t at = slice_find(target, '&', 0); at < target.size; at = slice_find(target, '&', at + 1))
        count++;
    return count >= PARAMETERS_MAX;
}

/**
 * What two readers of one message could read differently, or what would make it unclear who signed it.
 * RFC 9112 sections 3.2, 5.1 and 6.3. The library's own strictness is not used: its answer is malformed then.
 */
static bool check_headers(const struct http_request *request, const char *version, struct error *error)
{
    size_t counts[SINGLE_COUNT] = {0};
    for (size_t i = 0; i < request->message.header_count; i++) {
        struct slice name = request->message.headers[i].name;
        if (!is_header_name(name))
            return refuse_form(error, "has a malformed header name", "");
        for (size_t single = 0; single < SINGLE_COUNT; single++)
            counts[single] += slice_equal_nocase(name, singles[single]);
    }
    for (size_t single = 0; single < SINGLE_COUNT; single++)
        if (counts[single] > 1)
            return refuse_form(error, "has more than one header ", singles[single].data);
    if (counts[SINGLE_LENGTH] + counts[SINGLE_ENCODING] > 1)
        return refuse_form(error, "has both content-length and transfer-encoding", "");
    struct slice encoding = http_header(request, singles[SINGLE_ENCODING].data);
    if (encoding.data != NULL && !slice_equal_nocase(encoding, SLICE("chunked")))
        return refuse_form(error, "has a transfer-encoding that is not chunked", "");
    if (counts[SINGLE_HOST] == 0 && strcmp(version, "HTTP/1.1") == 0)
        return refuse_form(error, "has no header ", singles[SINGLE_HOST].data);
    return true;
}

bool form_check(const struct http_request *request, struct slice target, const char *version,
                const struct header_list *list, struct error *error)
{
    if (target.size + list->size > FORM_HEAD_MAX)
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge",
                         "The request's target and headers are larger than %zu bytes", FORM_HEAD_MAX);
    if (list->overflow)
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request has more than %zu headers",
                         HTTP_HEADERS_MAX);
    if (form_has_many_parameters(target))
        return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request has more than %d parameters",
                         PARAMETERS_MAX);
    if (list->folded)
        return refuse_form(error, "has a header that is folded into several lines", "");
    if (!is_target(target))
        return refuse_form(error, "has a malformed target", "");
    return check_headers(request, version, error);
}

/** From *AT to NEXT there are between LOW and HIGH bytes of line ends, which are zeros. */
static bool is_line_end(const char *at, const char *next, size_t low, size_t high)
{
    size_t size = (size_t)((uintptr_t)next - (uintptr_t)at);
    if (size < low || size > high)
        return false;
    for (size_t i = 0; i < size; i++)
        if (at[i] != '\0')
            return false;
    return true;
}

bool form_is_whole(struct slice version, const char *end, const struct header_list *list, struct error *error)
{
    const char *at = version.data + version.size;
    bool whole = true;
    for (size_t i = 0; whole && i < list->count; i++) {
        whole = is_line_end(at, list->headers[i].name.data, 1, 2);
        at = list->headers[i].value.data + list->headers[i].value.size;
    }
    return (whole && is_line_end(at, end, 2, 4)) ||
           refuse_form(error, "has a NUL, or a header without a name, in its head", "");
}

bool form_refuse_size(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "RequestTooLarge", "The request's body is larger than %zu bytes",
                     HTTP_BODY_MAX);
}

bool form_check_announced(const struct http_request *request, struct error *error)
{
    struct slice length = http_header(request, "content-length");
    uint64_t size;
    if (length.data != NULL && (!text_parse_unsigned(slice_trim(length), &size) || size > FORM_DISCARDED_MAX))
        return form_refuse_size(error);
    return true;
}
