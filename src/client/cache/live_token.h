// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A live authorization token for whoever hands tokens on: login, the credential helpers, exec, env, doctor. It comes
 * from the cache when that will do, which touches neither libcurl nor the network, else from the service.
 *
 * The cache is a folder of files, one a token, under the XDG cache folder. A file is found by what the token was asked
 * for with: endpoint, domain, owner, duration, and who would ask (client/credentials/identity.h); so other credentials
 * never get it. A token is renewed when a tenth of its life is left, or ten minutes; the old one serves as long as it
 * lives when that fails. A cache that cannot be used is told on standard error, and the service asked all the same.
 */
#ifndef JETON_CLIENT_CACHE_LIVE_TOKEN_H
#define JETON_CLIENT_CACHE_LIVE_TOKEN_H

#include "base/digest.h"
#include "base/error.h"
#include "client/cli/options.h"
#include "client/credentials/credentials.h"
#include "client/settings.h"
#include "client/transport/transport.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/** The variable by which a person or a CI system brings a token along. */
#define LIVE_TOKEN_VARIABLE "CODEARTIFACT_AUTH_TOKEN"
/** Set beside it by exec and env: the domain that it is for, "demo" or "111122223333/demo". It serves no other. */
#define LIVE_TOKEN_DOMAIN_VARIABLE "JETON_TOKEN_DOMAIN"

/** What the cache is to do. */
enum live_token_use {
    LIVE_TOKEN_CACHED, /**< Answer when it can, else keep what the service gives. */
    LIVE_TOKEN_FRESH,  /**< Not answer, since its token was refused, but keep what the service gives. */
    LIVE_TOKEN_ALONE,  /**< Nothing. */
};

/** Which token. The strings are borrowed. */
struct live_token_request {
    const char *domain;
    const char *domain_owner; /**< NULL: the caller's own account. */
    const char *duration;     /**< Seconds, as the person wrote them; NULL: as long as the service gives. */
    const char *scope;        /**< What the token shall be narrowed to: read, repository:NAME, ...; NULL: nothing. */
    enum live_token_use use;
    bool take_variable; /**< A token in LIVE_TOKEN_VARIABLE is passed through, whatever else is asked for. */
};

/**
 * Who asks the service, and by which connection: found and made only when a token is asked for, and then of use for
 * further calls. All zero is none yet; live_token_caller_free() ends it.
 */
struct live_token_caller {
    struct credentials credentials;
    struct transport *transport; /**< Of the service CODEARTIFACT; it borrows the credentials. */
};

/** Where a token came from. */
enum live_token_source { LIVE_TOKEN_FROM_SERVICE, LIVE_TOKEN_FROM_CACHE, LIVE_TOKEN_FROM_VARIABLE };

/** All zero is empty; live_token_free() ends it. */
struct live_token {
    char *text;         /**< Owned. */
    int64_t expiration; /**< A moment (base/timestamp.h), as the service said it; 0: not known. */
    enum live_token_source source;
    char name[DIGEST_HEX_SIZE]; /**< Under which the cache has it, or would; "": it is not looked for there. */
    json_t *endpoints;          /**< Owned: what the cache has beside it (kept_endpoints.h); NULL: nothing. */
};

/**
 * Gets it, by options and environment.
 * @param options what the person gave, or a caller that knows better: --profile, --region, --endpoint-url, ...
 * @param error   as for an operation: settings, credentials, parameters, the service's refusal, no answer.
 */
bool live_token_get(const struct options *options, environment_function *environment,
                    const struct live_token_request *request, struct live_token *out, struct error *error);

/**
 * The same by settings that are there already, finished for the service CODEARTIFACT and with a region.
 * @param caller NULL: of no use afterwards.
 */
bool live_token_find(const struct settings *settings, const struct live_token_request *request,
                     struct live_token_caller *caller, struct live_token *out, struct error *error);

/**
 * Drops what the cache has for such a request, if anything: a package manager says that it was refused.
 * @param error settings, or a cache that cannot be written.
 */
bool live_token_drop(const struct options *options, environment_function *environment,
                     const struct live_token_request *request, struct error *error);

/** Wipes and frees what they own, and makes them empty again. */
void live_token_caller_free(struct live_token_caller *caller);
void live_token_free(struct live_token *token);
#define LIVE_TOKEN_AUTO __attribute__((cleanup(live_token_free))) struct live_token

#endif
