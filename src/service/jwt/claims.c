// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/jwt/claims.h"

#include "base/json.h"

#include <inttypes.h>

/** 9999-12-31T23:59:59Z: what every reader of a time can take, and far from any overflow. */
#define SECONDS_MAX INT64_C(253402300799)

/** AWS's words (gitlab-org/gitlab#342243). */
static bool refuse_missing(struct error *error, const char *name)
{
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "Missing a required claim: %s", name);
}

static bool refuse_form(struct error *error, const char *name, const char *wanted)
{
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "The claim %s must be %s", name, wanted);
}

/** A claim that is a text, not empty and without U+0000, which neither XML nor a C string can hold. */
static bool read_text(const struct jwt *jwt, const char *name, struct slice *out, struct error *error)
{
    if (json_object_get(jwt->claims, name) == NULL)
        return refuse_missing(error, name);
    *out = json_member_text(jwt->claims, name);
    if (out->size == 0 || slice_find(*out, '\0', 0) < out->size)
        return refuse_form(error, name, "a text");
    return true;
}

struct slice jwt_read_issuer(const struct jwt *jwt, struct error *error)
{
    struct slice issuer = {NULL, 0};
    return read_text(jwt, "iss", &issuer, error) ? issuer : (struct slice){NULL, 0};
}

// ------------------------------------------------------------------ times

/** AWS takes integers alone, where RFC 7519 has any number. */
static bool read_seconds(const struct jwt *jwt, const char *name, int64_t *out, struct error *error)
{
    const json_t *value = json_object_get(jwt->claims, name);
    if (value == NULL)
        return refuse_missing(error, name);
    *out = json_integer_value(value);
    if (!json_is_integer(value) || *out < 0 || *out > SECONDS_MAX)
        return refuse_form(error, name, "an integer, of seconds since 1970");
    return true;
}

static bool check_begun(const char *name, int64_t when, int64_t now, struct error *error)
{
    if (when <= now + JWT_LEEWAY)
        return true;
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken",
                     "Token is not valid yet: current date/time %" PRId64 " must not be before its %s %" PRId64, now,
                     name, when);
}

bool jwt_check_times(const struct jwt *jwt, int64_t now, struct error *error)
{
    int64_t expires = 0;
    int64_t issued = 0;
    int64_t begins = 0;
    if (!read_seconds(jwt, "exp", &expires, error) || !read_seconds(jwt, "iat", &issued, error) ||
        (json_object_get(jwt->claims, "nbf") != NULL && !read_seconds(jwt, "nbf", &begins, error)))
        return false;
    // AWS's words (aws/aws-sdk-java-v2#5709).
    if (now >= expires + JWT_LEEWAY)
        return error_set(error, ERROR_PARAMETER, "ExpiredTokenException",
                         "Token expired: current date/time %" PRId64
                         " must be before the expiration date/time %" PRId64,
                         now, expires);
    return check_begun("iat", issued, now, error) && check_begun("nbf", begins, now, error);
}

// ------------------------------------------------------------------ who and for whom

static bool is_expected(const struct jwt_expectation *expected, struct slice audience)
{
    for (size_t i = 0; i < expected->audience_count; i++)
        if (slice_equal(expected->audiences[i], audience))
            return true;
    return false;
}

/** The first value of `aud`, a text or a list of texts, that is expected; the empty slice when none is. */
static bool read_audience(const struct jwt *jwt, const struct jwt_expectation *expected, struct slice *out,
                          struct error *error)
{
    const json_t *audience = json_object_get(jwt->claims, "aud");
    if (!json_is_array(audience))
        return read_text(jwt, "aud", out, error);
    for (size_t i = 0; i < json_array_size(audience); i++) {
        const json_t *item = json_array_get(audience, i);
        struct slice text = {json_string_value(item), json_string_length(item)};
        if (text.data == NULL)
            return refuse_form(error, "aud", "a text or a list of texts");
        if (out->data == NULL && is_expected(expected, text))
            *out = text;
    }
    return true;
}

/** AWS's words (awslabs/amazon-eks-irsa-cfn#18). */
static bool refuse_audience(struct error *error)
{
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "Incorrect token audience");
}

bool jwt_check_identity(const struct jwt *jwt, const struct jwt_expectation *expected, struct jwt_identity *out,
                        struct error *error)
{
    struct slice party = {NULL, 0};
    *out = (struct jwt_identity){0};
    if (!read_text(jwt, "iss", &out->issuer, error) || !read_text(jwt, "sub", &out->subject, error) ||
        !read_audience(jwt, expected, &out->audience, error))
        return false;
    // Who calls has looked the issuer up by this very claim; it is asked again where it must not be wrong.
    if (!slice_equal(out->issuer, expected->issuer))
        return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "Incorrect token issuer");
    if (!is_expected(expected, out->audience))
        return refuse_audience(error);
    if (json_object_get(jwt->claims, "azp") == NULL)
        return true;
    return read_text(jwt, "azp", &party, error) && (is_expected(expected, party) || refuse_audience(error));
}
