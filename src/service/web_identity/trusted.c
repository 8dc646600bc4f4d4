// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/trusted.h"

#include "base/file.h"

#define BUNDLE_MAX ((size_t)4 << 20)

/** Where distributions keep theirs. */
static const char *const bundles[] = {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                                      "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"};

static void append_system(struct buffer *out)
{
    for (size_t i = 0; i < sizeof bundles / sizeof *bundles; i++) {
        ERROR_AUTO ignored = {0};
        if (file_read(bundles[i], BUNDLE_MAX, out, &ignored) == FILE_READ)
            return;
        buffer_clear(out);
    }
}

bool trusted_read(const char *more, struct buffer *out, struct error *error)
{
    BUFFER_AUTO text = {0};
    if (file_read(more, BUNDLE_MAX, &text, error) != FILE_READ)
        return false;
    if (strstr(buffer_text(&text), "-----BEGIN CERTIFICATE-----") == NULL)
        return error_set(error, ERROR_CONFIGURATION, NULL, "%s: there is no certificate in PEM form in it", more);
    append_system(out);
    buffer_append_char(out, '\n');
    buffer_append_slice(out, buffer_slice(&text));
    return true;
}
