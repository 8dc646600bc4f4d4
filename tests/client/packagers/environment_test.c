// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What each package manager reads of a repository from its environment. */
#include "client/packagers/environment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct environment_repository repository = {
    .endpoint = "https://my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/",
    .scheme = "https",
    .netloc = "my-dom-111122223333.d.localhost:8443",
    .host = "my-dom-111122223333.d.localhost",
    .path = "/pypi/my.repo-1/",
    .token = "T.x",
    .source = "my.repo-1",
    .gradle_options = "-Xmx1g",
    .git_settings = 3,
};

static const struct environment_tool *find_tool(const char *name)
{
    for (size_t i = 0; i < environment_tool_count; i++)
        if (strcmp(environment_tools[i].name, name) == 0)
            return &environment_tools[i];
    fail_msg("no tool %s", name);
    return NULL;
}

static void check(const struct environment *environment, const char *name, const char *value)
{
    for (size_t i = 0; i < environment->count; i++)
        if (strcmp(environment->variables[i].name, name) == 0) {
            assert_string_equal(environment->variables[i].value, value);
            assert_int_equal(environment->variables[i].secret, strstr(value, "T.x") != NULL);
            return;
        }
    fail_msg("no %s", name);
}

static const struct {
    const char *tool;
    const char *name;
    const char *value;
} wanted[] = {
    {"maven", "CODEARTIFACT_AUTH_TOKEN", "T.x"},
    {"pip", "PIP_INDEX_URL", "https://aws:T.x@my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/simple/"},
    {"poetry", "POETRY_HTTP_BASIC_MY_REPO_1_PASSWORD", "T.x"},
    {"uv", "UV_INDEX_MY_REPO_1_USERNAME", "aws"},
    {"bundler", "BUNDLE_MY___DOM___111122223333__D__LOCALHOST", "aws:T.x"},
    {"bundler", "GEM_HOST_API_KEY", "Bearer T.x"},
    {"cargo", "CARGO_REGISTRIES_MY_REPO_1_TOKEN", "T.x"},
    {"gem", "GEM_HOST_API_KEY", "Bearer T.x"},
    {"gem", "RUBYGEMS_HOST", "https://my-dom-111122223333.d.localhost:8443/pypi/my.repo-1"},
    {"git", "GIT_CONFIG_COUNT", "5"},
    {"git", "GIT_CONFIG_KEY_3", "credential.https://my-dom-111122223333.d.localhost:8443.helper"},
    {"git", "GIT_CONFIG_VALUE_3", ""},
    {"git", "GIT_CONFIG_VALUE_4", "!echo username=aws; echo \"password=$CODEARTIFACT_AUTH_TOKEN\" #"},
    {"gradle", "GRADLE_OPTS", "-Xmx1g -Dorg.gradle.daemon=false"},
    {"gradle", "ORG_GRADLE_PROJECT_my.repo-1Url", "https://my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/"},
    {"gradle", "ORG_GRADLE_PROJECT_my.repo-1Password", "T.x"},
    {"npm", "npm_config_//my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/:_authToken", "T.x"},
    {"npm", "npm_config_registry", "https://my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/"},
    {"yarn", "YARN_NPM_AUTH_TOKEN", "T.x"},
    {"twine", "TWINE_PASSWORD", "T.x"},
};

static void each_tool_has_its_variables(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        ARENA_AUTO *arena = arena_new();
        struct environment environment = {.arena = arena};
        environment_add(&environment, find_tool(wanted[i].tool), &repository);
        check(&environment, wanted[i].name, wanted[i].value);
    }
}

static void no_mark_is_left(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    struct environment environment = {.arena = arena};
    for (size_t i = 0; i < environment_tool_count; i++) {
        environment_add(&environment, &environment_tools[i], &repository);
        assert_string_equal(environment_tool_names[i], environment_tools[i].name);
        assert_ptr_equal(environment_find_program(environment_tools[i].programs[0]), &environment_tools[i]);
    }
    assert_null(environment_tool_names[environment_tool_count]);
    for (size_t i = 0; i < environment.count; i++) {
        assert_null(strpbrk(environment.variables[i].name, "{}="));
        assert_null(strpbrk(environment.variables[i].value, "{}"));
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(environment.variables[i].name, environment.variables[j].name);
    }
    assert_string_equal(environment.files[ENVIRONMENT_NPMRC],
                        "registry=https://my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/\n"
                        "//my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/:_authToken=T.x\n");
    assert_string_equal(environment.files[ENVIRONMENT_NETRC],
                        "machine my-dom-111122223333.d.localhost login aws password T.x\n");
    assert_string_equal(environment.files[ENVIRONMENT_GEMRC],
                        ":sources:\n- https://aws:T.x@my-dom-111122223333.d.localhost:8443/pypi/my.repo-1/\n");
}

static void a_scope_leaves_the_registry_alone(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    struct environment environment = {.arena = arena};
    struct environment_repository scoped = repository;
    scoped.scope = "@s";
    environment_add(&environment, find_tool("npm"), &scoped);
    check(&environment, "npm_config_@s:registry", repository.endpoint);
    for (size_t i = 0; i < environment.count; i++)
        assert_string_not_equal(environment.variables[i].name, "npm_config_registry");
    assert_null(strstr(environment.files[ENVIRONMENT_NPMRC], "\nregistry="));
}

static void without_a_repository_there_is_the_token(void **state)
{
    (void)state;
    ARENA_AUTO *arena = arena_new();
    struct environment environment = {.arena = arena};
    const struct environment_repository none = {.token = "T.x"};
    for (size_t i = 0; i < environment_tool_count; i++)
        environment_add(&environment, &environment_tools[i], &none);
    assert_int_equal(environment.count, 1);
    check(&environment, "CODEARTIFACT_AUTH_TOKEN", "T.x");
    assert_null(environment.files[ENVIRONMENT_NPMRC]);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(environment_find_program("/usr/bin/mvn")->name, "maven");
    assert_null(environment_find_program("make"));
    assert_null(environment_find_program(""));
    assert_true(environment_is_word("A_1"));
    assert_false(environment_is_word("1A"));
    assert_false(environment_is_word(""));
    assert_false(environment_is_word("a-b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_tool_has_its_variables), cmocka_unit_test(no_mark_is_left),
                                       cmocka_unit_test(a_scope_leaves_the_registry_alone),
                                       cmocka_unit_test(without_a_repository_there_is_the_token),
                                       cmocka_unit_test(names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
