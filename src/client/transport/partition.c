// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/partition.h"
#include "base/text.h"

#include <string.h>

/** A partition: its regions are PREFIX-WORD-NUMBER, and one name for all of it. */
struct partition {
    const char *prefixes[10];
    const char *global;
    const char *suffix;
    const char *dualstack_suffix;
    /** The client's own endpoint data has no dual-stack names for it, which fails before the rules are asked. */
    bool dualstack_unmodeled;
};

/** The first is the one for regions that match none. */
static const struct partition partitions[] = {
    {{"us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx"}, "aws-global", "amazonaws.com", "api.aws", false},
    {{"cn"}, "aws-cn-global", "amazonaws.com.cn", "api.amazonwebservices.com.cn", false},
    {{"us-gov"}, "aws-us-gov-global", "amazonaws.com", "api.aws", false},
    {{"eusc-de"}, NULL, "amazonaws.eu", "api.amazonwebservices.eu", false},
    {{"us-iso"}, "aws-iso-global", "c2s.ic.gov", "api.aws.ic.gov", false},
    {{"us-isob"}, "aws-iso-b-global", "sc2s.sgov.gov", "api.aws.scloud", false},
    {{"eu-isoe"}, "aws-iso-e-global", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk", true},
    {{"us-isof"}, "aws-iso-f-global", "csp.hci.ic.gov", "api.aws.hci.ic.gov", true},
};

/** Where a service departs from the pattern of names; none does for dual-stack. */
struct exception {
    const char *service;
    const char *prefix; // of the regions it holds for, or
    const char *region; // the one region
    bool fips;
    const char *host; // NULL: that of the region without FIPS, which is by FIPS there anyway
    const char *signing_region;
};

/** botocore/data/sts/2011-06-15/endpoint-rule-set-1.json. */
static const struct exception exceptions[] = {
    {.service = "sts", .prefix = "us-gov", .fips = true},
    {.service = "sts", .region = "aws-global", .host = "sts.amazonaws.com", .signing_region = "us-east-1"},
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
    return &partitions[0];
}

static const struct exception *find_exception(const char *service, struct slice region, bool fips, bool dualstack)
{
    for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions && !dualstack; i++) {
        const struct exception *at = &exceptions[i];
        bool held = at->prefix != NULL ? is_region_of(region, at->prefix) : slice_is(region, at->region);
        if (held && at->fips == fips && strcmp(service, at->service) == 0)
            return at;
    }
    return NULL;
}

const char *partition_signing_region(const char *service, struct slice region, bool fips, bool dualstack)
{
    const struct exception *exception = find_exception(service, region, fips, dualstack);
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
        buffer_append_text(out, exception->host);
        return true;
    }
    bool marked = fips && exception == NULL;
    buffer_append_format(out, "%s%s.%.*s.%s", service, marked ? "-fips" : "", SLICE_ARGS(region),
                         dualstack ? partition->dualstack_suffix : partition->suffix);
    return true;
}
