// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whose a cached token is where somebody has signed in: by SSO, or by `aws login`. No service is asked. */
#include "base/memory.h"
#include "client/credentials/credentials.h"
#include "client/environment.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

/** SHA-1 of "x" and "y", names of sso-sessions, and of the start URL; SHA-256 of "arn:s" and "arn:t". */
#define SSO ".aws/sso/cache/"
#define SSO_X SSO "11f6ad8ec52a2984abaafd7c3b516503785c2072.json"
#define SSO_Y SSO "95cb0bfd2977c761298d9624e4b4d4c72a39974a.json"
#define SSO_URL SSO "1c5a689b7bb92284d0c514c4b1c1e1ce96d9621f.json"
#define LOGIN ".aws/login/cache/"
#define LOGIN_S LOGIN "8c2287c47ff967d48e31e9d220dedfd961abc8faff1661961c285db0de6121c9.json"
#define LOGIN_T LOGIN "47d3de63e9b5b66813092eff86d71e50bb21b447600542edf2a5451d7e392f09.json"

#define START "https://start.example"
#define SESSIONS                                                                                                       \
    "[sso-session x]\nsso_region = r\nsso_start_url = " START "\n"                                                     \
    "[sso-session y]\nsso_region = r\nsso_start_url = " START "\n"
#define OF(session, account, role)                                                                                     \
    "[profile p]\nsso_session = " session "\nsso_account_id = " account "\nsso_role_name = " role "\n" SESSIONS
#define OLDER(region)                                                                                                  \
    "[profile p]\nsso_start_url = " START "\nsso_region = " region "\nsso_account_id = 1\nsso_role_name = a\n"
#define TOKEN(token, end) "{\"accessToken\":\"" token "\",\"expiresAt\":\"" end "\"}"
#define LATER "2099-01-01T00:00:00Z"
#define BEFORE "2020-01-01T00:00:00Z"
#define SIGNED_IN(key, end)                                                                                            \
    "{\"refreshToken\":\"r\",\"clientId\":\"c\",\"dpopKey\":\"k\",\"accessToken\":{\"accessKeyId\":\"" key             \
    "\",\"secretAccessKey\":\"s\",\"sessionToken\":\"t\",\"accountId\":\"1\",\"expiresAt\":\"" end "\"}}"

/** A profile, the file of a sign-in with its content, and the number of the identity that it has: 0 is none. */
struct who {
    const char *config;
    const char *file;
    const char *content;
    int number;
};

static const struct who table[] = {
    {OF("x", "1", "a"), SSO_X, TOKEN("t", LATER), 1},
    // Whether it has ended or not, and whenever it ends: who has signed in is the same.
    {OF("x", "1", "a"), SSO_X, TOKEN("t", BEFORE), 1},
    {OF("x", "1", "a"), SSO_X, "{\"expiresAt\":\"" LATER "\",\"more\":1,\"accessToken\":\"t\"}", 1},
    {OF("x", "1", "a"), SSO_X, TOKEN("u", LATER), 2},
    {OF("x", "2", "a"), SSO_X, TOKEN("t", LATER), 3},
    {OF("x", "1", "b"), SSO_X, TOKEN("t", LATER), 4},
    // Another session, in which the same person has the same token.
    {OF("y", "1", "a"), SSO_Y, TOKEN("t", LATER), 1},
    {OF("y", "1", "a"), SSO_Y, TOKEN("v", LATER), 5},
    {OLDER("r"), SSO_URL, TOKEN("t", LATER), 1},
    {OLDER("s"), SSO_URL, TOKEN("t", LATER), 6},
    // Nobody has signed in, or what is there cannot be read.
    {OF("x", "1", "a"), SSO_Y, TOKEN("t", LATER), 0},
    {OF("x", "1", "a"), SSO_X, "{\"accessToken\":\"t\"}", 0},
    {OF("x", "1", "a"), SSO_X, "{\"expiresAt\":\"" LATER "\"}", 0},
    {OF("x", "1", "a"), SSO_X, "{", 0},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_S, SIGNED_IN("A", LATER), 7},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_S, SIGNED_IN("A", BEFORE), 7},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_S, SIGNED_IN("B", LATER), 8},
    {"[profile p]\nlogin_session = arn:t\n", LOGIN_T, SIGNED_IN("A", LATER), 9},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_T, SIGNED_IN("A", LATER), 0},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_S, "{\"accessToken\":{\"accessKeyId\":\"A\"}}", 0},
    {"[profile p]\nlogin_session = arn:s\n", LOGIN_S, "", 0},
    // A role that such a sign-in assumes is another one than the sign-in, and another one for another.
    {"[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\nlogin_session = arn:s\n", LOGIN_S,
     SIGNED_IN("A", LATER), 10},
    {"[profile p]\nrole_arn = arn:r\nsource_profile = q\n[profile q]\nlogin_session = arn:s\n", LOGIN_S,
     SIGNED_IN("B", LATER), 11},
};
#define COUNT (sizeof table / sizeof *table)

static void make_folders(const char *home)
{
    static const char *const folders[] = {".aws", ".aws/sso", ".aws/sso/cache", ".aws/login", ".aws/login/cache"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        MEMORY_AUTO char *path = temporary_path(home, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
}

/** The identity in a home of which the row's file is all; empty when it cannot be told. */
static void identify(const struct who *who, struct buffer *out)
{
    MEMORY_AUTO char *home = temporary_make();
    MEMORY_AUTO char *file = temporary_path(home, who->file);
    MEMORY_AUTO char *variable = memory_format("HOME=%s", home);
    const char *const variables[] = {variable, "AWS_EC2_METADATA_DISABLED=true", NULL};
    struct settings settings = {.environment = environment_look_up, .profiles = profile_set_new(), .profile = "p"};
    make_folders(home);
    temporary_write(file, slice_of(who->content));
    environment_use(variables);
    assert_true(profile_parse(settings.profiles, PROFILE_CONFIG, "", slice_of(who->config), NULL));
    if (!credentials_identify(&settings, out, NULL))
        buffer_clear(out);
    profile_set_free(settings.profiles);
    temporary_remove(home);
}

static void a_sign_in_is_known_by_what_it_was_given(void **state)
{
    (void)state;
    struct buffer found[COUNT] = {{0}};
    for (size_t i = 0; i < COUNT; i++) {
        identify(&table[i], &found[i]);
        if ((found[i].size > 0) != (table[i].number > 0))
            fail_msg("row %zu: %s", i, found[i].size > 0 ? "somebody" : "nobody");
        for (size_t j = 0; j < i && found[i].size > 0; j++)
            if (slice_equal(buffer_slice(&found[i]), buffer_slice(&found[j])) != (table[i].number == table[j].number))
                fail_msg("rows %zu and %zu: %s and %s", i, j, buffer_text(&found[i]), buffer_text(&found[j]));
    }
    for (size_t i = 0; i < COUNT; i++)
        buffer_free(&found[i]);
}

static void the_folder_of_sign_ins_can_be_elsewhere(void **state)
{
    (void)state;
    MEMORY_AUTO char *home = temporary_make();
    MEMORY_AUTO char *file = temporary_path(home, LOGIN_S + sizeof LOGIN - 1);
    MEMORY_AUTO char *variable = memory_format("AWS_LOGIN_CACHE_DIRECTORY=%s", home);
    const char *const variables[] = {"HOME=/nonexistent", variable, "AWS_EC2_METADATA_DISABLED=true", NULL};
    struct settings settings = {.environment = environment_look_up, .profiles = profile_set_new(), .profile = "p"};
    BUFFER_AUTO found = {0};
    temporary_write(file, SLICE(SIGNED_IN("A", LATER)));
    environment_use(variables);
    assert_true(
        profile_parse(settings.profiles, PROFILE_CONFIG, "", SLICE("[profile p]\nlogin_session = arn:s\n"), NULL));
    assert_true(credentials_identify(&settings, &found, NULL));
    profile_set_free(settings.profiles);
    temporary_remove(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_sign_in_is_known_by_what_it_was_given),
                                       cmocka_unit_test(the_folder_of_sign_ins_can_be_elsewhere)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
