// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the file `hosts`. What is refused names a line; of what is read, every host is found again by its name, and
 * what is said of it has the shape that goes into a request.
 */
#include "client/repository/hosts.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
    if (!truth)
        abort();
}

static void check_entry(const struct hosts *hosts, const struct host_entry *entry, struct arena *arena)
{
    char *name = arena_copy(arena, entry->name, strlen(entry->name));
    for (char *at = name; *at != '\0'; at++)
        *at = text_lower(*at);
    require(hosts_find(hosts, name, name) != NULL);
    require(entry->owner == NULL || strlen(entry->owner) == 12);
    require(entry->domain == NULL || (strlen(entry->domain) >= 2 && strlen(entry->domain) <= 50));
    require(entry->endpoint_url == NULL || strncmp(entry->endpoint_url, "http", 4) == 0);
    require(entry->profile != NULL || hosts->defaults.profile == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    struct hosts hosts;
    buffer_append(&text, data, size);
    if (!hosts_parse(&text, "/h", arena, &hosts, &error)) {
        require(strncmp(error.message, "/h, line ", 9) == 0 && error.message[9] != '0');
        return 0;
    }
    for (size_t i = 0; i < hosts.count; i++)
        check_entry(&hosts, &hosts.entries[i], arena);
    (void)hosts_find(&hosts, "a.example.com:1", "a.example.com");
    return 0;
}
