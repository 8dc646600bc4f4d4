// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/own_commands.h"

const struct own_command *const own_commands[] = {
    &own_cache, &own_completion, &own_credential_helper, &own_doctor, &own_env, &own_exec, &own_login, &own_logout,
    NULL,
};
