// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The grammar of config and credentials as the AWS CLI reads it. */
#include "client/profile/profile.h"
#include "client/profile/words.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct profile_set *parse(enum profile_file file, const char *text)
{
    struct profile_set *set = profile_set_new();
    ERROR_AUTO error = {0};
    if (!profile_parse(set, file, "/p", slice_of(text), &error))
        fail_msg("%s: %s", text, error.message);
    return set;
}

struct value_case {
    const char *text;
    const char *profile;
    const char *key;
    const char *value; // NULL: no such key
};

static const struct value_case values[] = {
    {"[profile p]\nk = v\n", "p", "k", "v"},
    {"[profile p]\nk: v\n", "p", "k", "v"},
    {"[profile p]\nk=a=b:c\n", "p", "k", "a=b:c"},
    {"[profile p]\nk=v # c\n", "p", "k", "v # c"},
    {"[profile p]\nk=\"v\"\n", "p", "k", "\"v\""},
    {"[profile p]\nk=100%\n", "p", "k", "100%"},
    {"[profile p]\n# c\n; c\n  # i\nk=v\n", "p", "k", "v"},
    {"[profile p] # c\nk=v\n", "p", "k", "v"},
    {"[profile p]\r\nk=v\r\n", "p", "k", "v"},
    {"[profile p]\rk=v\r", "p", "k", "v"},
    {"[profile p]\nKEY = v\n", "p", "key", "v"},
    {"[profile p]\nk =\n", "p", "k", ""},
    {"[profile p]\nk=v\n  more\n", "p", "k", "v\nmore"},
    {"[profile p]\nk=v\n\n  more\n\n", "p", "k", "v\n\nmore"},
    {"[profile p]\nk=v\n  # gone\n  more\n", "p", "k", "v\nmore"},
    {"[profile p]\nk=v\n  inner=x\n", "p", "inner", NULL},
    {"[profile p]\n  k=v\n  inner=x\n", "p", "inner", "x"},
    {"[profile p]\nn =\n  a = 1\n\n  B = 2 = 3\n", "p", "n.a", "1"},
    {"[profile p]\nn =\n  a = 1\n\n  B = 2 = 3\n", "p", "n.B", "2 = 3"},
    {"[profile p]\nn =\n  a = 1\n", "p", "n", NULL},
    {"[profile p]\nn =\n  a = 1\n  a = 2\n", "p", "n.a", "2"},
    {"[DEFAULT]\nk=d\n[profile p]\nj=x\n", "p", "k", "d"},
    {"[profile p]\nk=own\n[DEFAULT]\nk=d\n", "p", "k", "own"},
    {"[DEFAULT]\na=1\n[profile p]\nc=3\n[DEFAULT]\nb=2\n", "p", "b", "2"},
    {"[profile  p]\nk=v\n", "p", "k", "v"},
    {"[profile\tp]\nk=v\n", "p", "k", "v"},
    {"[profile \"my prof\"]\nk=v\n", "my prof", "k", "v"},
    {"[profile 'my prof']\nk=v\n", "my prof", "k", "v"},
    {"[profile my\\ prof]\nk=v\n", "my prof", "k", "v"},
    {"[default]\nk=1\nj=1\n[profile default]\nk=2\n", "default", "k", "2"},
    {"[default]\nk=1\nj=1\n[profile default]\nk=2\n", "default", "j", NULL},
    {"[profile default]\nk=2\n[default]\nk=1\n", "default", "k", "1"},
    {"[profile p]\nk=\xf0\x9f\x98\x82\n", "p", "k", "\xf0\x9f\x98\x82"},
    // White space beyond ASCII goes too, as when a key is copied from a page.
    {"[profile p]\nk=\xc2\xa0v\xe2\x80\x89\n", "p", "k", "v"},
    {"[profile p]\n\xc2\xa0k=v\n  more\n j=w\n", "p", "j", "w"},
    {"[profile p]\nn =\n  a = 1\v b = 2\xe2\x80\xa8 c = 3\n", "p", "n.b", "2"},
    {"[profile p]\nn =\n  a = 1\v b = 2\xe2\x80\xa8 c = 3\n", "p", "n.c", "3"},
};

static void values_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct profile_set *set = parse(PROFILE_CONFIG, values[i].text);
        const char *value = profile_get(set, values[i].profile, values[i].key);
        if ((value == NULL) != (values[i].value == NULL))
            fail_msg("%s: %s is %s", values[i].text, values[i].key, value == NULL ? "missing" : value);
        if (value != NULL)
            assert_string_equal(value, values[i].value);
        profile_set_free(set);
    }
}

static void headers_that_are_no_profiles(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *profile;
    } cases[] = {
        {"[profile my prof]\n", "my prof"}, {"[p]\n", "p"},
        {"[ profile p ]\n", "p"},           {"[ default ]\n", "default"},
        {"[Default]\n", "default"},         {"[Profile p]\n", "p"},
        {"[profile \"p]\n", "p"},           {"[profile]\n", "profile"},
        {"[DEFAULT]\n", "DEFAULT"},         {"[services p]\n", "p"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct profile_set *set = parse(PROFILE_CONFIG, cases[i].text);
        if (profile_exists(set, cases[i].profile))
            fail_msg("%s defines %s", cases[i].text, cases[i].profile);
        profile_set_free(set);
    }
}

static void broken_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *where;
    } broken[] = {
        {"k=v\n", "line 1: a `[section]` must come first"},
        {"[profile p]\nk=1\nk=2\n", "line 3: this key stands in the section already"},
        {"[profile p]\nk=1\r\n\nK=2\n", "line 4: this key stands in the section already"},
        {"[profile p]\n[profile p]\n", "line 2: this section stands in the file already"},
        {"[profile p]\njust words\n", "line 2: a line is `[section]`, `key = value` or a comment"},
        {"[profile p]\n= v\n", "line 2: the key is missing"},
        {"[profile p\nk=v\n", "line 1: a `[section]` must come first"},
        {"[a]\n\n[profile p\nk=v\n", "line 3: a section's header is `[name]`"},
        {"[]\n", "line 1: a `[section]` must come first"},
        {"\xef\xbb\xbf[default]\n", "line 1: the file begins with a byte order mark: save it as UTF-8 without one"},
        {"[profile p]\nk=\xe9\n", "line 2: this is not UTF-8"},
        {"[profile p]\nn =\n  no separator\n",
         "line 2: the indented lines under a key without a value must be `name = value`"},
        {"[DEFAULT]\nk=1\n[DEFAULT]\nk=2\n", "line 4: this key stands in the section already"},
        {"[DEFAULT]\nk=\n  words\n[profile p]\n",
         "line 2: the indented lines under a key without a value must be `name = value`"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct profile_set *set = profile_set_new();
        ERROR_AUTO error = {0};
        if (profile_parse(set, PROFILE_CONFIG, "/home/me/.aws/config", slice_of(broken[i].text), &error))
            fail_msg("%s was accepted", broken[i].text);
        assert_int_equal(error.class, ERROR_INTERNAL);
        BUFFER_AUTO message = {0};
        buffer_append_format(&message, "Unable to parse config file: /home/me/.aws/config, %s", broken[i].where);
        assert_string_equal(error.message, buffer_text(&message));
        profile_set_free(set);
    }
}

static void a_broken_nest_of_the_defaults_only_breaks_who_takes_it(void **state)
{
    (void)state;
    struct profile_set *set = parse(PROFILE_CONFIG, "[DEFAULT]\nk=\n  words\n[profile p]\nk=v\n");
    assert_string_equal(profile_get(set, "p", "k"), "v");
    profile_set_free(set);
}

static void a_nul_is_refused(void **state)
{
    (void)state;
    struct profile_set *set = profile_set_new();
    assert_false(profile_parse(set, PROFILE_CONFIG, "/p", SLICE("[default]\nk=a\0b\n"), NULL));
    profile_set_free(set);
}

static void the_credentials_file_wins_key_by_key(void **state)
{
    (void)state;
    struct profile_set *set = parse(PROFILE_CONFIG, "[profile p]\na=config\nb=config\n[default]\nz=1\n");
    assert_true(profile_parse(set, PROFILE_CREDENTIALS, "/c", SLICE("[p]\na=credentials\n[ q ]\nk=v\n"), NULL));
    assert_string_equal(profile_get(set, "p", "a"), "credentials");
    assert_string_equal(profile_get(set, "p", "b"), "config");
    assert_string_equal(profile_get_from(set, PROFILE_CONFIG, "p", "a"), "config");
    assert_null(profile_get_from(set, PROFILE_CREDENTIALS, "p", "b"));
    profile_set_free(set);
    set = parse(PROFILE_CONFIG, "[profile p]\nn =\n  a = 1\n");
    assert_true(profile_parse(set, PROFILE_CREDENTIALS, "/c", SLICE("[p]\nn = whole\n[ q ]\nk=v\n"), NULL));
    assert_null(profile_get(set, "p", "n.a"));
    assert_false(profile_exists(set, "q"));
    assert_true(profile_exists(set, " q "));
    profile_set_free(set);
}

static void other_sections(void **state)
{
    (void)state;
    struct profile_set *set = parse(
        PROFILE_CONFIG, "[services s]\ncodeartifact =\n  endpoint_url = http://h\n[sso-session me]\nsso_region=r\n"
                        "[services empty]\n");
    assert_string_equal(profile_get_section(set, "services", "s", "codeartifact.endpoint_url"), "http://h");
    assert_string_equal(profile_get_section(set, "sso-session", "me", "sso_region"), "r");
    assert_null(profile_get_section(set, "services", "me", "sso_region"));
    assert_true(profile_section_exists(set, "services", "s"));
    assert_false(profile_section_exists(set, "services", "empty"));
    assert_false(profile_section_exists(set, "services", "t"));
    profile_set_free(set);
}

/** Many sections and keys must not cost their square. */
static void long_files_are_quick(void **state)
{
    (void)state;
    BUFFER_AUTO text = {0};
    for (unsigned i = 0; i < 50000; i++)
        buffer_append_format(&text, "[profile p%u]\nk=%u\n", i, i);
    buffer_append_text(&text, "[profile many]\n");
    for (unsigned i = 0; i < 50000; i++)
        buffer_append_format(&text, "k%u=v\n", i);
    struct profile_set *set = parse(PROFILE_CONFIG, buffer_text(&text));
    assert_string_equal(profile_get(set, "p49999", "k"), "49999");
    assert_string_equal(profile_get(set, "many", "k49999"), "v");
    profile_set_free(set);
}

static void words_are_split_like_a_shell(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum words_result result;
        const char *words[4];
    } cases[] = {
        {"a b", WORDS_SPLIT, {"a", "b"}},
        {"  a\t b\n", WORDS_SPLIT, {"a", "b"}},
        {"", WORDS_SPLIT, {NULL}},
        {"'' x", WORDS_SPLIT, {"", "x"}},
        {"a'b c'd", WORDS_SPLIT, {"ab cd"}},
        {"\"a\\\"b\\c\\\\\"", WORDS_SPLIT, {"a\"b\\c\\"}},
        {"'a\\'", WORDS_SPLIT, {"a\\"}},
        {"a\\ b", WORDS_SPLIT, {"a b"}},
        {"$HOME ~", WORDS_SPLIT, {"$HOME", "~"}},
        {"'a", WORDS_OPEN_QUOTE, {NULL}},
        {"\"a\\\"", WORDS_OPEN_QUOTE, {NULL}},
        {"a\\", WORDS_OPEN_ESCAPE, {NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ARENA_AUTO *arena = arena_new();
        char **words = NULL;
        size_t count = 0;
        assert_int_equal(words_split(slice_of(cases[i].text), arena, &words, &count), cases[i].result);
        for (size_t at = 0; cases[i].result == WORDS_SPLIT && at <= count; at++) {
            if (cases[i].words[at] == NULL)
                assert_null(words[at]);
            else
                assert_string_equal(words[at], cases[i].words[at]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_read),
        cmocka_unit_test(headers_that_are_no_profiles),
        cmocka_unit_test(broken_files_are_refused),
        cmocka_unit_test(a_broken_nest_of_the_defaults_only_breaks_who_takes_it),
        cmocka_unit_test(a_nul_is_refused),
        cmocka_unit_test(the_credentials_file_wins_key_by_key),
        cmocka_unit_test(other_sections),
        cmocka_unit_test(long_files_are_quick),
        cmocka_unit_test(words_are_split_like_a_shell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
