// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what the front reads: an upstream's answer, its addresses, the headers of a request, a file of credentials.
 * No line end comes out of any of it, nothing of one connection alone passes, and no address becomes another host's.
 */
#include "base/memory.h"
#include "service/upstream/credentials.h"
#include "service/upstream/headers.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
    if (!truth)
        abort();
}

/** A list has no value with a line end in it, and none of the names that have to stay behind. */
static void check_list(struct slice list)
{
    static const char *const never[] = {"connection", "transfer-encoding", "content-length", "upgrade", "te"};
    struct header_pair pair;
    while (headers_next(&list, &pair)) {
        require(pair.name[0] != '\0' && strpbrk(pair.name, "\r\n:") == NULL && strpbrk(pair.value, "\r\n") == NULL);
        for (size_t i = 0; i < sizeof never / sizeof *never; i++)
            require(!slice_equal_nocase(slice_of(pair.name), slice_of(never[i])));
    }
}

static void read_answer(struct slice text)
{
    struct headers_answer answer = {0};
    struct upstream_address address;
    BUFFER_AUTO list = {0};
    struct slice line;
    const char *wrong = NULL;
    require(upstream_address_read(SLICE("http://up.example:8080/base"), &address, NULL));
    while (wrong == NULL && slice_cut(&text, '\n', &line))
        wrong = headers_read_line(&answer, line);
    if (wrong == NULL && answer.complete) {
        headers_write_answer(&answer, &address, SLICE("/P"), &list);
        check_list(buffer_slice(&list));
    }
    headers_answer_free(&answer);
}

/** The first line is the URL of an upstream, the rest an address that it says. */
static void rewrite(struct slice text)
{
    struct slice url;
    struct upstream_address address;
    BUFFER_AUTO seen = {0};
    if (!slice_cut(&text, '\n', &url) || !upstream_address_read(url, &address, NULL))
        return;
    location_rewrite(text, &address, SLICE("/P"), &seen);
    struct slice out = buffer_slice(&seen);
    require(slice_equal(out, text) || slice_is(out, "/P") || slice_starts_with(out, SLICE("/P/")) ||
            slice_starts_with(out, SLICE("/P?")) || slice_starts_with(out, SLICE("/P#")));
}

/** Lines as a request's headers; the form of their names has been checked before they come here. */
static void write_request(struct slice text)
{
    struct sigv4_header headers[64];
    struct slice line;
    size_t count = 0;
    while (count < sizeof headers / sizeof *headers && slice_cut(&text, '\n', &line)) {
        size_t colon = slice_find(line, ':', 0);
        if (colon == 0 || memchr(line.data, '\r', line.size) != NULL || memchr(line.data, '\0', line.size) != NULL)
            continue;
        headers[count++] = (struct sigv4_header){slice_part(line, 0, colon), slice_part(line, colon + 1, line.size)};
    }
    const struct headers_said said = {.authority = SLICE("up.example")};
    BUFFER_AUTO list = {0};
    headers_write_request(headers, count, &said, &list);
    check_list(buffer_slice(&list));
}

static bool take(void *context, struct slice name, enum upstream_credential kind, struct slice value)
{
    (void)context;
    require(name.size > 0);
    require(value.size > 0);
    if (kind == UPSTREAM_AUTHORIZATION)
        require(slice_starts_with(value, SLICE("Basic ")) || slice_starts_with(value, SLICE("Bearer ")));
    for (size_t i = 0; i < value.size; i++)
        require((unsigned char)value.data[i] >= ' ');
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ERROR_AUTO error = {0};
    if (size == 0)
        return 0;
    struct slice text = {(const char *)data + 1, size - 1};
    switch (data[0] % 4) {
    case 0:
        read_answer(text);
        break;
    case 1:
        rewrite(text);
        break;
    case 2:
        write_request(text);
        break;
    default:
        (void)upstream_credentials_parse(text, "file", take, NULL, &error);
    }
    return 0;
}
