// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/providers.h"

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    return credentials_of_profile(search, PROFILE_CONFIG, provider->name, out, error);
}

const struct credentials_provider credentials_config_file = {
    .name = "config-file", .lacks = "the profile has no aws_access_key_id in the config file", .find = find};
