// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes the reading of repository URLs. A host counts as AWS's only when it ends like one, and every name that comes
 * out has the shape that the API gives it, so that it can go into requests and files as it is.
 */
#include "client/repository/endpoint_url.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth)
{
    if (!truth)
        abort();
}

static void check_name(const char *name, const char *others)
{
    for (; *name != '\0'; name++)
        require(text_is_alpha(*name) || text_is_digit(*name) || strchr(others, *name) != NULL);
}

static bool is_aws(const char *host)
{
    static const char *const ends[] = {
        ".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu",   ".on.aws",         ".on.amazonwebservices.com.cn",
        ".c2s.ic.gov",    ".sc2s.sgov.gov",    ".cloud.adc-e.uk", ".csp.hci.ic.gov", ".on.amazonwebservices.eu"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (slice_ends_with(slice_of(host), slice_of(ends[i])))
            return true;
    return false;
}

static void check_domain(const struct endpoint_url *url)
{
    bool other = url->form == ENDPOINT_URL_OTHER;
    bool aws = !other && url->form != ENDPOINT_URL_PATH;
    require((url->domain[0] == '\0') == other && strlen(url->owner) == (other ? 0 : 12));
    require((url->region[0] != '\0') == aws && (url->partition[0] != '\0') == aws && (!aws || is_aws(url->host)));
    require((url->format[0] == '\0') == (url->repository[0] == '\0'));
    check_name(url->domain, "-");
    check_name(url->owner, "");
    check_name(url->region, "-_");
    check_name(url->repository, "._-");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct endpoint_url url;
    if (!endpoint_url_read((struct slice){(const char *)data, size}, &url))
        return 0;
    require(url.host[0] != '\0' && strncmp(url.host, url.authority, strlen(url.host)) == 0);
    check_name(url.host, ".-_[:]");
    check_domain(&url);
    // What the host alone says is said again by it.
    struct endpoint_url again;
    require(endpoint_url_read(slice_of(url.authority), &again));
    require(strcmp(again.authority, url.authority) == 0);
    return 0;
}
