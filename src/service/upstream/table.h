// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which server holds which repository: the `--upstream` words of the command line, and the credentials that each
 * server wants. Read once; then it never changes, and all threads use it.
 */
#ifndef JETON_SERVICE_UPSTREAM_TABLE_H
#define JETON_SERVICE_UPSTREAM_TABLE_H

#include "base/bytes.h"
#include "base/error.h"
#include "service/upstream/address.h"
#include "service/upstream/credentials.h"

#include <stdbool.h>
#include <stddef.h>

/** One repository and the server that holds it. The texts are the table's. */
struct upstream {
    const char *name; /**< As on the command line, before the equals sign. */
    struct slice format;
    struct slice owner;
    struct slice domain;
    struct slice repository;
    const char *url; /**< Scheme and authority: "http://127.0.0.1:4873". */
    struct upstream_address address;
    /** The values of the headers for the server: secrets; NULL: none is sent. */
    const char *credentials[UPSTREAM_CREDENTIALS];
};

struct upstream_table;

struct upstream_table *upstream_table_new(void);
/** Wipes and frees; NULL is fine. */
void upstream_table_free(struct upstream_table *table);

/** The domain that a word without one means. */
struct upstream_domain {
    struct slice owner;  /**< Of every domain that is named without its owner. */
    struct slice domain; /**< The only one that there is; empty when there is none or several. */
};

/**
 * Adds what a word says: "FORMAT/REPOSITORY=URL" for the only domain, "FORMAT/DOMAIN/REPOSITORY=URL",
 * "FORMAT/DOMAIN-OWNER/REPOSITORY=URL" for a domain of another account.
 * @param error ERROR_USAGE: the word up to its equals sign, what is wrong, and what to give.
 */
bool upstream_table_add(struct upstream_table *table, const char *word, const struct upstream_domain *usual,
                        struct error *error);

/**
 * Reads the file of credentials, a line an upstream: "NAME basic USER:PASSWORD", "NAME bearer TOKEN" or "NAME
 * apikey KEY" (which may stand beside one of the others), where NAME is that of the command line. Empty lines, and
 * those that start with `#`, are none.
 * @param error ERROR_CONFIGURATION: path, line and what is wrong with it; others than the owner can use the file.
 */
bool upstream_table_read_credentials(struct upstream_table *table, const char *path, struct error *error);

/** Whether CodeArtifact has a package format of that name. */
bool upstream_is_format(struct slice text);

size_t upstream_table_count(const struct upstream_table *table);
/** @return NULL when no server holds it. TABLE may be NULL. */
const struct upstream *upstream_table_find(const struct upstream_table *table, struct slice format, struct slice owner,
                                           struct slice domain, struct slice repository);

#endif
