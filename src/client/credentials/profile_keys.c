// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/providers.h"

enum credentials_result credentials_of_profile(const struct credentials_search *search, enum profile_file file,
                                               const char *name, struct credentials *out, struct error *error)
{
    const struct profile_set *set = search->settings->profiles;
    const char *key = profile_get_from(set, file, search->profile, "aws_access_key_id");
    if (key == NULL)
        return CREDENTIALS_NONE;
    // A pair is not joined across the files, and empty values are used as they are.
    const char *secret = profile_get_from(set, file, search->profile, "aws_secret_access_key");
    if (secret == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "Partial credentials found in %s, missing: aws_secret_access_key",
                        name);
        return CREDENTIALS_FAILED;
    }
    const char *token = profile_get_from(set, file, search->profile, "aws_security_token");
    if (token == NULL)
        token = profile_get_from(set, file, search->profile, "aws_session_token");
    credentials_set(out, key, secret, token);
    return CREDENTIALS_FOUND;
}
