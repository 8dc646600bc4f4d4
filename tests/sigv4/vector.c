// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "vector.h"

#include "base/file.h"
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct slice vector_read_file(const char *folder, const char *name, struct arena *arena)
{
    BUFFER_AUTO content = {0};
    ERROR_AUTO error = {0};
    const char *path = arena_format(arena, "%s/%s", folder, name);
    if (file_read(path, 1 << 20, &content, &error) != FILE_READ)
        fail_msg("%s", error.message);
    return (struct slice){arena_copy(arena, buffer_text(&content), content.size), content.size};
}

/** Cuts a header with its continuation lines off; false at the empty line or the end. */
static bool cut_header(struct slice *rest, struct sigv4_header *out)
{
    if (rest->size == 0 || rest->data[0] == '\n')
        return false;
    size_t end = slice_find(*rest, '\n', 0);
    while (end + 1 < rest->size && rest->data[end + 1] == ' ')
        end = slice_find(*rest, '\n', end + 1);
    struct slice line = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end + 1, rest->size);
    size_t colon = slice_find(line, ':', 0);
    assert_true(colon < line.size);
    out->name = slice_part(line, 0, colon);
    out->value = slice_part(line, colon + 1, line.size);
    return true;
}

void vector_parse_request(struct slice text, struct vector_request *out)
{
    *out = (struct vector_request){0};
    struct slice rest = text;
    struct slice line;
    assert_true(slice_cut(&rest, '\n', &line));
    struct slice version = SLICE(" HTTP/1.1");
    assert_true(slice_ends_with(line, version));
    struct slice target = slice_part(line, 0, line.size - version.size);
    assert_true(slice_cut(&target, ' ', &out->request.method));
    size_t mark = slice_find(target, '?', 0);
    out->request.path = slice_part(target, 0, mark);
    out->request.query = slice_part(target, mark + 1, target.size);
    while (cut_header(&rest, &out->headers[out->request.header_count])) {
        out->request.header_count++;
        assert_true(out->request.header_count < VECTOR_HEADERS_MAX);
    }
    out->request.headers = out->headers;
    out->request.body = slice_part(rest, 1, rest.size);
    // The suite ends a signed request without a body in two line breaks.
    if (slice_is(out->request.body, "\n"))
        out->request.body.size = 0;
}

static struct slice text_of(const json_t *object, const char *name, struct arena *arena)
{
    struct slice text = json_member_text(object, name);
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

void vector_read_context(const char *folder, struct arena *arena, struct vector_context *out)
{
    ERROR_AUTO error = {0};
    JSON_AUTO *context = json_parse(vector_read_file(folder, "context.json", arena), &error);
    assert_non_null(context);
    const json_t *credentials = json_object_get(context, "credentials");
    *out = (struct vector_context){
        .access_key_id = text_of(credentials, "access_key_id", arena),
        .secret_access_key = text_of(credentials, "secret_access_key", arena),
        .session_token = text_of(credentials, "token", arena),
        .region = text_of(context, "region", arena),
        .service = text_of(context, "service", arena),
        .expires = json_integer_value(json_object_get(context, "expiration_in_seconds")),
        .normalize = json_is_true(json_object_get(context, "normalize")),
        .sign_body = json_is_true(json_object_get(context, "sign_body")),
        .omit_session_token = json_is_true(json_object_get(context, "omit_session_token")),
    };
    assert_true(timestamp_parse_iso(json_member_text(context, "timestamp"), &out->when, NULL));
}

struct sigv4_signer vector_signer(const struct vector_context *context)
{
    return (struct sigv4_signer){
        .access_key_id = context->access_key_id,
        .secret_access_key = context->secret_access_key,
        .session_token = context->session_token,
        .region = context->region,
        .service = context->service,
        .now = context->when,
        .token_after_signing = context->omit_session_token,
        .sign_body_header = context->sign_body,
        .options = {.normalize_path = context->normalize, .encode_path = true},
    };
}

struct sigv4_verifier vector_verifier(const struct vector_context *context)
{
    return (struct sigv4_verifier){
        .region = context->region,
        .service = context->service,
        .now = context->when,
        .tolerance = 300,
        .options = {.normalize_path = context->normalize, .encode_path = true},
    };
}
