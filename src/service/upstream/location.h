// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Addresses in an upstream's answer that mean the upstream, turned into ones that mean the front. Pure. */
#ifndef JETON_SERVICE_UPSTREAM_LOCATION_H
#define JETON_SERVICE_UPSTREAM_LOCATION_H

#include "base/bytes.h"
#include "service/upstream/address.h"

/**
 * Appends VALUE, of a Location or Content-Location header, as the client is to see it. What points below the
 * upstream's URL, or at its path alone, points below PREFIX then, as a path; all else stays as it is.
 * @param prefix where the client sees the repository, without a slash at its end: "/npm/d/my-domain-111122223333/repo".
 */
void location_rewrite(struct slice value, const struct upstream_address *upstream, struct slice prefix,
                      struct buffer *out);

#endif
