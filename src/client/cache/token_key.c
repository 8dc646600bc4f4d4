// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/token_key.h"
#include "api/codeartifact.h"
#include "client/credentials/identity.h"
#include "client/transport/endpoint.h"

static bool find_endpoint(const struct settings *settings, struct token_key *out, struct buffer *key,
                          struct error *error)
{
    struct endpoint endpoint;
    if (!endpoint_resolve(settings, api_codeartifact.signing_name, out->arena, &endpoint, error))
        return false;
    out->endpoint = arena_format(out->arena, "%s://%s%s%s%s", endpoint.https ? "https" : "http", endpoint.host,
                                 endpoint.path, endpoint.query[0] != '\0' ? "?" : "", endpoint.query);
    identity_write(key, "endpoint", out->endpoint);
    identity_write(key, "region", endpoint.region);
    return true;
}

static bool identify(const struct settings *settings, struct credentials *credentials, struct buffer *key,
                     struct error *error)
{
    BUFFER_AUTO identity = {0};
    if (!settings->sign) {
        identity_write(key, "unsigned", NULL);
        return true;
    }
    if (credentials_identify(settings, &identity, NULL)) {
        buffer_append_slice(key, buffer_slice(&identity));
        return true;
    }
    if (!credentials_find(settings, NULL, credentials, error))
        return false;
    credentials_write_identity(credentials, key);
    return true;
}

bool token_key_make(const struct settings *settings, const struct live_token_request *request,
                    struct credentials *credentials, struct token_key *out, struct error *error)
{
    BUFFER_AUTO key = {0};
    identity_write(&key, "domain", request->domain);
    identity_write(&key, "owner", request->domain_owner);
    identity_write(&key, "duration", request->duration);
    identity_write(&key, "scope", request->scope);
    if (!find_endpoint(settings, out, &key, error) || !identify(settings, credentials, &key, error))
        return false;
    digest_sha256_hex(buffer_slice(&key), out->name.text);
    return true;
}
