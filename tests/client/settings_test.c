// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What wins over what, and which words a bad setting gets: behaviour document, sections 3, 7, 8, 10 and 11. */
#include "client/environment.h"
#include "client/settings.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define VARIABLES_MAX 6

/** One resolving: what is given, and which of the results is looked at. */
struct setting_case {
    const char *config;
    const char *credentials;
    const char *variables[VARIABLES_MAX];
    struct options options;
    const char *expected; // NULL: unset
};

struct fixture {
    char *home;
    struct arena *arena;
    struct settings settings;
    struct error error;
    char *variables[VARIABLES_MAX + 2];
};

static void begin(struct fixture *fixture, const struct setting_case *given)
{
    *fixture = (struct fixture){.home = temporary_make(), .arena = arena_new()};
    MEMORY_AUTO char *config = memory_format("%s/config", fixture->home);
    MEMORY_AUTO char *credentials = memory_format("%s/credentials", fixture->home);
    if (given->config != NULL)
        temporary_write(config, slice_of(given->config));
    if (given->credentials != NULL)
        temporary_write(credentials, slice_of(given->credentials));
    size_t count = 0;
    fixture->variables[count++] = arena_format(fixture->arena, "AWS_CONFIG_FILE=%s", config);
    // The other location goes by the home directory and a variable in the path.
    fixture->variables[count++] = arena_format(fixture->arena, "AWS_SHARED_CREDENTIALS_FILE=$PLACE/credentials");
    for (size_t i = 0; i < VARIABLES_MAX - 1 && given->variables[i] != NULL; i++)
        fixture->variables[count++] = arena_format(fixture->arena, "%s", given->variables[i]);
    fixture->variables[count++] = arena_format(fixture->arena, "PLACE=%s", fixture->home);
    environment_use((const char *const *)fixture->variables);
}

static bool resolve(struct fixture *fixture, const struct options *options)
{
    return settings_begin(options, environment_look_up, fixture->arena, &fixture->settings, &fixture->error) &&
           settings_finish(options, "CODEARTIFACT", fixture->arena, &fixture->settings, &fixture->error);
}

static void end(struct fixture *fixture)
{
    settings_free(&fixture->settings);
    error_free(&fixture->error);
    temporary_remove(fixture->home);
    free(fixture->home);
    arena_free(fixture->arena);
}

static void check_text(const struct setting_case *cases, size_t count, size_t field)
{
    for (size_t i = 0; i < count; i++) {
        struct fixture fixture;
        begin(&fixture, &cases[i]);
        if (!resolve(&fixture, &cases[i].options))
            fail_msg("case %zu: %s", i, fixture.error.message);
        const char *value = *(const char *const *)((const char *)&fixture.settings + field);
        if (value == NULL || cases[i].expected == NULL ? value != cases[i].expected
                                                       : strcmp(value, cases[i].expected) != 0)
            fail_msg("case %zu: %s instead of %s", i, value, cases[i].expected);
        end(&fixture);
    }
}

#define CHECK_TEXT(cases, field) check_text(cases, sizeof(cases) / sizeof *(cases), offsetof(struct settings, field))

static void regions(void **state)
{
    (void)state;
    static const struct setting_case cases[] = {
        {NULL, NULL, {NULL}, {0}, NULL},
        {NULL, NULL, {"AWS_DEFAULT_REGION=r2"}, {0}, "r2"},
        {NULL, NULL, {"AWS_DEFAULT_REGION=r2", "AWS_REGION=r1"}, {0}, "r1"},
        {NULL, NULL, {"AWS_DEFAULT_REGION=r2", "AWS_REGION="}, {0}, ""},
        {NULL, NULL, {"AWS_REGION=r1"}, {.region = "o"}, "o"},
        {NULL, NULL, {"AWS_REGION=r1"}, {.region = ""}, ""},
        {"[default]\nregion=p\n", NULL, {NULL}, {0}, "p"},
        {"[default]\nregion=p\n", "[default]\nregion=c\n", {NULL}, {0}, "c"},
        {"[default]\nregion=p\n[profile x]\nregion=q\n", NULL, {"AWS_PROFILE=x"}, {0}, "q"},
    };
    CHECK_TEXT(cases, region);
}

static void profiles(void **state)
{
    (void)state;
    static const char two[] = "[profile a]\n[profile b]\n[profile c]\n";
    static const struct setting_case cases[] = {
        {NULL, NULL, {NULL}, {0}, "default"},
        {two, NULL, {"AWS_DEFAULT_PROFILE=a"}, {0}, "a"},
        {two, NULL, {"AWS_DEFAULT_PROFILE=a", "AWS_PROFILE=b"}, {0}, "b"},
        {two, NULL, {"AWS_PROFILE=b"}, {.profile = "c"}, "c"},
        {two, NULL, {"AWS_PROFILE=b"}, {.profile = ""}, "b"},
        {NULL, "[k]\n", {NULL}, {.profile = "k"}, "k"},
    };
    CHECK_TEXT(cases, profile);
}

static void endpoints(void **state)
{
    (void)state;
    static const char services[] = "[default]\nendpoint_url = http://profile\nservices = s\n"
                                   "[services s]\ncodeartifact =\n  endpoint_url = http://section\n";
    static const struct setting_case cases[] = {
        {NULL, NULL, {NULL}, {0}, NULL},
        {"[default]\nendpoint_url = http://profile\n", NULL, {NULL}, {0}, "http://profile"},
        {services, NULL, {NULL}, {0}, "http://section"},
        {services, NULL, {"AWS_ENDPOINT_URL=http://all"}, {0}, "http://all"},
        {services, NULL, {"AWS_ENDPOINT_URL="}, {0}, "http://section"},
        {services,
         NULL,
         {"AWS_ENDPOINT_URL=http://all", "AWS_ENDPOINT_URL_CODEARTIFACT=http://one", "AWS_ENDPOINT_URL_STS=http://sts"},
         {0},
         "http://one"},
        {services,
         NULL,
         {"AWS_ENDPOINT_URL_CODEARTIFACT=http://one"},
         {.endpoint_url = "http://option"},
         "http://option"},
        {services, NULL, {"AWS_ENDPOINT_URL=http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=True"}, {0}, NULL},
        {"[default]\nignore_configured_endpoint_urls=true\nendpoint_url=http://h\n", NULL, {NULL}, {0}, NULL},
        {NULL, NULL, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true"}, {.endpoint_url = "http://option"}, "http://option"},
    };
    CHECK_TEXT(cases, endpoint_url);
}

/** Another service than the called one: its own variables and keys, and never --endpoint-url. */
static void endpoints_of_other_services(void **state)
{
    (void)state;
    static const char services[] = "[default]\nendpoint_url = http://profile\nservices = s\n"
                                   "[services s]\ncodeartifact =\n  endpoint_url = http://called\n"
                                   "sso_oidc =\n  endpoint_url = http://oidc\nsts =\n  endpoint_url =\n";
    static const struct {
        struct setting_case given;
        const char *service_id;
        const char *source;
    } cases[] = {
        {{services, NULL, {NULL}, {.endpoint_url = "http://option"}, "http://oidc"}, "SSO_OIDC", "[services s]"},
        {{services, NULL, {NULL}, {.endpoint_url = "http://option"}, "http://profile"}, "SSO", "profile default"},
        {{services, NULL, {NULL}, {0}, "http://profile"}, "STS", "profile default"},
        {{services, NULL, {"AWS_ENDPOINT_URL=http://all"}, {0}, "http://all"}, "SSO_OIDC", "AWS_ENDPOINT_URL"},
        {{services, NULL, {"AWS_ENDPOINT_URL=http://all", "AWS_ENDPOINT_URL_SIGNIN=http://one"}, {0}, "http://one"},
         "SIGNIN",
         "AWS_ENDPOINT_URL_SIGNIN"},
        {{NULL, NULL, {"AWS_ENDPOINT_URL_CODEARTIFACT=http://called"}, {0}, NULL}, "STS", NULL},
        {{services,
          NULL,
          {"AWS_ENDPOINT_URL=http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true"},
          {.endpoint_url = "http://option"},
          NULL},
         "STS",
         NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, &cases[i].given);
        if (!resolve(&fixture, &cases[i].given.options))
            fail_msg("case %zu: %s", i, fixture.error.message);
        struct settings other;
        assert_true(
            settings_for_service(&fixture.settings, cases[i].service_id, fixture.arena, &other, &fixture.error));
        const char *expected = cases[i].given.expected;
        if (expected == NULL ? other.endpoint_url != NULL : strcmp(other.endpoint_url, expected) != 0)
            fail_msg("case %zu: %s", i, other.endpoint_url);
        if (cases[i].source != NULL)
            assert_string_equal(other.endpoint_source, cases[i].source);
        assert_ptr_equal(other.profiles, fixture.settings.profiles);
        end(&fixture);
    }
}

/** With --endpoint-url nobody looks for the section before another service is called. */
static void a_missing_section_of_services(void **state)
{
    (void)state;
    static const struct setting_case given = {
        "[default]\nservices = s1\n", NULL, {NULL}, {.endpoint_url = "http://option"}, NULL};
    struct fixture fixture;
    struct settings other;
    begin(&fixture, &given);
    assert_true(resolve(&fixture, &given.options));
    assert_false(settings_for_service(&fixture.settings, "STS", fixture.arena, &other, &fixture.error));
    assert_string_equal(fixture.error.message, "The profile is configured to use the services section but the \"s1\" "
                                               "services configuration does not exist.");
    end(&fixture);
}

static void certificate_bundles(void **state)
{
    (void)state;
    static const struct setting_case cases[] = {
        {NULL, NULL, {NULL}, {0}, NULL},
        {NULL, NULL, {"REQUESTS_CA_BUNDLE=/r", "CURL_CA_BUNDLE=/no", "SSL_CERT_FILE=/no"}, {0}, "/r"},
        {"[default]\nca_bundle=/p\n", NULL, {"REQUESTS_CA_BUNDLE=/r"}, {0}, "/p"},
        {"[default]\nca_bundle=/p\n", NULL, {"AWS_CA_BUNDLE=/e"}, {0}, "/e"},
        {NULL, NULL, {"AWS_CA_BUNDLE=/e"}, {.ca_bundle = "/o"}, "/o"},
        {NULL, NULL, {"HOME=/home/me"}, {.ca_bundle = "~/o"}, "/home/me/o"},
        {NULL, NULL, {"AWS_CA_BUNDLE="}, {0}, ""},
    };
    CHECK_TEXT(cases, ca_bundle);
}

static void formats(void **state)
{
    (void)state;
    static const struct setting_case errors[] = {
        {NULL, NULL, {NULL}, {0}, "enhanced"},
        {NULL, NULL, {"AWS_CLI_ERROR_FORMAT=JSON"}, {0}, "json"},
        {NULL, NULL, {"AWS_CLI_ERROR_FORMAT=nonsense"}, {0}, "enhanced"},
        {"[default]\ncli_error_format=legacy\n", NULL, {NULL}, {0}, "legacy"},
        {NULL, NULL, {"AWS_CLI_ERROR_FORMAT=json"}, {.cli_error_format = "text"}, "text"},
    };
    static const struct setting_case outputs[] = {
        {NULL, NULL, {NULL}, {0}, "json"},
        {"[default]\noutput=text\n", NULL, {NULL}, {0}, "text"},
        {"[default]\noutput=text\n", NULL, {"AWS_DEFAULT_OUTPUT="}, {0}, ""},
        {NULL, NULL, {"AWS_DEFAULT_OUTPUT=table"}, {.output = "json"}, "json"},
    };
    CHECK_TEXT(errors, error_format);
    CHECK_TEXT(outputs, output);
    static const struct setting_case pagers[] = {
        {NULL, NULL, {NULL}, {0}, "less"},
        {NULL, NULL, {"PAGER=more -d"}, {0}, "more -d"},
        {"[default]\ncli_pager=most\n", NULL, {"PAGER=more"}, {0}, "most"},
        {"[default]\ncli_pager=\n", NULL, {"PAGER=more"}, {0}, ""},
        {"[default]\ncli_pager=most\n", NULL, {"AWS_PAGER=", "PAGER=more"}, {0}, ""},
        {"[default]\ncli_pager=most\n", NULL, {"AWS_PAGER=cat"}, {0}, "cat"},
        {NULL, NULL, {"AWS_PAGER=cat"}, {.no_cli_pager = true}, ""},
    };
    CHECK_TEXT(pagers, pager);
}

static void proxies(void **state)
{
    (void)state;
    static const struct setting_case secure[] = {
        {NULL, NULL, {"HTTPS_PROXY=up"}, {0}, "up"},
        {NULL, NULL, {"HTTPS_PROXY=up", "https_proxy=low"}, {0}, "low"},
        {NULL, NULL, {"HTTPS_PROXY=up", "https_proxy="}, {0}, NULL},
        {NULL, NULL, {"ALL_PROXY=all"}, {0}, NULL},
        {NULL, NULL, {"HTTPS_PROXY=up", "REQUEST_METHOD=GET"}, {0}, "up"},
    };
    static const struct setting_case plain[] = {
        {NULL, NULL, {"HTTP_PROXY=up"}, {0}, "up"},
        {NULL, NULL, {"HTTP_PROXY=up", "REQUEST_METHOD=GET"}, {0}, NULL},
        {NULL, NULL, {"http_proxy=low", "REQUEST_METHOD=GET"}, {0}, "low"},
    };
    CHECK_TEXT(secure, https_proxy);
    CHECK_TEXT(plain, http_proxy);
}

static void retries(void **state)
{
    (void)state;
    static const struct {
        struct setting_case given;
        long max_attempts;
        bool adaptive;
        bool renewed;
    } cases[] = {
        {{NULL, NULL, {NULL}, {0}, NULL}, 3, false, false},
        {{NULL, NULL, {"AWS_RETRY_MODE=adaptive", "AWS_MAX_ATTEMPTS=7"}, {0}, NULL}, 7, true, false},
        {{"[default]\nretry_mode = adaptive\nmax_attempts = 5\n", NULL, {NULL}, {0}, NULL}, 5, true, false},
        {{"[default]\nretry_mode = adaptive\nmax_attempts = 5\n",
          NULL,
          {"AWS_RETRY_MODE=standard", "AWS_MAX_ATTEMPTS=2"},
          {0},
          NULL},
         2,
         false,
         false},
        {{NULL, NULL, {"AWS_NEW_RETRIES_2026=true"}, {0}, NULL}, 3, false, true},
        {{NULL, NULL, {"AWS_NEW_RETRIES_2026=1"}, {0}, NULL}, 3, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, &cases[i].given);
        assert_true(resolve(&fixture, &cases[i].given.options));
        assert_int_equal(fixture.settings.max_attempts, cases[i].max_attempts);
        assert_int_equal(fixture.settings.adaptive_retries, cases[i].adaptive);
        assert_int_equal(fixture.settings.renewed_retries, cases[i].renewed);
        assert_int_equal(*fixture.settings.clock_ahead, 0);
        end(&fixture);
    }
}

static void failures(void **state)
{
    (void)state;
    static const struct {
        struct setting_case given;
        enum error_class class;
    } cases[] = {
        {{NULL, NULL, {NULL}, {.region = "a.b"}, "Provided region_name 'a.b' doesn't match a supported format."},
         ERROR_INTERNAL},
        {{NULL, NULL, {NULL}, {.region = "123"}, "Provided region_name '123' doesn't match a supported format."},
         ERROR_INTERNAL},
        {{NULL, NULL, {"AWS_REGION=-a"}, {0}, "Provided region_name '-a' doesn't match a supported format."},
         ERROR_INTERNAL},
        {{NULL, NULL, {NULL}, {.profile = "p"}, "The config profile (p) could not be found"}, ERROR_INTERNAL},
        {{NULL, NULL, {NULL}, {.profile = "default"}, "The config profile (default) could not be found"},
         ERROR_INTERNAL},
        {{NULL, NULL, {"AWS_PROFILE="}, {0}, "The config profile () could not be found"}, ERROR_INTERNAL},
        {{NULL, NULL, {NULL}, {.cli_read_timeout = "abc"}, "invalid literal for int() with base 10: 'abc'"},
         ERROR_INTERNAL},
        {{NULL, NULL, {NULL}, {.cli_connect_timeout = "1.5"}, "invalid literal for int() with base 10: '1.5'"},
         ERROR_INTERNAL},
        {{NULL,
          NULL,
          {NULL},
          {.cli_read_timeout = "-1"},
          "Attempted to set read timeout to -1, but the timeout cannot be set to a value less than or equal to 0."},
         ERROR_INTERNAL},
        {{NULL,
          NULL,
          {"AWS_RETRY_MODE=legacy"},
          {0},
          "Invalid value provided to \"mode\": \"legacy\" must be one of: \"standard\" or \"adaptive\""},
         ERROR_INTERNAL},
        {{NULL, NULL, {"AWS_MAX_ATTEMPTS="}, {0}, "invalid literal for int() with base 10: ''"}, ERROR_INTERNAL},
        {{"[default]\nmax_attempts = 0\n",
          NULL,
          {NULL},
          {0},
          "Value provided to \"max_attempts\": 0 must be an integer greater than or equal to one."},
         ERROR_INTERNAL},
        {{"[default]\ncli_timestamp_format = bogus\n",
          NULL,
          {NULL},
          {0},
          "Unknown cli_timestamp_format value: bogus, valid values are \"wire\" or \"iso8601\""},
         ERROR_CONFIGURATION},
        {{"[default]\ncli_binary_format = bogus\n", NULL, {NULL}, {0}, "'bogus'"}, ERROR_INTERNAL},
        {{NULL,
          NULL,
          {NULL},
          {.endpoint_url = "example.com"},
          "Bad value for --endpoint-url \"example.com\": scheme is missing.  Must be of the form http://<hostname>/ or "
          "https://<hostname>/"},
         ERROR_PARAMETER},
        {{"[default]\nservices = s1\n",
          NULL,
          {NULL},
          {0},
          "The profile is configured to use the services section but the \"s1\" services configuration does not "
          "exist."},
         ERROR_INTERNAL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture fixture;
        begin(&fixture, &cases[i].given);
        if (resolve(&fixture, &cases[i].given.options))
            fail_msg("accepted: %s", cases[i].given.expected);
        assert_string_equal(fixture.error.message, cases[i].given.expected);
        assert_int_equal(fixture.error.class, cases[i].class);
        end(&fixture);
    }
}

static void switches_and_numbers(void **state)
{
    (void)state;
    static const struct setting_case given = {
        "[default]\nuse_fips_endpoint=true\nuse_dualstack_endpoint=1\nparameter_validation=no\nmax_attempts= 1_0 \n",
        NULL,
        {"AWS_EXECUTION_ENV=CI"},
        {.no_sign_request = true, .no_verify_ssl = true, .cli_read_timeout = "0", .cli_connect_timeout = " +7 "},
        NULL};
    struct fixture fixture;
    begin(&fixture, &given);
    assert_true(resolve(&fixture, &given.options));
    const struct settings *settings = &fixture.settings;
    assert_true(settings->use_fips);
    assert_false(settings->use_dualstack);
    assert_false(settings->validate_parameters);
    assert_false(settings->sign);
    assert_false(settings->verify);
    assert_false(settings->profile_by_option);
    assert_int_equal(settings->max_attempts, 10);
    assert_int_equal(settings->read_timeout, 0);
    assert_int_equal(settings->connect_timeout, 7);
    assert_string_equal(settings->execution_environment, "CI");
    end(&fixture);
}

static void defaults(void **state)
{
    (void)state;
    static const struct setting_case given = {.config = NULL};
    struct fixture fixture;
    begin(&fixture, &given);
    assert_true(resolve(&fixture, &given.options));
    const struct settings *settings = &fixture.settings;
    assert_true(settings->verify && settings->sign && settings->validate_parameters);
    assert_false(settings->use_fips || settings->use_dualstack || settings->debug);
    assert_int_equal(settings->max_attempts, 3);
    assert_int_equal(settings->read_timeout, 60);
    assert_int_equal(settings->connect_timeout, 60);
    assert_string_equal(settings->timestamp_format, "iso8601");
    end(&fixture);
}

/** A broken file is told of by its expanded path; a directory in its place counts as empty. */
static void files(void **state)
{
    (void)state;
    static const struct setting_case broken = {.credentials = "nonsense\n"};
    struct fixture fixture;
    begin(&fixture, &broken);
    assert_false(resolve(&fixture, &broken.options));
    MEMORY_AUTO char *message = memory_format(
        "Unable to parse config file: %s/credentials, line 1: a `[section]` must come first", fixture.home);
    assert_string_equal(fixture.error.message, message);
    end(&fixture);
    static const struct setting_case directory = {.variables = {"HOME=/nonexistent"}};
    begin(&fixture, &directory);
    fixture.variables[0] = arena_format(fixture.arena, "AWS_CONFIG_FILE=%s", fixture.home);
    assert_true(resolve(&fixture, &directory.options));
    end(&fixture);
}

/** A path whose home is unknown names no file, and a certificate bundle that nothing accepts. */
static void homes(void **state)
{
    (void)state;
    static const struct setting_case cases[] = {
        {NULL, NULL, {"HOME=/home/me"}, {.ca_bundle = "~"}, "/home/me"},
        {NULL, NULL, {"HOME=/home/me"}, {.ca_bundle = "a/~/b"}, "a/~/b"},
        {NULL, NULL, {"HOME=/home/me"}, {.ca_bundle = "~root/b"}, "/root/b"},
        {NULL, NULL, {"HOME=/home/me"}, {.ca_bundle = "~no-such-user-here/b"}, ""},
    };
    CHECK_TEXT(cases, ca_bundle);
    // HOME is not set: the system knows the home of whoever runs the test, if anybody does.
    static const struct setting_case unset = {.options = {.ca_bundle = "~/b"}};
    struct fixture fixture;
    begin(&fixture, &unset);
    assert_true(resolve(&fixture, &unset.options));
    assert_true(fixture.settings.ca_bundle[0] != '~');
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(regions),
        cmocka_unit_test(profiles),
        cmocka_unit_test(endpoints),
        cmocka_unit_test(certificate_bundles),
        cmocka_unit_test(endpoints_of_other_services),
        cmocka_unit_test(a_missing_section_of_services),
        cmocka_unit_test(formats),
        cmocka_unit_test(proxies),
        cmocka_unit_test(retries),
        cmocka_unit_test(failures),
        cmocka_unit_test(switches_and_numbers),
        cmocka_unit_test(defaults),
        cmocka_unit_test(files),
        cmocka_unit_test(homes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
