// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The published parser vectors of the AWS SDKs, where they agree with the AWS CLI. The SDKs' grammar is a
 * little different from the CLI's (Python's RawConfigParser), which is ours; the cases below say where.
 */
#include "base/file.h"
#include "base/json.h"
#include "client/environment.h"
#include "client/profile_files.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *vectors;

/** Where the AWS CLI decides otherwise, and what it does. */
static const struct {
    const char *name;
    const char *reason;
} differing[] = {
    {"Semicolon sign comments are ignored.", "text behind a value belongs to it"},
    {"All comment types can be used together.", "text behind a value belongs to it"},
    {"Comments can be empty.", "text behind a value belongs to it"},
    {"Duplicate profiles in the same file merge properties.", "a section may come once"},
    {"Duplicate properties in a profile use the last one defined.", "a key may come once"},
    {"Duplicate properties in duplicate profiles use the last one defined (case insensitive).",
     "a section may come once"},
    {"Default profile with profile prefix overrides default profile without prefix when profile prefix is first.",
     "the later of the two wins whole"},
    {"Sub-property definitions cannot have an empty name.", "an empty name is one"},
    {"Default profiles with mixed prefixes merge with credentials", "a section may come once"},
    {"profile name with extra whitespace", "blanks inside the brackets belong to the name"},
    {"profile name with extra whitespace in credentials", "blanks inside the brackets belong to the name"},
};

static bool differs(const char *name)
{
    for (size_t i = 0; i < sizeof differing / sizeof *differing; i++)
        if (strcmp(differing[i].name, name) == 0)
            return true;
    return false;
}

static bool parse_file(struct profile_set *set, enum profile_file file, const json_t *input, const char *member)
{
    struct slice text = json_member_text(input, member);
    return text.data == NULL || profile_parse(set, file, member, text, NULL);
}

/** "\nname = value" is a nested value. */
static bool nest_matches(const struct profile_set *set, const char *profile, const char *key, const char *expected)
{
    struct slice rest = slice_of(expected);
    struct slice line;
    while (slice_cut(&rest, '\n', &line)) {
        size_t separator = slice_find(line, '=', 0);
        if (separator == line.size)
            continue;
        BUFFER_AUTO path = {0};
        buffer_append_format(&path, "%s.%.*s", key, SLICE_ARGS(slice_trim(slice_part(line, 0, separator))));
        const char *value = profile_get(set, profile, buffer_text(&path));
        if (value == NULL || !slice_is(slice_trim(slice_part(line, separator + 1, line.size)), value))
            return false;
    }
    return true;
}

static bool sections_match(const struct profile_set *set, json_t *sections, const char *type)
{
    const char *name;
    json_t *keys;
    json_object_foreach(sections, name, keys)
    {
        const char *key;
        json_t *value;
        if (type == NULL && !profile_exists(set, name))
            return false;
        json_object_foreach(keys, key, value)
        {
            const char *expected = json_string_value(value);
            const char *got = type == NULL ? profile_get(set, name, key) : profile_get_section(set, type, name, key);
            if (expected[0] == '\n' ? !nest_matches(set, name, key, expected)
                                    : got == NULL || strcmp(got, expected) != 0)
                return false;
        }
    }
    return true;
}

static bool agrees(const json_t *test)
{
    const json_t *input = json_object_get(test, "input");
    const json_t *output = json_object_get(test, "output");
    const json_t *config = json_object_get(output, "config");
    struct profile_set *set = profile_set_new();
    bool parsed = parse_file(set, PROFILE_CONFIG, input, "configFile") &&
                  parse_file(set, PROFILE_CREDENTIALS, input, "credentialsFile");
    bool agreed = config == NULL ? !parsed
                                 : parsed && sections_match(set, json_object_get(config, "profiles"), NULL) &&
                                       sections_match(set, json_object_get(config, "sso_sessions"), "sso-session");
    profile_set_free(set);
    return agreed;
}

static json_t *read_suite(const char *name)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO path = {0};
    buffer_append_format(&path, "%s/profile/%s", vectors, name);
    assert_int_equal(file_read(buffer_text(&path), 1 << 20, &text, NULL), FILE_READ);
    json_t *suite = json_parse(buffer_slice(&text), NULL);
    assert_non_null(suite);
    return suite;
}

static void published_cases(void **state)
{
    (void)state;
    JSON_AUTO *suite = read_suite("profile-parser-tests.json");
    const json_t *tests = json_object_get(suite, "tests");
    assert_true(json_array_size(tests) > 40);
    size_t different = 0;
    for (size_t i = 0; i < json_array_size(tests); i++) {
        const json_t *test = json_array_get(tests, i);
        const char *name = json_string_value(json_object_get(test, "name"));
        bool should_differ = differs(name);
        different += should_differ;
        if (agrees(test) == should_differ)
            fail_msg("%s: %s", name, should_differ ? "agrees, against the table" : "does not agree");
    }
    assert_int_equal(different, sizeof differing / sizeof *differing);
}

static void check_location(const json_t *test, enum profile_file file, const char *member)
{
    BUFFER_AUTO path = {0};
    assert_true(profile_files_locate(file, environment_look_up, &path));
    assert_string_equal(buffer_text(&path), json_string_value(json_object_get(test, member)));
}

static void published_locations(void **state)
{
    (void)state;
    JSON_AUTO *suite = read_suite("file-location-tests.json");
    const json_t *tests = json_object_get(suite, "tests");
    size_t checked = 0;
    for (size_t i = 0; i < json_array_size(tests); i++) {
        const json_t *test = json_array_get(tests, i);
        if (strcmp(json_string_value(json_object_get(test, "platform")), "linux") != 0)
            continue;
        ARENA_AUTO *arena = arena_new();
        json_t *variables = json_object_get(test, "environment");
        const char **environment = arena_allocate(arena, json_object_size(variables) + 1, sizeof *environment);
        size_t count = 0;
        const char *name;
        json_t *value;
        json_object_foreach(variables, name, value)
        {
            environment[count++] = arena_format(arena, "%s=%s", name, json_string_value(value));
        }
        environment_use(environment);
        check_location(test, PROFILE_CONFIG, "configLocation");
        check_location(test, PROFILE_CREDENTIALS, "credentialsLocation");
        environment_use(NULL);
        checked++;
    }
    assert_int_equal(checked, 3);
}

/** Beyond the published cases: variables are replaced before the tilde, as botocore does it. */
static void locations(void **state)
{
    (void)state;
    static const struct {
        const char *variables[4];
        const char *path; // NULL: there is none
    } cases[] = {
        {{"HOME=/h", "AWS_CONFIG_FILE=~/c"}, "/h/c"},
        {{"HOME=/h/", "AWS_CONFIG_FILE=~//c"}, "/h//c"},
        {{"HOME=", "AWS_CONFIG_FILE=~/c"}, "/c"},
        {{"HOME=/", "AWS_CONFIG_FILE=~"}, "/"},
        {{"HOME=/h", "D=~/d", "AWS_CONFIG_FILE=$D/${D}$X"}, "/h/d/~/d$X"},
        {{"HOME=/$D", "D=d", "AWS_CONFIG_FILE=~/c"}, "/$D/c"},
        {{"HOME=/h", "AWS_CONFIG_FILE=a/~"}, "a/~"},
        {{"HOME=/h", "AWS_CONFIG_FILE="}, ""},
        {{"HOME=/h", "AWS_CONFIG_FILE=~no-such-user-here/c"}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO path = {0};
        environment_use(cases[i].variables);
        bool placed = profile_files_locate(PROFILE_CONFIG, environment_look_up, &path);
        assert_int_equal(placed, cases[i].path != NULL);
        if (placed)
            assert_string_equal(buffer_text(&path), cases[i].path);
    }
    environment_use(NULL);
}

int main(int count, char **arguments)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_cases),
        cmocka_unit_test(published_locations),
        cmocka_unit_test(locations),
    };
    vectors = count > 1 ? arguments[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
