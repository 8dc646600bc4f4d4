// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/worker.h"

#include "base/secret.h"
#include "base/text.h"

#include <string.h>
#include <time.h>

bool worker_open(struct worker *worker, struct site *site, const char *endpoint_base, const char *endpoint_hosts,
                 struct log_sink *sink, struct error *error)
{
    *worker = (struct worker){.endpoint_base = endpoint_base, .endpoint_hosts = endpoint_hosts};
    if (!secret_random((unsigned char *)worker->request_seed, sizeof worker->request_seed))
        return error_set(error, ERROR_INTERNAL, NULL, "the machine gives no randomness");
    if (!caller_desk_open(&worker->desk, site, error))
        return false;
    worker->resources = resource_cache_new();
    worker->roles = role_cache_new();
    worker->arena = arena_new();
    worker->lasting = arena_new();
    worker->gate = (struct gate){
        .desk = &worker->desk,
        .resources = worker->resources,
        .roles = worker->roles,
        .address = gate_read_address(endpoint_base, endpoint_hosts, slice_of(site->region), worker->lasting),
    };
    log_buffer_open(&worker->log, sink);
    return true;
}

void worker_close(struct worker *worker)
{
    log_buffer_close(&worker->log);
    arena_free(worker->arena);
    arena_free(worker->lasting);
    role_cache_free(worker->roles);
    resource_cache_free(worker->resources);
    caller_desk_close(&worker->desk);
    *worker = (struct worker){0};
}

bool worker_refresh(struct worker *worker, struct error *error)
{
    enum freshness_result result = caller_desk_refresh(&worker->desk, error);
    if (result != FRESHNESS_KEPT) {
        resource_cache_clear(worker->resources);
        role_cache_clear(worker->roles);
    }
    return result != FRESHNESS_FAILED;
}

int64_t worker_clock(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/** splitmix64: a bijection, so two numbers of one seed never meet. */
static uint64_t mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
    return value ^ value >> 31;
}

void worker_make_request_id(struct worker *worker, char out[static HTTP_REQUEST_ID_SIZE])
{
    uint64_t count = worker->request_count++;
    const uint64_t words[2] = {mix(worker->request_seed[0] + count), mix(worker->request_seed[1] + count)};
    unsigned char bytes[16];
    memcpy(bytes, words, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | 0x40); // RFC 9562 section 5.4
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    char digits[33];
    text_hex_write(digits, bytes, sizeof bytes);
    static const unsigned char groups[] = {8, 4, 4, 4, 12};
    const char *from = digits;
    char *to = out;
    for (size_t i = 0; i < sizeof groups; i++) {
        if (i > 0)
            *to++ = '-';
        memcpy(to, from, groups[i]);
        to += groups[i];
        from += groups[i];
    }
    *to = '\0';
}
