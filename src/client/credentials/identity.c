// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/identity.h"
#include "base/json.h"
#include "base/text.h"

void identity_write_slice(struct buffer *out, const char *what, struct slice value)
{
    buffer_append_format(out, "%s:%zu:", what, value.size);
    buffer_append_slice(out, value);
    buffer_append_char(out, '\n');
}

void identity_write(struct buffer *out, const char *what, const char *value)
{
    if (value != NULL)
        identity_write_slice(out, what, slice_of(value));
    else
        buffer_append_format(out, "%s\n", what);
}

/** The claims of a JWT, unverified: who gets the token decides what it is worth. A new reference, or NULL. */
static json_t *read_claims(struct slice token)
{
    BUFFER_AUTO text = {0};
    struct slice rest = slice_trim(token);
    struct slice part = {0};
    // The claims are the second part.
    bool parted = slice_cut(&rest, '.', &part);
    parted = slice_cut(&rest, '.', &part) && parted;
    if (!parted || !text_base64url_decode(part, &text))
        return NULL;
    return json_parse(buffer_slice(&text), NULL);
}

void identity_write_bearer(struct buffer *out, const char *what, struct slice token)
{
    static const char *const names[] = {"iss", "sub", "aud"};
    JSON_AUTO *claims = read_claims(token);
    // Session tags in a token are rights, and need not be the same in the next one.
    bool tagged = json_object_get(claims, "https://aws.amazon.com/tags") != NULL;
    if (tagged || json_member_text(claims, "sub").data == NULL) {
        identity_write_slice(out, what, token);
        return;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        BUFFER_AUTO value = {0};
        const json_t *claim = json_object_get(claims, names[i]);
        if (claim != NULL)
            json_write(&value, claim, 0);
        identity_write_slice(out, names[i], buffer_slice(&value));
    }
}
