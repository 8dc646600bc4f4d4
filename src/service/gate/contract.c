// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/contract.h"

#define ROOT "/gate"
#define ENVOY "/gate/envoy"

/** The headers that say what is asked. */
enum header { ORIGINAL_METHOD, ORIGINAL_URI, ORIGINAL_HOST, FORWARDED_METHOD, FORWARDED_URI, FORWARDED_HOST, HEADERS };

static const struct slice names[HEADERS] = {
    [ORIGINAL_METHOD] = {"X-Original-Method", 17}, [ORIGINAL_URI] = {"X-Original-URI", 14},
    [ORIGINAL_HOST] = {"X-Original-Host", 15},     [FORWARDED_METHOD] = {"X-Forwarded-Method", 18},
    [FORWARDED_URI] = {"X-Forwarded-Uri", 15},     [FORWARDED_HOST] = {"X-Forwarded-Host", 16},
};

/** What a contract reads its question from. */
struct contract {
    const char *path;
    enum header method;
    enum header uri;
    enum header host;
    bool query; /**< The question keeps the query of the request, which is in the URI too. */
};

static const struct contract contracts[] = {
    {ROOT "/nginx", ORIGINAL_METHOD, ORIGINAL_URI, ORIGINAL_HOST, false},
    {ROOT "/caddy", FORWARDED_METHOD, FORWARDED_URI, FORWARDED_HOST, true},
    {ROOT "/traefik", FORWARDED_METHOD, FORWARDED_URI, FORWARDED_HOST, false},
};

/** What is found of them; data NULL where one is absent. */
struct found {
    struct slice values[HEADERS];
};

static bool refuse(struct error *error, const char *what, const char *name)
{
    return error_set(error, ERROR_PARAMETER, "UnknownContract", "The question of the proxy %s%s.", what, name);
}

bool gate_is_asked(struct slice path)
{
    return slice_starts_with(path, SLICE(ROOT)) && (path.size == sizeof ROOT - 1 || path.data[sizeof ROOT - 1] == '/');
}

static bool find_headers(const struct sigv4_request *message, struct found *out, struct error *error)
{
    for (size_t i = 0; i < message->header_count; i++) {
        struct slice name = message->headers[i].name;
        // Nearly all others begin otherwise.
        if (name.size < names[ORIGINAL_URI].size || (name.data[0] != 'X' && name.data[0] != 'x'))
            continue;
        for (size_t header = 0; header < HEADERS; header++) {
            if (!slice_equal_nocase(name, names[header]))
                continue;
            if (out->values[header].data != NULL)
                return refuse(error, "repeats the header ", names[header].data);
            out->values[header] = message->headers[i].value;
        }
    }
    return true;
}

/** X-Forwarded-Host alone says nothing: many a proxy sets it. */
static bool has_original(const struct found *found)
{
    return found->values[ORIGINAL_METHOD].data != NULL || found->values[ORIGINAL_URI].data != NULL ||
           found->values[ORIGINAL_HOST].data != NULL;
}

static bool has_forwarded(const struct found *found)
{
    return found->values[FORWARDED_METHOD].data != NULL || found->values[FORWARDED_URI].data != NULL;
}

static bool read_headers(const struct contract *contract, const struct found *found, struct gate_question *out,
                         struct error *error)
{
    const enum header needed[] = {contract->method, contract->uri, contract->host};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (found->values[needed[i]].size == 0)
            return refuse(error, "lacks the header ", names[needed[i]].data);
    out->method = found->values[contract->method];
    out->target = found->values[contract->uri];
    out->host = found->values[contract->host];
    return true;
}

/** The question is itself a request of the method, the host and, behind the prefix, the target that are asked about. */
static bool read_envoy(const struct sigv4_request *message, const struct found *found, struct arena *arena,
                       struct gate_question *out, struct error *error)
{
    if (has_original(found) || has_forwarded(found))
        return refuse(error, "has headers of another contract", "");
    const struct slice parts[] = {slice_part(message->path, sizeof ENVOY - 1, message->path.size), SLICE("?"),
                                  message->query};
    out->method = message->method;
    out->target = message->query.size == 0 ? parts[0] : slice_of(arena_join(arena, parts, 3));
    out->host = (struct slice){NULL, 0};
    for (size_t i = 0; i < message->header_count; i++)
        if (slice_equal_nocase(message->headers[i].name, SLICE("host")))
            out->host = message->headers[i].value;
    return true;
}

/** By the path; at the root by which headers are there. */
static const struct contract *choose(struct slice path, const struct found *found)
{
    if (slice_is(path, ROOT))
        return has_original(found) ? &contracts[0] : &contracts[1];
    for (size_t i = 0; i < sizeof contracts / sizeof contracts[0]; i++)
        if (slice_is(path, contracts[i].path))
            return &contracts[i];
    return NULL;
}

bool gate_read_question(const struct sigv4_request *message, struct arena *arena, struct gate_question *out,
                        struct error *error)
{
    struct found found = {0};
    out->headers = message->headers;
    out->header_count = message->header_count;
    if (!find_headers(message, &found, error))
        return false;
    if (slice_starts_with(message->path, SLICE(ENVOY "/")))
        return read_envoy(message, &found, arena, out, error);
    const struct contract *contract = choose(message->path, &found);
    if (contract == NULL)
        return refuse(error, "is asked at a path that no contract has", "");
    if (!slice_is(message->method, "GET") || (message->query.size > 0 && !contract->query))
        return refuse(error, "is not a GET, or has a query", "");
    if (has_original(&found) && has_forwarded(&found))
        return refuse(error, "has headers of two contracts", "");
    return read_headers(contract, &found, out, error);
}
