// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/introspection/clients.h"

#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>

#define ID_MAX ((size_t)128)

struct client {
    struct slice id;
    unsigned char hash[DIGEST_SIZE];
    struct client *next;
};

struct introspection_clients {
    struct client *first;
    struct arena *arena;
};

static const struct client *find(const struct introspection_clients *clients, struct slice id)
{
    const struct client *client = clients->first;
    while (client != NULL && !slice_equal(client->id, id))
        client = client->next;
    return client;
}

/** Visible ASCII; the colon ends it. */
static bool is_id(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= ' ' || text.data[i] > '~')
            return false;
    return text.size > 0 && text.size <= ID_MAX;
}

/** @return what is wrong with the line; NULL: nothing. */
static const char *add(struct introspection_clients *clients, struct slice line)
{
    size_t colon = slice_find(line, ':', 0);
    const struct slice id = slice_part(line, 0, colon);
    struct client *client = arena_allocate(clients->arena, 1, sizeof *client);
    if (colon == line.size)
        return "has no colon; write ID:HASH";
    if (!is_id(id))
        return "has no client id of 1 to 128 visible characters before its colon";
    if (!text_hex_decode(slice_part(line, colon + 1, line.size), client->hash, sizeof client->hash))
        return "has not the 64 hexadecimal digits of a SHA-256 behind its colon; printf %s SECRET | sha256sum gives "
               "them";
    if (find(clients, id) != NULL)
        return "names a client that stands above already";
    client->id = (struct slice){arena_copy(clients->arena, id.data, id.size), id.size};
    client->next = clients->first;
    clients->first = client;
    return NULL;
}

struct introspection_clients *introspection_clients_read(struct slice text, const char *path, struct error *error)
{
    struct introspection_clients *clients = memory_new(1, sizeof *clients);
    struct slice line;
    clients->arena = arena_new();
    for (size_t number = 1; slice_cut(&text, '\n', &line); number++) {
        line = slice_trim(line);
        const char *wrong = line.size == 0 || line.data[0] == '#' ? NULL : add(clients, line);
        if (wrong == NULL)
            continue;
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s: line %zu %s", path, number, wrong);
        introspection_clients_free(clients);
        return NULL;
    }
    return clients;
}

void introspection_clients_free(struct introspection_clients *clients)
{
    if (clients == NULL)
        return;
    arena_free(clients->arena);
    free(clients);
}

bool introspection_clients_check(const struct introspection_clients *clients, struct slice id, struct slice secret)
{
    static const unsigned char nothing[DIGEST_SIZE] = {0};
    const struct client *client = find(clients, id);
    unsigned char hash[DIGEST_SIZE];
    digest_sha256(secret, hash);
    const struct slice wanted = {(const char *)(client == NULL ? nothing : client->hash), DIGEST_SIZE};
    bool same = secret_equal(wanted, (struct slice){(const char *)hash, sizeof hash});
    secret_wipe(hash, sizeof hash);
    return client != NULL && same;
}
