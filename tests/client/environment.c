// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/environment.h"

#include <stddef.h>
#include <string.h>

static const char *const none[] = {NULL};
static const char *const *used = none;

void environment_use(const char *const *variables)
{
    used = variables == NULL ? none : variables;
}

const char *environment_look_up(const char *name)
{
    size_t size = strlen(name);
    for (const char *const *at = used; *at != NULL; at++)
        if (strncmp(*at, name, size) == 0 && (*at)[size] == '=')
            return *at + size + 1;
    return NULL;
}
