// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The chain's order and words: behaviour document, section 9.1. */
#include "client/credentials/credentials.h"
#include "client/environment.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct credentials_case {
    const char *variables[8];
    const char *credentials;
    const char *config;
    bool by_option;
    const char *found; // "source key secret token", or the error's message
    const char *code;  // of the error
};

static const char no_credentials[] =
    "Unable to locate credentials. You can configure credentials by running \"aws login\".";
static const char keys[] = "[default]\naws_access_key_id=F\naws_secret_access_key=FS\n";

#define ROLE "[default]\nrole_arn=arn\n"
#define NO_SOURCE "Partial credentials found in assume-role, missing: source_profile or credential_source"
#define BOTH_SOURCES "The profile \"default\" contains both source_profile and credential_source."
#define UNKNOWN_SOURCE(name) "The credential source \"" name "\" referenced in profile \"default\" is not valid."
#define EMPTY_SOURCE(name)                                                                                             \
    "Error when retrieving credentials from " name                                                                     \
    ": No credentials found in credential_source referenced in profile default"
#define LOOP(at, visited)                                                                                              \
    "Infinite loop in credential configuration detected. Attempting to load from profile " at                          \
    " which has already been visited. Visited profiles: " visited
#define LOOP_AT_B LOOP("b", "['default', 'b']")
#define NO_PROFILE(name) "The source_profile \"" name "\" referenced in the profile \"default\" does not exist."
#define NO_KEYS "The source profile \"b\" must have credentials."
#define NO_FILE(name) "[Errno 2] No such file or directory: '" name "'"
#define NO_ARN                                                                                                         \
    "The provided profile or the current environment is configured to assume role with web identity but has no role "  \
    "ARN configured. Ensure that the profile has the role_arnconfiguration set or the AWS_ROLE_ARN env var is set."
#define SSO_LACKS(keys) "The profile \"default\" is configured to use SSO but is missing required configuration: " keys
#define NO_LOGIN                                                                                                       \
    "Error loading login session token: Unable to load a existing login session for session arn, Please "              \
    "reauthenticate with 'aws login'."
#define PRINTED "{\"Version\":1,\"AccessKeyId\":\"P\",\"SecretAccessKey\":\"PS\"}"
#define PROCESS_FAILED "Error when retrieving credentials from custom-process: "
#define UNSUPPORTED_HOST(host)                                                                                         \
    "Unsupported host '" host "'.  Can only retrieve metadata from a loopback address or one of these hosts: "         \
    "169.254.170.2, 169.254.170.23, fd00:ec2::23, localhost"

static const struct credentials_case cases[] = {
    {{NULL}, NULL, NULL, false, no_credentials, "NoCredentials"},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=ES"}, keys, NULL, false, "env E ES -", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=ES"}, keys, NULL, true, "shared-credentials-file F FS -", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=ES"}, NULL, NULL, true, no_credentials, "NoCredentials"},
    {{"AWS_ACCESS_KEY_ID=", "AWS_SECRET_ACCESS_KEY=ES"}, keys, NULL, false, "shared-credentials-file F FS -", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY="},
     keys,
     NULL,
     false,
     "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
     NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_SESSION_TOKEN=T"}, NULL, NULL, false, "env E S T", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_SESSION_TOKEN=T", "AWS_SECURITY_TOKEN=U"},
     NULL,
     NULL,
     false,
     "env E S U",
     NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_SECURITY_TOKEN="}, NULL, NULL, false, "env E S -", NULL},
    {{"AWS_ACCESS_KEY_ID= E ", "AWS_SECRET_ACCESS_KEY=S"}, NULL, NULL, false, "env  E  S -", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_CREDENTIAL_EXPIRATION=2200-01-01T00:00:00Z"},
     NULL,
     NULL,
     false,
     "env E S -",
     NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_CREDENTIAL_EXPIRATION=2001-01-01T00:00:00Z"},
     NULL,
     NULL,
     false,
     "Credentials were refreshed, but the refreshed credentials are still expired.",
     NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_CREDENTIAL_EXPIRATION=zz"},
     NULL,
     NULL,
     false,
     "Unknown string format: zz",
     NULL},
    {{NULL},
     "[default]\naws_access_key_id=A\n",
     keys,
     false,
     "Partial credentials found in shared-credentials-file, missing: aws_secret_access_key",
     NULL},
    {{NULL}, "[default]\naws_secret_access_key=A\n", NULL, false, no_credentials, "NoCredentials"},
    {{NULL}, "[default]\naws_secret_access_key=A\n", keys, false, "config-file F FS -", NULL},
    {{NULL}, NULL, keys, false, "config-file F FS -", NULL},
    {{NULL},
     NULL,
     "[default]\naws_access_key_id=A\n",
     false,
     "Partial credentials found in config-file, missing: aws_secret_access_key",
     NULL},
    {{NULL},
     "[default]\naws_access_key_id=A\naws_secret_access_key=\naws_session_token=T\naws_security_token=U\n",
     NULL,
     false,
     "shared-credentials-file A  U",
     NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S"}, keys, ROLE, false, "env E S -", NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S"}, keys, ROLE, true, NO_SOURCE, NULL},
    {{NULL}, keys, ROLE, false, NO_SOURCE, NULL},
    {{NULL}, keys, ROLE "source_profile=default\ncredential_source=Environment\n", false, BOTH_SOURCES, NULL},
    {{NULL}, keys, ROLE "credential_source=environment\n", false, UNKNOWN_SOURCE("environment"), NULL},
    {{NULL}, keys, ROLE "credential_source=\n", false, UNKNOWN_SOURCE(""), NULL},
    {{NULL}, keys, ROLE "credential_source=Environment\n", false, EMPTY_SOURCE("Environment"), NULL},
    {{"AWS_ACCESS_KEY_ID=E"},
     NULL,
     ROLE "credential_source=Environment\n",
     true,
     "Partial credentials found in env, missing: AWS_SECRET_ACCESS_KEY",
     NULL},
    {{NULL}, keys, ROLE "credential_source=EcsContainer\n", false, EMPTY_SOURCE("EcsContainer"), NULL},
    {{NULL}, NULL, ROLE "source_profile=default\n", false, LOOP("default", "['default']"), NULL},
    {{NULL}, NULL, ROLE "source_profile=b\n[profile b]\nrole_arn=r\nsource_profile=b\n", false, LOOP_AT_B, NULL},
    {{NULL}, NULL, ROLE "source_profile=\n", false, NO_PROFILE(""), NULL},
    {{NULL}, NULL, ROLE "source_profile=b\n", false, NO_PROFILE("b"), NULL},
    {{NULL}, NULL, ROLE "source_profile=b\n[profile b]\nregion=r\n", false, NO_KEYS, NULL},
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S"},
     NULL,
     ROLE "source_profile=b\n[profile b]\naws_secret_access_key=s\n",
     true,
     NO_KEYS,
     NULL},
    {{NULL}, NULL, ROLE "source_profile=b\n[profile b]\nweb_identity_token_file=/t\n", false, NO_ARN, NULL},
    // A role of a web identity is no role of a source profile.
    {{NULL}, keys, ROLE "web_identity_token_file=/no/t\n", false, NO_FILE("/no/t"), NULL},
    {{"AWS_WEB_IDENTITY_TOKEN_FILE=/no/t", "AWS_ROLE_ARN=arn"}, keys, NULL, false, NO_FILE("/no/t"), NULL},
    {{"AWS_WEB_IDENTITY_TOKEN_FILE=/no/t", "AWS_ROLE_ARN=arn"},
     keys,
     NULL,
     true,
     "shared-credentials-file F FS -",
     NULL},
    {{"AWS_WEB_IDENTITY_TOKEN_FILE=/no/t"}, keys, NULL, false, NO_ARN, NULL},
    {{"AWS_WEB_IDENTITY_TOKEN_FILE="},
     keys,
     ROLE "web_identity_token_file=/t\n",
     false,
     "shared-credentials-file F FS -",
     NULL},
    {{"AWS_ROLE_ARN="}, keys, ROLE "web_identity_token_file=/t\n", false, NO_ARN, NULL},
    {{"AWS_ROLE_ARN=arn"}, keys, "[default]\nweb_identity_token_file=~/t\n", false, NO_FILE("~/t"), NULL},
    {{NULL}, keys, ROLE "web_identity_token_file=/\n", false, "[Errno 21] Is a directory: '/'", NULL},
    {{NULL}, keys, "[default]\nsso_account_id=1\n", false, SSO_LACKS("sso_role_name, sso_start_url, sso_region"), NULL},
    {{NULL}, NULL, "[default]\nsso_role_name=r\n", false, SSO_LACKS("sso_account_id, sso_start_url, sso_region"), NULL},
    {{NULL}, NULL, "[default]\nsso_session=s\n", false, no_credentials, "NoCredentials"},
    {{NULL}, keys, "[default]\nlogin_session=arn\n", false, "shared-credentials-file F FS -", NULL},
    {{"HOME=/nonexistent"}, "[default]\nlogin_session=arn\n", keys, false, NO_LOGIN, NULL},
    {{NULL}, keys, "[default]\ncredential_process=p\n", false, "shared-credentials-file F FS -", NULL},
    {{NULL}, "[default]\ncredential_process=/bin/false\n", keys, false, PROCESS_FAILED, NULL},
    {{NULL}, "[default]\ncredential_process=/bin/echo '" PRINTED "'\n", keys, false, "custom-process P PS -", NULL},
    {{"AWS_CREDENTIAL_FILE=/nonexistent"}, NULL, keys, false, "config-file F FS -", NULL},
    {{"AWS_CREDENTIAL_FILE=/nonexistent", "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://a.example"},
     NULL,
     NULL,
     false,
     "The specified config file (/nonexistent) could not be found",
     NULL},
    {{"AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1"}, NULL, keys, false, "config-file F FS -", NULL},
    {{"AWS_CONTAINER_CREDENTIALS_FULL_URI=http://a.example"}, NULL, NULL, false, UNSUPPORTED_HOST("a.example"), NULL},
    {{"AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=@b.example/x", "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1"},
     NULL,
     NULL,
     true,
     UNSUPPORTED_HOST("b.example"),
     NULL},
    {{"AWS_CONTAINER_CREDENTIALS_FULL_URI="}, NULL, NULL, true, UNSUPPORTED_HOST("None"), NULL},
    // How the instance would be asked is checked before anything else is.
    {{"AWS_ACCESS_KEY_ID=E", "AWS_SECRET_ACCESS_KEY=S", "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE=ipv5"},
     NULL,
     NULL,
     false,
     "Invalid EC2 Instance Metadata endpoint mode: ipv5 Valid endpoint modes (case-insensitive): ('ipv4', 'ipv6').",
     NULL},
};

static void check(const struct credentials_case *given)
{
    struct settings settings = {.environment = environment_look_up,
                                .profiles = profile_set_new(),
                                .profile = "default",
                                .profile_by_option = given->by_option};
    // The machine's own instance and files are no part of this.
    const char *variables[] = {"AWS_EC2_METADATA_DISABLED=true",
                               "BOTO_CONFIG=/nonexistent",
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               NULL};
    for (size_t i = 0; given->variables[i] != NULL; i++)
        variables[i + 2] = given->variables[i];
    environment_use(variables);
    assert_true(profile_parse(settings.profiles, PROFILE_CONFIG, "", slice_of(given->config), NULL));
    assert_true(profile_parse(settings.profiles, PROFILE_CREDENTIALS, "", slice_of(given->credentials), NULL));
    struct credentials found = {0};
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    if (credentials_find(&settings, NULL, &found, &error)) {
        buffer_append_format(&text, "%s %s %s %s", found.source, found.access_key_id, found.secret_access_key,
                             found.session_token == NULL ? "-" : found.session_token);
    } else {
        buffer_append_text(&text, error.message);
        assert_int_equal(error.class, given->code == NULL ? ERROR_INTERNAL : ERROR_CONFIGURATION);
        assert_null(found.access_key_id);
        if (given->code != NULL)
            assert_string_equal(error.code, given->code);
        else
            assert_null(error.code);
    }
    assert_string_equal(buffer_text(&text), given->found);
    credentials_free(&found);
    assert_null(found.secret_access_key);
    profile_set_free(settings.profiles);
}

static void the_chain(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_chain)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
