// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/providers.h"

static enum credentials_result find(const struct credentials_provider *provider, const struct settings *settings,
                                    struct credentials *out, struct error *error)
{
    return credentials_of_profile(settings, PROFILE_CONFIG, provider->name, out, error);
}

const struct credentials_provider credentials_config_file = {.name = "config-file", .find = find};
