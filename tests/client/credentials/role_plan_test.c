// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The way from a profile to its credentials: the published cases of an AWS SDK, but where the AWS CLI goes another
 * way, and the names of cache files, which are the AWS CLI's.
 */
#include "base/file.h"
#include "base/json.h"
#include "client/credentials/role_call.h"
#include "client/credentials/role_plan.h"
#include "client/environment.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const char *vectors;

/** A case in which the AWS CLI goes another way than the SDK. */
struct difference {
    const char *documentation;
    const char *way;
};

static const struct difference differences[] = {
    // The AWS CLI takes sso_session alone for no source of keys: it is for tokens.
    {"SSO token profile selected", "none"},
};

static void write_section(struct buffer *out, const char *type, const char *name, json_t *keys)
{
    const char *key;
    json_t *value;
    buffer_append_format(out, "[%s %s]\n", type, name);
    json_object_foreach(keys, key, value) buffer_append_format(out, "%s = %s\n", key, json_string_value(value));
}

static void write_sections(struct buffer *out, const char *type, json_t *sections)
{
    const char *name;
    json_t *keys;
    json_object_foreach(sections, name, keys) write_section(out, type, name, keys);
}

static const char *or_nothing(const char *text)
{
    return text == NULL ? "-" : text;
}

// ------------------------------------------------------------------ what the vectors say

static void write_step(struct buffer *out, const char *kind, const json_t *step)
{
    if (json_is_string(step))
        buffer_append_format(out, " %s %s", kind, json_string_value(step));
    else if (strcmp(kind, "AccessKey") == 0)
        buffer_append_format(out, " %s %s %s", kind, json_member_text(step, "access_key_id").data,
                             json_member_text(step, "secret_access_key").data);
    else if (strcmp(kind, "AssumeRole") == 0)
        buffer_append_format(out, " %s %s %s %s", kind, json_member_text(step, "role_arn").data,
                             or_nothing(json_member_text(step, "role_session_name").data),
                             or_nothing(json_member_text(step, "external_id").data));
    else
        buffer_append_format(out, " %s", kind);
}

static void write_wanted(struct buffer *out, json_t *output)
{
    size_t index;
    json_t *entry;
    json_array_foreach(json_object_get(output, "ProfileChain"), index, entry)
    {
        const char *kind;
        json_t *step;
        json_object_foreach(entry, kind, step) write_step(out, kind, step);
    }
}

// ------------------------------------------------------------------ the way that is taken

static const char *kind_of(const struct credentials *found)
{
    return strcmp(found->source, "assume-role-with-web-identity") == 0 ? "WebIdentityToken" : found->source;
}

static void write_source(struct buffer *out, const struct credentials_provider *const *chain,
                         const struct credentials_search *search)
{
    CREDENTIALS_AUTO found = {0};
    ERROR_AUTO error = {0};
    switch (credentials_ask(chain, search, &found, &error)) {
    case CREDENTIALS_FAILED:
        buffer_append_text(out, " error");
        return;
    case CREDENTIALS_NONE:
        buffer_append_text(out, " none");
        return;
    case CREDENTIALS_FOUND:
        break;
    }
    if (found.access_key_id == NULL)
        buffer_append_format(out, " %s", kind_of(&found));
    else
        buffer_append_format(out, " AccessKey %s %s", found.access_key_id, found.secret_access_key);
}

static void write_way(struct buffer *out, const struct credentials_search *search, struct arena *arena)
{
    ERROR_AUTO error = {0};
    struct role_plan plan;
    if (!role_plan_is_for(search)) {
        write_source(out, credentials_profile_chain, search);
        return;
    }
    if (!role_plan_make(search, arena, &plan, &error)) {
        buffer_append_text(out, " error");
        return;
    }
    plan.search.deferring = true;
    if (plan.credential_source != NULL)
        buffer_append_format(out, " NamedSource %s", plan.credential_source);
    else
        write_source(out, plan.chain, &plan.search);
    for (const struct role *role = plan.last; role != NULL; role = role->outer)
        buffer_append_format(out, " AssumeRole %s %s %s", role->arn, or_nothing(role->session_name),
                             or_nothing(role->external_id));
}

static bool is_failure(const char *way)
{
    return strncmp(way, " error", 6) == 0 || strncmp(way, " none", 5) == 0;
}

static const char *find_difference(const char *documentation)
{
    for (size_t i = 0; i < sizeof differences / sizeof *differences; i++)
        if (strcmp(differences[i].documentation, documentation) == 0)
            return differences[i].way;
    return NULL;
}

static void check_way(const json_t *given, const char *way)
{
    json_t *output = json_object_get(given, "output");
    const char *documentation = json_member_text(given, "docs").data;
    const char *difference = find_difference(documentation);
    BUFFER_AUTO wanted = {0};
    write_wanted(&wanted, output);
    if (difference != NULL) {
        assert_string_equal(way + 1, difference);
        assert_string_not_equal(way, buffer_text(&wanted));
    } else if (json_object_get(output, "Error") != NULL) {
        if (!is_failure(way))
            fail_msg("%s: wanted a failure, got%s", documentation, way);
    } else {
        assert_string_equal(way, buffer_text(&wanted));
    }
}

static void check_case(json_t *given)
{
    json_t *input = json_object_get(given, "input");
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO config = {0};
    BUFFER_AUTO way = {0};
    struct settings settings = {.environment = environment_look_up, .profiles = profile_set_new()};
    environment_use(NULL);
    write_sections(&config, "profile", json_object_get(input, "profiles"));
    write_sections(&config, "sso-session", json_object_get(input, "sso_sessions"));
    assert_true(profile_parse(settings.profiles, PROFILE_CONFIG, "", buffer_slice(&config), NULL));
    settings.profile = json_member_text(input, "selected_profile").data;
    const struct credentials_search search = {.settings = &settings, .profile = settings.profile, .deferring = true};
    write_way(&way, &search, arena);
    check_way(given, buffer_text(&way));
    profile_set_free(settings.profiles);
}

static void the_way_is_the_published_one(void **state)
{
    (void)state;
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    buffer_append_format(&path, "%s/credentials/assume-role-tests.json", vectors);
    assert_int_equal(file_read(buffer_text(&path), (size_t)1 << 20, &text, NULL), FILE_READ);
    JSON_AUTO *cases = json_parse(buffer_slice(&text), NULL);
    assert_int_equal(json_array_size(cases), 24);
    for (size_t i = 0; i < json_array_size(cases); i++)
        check_case(json_array_get(cases, i));
}

// ------------------------------------------------------------------ the call

/** The names come from the AWS CLI's own files. */
static void the_cache_is_the_aws_clis(void **state)
{
    (void)state;
    char name[CREDENTIALS_CACHE_NAME_SIZE];
    struct role role = {.arn = "arn:aws:iam::111122223333:role/r"};
    role_call_cache_name(&role, name);
    assert_string_equal(name, "e2d92bb0968bc57e345aa2b57c84f636d95a03fd");
    role.session_name = "";
    role_call_cache_name(&role, name);
    assert_string_equal(name, "e2d92bb0968bc57e345aa2b57c84f636d95a03fd");
    role = (struct role){.arn = "arn:aws:iam::111122223333:role/w", .session_name = "sn"};
    role_call_cache_name(&role, name);
    assert_string_equal(name, "7653a19827f1677533fbd4e36f262bb6807b33ba");
}

static void the_input_is_in_the_aws_clis_order(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    const struct role role = {.arn = "a",
                              .session_name = "s",
                              .external_id = "e",
                              .mfa_serial = "m",
                              .token_code = "t",
                              .has_duration = true,
                              .duration = 7};
    JSON_AUTO *input = role_call_input(&role);
    json_write(&text, input, 0);
    assert_string_equal(buffer_text(&text), "{\"RoleSessionName\":\"s\",\"ExternalId\":\"e\",\"SerialNumber\":\"m\","
                                            "\"DurationSeconds\":7,\"RoleArn\":\"a\",\"TokenCode\":\"t\"}");
}

int main(int count, char *arguments[])
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_way_is_the_published_one),
                                       cmocka_unit_test(the_cache_is_the_aws_clis),
                                       cmocka_unit_test(the_input_is_in_the_aws_clis_order)};
    vectors = count > 1 ? arguments[1] : "";
    return cmocka_run_group_tests(tests, NULL, NULL);
}
