// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Who would sign, told without asking: what another identity is, and what is the same one. */
#include "base/text.h"
#include "client/credentials/credentials.h"
#include "client/credentials/identity.h"
#include "client/environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/** The identity of the profile `p` of a config file with such variables; empty when it cannot be told. */
static void identify(const char *config, const char *const *variables, struct buffer *out)
{
    struct settings settings = {.environment = environment_look_up, .profiles = profile_set_new(), .profile = "p"};
    environment_use(variables);
    assert_true(profile_parse(settings.profiles, PROFILE_CONFIG, "", slice_of(config), NULL));
    if (!credentials_identify(&settings, out, NULL))
        buffer_clear(out);
    profile_set_free(settings.profiles);
}

#define KEYS "aws_access_key_id = AKIA\naws_secret_access_key = s\n"
#define ROLE "role_arn = arn:r\nsource_profile = q\n"
#define Q "[profile q]\n" KEYS
#define NOTHING "AWS_EC2_METADATA_DISABLED=true"

struct who {
    const char *config;
    const char *variables[4];
};

/** Each another one. */
static const struct who others[] = {
    {"[profile p]\n" KEYS, {NOTHING}},
    {"[profile p]\n" KEYS "aws_session_token = t\n", {NOTHING}},
    {"[profile p]\n" KEYS, {"AWS_ACCESS_KEY_ID=AKIB", "AWS_SECRET_ACCESS_KEY=s"}},
    {"[profile p]\n" ROLE Q, {NOTHING}},
    {"[profile p]\n" ROLE "role_session_name = n\n" Q, {NOTHING}},
    {"[profile p]\n" ROLE "external_id = x\n" Q, {NOTHING}},
    {"[profile p]\n" ROLE "duration_seconds = 900\n" Q, {NOTHING}},
    {"[profile p]\n" ROLE Q "aws_session_token = t\n", {NOTHING}},
    {"[profile p]\n" ROLE "[profile q]\nrole_arn = arn:q\nsource_profile = r\n[profile r]\n" KEYS, {NOTHING}},
    {"[profile p]\nrole_arn = arn:s\nsource_profile = q\n" Q, {NOTHING}},
    {"[profile p]\ncredential_process = a b\n", {NOTHING}},
    {"[profile p]\ncredential_process = a c\n", {NOTHING}},
    {"[profile p]\n", {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/a", NOTHING}},
    {"[profile p]\n", {"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/b", NOTHING}},
    {"[profile p]\n", {"AWS_CONTAINER_CREDENTIALS_FULL_URI=/a", NOTHING}},
    {"[profile p]\n", {"AWS_CONTAINER_CREDENTIALS_FULL_URI=/a", "AWS_CONTAINER_AUTHORIZATION_TOKEN=t", NOTHING}},
};
#define OTHERS (sizeof others / sizeof *others)

static void another_is_another(void **state)
{
    (void)state;
    struct buffer found[OTHERS] = {{0}};
    for (size_t i = 0; i < OTHERS; i++) {
        const char *variables[5] = {0};
        for (size_t j = 0; j < 4 && others[i].variables[j] != NULL; j++)
            variables[j] = others[i].variables[j];
        identify(others[i].config, variables, &found[i]);
        if (found[i].size == 0)
            fail_msg("row %zu: nobody", i);
        for (size_t j = 0; j < i; j++)
            if (slice_equal(buffer_slice(&found[i]), buffer_slice(&found[j])))
                fail_msg("rows %zu and %zu are the same", i, j);
    }
    for (size_t i = 0; i < OTHERS; i++)
        buffer_free(&found[i]);
}

static void only_the_instance_knows(void **state)
{
    (void)state;
    BUFFER_AUTO found = {0};
    // No metadata service is asked, be there one or not.
    identify("[profile p]\n", (const char *const[]){NULL}, &found);
    assert_int_equal(found.size, 0);
    identify("[profile p]\nrole_arn = r\ncredential_source = Ec2InstanceMetadata\n", (const char *const[]){NULL},
             &found);
    assert_int_equal(found.size, 0);
}

static void parts_do_not_run_together(void **state)
{
    (void)state;
    BUFFER_AUTO one = {0};
    BUFFER_AUTO two = {0};
    identity_write(&one, "a", "x\nb:1:y");
    identity_write(&two, "a", "x");
    identity_write(&two, "b", "y");
    assert_string_not_equal(buffer_text(&one), buffer_text(&two));
    buffer_clear(&one);
    buffer_clear(&two);
    identity_write(&one, "a", NULL);
    identity_write(&two, "a", "");
    assert_string_not_equal(buffer_text(&one), buffer_text(&two));
}

static void write_jwt(struct buffer *out, const char *claims, const char *signature)
{
    text_base64url_encode(out, "{}", 2);
    buffer_append_char(out, '.');
    text_base64url_encode(out, claims, strlen(claims));
    buffer_append_format(out, ".%s", signature);
}

static bool same_bearer(const char *claims, const char *other_claims)
{
    BUFFER_AUTO token = {0};
    BUFFER_AUTO other = {0};
    BUFFER_AUTO one = {0};
    BUFFER_AUTO two = {0};
    write_jwt(&token, claims, "x");
    write_jwt(&other, other_claims, "y\n");
    identity_write_bearer(&one, "token", buffer_slice(&token));
    identity_write_bearer(&two, "token", buffer_slice(&other));
    return slice_equal(buffer_slice(&one), buffer_slice(&two));
}

static void a_new_token_of_the_same_bearer_is_the_same(void **state)
{
    (void)state;
    assert_true(same_bearer("{\"iss\":\"i\",\"sub\":\"s\",\"exp\":1}", "{\"sub\":\"s\",\"exp\":2,\"iss\":\"i\"}"));
    assert_false(same_bearer("{\"iss\":\"i\",\"sub\":\"s\"}", "{\"iss\":\"i\",\"sub\":\"t\"}"));
    assert_false(same_bearer("{\"iss\":\"i\",\"sub\":\"s\"}", "{\"iss\":\"j\",\"sub\":\"s\"}"));
    // Without a subject, or with tags that are rights, it is known by the whole token.
    assert_false(same_bearer("{\"iss\":\"i\"}", "{\"iss\":\"i\"}"));
    assert_false(same_bearer("{\"sub\":\"s\",\"https://aws.amazon.com/tags\":{}}",
                             "{\"sub\":\"s\",\"https://aws.amazon.com/tags\":{}}"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(another_is_another), cmocka_unit_test(only_the_instance_knows),
                                       cmocka_unit_test(parts_do_not_run_together),
                                       cmocka_unit_test(a_new_token_of_the_same_bearer_is_the_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
