// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Who signs: the chain of providers, in the AWS CLI's order. One file a provider; chain.c orders them. */
#ifndef JETON_CLIENT_CREDENTIALS_CREDENTIALS_H
#define JETON_CLIENT_CREDENTIALS_CREDENTIALS_H

#include "base/error.h"
#include "client/settings.h"

#include <stdbool.h>

/** Owned strings; credentials_free() wipes them. */
struct credentials {
    char *access_key_id;
    char *secret_access_key;
    char *session_token; /**< NULL: long-term keys. */
    const char *source;  /**< The provider's name, for --debug. */
};

/** How a provider answered. */
enum credentials_result {
    CREDENTIALS_FOUND,
    CREDENTIALS_NONE,   /**< This source has nothing; the next is asked. */
    CREDENTIALS_FAILED, /**< This source is broken; the chain stops with the error. */
};

#define CREDENTIALS_TRIGGERS 2

/** One source of credentials. */
struct credentials_provider {
    const char *name;
    enum credentials_result (*find)(const struct credentials_provider *provider, const struct settings *settings,
                                    struct credentials *out, struct error *error);
    const char *keys[CREDENTIALS_TRIGGERS + 1];      /**< Of the profile: what asks for a source that is not built. */
    const char *variables[CREDENTIALS_TRIGGERS + 1]; /**< Of the environment, not empty: the same. */
    bool option_hides_variables;                     /**< The variables do not count with --profile. */
};

/**
 * Asks the providers in order.
 * @param error "NoCredentials" (ERROR_CONFIGURATION) when none has any, or the failing provider's.
 */
bool credentials_find(const struct settings *settings, struct credentials *out, struct error *error);

/** Wipes and frees what they own and makes them empty again. */
void credentials_free(struct credentials *credentials);

#endif
