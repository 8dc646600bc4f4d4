// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Host names of AWS by region: the partitions, FIPS and dual-stack names. Pure.
 * Sources: botocore/data/partitions.json and the services' endpoint rule sets; behaviour document, section 8.
 */
#ifndef JETON_CLIENT_TRANSPORT_PARTITION_H
#define JETON_CLIENT_TRANSPORT_PARTITION_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>

/**
 * Appends the host of a service in a region: "codeartifact-fips.us-east-1.amazonaws.com".
 * A region that no partition knows belongs to `aws`.
 * @param service the host's first labels, without the mark of FIPS: "codeartifact", "portal.sso", "signin".
 * @param error ERROR_INTERNAL when the partition has no such variant.
 */
bool partition_write_host(struct buffer *out, const char *service, struct slice region, bool fips, bool dualstack,
                          struct error *error);

/** What the hosts of a partition's repositories end with. */
struct partition_names {
    const char *name;             /**< "aws". */
    const char *suffix;           /**< "amazonaws.com". */
    const char *dualstack_suffix; /**< "on.aws", of repositories alone; NULL: none are known. */
};

/** The names of a region's partition, which is `aws` for a region that no partition knows. */
struct partition_names partition_names_of(struct slice region);

/** The region that requests to such hosts are signed for: a constant, or NULL when it is REGION itself. */
const char *partition_signing_region(const char *service, struct slice region);

#endif
