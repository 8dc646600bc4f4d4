// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what the gate makes of a URL. Input: method, host and target, a line each. A URL that is understood is, byte
 * for byte, what is written from its parts; and decoded as a server would, it names the same.
 */
#include "base/text.h"
#include "service/gate/action.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool has_text(struct slice text, struct slice part)
{
    for (size_t i = 0; i + part.size <= text.size; i++)
        if (slice_equal(slice_part(text, i, part.size), part))
            return true;
    return false;
}

/** The target again, with the domain in the path or not. */
static void write_target(const struct gate_address *address, const struct gate_place *place, bool own_host,
                         struct buffer *out)
{
    if (!own_host)
        buffer_append_slice(out, address->base);
    buffer_append_format(out, "/%.*s/", SLICE_ARGS(place->format));
    if (!own_host)
        buffer_append_format(out, "d/%.*s-%.*s/", SLICE_ARGS(place->domain), SLICE_ARGS(place->owner));
    buffer_append_slice(out, place->repository);
    for (size_t i = 0; i < place->part_count; i++)
        buffer_append_format(out, "/%.*s", SLICE_ARGS(place->parts[i]));
    if (place->folder)
        buffer_append_char(out, '/');
    if (place->query.data != NULL)
        buffer_append_format(out, "?%.*s", SLICE_ARGS(place->query));
}

/** What every server makes of the path has nothing in it that some server reads otherwise. */
static void check_decoded(const struct gate_place *place)
{
    for (size_t i = 0; i < place->part_count; i++) {
        BUFFER_AUTO once = {0};
        must(text_percent_decode(&once, place->parts[i], false));
        struct slice text = buffer_slice(&once);
        must(text.size > 0 && !slice_is(text, ".") && !slice_is(text, "..") && !has_text(text, SLICE("%")));
        must(!has_text(text, SLICE("\\")) && !has_text(text, SLICE(";")) && text_utf8_valid(text) == text.size);
        for (size_t j = 0; j < text.size; j++)
            must((unsigned char)text.data[j] >= 0x20 && text.data[j] != 0x7f);
        if (has_text(text, SLICE("/")))
            must(slice_is(place->format, "npm") && text.data[0] == '@' && !has_text(text, SLICE("/.")));
    }
}

static void check_access(const struct gate_place *place, struct slice method, struct arena *arena)
{
    struct gate_access access;
    if (!gate_find_access(place, method, arena, &access, NULL))
        return;
    must(access.actions[0] != NULL);
    bool reads = slice_is(method, "GET") || slice_is(method, "HEAD");
    must(!reads || (strcmp(access.actions[0], GATE_READ) == 0 && access.actions[1] == NULL));
    must(!slice_is(method, "PUT") || strcmp(access.actions[0], GATE_READ) != 0);
    must(!slice_is(method, "DELETE") || strcmp(access.actions[0], GATE_READ) != 0);
    const char *arn = gate_resource_arn(place, &access, access.actions[0], SLICE("eu-west-1"), arena);
    must(slice_starts_with(slice_of(arn), SLICE("arn:aws:codeartifact:eu-west-1:")));
}

static void check_place(const struct gate_address *address, struct slice method, struct slice host, struct slice target,
                        struct arena *arena)
{
    struct gate_place place;
    ERROR_AUTO error = {0};
    if (!gate_read_place(address, host, target, arena, &place, &error)) {
        must(error.code != NULL && strcmp(error.code, "UnknownPlace") == 0);
        return;
    }
    BUFFER_AUTO by_path = {0};
    BUFFER_AUTO by_host = {0};
    write_target(address, &place, false, &by_path);
    write_target(address, &place, true, &by_host);
    must(slice_equal(buffer_slice(&by_path), target) || slice_equal(buffer_slice(&by_host), target));
    check_decoded(&place);
    check_access(&place, method, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    struct slice rest = {(const char *)data, size};
    struct slice method = {NULL, 0};
    struct slice host = {NULL, 0};
    (void)slice_cut(&rest, '\n', &method);
    (void)slice_cut(&rest, '\n', &host);
    const struct gate_address plain = {.region = SLICE("eu-west-1")};
    const struct gate_address with_hosts = {
        .base = SLICE("/p"), .suffix = SLICE("packages.example.com"), .region = SLICE("eu-west-1")};
    check_place(&plain, method, host, rest, arena);
    check_place(&with_hosts, method, host, rest, arena);
    return 0;
}
