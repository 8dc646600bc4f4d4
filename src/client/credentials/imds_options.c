// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/text.h"
#include "client/cli/integer.h"
#include "client/credentials/imds.h"

#define ENDPOINT "http://169.254.169.254/"
#define ENDPOINT_IPV6 "http://[fd00:ec2::254]/"
/** Nobody waits, or tries, for more than this. */
#define NUMBER_LIMIT 1000000

/** Where an option is looked for. */
struct place {
    const char *variable;
    const char *key; // of the profile
};

static const char *look_up(const struct settings *settings, struct place place)
{
    const char *value = settings->environment(place.variable);
    return value != NULL ? value : profile_get(settings->profiles, settings->profile, place.key);
}

static bool is_true(const char *value)
{
    return slice_equal_nocase(slice_of(value), SLICE("true"));
}

/** A whole number as Python reads it; 1 when there is none. */
static bool read_number(const struct settings *settings, struct place place, long *out, struct error *error)
{
    const char *text = look_up(settings, place);
    BUFFER_AUTO digits = {0};
    int64_t value = NUMBER_LIMIT;
    *out = 1;
    if (text == NULL)
        return true;
    if (!integer_require(slice_of(text), &digits, error))
        return false;
    if (!text_parse_integer(buffer_slice(&digits), &value))
        value = digits.data[0] == '-' ? -1 : NUMBER_LIMIT;
    *out = value > NUMBER_LIMIT ? NUMBER_LIMIT : value < -NUMBER_LIMIT ? -NUMBER_LIMIT : (long)value;
    return true;
}

static bool read_timeout(const struct settings *settings, long *out, struct error *error)
{
    const struct place place = {"AWS_METADATA_SERVICE_TIMEOUT", "metadata_service_timeout"};
    if (!read_number(settings, place, out, error))
        return false;
    return *out > 0 || error_set(error, ERROR_INTERNAL, NULL,
                                 "Attempted to set connect timeout to %ld, but the timeout cannot be set to a value "
                                 "less than or equal to 0.",
                                 *out);
}

/** The mode says which endpoint is meant when none is named; a bad one is refused all the same. */
static bool read_default_endpoint(const struct settings *settings, const char **out, struct error *error)
{
    const struct place mode_place = {"AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "ec2_metadata_service_endpoint_mode"};
    const struct place old_place = {"AWS_IMDS_USE_IPV6", "imds_use_ipv6"};
    const char *mode = look_up(settings, mode_place);
    bool ipv6 =
        mode != NULL ? slice_equal_nocase(slice_of(mode), SLICE("ipv6")) : is_true(look_up(settings, old_place));
    *out = ipv6 ? ENDPOINT_IPV6 : ENDPOINT;
    return mode == NULL || ipv6 || slice_equal_nocase(slice_of(mode), SLICE("ipv4")) ||
           error_set(
               error, ERROR_INTERNAL, NULL,
               "Invalid EC2 Instance Metadata endpoint mode: %s Valid endpoint modes (case-insensitive): ('ipv4', "
               "'ipv6').",
               mode);
}

static bool read_endpoint(const struct settings *settings, struct arena *arena, struct endpoint *out,
                          struct error *error)
{
    const struct place place = {"AWS_EC2_METADATA_SERVICE_ENDPOINT", "ec2_metadata_service_endpoint"};
    const char *url;
    if (!read_default_endpoint(settings, &url, error))
        return false;
    const char *given = look_up(settings, place);
    if (given != NULL && *given != '\0')
        url = given;
    ERROR_AUTO reason = {0};
    *out = (struct endpoint){0};
    if (endpoint_parse(url, arena, out, &reason))
        return true;
    if (!slice_starts_with(slice_of(reason.message), SLICE("Invalid endpoint: ")))
        return error_move(error, &reason);
    return error_set(error, ERROR_INTERNAL, NULL, "Invalid endpoint EC2 Instance Metadata endpoint: %s", url);
}

bool imds_read_options(const struct settings *settings, struct arena *arena, struct imds_options *out,
                       struct error *error)
{
    const struct place attempts = {"AWS_METADATA_SERVICE_NUM_ATTEMPTS", "metadata_service_num_attempts"};
    const struct place v1_disabled = {"AWS_EC2_METADATA_V1_DISABLED", "ec2_metadata_v1_disabled"};
    *out = (struct imds_options){.disabled = is_true(settings->environment("AWS_EC2_METADATA_DISABLED")),
                                 .v1_disabled = is_true(look_up(settings, v1_disabled))};
    return read_timeout(settings, &out->timeout, error) && read_number(settings, attempts, &out->attempts, error) &&
           read_endpoint(settings, arena, &out->endpoint, error);
}
