// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/own_command.h"

static bool stands(const struct own_command *command, const char *service, bool is_aws)
{
    if (is_aws && (!command->is_aws || service == NULL))
        return false;
    return service == NULL || (command->service != NULL && slice_is(slice_of(command->service), service));
}

const struct own_command *own_command_find(struct slice name, const char *service, bool is_aws)
{
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if (slice_is(name, (*at)->name) && stands(*at, service, is_aws))
            return *at;
    return NULL;
}

size_t own_command_list(const char *service, bool is_aws, const char **list, size_t count)
{
    for (const struct own_command *const *at = own_commands; *at != NULL; at++)
        if (stands(*at, service, is_aws))
            list[count++] = (*at)->name;
    return count;
}
