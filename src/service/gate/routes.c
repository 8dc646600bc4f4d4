// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/routes.h"

#define READS (GATE_GET | GATE_HEAD)
#define PUBLISH "codeartifact:PublishPackageVersion"
#define METADATA "codeartifact:PutPackageMetadata"
#define REMOVE "codeartifact:DeletePackageVersions"
#define STATUS "codeartifact:UpdatePackageVersionsStatus"

/** The last row of every table: whatever is there may be read by who may read the repository. */
#define READ_ALL                                                                                                       \
    {                                                                                                                  \
        READS, "**", NULL,                                                                                             \
        {                                                                                                              \
            GATE_READ                                                                                                  \
        }                                                                                                              \
    }
#define END                                                                                                            \
    {                                                                                                                  \
        0, NULL, NULL,                                                                                                 \
        {                                                                                                              \
            NULL                                                                                                       \
        }                                                                                                              \
    }

/** The npm registry's API; `npm unpublish` of one version writes the package without it, then deletes its file. */
static const struct gate_route npm[] = {
    {READS, "-/**", NULL, {GATE_READ}},
    {READS, "{npm}/**", NULL, {GATE_READ}},
    {GATE_PUT, "{npm}", "write", {PUBLISH}},
    {GATE_PUT, "{npm}/-rev/{}", "", {REMOVE}},
    {GATE_DELETE, "{npm}/-rev/{}", "", {REMOVE}},
    {GATE_DELETE, "{npm}/-/{}/-rev/{}", "", {REMOVE}},
    {GATE_PUT | GATE_POST | GATE_DELETE, "-/package/{npm}/dist-tags/{}", "", {METADATA}},
    {GATE_PUT | GATE_POST, "-/package/{npm}/dist-tags", "", {METADATA}},
    {GATE_POST, "-/npm/v1/security/audits", "", {GATE_READ}},
    {GATE_POST, "-/npm/v1/security/audits/quick", "", {GATE_READ}},
    {GATE_POST, "-/npm/v1/security/advisories/bulk", "", {GATE_READ}},
    READ_ALL,
    END,
};

/** PEP 503 for reading; an upload names its package in its body alone. */
static const struct gate_route pypi[] = {
    {READS, "simple/{package}/**", NULL, {GATE_READ}},
    {GATE_POST, "", "", {PUBLISH}},
    READ_ALL,
    END,
};

/** The layout of a Maven repository; "mvn deploy" writes what lists the versions too. */
static const struct gate_route maven[] = {
    {READS, "{group}/{package}/{version}/{}", NULL, {GATE_READ}},
    {GATE_PUT, "{group}/{package}/{snapshot}/maven-metadata.xml*", "", {METADATA}},
    {GATE_PUT, "{group}/{package}/maven-metadata.xml*", "", {METADATA}},
    {GATE_PUT, "{group}/{package}/{version}/{}", "", {PUBLISH}},
    READ_ALL,
    END,
};

/** A push to the source itself is what clients of the second protocol do. AWS wants leave to read for it, too. */
static const struct gate_route nuget[] = {
    {GATE_PUT, "", "", {PUBLISH, GATE_READ}},
    {GATE_PUT, "v2/package", "", {PUBLISH, GATE_READ}},
    {GATE_PUT, "v3/package", "", {PUBLISH, GATE_READ}},
    {GATE_PUT, "api/v2/package", "", {PUBLISH, GATE_READ}},
    {GATE_DELETE, "v2/package/{package}/{version}", "", {REMOVE}},
    {GATE_DELETE, "v3/package/{package}/{version}", "", {REMOVE}},
    {GATE_DELETE, "api/v2/package/{package}/{version}", "", {REMOVE}},
    {GATE_DELETE, "{package}/{version}", "", {REMOVE}},
    READ_ALL,
    END,
};

/** AWS has no tool for it; as files they lie by namespace, package, version and asset. */
static const struct gate_route generic[] = {
    {READS, "{namespace}/{package}/{version}/**", NULL, {GATE_READ}},
    {GATE_PUT, "{namespace}/{package}/{version}/{}", "", {PUBLISH}},
    {GATE_DELETE, "{namespace}/{package}/{version}/{}", "", {REMOVE}},
    READ_ALL,
    END,
};

/** The API of RubyGems; what is pushed or yanked is named in the body. */
static const struct gate_route ruby[] = {
    {GATE_POST, "api/v1/gems", "", {PUBLISH}},
    {GATE_DELETE, "api/v1/gems/yank", "gem_name version platform", {REMOVE}},
    READ_ALL,
    END,
};

/** Swift Package Registry Service; a login only asks whether the token is good. */
static const struct gate_route swift[] = {
    {GATE_POST, "login", "", {GATE_READ}},
    {READS, "identifiers", NULL, {GATE_READ}},
    {READS, "{namespace}/{package}/**", NULL, {GATE_READ}},
    {GATE_PUT, "{namespace}/{package}/{version}", "", {PUBLISH}},
    READ_ALL,
    END,
};

/** Cargo's registry API; a crate that is published is named in the body. */
static const struct gate_route cargo[] = {
    {READS, "api/v1/crates/{package}/{version}/**", NULL, {GATE_READ}},
    {GATE_PUT, "api/v1/crates/new", "", {PUBLISH}},
    {GATE_DELETE, "api/v1/crates/{package}/{version}/yank", "", {STATUS}},
    {GATE_PUT, "api/v1/crates/{package}/{version}/unyank", "", {STATUS}},
    READ_ALL,
    END,
};

static const struct {
    const char *format;
    const struct gate_route *routes;
} formats[] = {
    {"npm", npm},         {"pypi", pypi}, {"maven", maven}, {"nuget", nuget},
    {"generic", generic}, {"ruby", ruby}, {"swift", swift}, {"cargo", cargo},
};

const struct gate_route *gate_find_routes(struct slice format)
{
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (slice_is(format, formats[i].format))
            return formats[i].routes;
    return NULL;
}
