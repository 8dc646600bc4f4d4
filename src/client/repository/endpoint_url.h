// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Which repository the URL of an endpoint, or its bare host, means: every form in which CodeArtifact gives one out, and
 * the path form of jetond. Pure.
 * Sources: ../shared/reference/package-managers.md, section 10; "Working with repository endpoints" and "Use
 * CodeArtifact from a VPC without private DNS" of the CodeArtifact User Guide.
 */
#ifndef JETON_CLIENT_REPOSITORY_ENDPOINT_URL_H
#define JETON_CLIENT_REPOSITORY_ENDPOINT_URL_H

#include "base/bytes.h"

#include <stdbool.h>

/** How a URL says which repository it means. */
enum endpoint_url_form {
    /** It does not: the host is none of AWS's, and the path names no domain. */
    ENDPOINT_URL_OTHER,
    /** DOMAIN-OWNER.d.codeartifact.REGION.amazonaws.com/FORMAT/REPOSITORY/ */
    ENDPOINT_URL_CLASSIC,
    /** DOMAIN-OWNER.codeartifact.REGION.on.aws/FORMAT/REPOSITORY/ */
    ENDPOINT_URL_DUALSTACK,
    /** ID.d.codeartifact.REGION.vpce.amazonaws.com/FORMAT/d/DOMAIN-OWNER/REPOSITORY/ */
    ENDPOINT_URL_VPC,
    /**
     * ANY-HOST/BASE/FORMAT/d/DOMAIN-OWNER/REPOSITORY/. Who made the URL chose the host, so a token must only go to one
     * that the person has named as one's own; see hosts.h.
     */
    ENDPOINT_URL_PATH,
};

/**
 * A URL, taken apart. What it does not say is the empty string. The slices point into the text that was read.
 * The sizes are the longest that the names may be (the API's model, RFC 1035), and a NUL.
 */
struct endpoint_url {
    enum endpoint_url_form form;
    struct slice scheme;   /**< As written, without cargo's "sparse+"; empty: none was given. */
    struct slice user;     /**< Of the user information. */
    struct slice password; /**< What stands behind the user; data NULL: nothing does. A secret. */
    struct slice path;     /**< From the first slash on, without query and fragment. */
    char host[254];        /**< In lower case, without port. */
    char authority[260];   /**< The host, and ":PORT" if one was given. */
    char domain[51];
    char owner[13];
    char region[64];
    char format[8];
    char repository[101];
    const char *partition; /**< "aws", "aws-cn", ...; empty for ENDPOINT_URL_PATH and _OTHER. */
    bool fips;
};

/**
 * Takes TEXT apart: a URL with or without its scheme ("https://host/path", "//host/path", "host:port/path"), or a host
 * alone. A path that names no repository leaves format and repository empty. A host of AWS without TLS counts as
 * another's, since AWS answers none there.
 * @param out set only on success.
 * @return false when TEXT is no such thing.
 */
bool endpoint_url_read(struct slice text, struct endpoint_url *out);

/**
 * Takes the label DOMAIN-OWNER apart: at the last `-`, behind which there are twelve digits.
 * @param out its domain and owner are set, on success only.
 */
bool endpoint_url_read_label(struct slice label, struct endpoint_url *out);

#endif
