// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/partition.h"
#include "base/text.h"

#include <string.h>

/** A partition: its regions are PREFIX-WORD-NUMBER, and one name for all of it. */
struct partition {
    const char *name;
    const char *prefixes[10];
    const char *global;
    const char *suffix;
    const char *dualstack_suffix;
    /** Behind the names of CodeArtifact's dual-stack repository endpoints; NULL: none are known. */
    const char *repository_suffix;
    /** The client's own endpoint data has no dual-stack names for it, which fails before the rules are asked. */
    bool dualstack_unmodeled;
};

enum {
    PARTITION_AWS, // also for regions that match none
    PARTITION_CN,
    PARTITION_US_GOV,
    PARTITION_EUSC,
    PARTITION_ISO,
    PARTITION_ISO_B,
    PARTITION_ISO_E,
    PARTITION_ISO_F,
};

static const struct partition partitions[] = {
    [PARTITION_AWS] = {"aws",
                       {"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"},
                       "aws-global",
                       "amazonaws.com",
                       "api.aws",
                       "on.aws",
                       false},
    [PARTITION_CN] = {"aws-cn",
                      {"cn"},
                      "aws-cn-global",
                      "amazonaws.com.cn",
                      "api.amazonwebservices.com.cn",
                      "on.amazonwebservices.com.cn",
                      false},
    [PARTITION_US_GOV] = {"aws-us-gov", {"us-gov"}, "aws-us-gov-global", "amazonaws.com", "api.aws", "on.aws", false},
    [PARTITION_EUSC] =
        {"aws-eusc", {"eusc-de"}, NULL, "amazonaws.eu", "api.amazonwebservices.eu", "on.amazonwebservices.eu", false},
    [PARTITION_ISO] = {"aws-iso", {"us-iso"}, "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov", NULL, false},
    [PARTITION_ISO_B] = {"aws-iso-b", {"us-isob"}, "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud", NULL, false},
    [PARTITION_ISO_E] =
        {"aws-iso-e", {"eu-isoe"}, "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", NULL, true},
    [PARTITION_ISO_F] =
        {"aws-iso-f", {"us-isof"}, "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov", NULL, true},
};

/** Where a service departs from the pattern of names; none does for dual-stack. The first that holds counts. */
struct exception {
    const char *service;
    const char *region; // the one region, or NULL: all of
    int partition;
    bool fips;
    const char *host; // `{region}` stands for it; NULL: that of the region without FIPS, which is by FIPS there anyway
    const char *signing_region;
};

/** The endpoint rule sets of STS, SSO, SSO OIDC and sign-in, as the AWS SDKs publish them. */
static const struct exception exceptions[] = {
    {.service = "sts", .region = "aws-global", .host = "sts.amazonaws.com", .signing_region = "us-east-1"},
    {.service = "sts", .partition = PARTITION_US_GOV, .fips = true},
    {.service = "portal.sso", .partition = PARTITION_US_GOV, .fips = true},
    {.service = "oidc", .partition = PARTITION_US_GOV, .fips = true},
    {.service = "signin", .region = "us-gov-west-1", .fips = true, .host = "signin-fips.amazonaws-us-gov.com"},
    {.service = "signin",
     .partition = PARTITION_US_GOV,
     .fips = true,
     .host = "{region}.signin-fips.amazonaws-us-gov.com"},
    {.service = "signin", .partition = PARTITION_AWS, .host = "{region}.signin.aws.amazon.com"},
    {.service = "signin", .partition = PARTITION_CN, .host = "{region}.signin.amazonaws.cn"},
    {.service = "signin", .partition = PARTITION_US_GOV, .host = "{region}.signin.amazonaws-us-gov.com"},
    {.service = "signin", .partition = PARTITION_EUSC, .host = "{region}.signin.amazonaws-eusc.eu"},
    {.service = "signin", .partition = PARTITION_ISO, .host = "{region}.signin.c2shome.ic.gov"},
    {.service = "signin", .partition = PARTITION_ISO_B, .host = "{region}.signin.sc2shome.sgov.gov"},
    {.service = "signin", .partition = PARTITION_ISO_E, .host = "{region}.signin.csphome.adc-e.uk"},
    {.service = "signin", .partition = PARTITION_ISO_F, .host = "{region}.signin.csphome.hci.ic.gov"},
};

static bool is_word(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) && text.data[i] != '_')
            return false;
    return text.size > 0;
}

/** The regular expression `^PREFIX\-\w+\-\d+$`. */
static bool is_region_of(struct slice region, const char *prefix)
{
    struct slice start = slice_of(prefix);
    if (!slice_starts_with(region, start) || region.size == start.size || region.data[start.size] != '-')
        return false;
    struct slice number = slice_part(region, start.size + 1, region.size);
    struct slice word;
    (void)slice_cut(&number, '-', &word);
    for (size_t i = 0; i < number.size; i++)
        if (!text_is_digit(number.data[i]))
            return false;
    return is_word(word) && number.size > 0;
}

static const struct partition *find_partition(struct slice region)
{
    for (size_t i = 0; i < sizeof partitions / sizeof *partitions; i++) {
        if (partitions[i].global != NULL && slice_is(region, partitions[i].global))
            return &partitions[i];
        for (const char *const *prefix = partitions[i].prefixes; *prefix != NULL; prefix++)
            if (is_region_of(region, *prefix))
                return &partitions[i];
    }
    return &partitions[PARTITION_AWS];
}

static const struct exception *find_exception(const char *service, struct slice region, bool fips, bool dualstack)
{
    const struct partition *partition = find_partition(region);
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions && !dualstack; i++) {
        const struct exception *at = &exceptions[i];
        bool holds = at->region != NULL ? slice_is(region, at->region) : partition == &partitions[at->partition];
        if (holds && at->fips == fips && strcmp(service, at->service) == 0)
            return at;
    }
    return NULL;
}

static void write_template(struct buffer *out, const char *template, struct slice region)
{
    static const char mark[] = "{region}";
    const char *at = strstr(template, mark);
    if (at != NULL) {
        buffer_append(out, template, (size_t)(at - template));
        buffer_append_slice(out, region);
        template = at + strlen(mark);
    }
    buffer_append_text(out, template);
}

struct partition_names partition_names_of(struct slice region)
{
    const struct partition *partition = find_partition(region);
    return (struct partition_names){partition->name, partition->suffix, partition->repository_suffix};
}

const char *partition_signing_region(const char *service, struct slice region)
{
    // botocore's endpoints.json says it of the region, whatever FIPS and dual-stack make of the host.
    const struct exception *exception = find_exception(service, region, false, false);
    return exception == NULL ? NULL : exception->signing_region;
}

bool partition_write_host(struct buffer *out, const char *service, struct slice region, bool fips, bool dualstack,
                          struct error *error)
{
    const struct partition *partition = find_partition(region);
    if (dualstack && partition->dualstack_unmodeled)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "Unable to construct a modeled endpoint with the following variant(s) ['dualstack'%s]:",
                         fips ? ", 'fips'" : "");
    const struct exception *exception = find_exception(service, region, fips, dualstack);
    if (exception != NULL && exception->host != NULL) {
        write_template(out, exception->host, region);
        return true;
    }
    bool marked = fips && exception == NULL;
    buffer_append_format(out, "%s%s.%.*s.%s", service, marked ? "-fips" : "", SLICE_ARGS(region),
                         dualstack ? partition->dualstack_suffix : partition->suffix);
    return true;
}
