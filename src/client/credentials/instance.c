// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/instance.h"
#include "base/json.h"
#include "client/credentials/imds.h"
#include "client/credentials/providers.h"
#include "client/debug.h"

#define ROLE_PATH "latest/meta-data/iam/security-credentials/"
#define ZONE_PATH "latest/meta-data/placement/availability-zone/"
/** More than any role's name takes. */
#define ROLE_LIMIT 1024

bool instance_check(const struct settings *settings, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct imds_options options;
    return imds_read_options(settings, arena, &options, error);
}

/** The document of the role that the instance has. */
static enum imds_result get_document(struct imds *imds, json_t **out, struct error *error)
{
    BUFFER_AUTO role = {0};
    enum imds_result result = imds_get(imds, ROLE_PATH, &role, error);
    if (result != IMDS_ANSWERED)
        return result;
    if (role.size > ROLE_LIMIT) {
        (void)error_set(error, ERROR_TRANSPORT, NULL, "what " ROLE_PATH " answered is no role's name");
        return IMDS_NONE;
    }
    BUFFER_AUTO path = {0};
    // Python's URLs have no line ends.
    buffer_append_format(&path, ROLE_PATH "%.*s", SLICE_ARGS(slice_trim(buffer_slice(&role))));
    return imds_get_json(imds, buffer_text(&path), out, error);
}

static enum imds_result get_credentials(struct imds *imds, const struct settings *settings,
                                        const struct imds_options *options, struct credentials *out,
                                        struct error *error)
{
    JSON_AUTO *document = NULL;
    enum imds_result result = imds_open(imds, settings, options, error);
    if (result == IMDS_ANSWERED)
        result = get_document(imds, &document, error);
    if (result != IMDS_ANSWERED)
        return result;
    // A document that tells of an error, {"Code", "Message"}, comes with status 200 too.
    if (!credentials_read_metadata(document, out, error))
        return IMDS_NONE;
    // The service goes on giving old credentials when it cannot have new ones, and AWS goes on accepting them.
    if (!credentials_check_expiration(out, NULL))
        out->expiration = 0;
    return IMDS_ANSWERED;
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    ARENA_AUTO *arena = arena_new();
    struct imds_options options;
    IMDS_AUTO imds = {0};
    // An attempt that failed before another succeeded leaves words behind.
    ERROR_AUTO reason = {0};
    if (!imds_read_options(search->settings, arena, &options, error))
        return CREDENTIALS_FAILED;
    enum imds_result result = get_credentials(&imds, search->settings, &options, out, &reason);
    if (result == IMDS_ANSWERED)
        return CREDENTIALS_FOUND;
    (void)error_move(error, &reason);
    return result == IMDS_NONE ? CREDENTIALS_NONE : CREDENTIALS_FAILED;
}

/** Another role can be attached to an instance at any time. */
static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    (void)provider;
    (void)search;
    (void)identity;
    (void)error_set(error, ERROR_CONFIGURATION, NULL, "the instance metadata service alone knows the role");
    return CREDENTIALS_FAILED;
}

const struct credentials_provider credentials_instance = {
    .name = "iam-role", .lacks = "the instance metadata service gave none", .find = find, .identify = identify};

bool instance_find_region(struct settings *settings, struct arena *arena, struct error *error)
{
    struct imds_options options;
    IMDS_AUTO imds = {0};
    BUFFER_AUTO zone = {0};
    ERROR_AUTO reason = {0};
    if (settings->region != NULL)
        return true;
    if (!imds_read_options(settings, arena, &options, error))
        return false;
    enum imds_result result = imds_open(&imds, settings, &options, &reason);
    if (result == IMDS_ANSWERED)
        result = imds_get(&imds, ZONE_PATH, &zone, &reason);
    if (result == IMDS_FAILED)
        return error_move(error, &reason);
    if (result == IMDS_NONE) {
        debug_line(settings, "region: none from the instance: %s", reason.message);
        return true;
    }
    // "us-west-2b" is a zone of us-west-2.
    if (!settings_set_region(settings, arena_copy(arena, zone.data, zone.size - 1), error))
        return false;
    debug_line(settings, "region: %s, of the instance's availability zone", settings->region);
    return true;
}
