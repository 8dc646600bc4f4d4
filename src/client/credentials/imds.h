// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The instance metadata service (IMDS) of EC2: how it is reached, its session token, and what it is asked.
 * Behaviour document, section 9.1; botocore/utils.py, IMDSFetcher.
 */
#ifndef JETON_CLIENT_CREDENTIALS_IMDS_H
#define JETON_CLIENT_CREDENTIALS_IMDS_H

#include "client/credentials/metadata.h"

#include <jansson.h>

/** By variables of the environment, then keys of the profile. The strings live in the arena. */
struct imds_options {
    struct endpoint endpoint;
    long timeout;     /**< Seconds. */
    long attempts;    /**< May be 0, which asks nothing. */
    bool disabled;    /**< AWS_EC2_METADATA_DISABLED */
    bool v1_disabled; /**< Nothing is asked without a session token. */
};

/**
 * Reads the options.
 * @param error ERROR_INTERNAL in the AWS CLI's words: a bad endpoint, endpoint mode, number of attempts or time-out.
 */
bool imds_read_options(const struct settings *settings, struct arena *arena, struct imds_options *out,
                       struct error *error);

/** How a question was answered. */
enum imds_result {
    IMDS_ANSWERED,
    IMDS_NONE,   /**< Nobody there, or nothing to be had; the error says why, for --debug. */
    IMDS_FAILED, /**< With the error for the person. */
};

/** A conversation; imds_close() ends it and wipes the token. */
struct imds {
    const struct imds_options *options;
    struct metadata metadata;
    bool has_token;
    struct buffer token;
};

/** Opens a conversation, and asks for a session token: not having one is no failure but where v1 is disabled. */
enum imds_result imds_open(struct imds *out, const struct settings *settings, const struct imds_options *options,
                           struct error *error);
void imds_close(struct imds *imds);
#define IMDS_AUTO __attribute__((cleanup(imds_close))) struct imds

/** Asks for a path such as "latest/meta-data/": a text that is not empty. */
enum imds_result imds_get(struct imds *imds, const char *path, struct buffer *out, struct error *error);

/** The same for a document. OUT gets a new reference; what is no JSON is asked for again, as often as allowed. */
enum imds_result imds_get_json(struct imds *imds, const char *path, json_t **out, struct error *error);

#endif
