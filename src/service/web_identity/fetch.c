// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/fetch.h"

#include "base/timestamp.h"
#include "service/web_identity/discovery.h"
#include "service/web_identity/lifetime.h"

/** Where the issuer says that its keys are. */
static bool discover(const struct download_options *options, struct slice issuer, struct buffer *keys_url,
                     struct error *error)
{
    BUFFER_AUTO url = {0};
    DOWNLOAD_AUTO document = {0};
    discovery_write_url(issuer, &url);
    if (!download_get(options, buffer_text(&url), DISCOVERY_SIZE_MAX, &document, error))
        return false;
    return discovery_read(buffer_slice(&document.body), issuer, keys_url, error) ||
           error_prefix(error, "%s", buffer_text(&url));
}

/** A set in which nothing can be used is an answer too: an issuer that withdraws its keys is to be heard. */
static struct jwt_keys *parse(struct slice text, const char *url, struct error *error)
{
    ERROR_AUTO reason = {0};
    struct jwt_keys *keys = jwt_keys_parse(text, &reason);
    if (keys == NULL)
        (void)error_set(error, ERROR_SERVICE, NULL, "%s: %s", url, reason.message);
    return keys;
}

struct jwt_keys *fetch_keys(const struct download_options *options, struct slice issuer, int64_t *lifetime,
                            struct error *error)
{
    BUFFER_AUTO url = {0};
    DOWNLOAD_AUTO document = {0};
    if (!discover(options, issuer, &url, error) ||
        !download_get(options, buffer_text(&url), JWT_KEYS_SIZE_MAX, &document, error))
        return NULL;
    const struct lifetime_headers headers = {.cache_control = buffer_slice(&document.cache_control),
                                             .expires = buffer_slice(&document.expires),
                                             .date = buffer_slice(&document.date),
                                             .age = buffer_slice(&document.age)};
    *lifetime = lifetime_read(&headers, timestamp_now());
    return parse(buffer_slice(&document.body), buffer_text(&url), error);
}
