// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Who signs: the chain of providers, in the AWS CLI's order. One file a provider; chain.c orders them. */
#ifndef JETON_CLIENT_CREDENTIALS_CREDENTIALS_H
#define JETON_CLIENT_CREDENTIALS_CREDENTIALS_H

#include "base/error.h"
#include "client/settings.h"

#include <stdbool.h>
#include <stdint.h>

/** Owned strings; credentials_free() wipes them. */
struct credentials {
    char *access_key_id;
    char *secret_access_key;
    char *session_token; /**< NULL: long-term keys. */
    char *account_id;    /**< NULL: not told. */
    int64_t expiration;  /**< A moment (base/timestamp.h); 0: none is known. */
    const char *source;  /**< The provider's name, for --debug. */
};

/**
 * What has to hold before a service is called for credentials: that what they are for can be called. It is asked once
 * the settings of all sources were found good, so that their errors come before it, and no call is made in vain.
 */
struct credentials_gate {
    bool (*check)(void *context, struct error *error);
    void *context;
};

/** Whose credentials are looked for. */
struct credentials_search {
    const struct settings *settings;
    const char *profile;
    /**
     * The variables that hold a caller's own credentials count: AWS_ACCESS_KEY_ID and its companions,
     * AWS_WEB_IDENTITY_TOKEN_FILE. They do not with --profile, nor for a role's source_profile.
     */
    bool use_environment;
    /** The profiles that led here by source_profile, this one not among them; NULL: none. */
    const struct credentials_visit *visited;
    /**
     * Whether they are there is the question: a provider that would call a service for them checks its settings,
     * and is CREDENTIALS_FOUND with OUT still all zero. The caller asks again when it needs them.
     */
    bool deferring;
    const struct credentials_gate *gate; /**< NULL: nothing has to hold. */
};

/** A profile on the way to another. */
struct credentials_visit {
    const char *profile;
    const struct credentials_visit *before;
};

/** How a provider answered. */
enum credentials_result {
    CREDENTIALS_FOUND,  /**< In OUT; with OUT still all zero: for later, see deferring. */
    CREDENTIALS_NONE,   /**< This source has nothing; the next is asked. */
    CREDENTIALS_FAILED, /**< This source is broken; the chain stops with the error. */
};

/** One source of credentials. */
struct credentials_provider {
    const char *name;
    const char *lacks; /**< Why it has nothing, when it has nothing: "AWS_ACCESS_KEY_ID is not set". For --debug. */
    /**
     * Looks; OUT is all zero and stays so but for CREDENTIALS_FOUND. ERROR is filled in with CREDENTIALS_FAILED; with
     * CREDENTIALS_NONE it may say what exactly is lacking, in the place of LACKS.
     */
    enum credentials_result (*find)(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error);
    /**
     * Says whose credentials FIND would give without asking a service or a program for them: what decides that is
     * added to IDENTITY (client/credentials/identity.h). CREDENTIALS_FAILED when only the asking can tell. NULL: FIND
     * asks nobody, and the keys that it gives say it.
     */
    enum credentials_result (*identify)(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error);
};

/**
 * Asks the providers in order.
 * @param gate  asked by a provider that is about to call a service, not by one that has credentials at hand or beside
 *              the machine; NULL: nothing has to hold.
 * @param error "NoCredentials" (ERROR_CONFIGURATION) when none has any, the failing provider's, or the gate's.
 */
bool credentials_find(const struct settings *settings, const struct credentials_gate *gate, struct credentials *out,
                      struct error *error);

/**
 * Says who would sign, without asking a service or a program: two sets of settings with the same identity get their
 * credentials from the same source for the same role or user. Nothing is called, and libcurl is not loaded.
 * @param out   gets bytes to be hashed: keys stand in it.
 * @param error why it cannot be told: only an instance's metadata service knows, or a provider's failure.
 */
bool credentials_identify(const struct settings *settings, struct buffer *out, struct error *error);

/** Appends the identity of credentials that are at hand, as credentials_identify() has it for such. */
void credentials_write_identity(const struct credentials *credentials, struct buffer *out);

/**
 * Whether the sso-session that the profile names, if any, is whole: has sso_start_url and sso_region itself. The AWS
 * CLI asks that of every call, also of one that is signed by other keys, or not at all.
 * @param error ERROR_INTERNAL, in the AWS CLI's words.
 */
bool credentials_check_session(const struct settings *settings, struct error *error);

/** Wipes and frees what they own and makes them empty again. */
void credentials_free(struct credentials *credentials);
#define CREDENTIALS_AUTO __attribute__((cleanup(credentials_free))) struct credentials

#endif
