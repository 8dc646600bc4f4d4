// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The editors: what is set is found, all else stays byte for byte, twice is once, and what is taken out is gone. */
#include "client/edit/edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static const struct edit_place npm = {.format = EDIT_NPMRC, .key = "//h/npm/r/:_authToken"};
static const struct edit_place pip = {.format = EDIT_PIP, .path = {"global"}, .key = "index-url"};
static const struct edit_place servers = {.format = EDIT_INI, .path = {"distutils"}, .key = "index-servers"};
static const struct edit_place secret = {.format = EDIT_INI, .path = {"codeartifact"}, .key = "password"};
static const struct edit_place properties = {.format = EDIT_PROPERTIES, .key = "codeartifactPassword"};
static const struct edit_place machine = {.format = EDIT_NETRC, .path = {"h.example"}};
static const struct edit_place cargo = {.format = EDIT_TOML, .path = {"registries", "ca"}, .key = "index"};
static const struct edit_place root = {.format = EDIT_TOML, .key = "keyring-provider"};
static const struct edit_place uv = {
    .format = EDIT_TOML, .path = {"index"}, .select_key = "name", .select = "ca", .key = "url"};
static const struct edit_place yarn = {
    .format = EDIT_YAML, .path = {"npmRegistries", "//h/npm/r"}, .key = "npmAuthToken"};
static const struct edit_place yarn_root = {.format = EDIT_YAML, .key = "npmRegistryServer"};
static const struct edit_place gem = {.format = EDIT_YAML, .key = ":ca"};
static const struct edit_place maven = {.format = EDIT_XML,
                                        .path = {"settings", "servers", "server"},
                                        .select_key = "id",
                                        .select = "ca",
                                        .key = "password"};
static const struct edit_place maven_mirror = {.format = EDIT_XML,
                                               .path = {"settings", "mirrors", "mirror"},
                                               .select_key = "id",
                                               .select = "ca",
                                               .key = "url",
                                               .first = true};
static const struct edit_place swift = {.format = EDIT_JSON, .path = {"registries"}, .key = "a"};
static const struct edit_place nuget = {
    .format = EDIT_NUGET, .path = {"configuration", "packageSourceCredentials", "d_x002F_r"}, .key = "Username"};
static const struct edit_place source = {
    .format = EDIT_NUGET, .path = {"configuration", "packageSources"}, .key = "d/r"};

/** A file before and after. */
static const struct {
    const struct edit_place *place;
    const char *before;
    const char *value;
    const char *after;
} sets[] = {
    {&npm, "", "T", "//h/npm/r/:_authToken=T\n"},
    {&npm, "; mine\na=1\n", "T", "; mine\na=1\n//h/npm/r/:_authToken=T\n"},
    {&npm, "a=1\n[x]\nb=2\n", "T", "a=1\n//h/npm/r/:_authToken=T\n[x]\nb=2\n"},
    {&npm, "  //h/npm/r/:_authToken = old ; x\nb=2", "T", "  //h/npm/r/:_authToken = T\nb=2"},
    {&npm, "a=1\r\n", "T", "a=1\r\n//h/npm/r/:_authToken=T\r\n"},
    {&npm, "\"//h/npm/r/:_authToken\"=old\n", "T", "\"//h/npm/r/:_authToken\"=T\n"},
    {&npm, "a=1", "T", "a=1\n//h/npm/r/:_authToken=T\n"},
    {&pip, "", "u", "[global]\nindex-url = u\n"},
    {&pip, "[global]\nINDEX_URL: old\n# c\ntimeout = 3\n", "u", "[global]\nINDEX_URL: u\n# c\ntimeout = 3\n"},
    {&pip, "[install]\nx=1\n", "u", "[install]\nx=1\n\n[global]\nindex-url = u\n"},
    {&pip, "[global]\ntimeout = 3\n\n[install]\nx = 1\n", "u",
     "[global]\ntimeout = 3\nindex-url = u\n\n[install]\nx = 1\n"},
    {&servers, "", "\npypi", "[distutils]\nindex-servers = \n\tpypi\n"},
    {&secret, "[codeartifact]\npassword = a\n  b\nusername = u\n", "T", "[codeartifact]\npassword = T\nusername = u\n"},
    {&properties, "# c\na=1\n", "T", "# c\na=1\ncodeartifactPassword=T\n"},
    {&properties, "codeartifactPassword=old\\\n  older\nc=1\\\\\n", "T", "codeartifactPassword=T\nc=1\\\\\n"},
    {&properties, "a=1\\\ncodeartifactPassword=no\n", "T", "a=1\\\ncodeartifactPassword=no\ncodeartifactPassword=T\n"},
    {&pip, "[install]\nfind-links =\n  a\n  b\n", "u",
     "[install]\nfind-links =\n  a\n  b\n\n[global]\nindex-url = u\n"},
    {&cargo, "\xef\xbb\xbf[registries.ca]\nindex = \"x\"\n", "u", "\xef\xbb\xbf[registries.ca]\nindex = \"u\"\n"},
    {&maven_mirror, "<settings><mirrors>\n  <mirror><id>o</id></mirror>\n</mirrors></settings> <!-- end -->\n", "u",
     "<settings><mirrors>\n  <mirror>\n    <id>ca</id>\n    <url>u</url>\n  </mirror>\n  <mirror><id>o</id></mirror>\n"
     "</mirrors></settings> <!-- end -->\n"},
    {&machine, "", "aws T", "machine h.example login aws password T\n"},
    {&machine, "machine o login x password y\ndefault login z password w\n", "aws T",
     "machine o login x password y\nmachine h.example login aws password T\ndefault login z password w\n"},
    {&machine, "machine h.example\n  login x\n  password y # c\nmachine o login a password b\n", "aws T",
     "machine h.example\n  login aws\n  password T # c\nmachine o login a password b\n"},
    {&machine, "machine h.example password y account z login x\n", "aws T",
     "machine h.example password T account z login aws\n"},
    {&machine, "machine h.example login x\n", "aws T", "machine h.example login aws password T\n"},
    {&machine, "macdef m\nmachine h.example\n\nmachine o login a password b", "aws T",
     "macdef m\nmachine h.example\n\nmachine o login a password b\nmachine h.example login aws password T\n"},
    {&cargo, "", "u", "[registries.ca]\nindex = \"u\"\n"},
    {&cargo, "[registries.\"ca\"] # mine\nindex = 'old' # why\ntoken = \"t\"\n\n[net]\nretry = 2\n", "u",
     "[registries.\"ca\"] # mine\nindex = \"u\" # why\ntoken = \"t\"\n\n[net]\nretry = 2\n"},
    {&cargo, "[build]\nflags = [\n  \"[registries.ca]\",\n]\n", "u",
     "[build]\nflags = [\n  \"[registries.ca]\",\n]\n\n[registries.ca]\nindex = \"u\"\n"},
    {&root, "[x]\ny = 1\n", "subprocess", "keyring-provider = \"subprocess\"\n[x]\ny = 1\n"},
    {&uv, "[[index]]\nname = \"o\"\nurl = \"v\"\n", "u",
     "[[index]]\nname = \"o\"\nurl = \"v\"\n\n[[index]]\nname = \"ca\"\nurl = \"u\"\n"},
    {&uv, "[[index]]\nurl = \"v\"\nname = \"ca\"\ndefault = true\n\n[[index]]\nname = \"o\"\n", "u",
     "[[index]]\nurl = \"u\"\nname = \"ca\"\ndefault = true\n\n[[index]]\nname = \"o\"\n"},
    {&yarn, "", "T", "npmRegistries:\n  \"//h/npm/r\":\n    npmAuthToken: \"T\"\n"},
    {&yarn,
     "a: 1\nnpmRegistries:\n    '//o':\n        npmAuthToken: x\n    //h/npm/r:\n        npmAlwaysAuth: true\nb: 2\n",
     "T",
     "a: 1\nnpmRegistries:\n    '//o':\n        npmAuthToken: x\n    //h/npm/r:\n        npmAlwaysAuth: true\n"
     "        npmAuthToken: \"T\"\nb: 2\n"},
    {&yarn, "npmRegistries:\n  \"//o\":\n    npmAuthToken: x # c\n\n# end\n", "T",
     "npmRegistries:\n  \"//o\":\n    npmAuthToken: x # c\n  \"//h/npm/r\":\n    npmAuthToken: \"T\"\n\n# end\n"},
    {&yarn_root, "nodeLinker: pnp\nnpmRegistryServer: https://o # c\n", "https://h",
     "nodeLinker: pnp\nnpmRegistryServer: \"https://h\" # c\n"},
    {&gem, "---\n:other: k\n", "Bearer T", "---\n:other: k\n:ca: \"Bearer T\"\n"},
    {&maven, "", "T",
     "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<settings>\n  <servers>\n    <server>\n      <id>ca</id>\n"
     "      <password>T</password>\n    </server>\n  </servers>\n</settings>\n"},
    {&maven, "<settings xmlns=\"x\">\n\t<!-- <servers> -->\n\t<servers/>\n</settings>\n", "T&",
     "<settings xmlns=\"x\">\n\t<!-- <servers> -->\n\t<servers>\n\t\t<server>\n\t\t\t<id>ca</id>\n"
     "\t\t\t<password>T&amp;</password>\n\t\t</server>\n\t</servers>\n</settings>\n"},
    {&maven,
     "<settings>\n  <servers>\n    <server><id>o</id><password>p</password></server>\n    <server>\n      <id> ca "
     "</id>\n"
     "      <password>old</password>\n    </server>\n  </servers>\n</settings>",
     "T",
     "<settings>\n  <servers>\n    <server><id>o</id><password>p</password></server>\n    <server>\n      <id> ca "
     "</id>\n"
     "      <password>T</password>\n    </server>\n  </servers>\n</settings>"},
    {&source,
     "\xef\xbb\xbf<configuration>\r\n    <packageSources>\r\n        <clear />\r\n    </packageSources>\r\n"
     "</configuration>",
     "u",
     "\xef\xbb\xbf<configuration>\r\n    <packageSources>\r\n        <clear />\r\n        <add key=\"d/r\" value=\"u\" "
     "/>\r\n"
     "    </packageSources>\r\n</configuration>"},
    {&source,
     "<configuration><packageSources><add value='v' key='d/r' protocolVersion='3'/></packageSources></configuration>",
     "u",
     "<configuration><packageSources><add value='u' key='d/r' protocolVersion='3'/></packageSources></configuration>"},
    {&nuget, "<configuration>\n  <packageSources />\n</configuration>\n", "aws",
     "<configuration>\n  <packageSources />\n  <packageSourceCredentials>\n    <d_x002F_r>\n"
     "      <add key=\"Username\" value=\"aws\" />\n    </d_x002F_r>\n  "
     "</packageSourceCredentials>\n</configuration>\n"},
};

static void test_set(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        BUFFER_AUTO text = {0};
        BUFFER_AUTO value = {0};
        ERROR_AUTO error = {0};
        buffer_append_text(&text, sets[i].before);
        if (!edit_set(&text, sets[i].place, slice_of(sets[i].value), &error))
            fail_msg("case %zu: %s", i, error.message);
        if (!slice_is(buffer_slice(&text), sets[i].after))
            fail_msg("case %zu: wanted\n%s\ngot\n%s", i, sets[i].after, buffer_text(&text));
        assert_true(edit_find(buffer_slice(&text), sets[i].place, &value));
        assert_string_equal(buffer_text(&value), sets[i].value);
        // Twice is once.
        assert_true(edit_set(&text, sets[i].place, slice_of(sets[i].value), &error));
        assert_string_equal(buffer_text(&text), sets[i].after);
    }
}

/** What was not there before is not there after set and remove, and all else is as it was, but for a last line's end.
 */
static void test_undo(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        BUFFER_AUTO text = {0};
        BUFFER_AUTO value = {0};
        bool is_xml = sets[i].place->format == EDIT_XML || sets[i].place->format == EDIT_NUGET;
        buffer_append_text(&text, sets[i].before);
        if (edit_find(buffer_slice(&text), sets[i].place, &value) || (is_xml && text.size == 0))
            continue;
        assert_true(edit_set(&text, sets[i].place, slice_of(sets[i].value), NULL));
        assert_true(edit_remove(&text, sets[i].place));
        assert_false(edit_remove(&text, sets[i].place));
        struct slice before = slice_trim(slice_of(sets[i].before));
        if (is_xml && strstr(sets[i].before, "<servers/>") != NULL)
            continue; // an element that was empty goes with what was put into it
        if (!slice_equal(slice_trim(buffer_slice(&text)), before))
            fail_msg("case %zu: wanted\n%s\ngot\n%s", i, sets[i].before, buffer_text(&text));
    }
}

static void test_refuse(void **state)
{
    static const struct {
        const struct edit_place *place;
        const char *text;
    } cases[] = {
        {&cargo, "[registries]\nca = { index = \"x\" }\n"},
        {&cargo, "registries.ca.token = \"x\"\n"},
        {&cargo, "[registries.\n"},
        {&cargo, "nonsense\n"},
        {&uv, "[index]\nname = \"ca\"\n"},
        {&yarn, "npmRegistries: {}\n"},
        {&yarn_root, "a: 1\n---\nb: 2\n"},
        {&yarn_root, "npmRegistryServer: |\n  x\n"},
        {&maven, "<settings><servers></settings>"},
        {&maven, "<project/>"},
        {&nuget, "<configuration>"},
        {&nuget, "no XML"},
        {&maven, "<settings></settings>rubbish"},
        {&maven, "<settings></settings>\n<settings/>\n"},
        {&maven, "rubbish<settings></settings>"},
        {&pip, "index-url = x\n"},
        {&pip, "[global]\nindex-url\n"},
        {&pip, "[install]\nx = 1\nnonsense\n[global]\nindex-url = x\n"},
        {&swift, "[]"},
        {&swift, "{\"registries\": 1}"},
        {&npm, "\xff\xfe"},
        {&properties, "a=1\\"},
        {&properties, "a=1\\\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO text = {0};
        ERROR_AUTO error = {0};
        buffer_append_text(&text, cases[i].text);
        if (edit_set(&text, cases[i].place, SLICE("v"), &error))
            fail_msg("case %zu became\n%s", i, buffer_text(&text));
        assert_non_null(error.message);
        assert_string_equal(buffer_text(&text), cases[i].text);
    }
}

/** A message says on which line what is not understood stands. */
static void test_line(void **state)
{
    static const struct {
        const struct edit_place *place;
        const char *text;
        const char *line;
    } cases[] = {
        {&cargo, "[a]\n\nb\n", ": line 3"},
        {&cargo, "a = [\n  1,\n", ": line 1"},
        {&pip, "[global]\nx = 1\n  2\nnonsense\n", ": line 4"},
        {&pip, "# c\nx = 1\n", ": line 2"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        BUFFER_AUTO text = {0};
        ERROR_AUTO error = {0};
        buffer_append_text(&text, cases[i].text);
        assert_false(edit_set(&text, cases[i].place, SLICE("v"), &error));
        if (!slice_ends_with(slice_of(error.message), slice_of(cases[i].line)))
            fail_msg("case %zu: %s", i, error.message);
    }
}

/** A file in another encoding, or none, is not one that lacks the value. */
static void test_binary(void **state)
{
    static const struct edit_place *const places[] = {&npm, &pip, &properties, &machine, &cargo, &yarn, &maven, &swift};
    static const struct slice texts[] = {{"a=1\n\0\n", 6},
                                         {"\xff\xfe"
                                          "a\0",
                                          4},
                                         {"\xfe\xff\0a", 4}};
    (void)state;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
            BUFFER_AUTO text = {0};
            ERROR_AUTO error = {0};
            buffer_append_slice(&text, texts[k]);
            assert_false(edit_set(&text, places[i], SLICE("1"), &error));
            assert_non_null(strstr(error.message, "no text in UTF-8"));
            assert_true(slice_equal(buffer_slice(&text), texts[k]));
        }
}

/** Members of JSON keep their order, and what else is there. */
static void test_json(void **state)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO value = {0};
    (void)state;
    buffer_append_text(&text, "{\"version\": 1, \"registries\": {\"b\": {\"url\": \"v\"}}}");
    assert_true(edit_set(&text, &swift, SLICE("{\"url\":\"u\"}"), NULL));
    assert_string_equal(buffer_text(&text),
                        "{\n  \"version\": 1,\n  \"registries\": {\n    \"b\": {\n      \"url\": \"v\"\n"
                        "    },\n    \"a\": {\n      \"url\": \"u\"\n    }\n  }\n}\n");
    assert_true(edit_find(buffer_slice(&text), &swift, &value));
    assert_string_equal(buffer_text(&value), "{\"url\":\"u\"}");
    assert_true(edit_remove(&text, &swift));
    assert_false(edit_remove(&text, &swift));
    buffer_clear(&value);
    assert_false(edit_find(buffer_slice(&text), &swift, &value));
}

static void test_items(void **state)
{
    BUFFER_AUTO text = {0};
    (void)state;
    buffer_append_text(&text, "[distutils]\nindex-servers =\n    pypi\n    # mine\n    other\nx = 1\n");
    assert_true(edit_add_item(&text, &servers, SLICE("ca"), NULL));
    assert_true(edit_add_item(&text, &servers, SLICE("ca"), NULL));
    assert_string_equal(buffer_text(&text),
                        "[distutils]\nindex-servers =\n    pypi\n    # mine\n    other\n    ca\nx = 1\n");
    assert_true(edit_remove_item(&text, &servers, SLICE("ca")));
    assert_false(edit_remove_item(&text, &servers, SLICE("ca")));
    assert_string_equal(buffer_text(&text), "[distutils]\nindex-servers =\n    pypi\n    # mine\n    other\nx = 1\n");
    buffer_clear(&text);
    assert_true(edit_add_item(&text, &servers, SLICE("a"), NULL));
    assert_true(edit_add_item(&text, &servers, SLICE("b"), NULL));
    assert_string_equal(buffer_text(&text), "[distutils]\nindex-servers = \n\ta\n\tb\n");
    assert_true(edit_replace_item(&text, &servers, SLICE("a"), SLICE("see")));
    assert_false(edit_replace_item(&text, &servers, SLICE("a"), SLICE("see")));
    assert_string_equal(buffer_text(&text), "[distutils]\nindex-servers = \n\tsee\n\tb\n");
    assert_true(edit_replace_item(&text, &servers, SLICE("see"), SLICE("a")));
    assert_true(edit_remove_item(&text, &servers, SLICE("a")));
    assert_string_equal(buffer_text(&text), "[distutils]\nindex-servers = \n\tb\n");
    assert_true(edit_remove_item(&text, &servers, SLICE("b")));
    assert_string_equal(buffer_text(&text), "");
}

static void test_list(void **state)
{
    static const struct edit_place sources = {.format = EDIT_YAML_LIST, .key = ":sources"};
    BUFFER_AUTO text = {0};
    BUFFER_AUTO all = {0};
    (void)state;
    assert_true(edit_add_item(&text, &sources, SLICE("https://h/"), NULL));
    assert_string_equal(buffer_text(&text), ":sources:\n- https://h/\n");
    assert_true(edit_remove_item(&text, &sources, SLICE("https://h/")));
    assert_string_equal(buffer_text(&text), "");
    buffer_append_text(&text, "---\n:sources:\n  # mine\n  - \"https://o/\"\n:verbose: true");
    assert_true(edit_add_item(&text, &sources, SLICE("https://h/"), NULL));
    assert_true(edit_add_item(&text, &sources, SLICE("https://h/"), NULL));
    assert_string_equal(buffer_text(&text),
                        "---\n:sources:\n  # mine\n  - \"https://o/\"\n  - https://h/\n:verbose: true");
    assert_true(edit_find(buffer_slice(&text), &sources, &all));
    assert_string_equal(buffer_text(&all), "https://o/\nhttps://h/");
    assert_true(edit_replace_item(&text, &sources, SLICE("https://o/"), SLICE("https://p/")));
    assert_true(edit_replace_item(&text, &sources, SLICE("https://h/"), SLICE("https://i/")));
    assert_string_equal(buffer_text(&text),
                        "---\n:sources:\n  # mine\n  - \"https://p/\"\n  - https://i/\n:verbose: true");
    assert_true(edit_replace_item(&text, &sources, SLICE("https://i/"), SLICE("https://h/")));
    assert_true(edit_remove_item(&text, &sources, SLICE("https://h/")));
    assert_false(edit_remove_item(&text, &sources, SLICE("https://h/")));
    buffer_clear(&text);
    buffer_append_text(&text, ":sources: [a]\n");
    assert_false(edit_add_item(&text, &sources, SLICE("https://h/"), NULL));
    assert_string_equal(buffer_text(&text), ":sources: [a]\n");
}

static void test_find_nth(void **state)
{
    struct slice text =
        SLICE("[[index]]\nurl = \"a\"\n[x]\nurl = \"no\"\n[[index]]\nname = \"n\"\n[[index]]\nurl = 'c'\n");
    BUFFER_AUTO first = {0};
    BUFFER_AUTO third = {0};
    (void)state;
    assert_true(edit_find_nth(text, &uv, 0, &first));
    assert_string_equal(buffer_text(&first), "a");
    assert_false(edit_find_nth(text, &uv, 1, &first));
    assert_true(edit_find_nth(text, &uv, 2, &third));
    assert_string_equal(buffer_text(&third), "c");
    assert_false(edit_find_nth(text, &uv, 3, &first));
}

static void test_find_key(void **state)
{
    BUFFER_AUTO key = {0};
    (void)state;
    struct slice text = SLICE("<configuration><packageSources><add key='a&amp;b' value='u'/></packageSources>"
                              "</configuration>");
    assert_true(edit_find_key(text, &source, SLICE("u"), &key));
    assert_string_equal(buffer_text(&key), "a&b");
    assert_false(edit_find_key(text, &source, SLICE("v"), &key));
    buffer_clear(&key);
    text =
        SLICE("<configuration><packageSources><add key='a&#x2F;b&#38;&#xfc;&#0;&#;&x' value='&#117;'/></packageSources>"
              "</configuration>");
    assert_true(edit_find_key(text, &source, SLICE("u"), &key));
    assert_string_equal(buffer_text(&key), "a/b&\xc3\xbc&#0;&#;&x");
    assert_false(edit_find_key(SLICE(""), &source, SLICE("u"), &key));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_set),      cmocka_unit_test(test_undo),
                                       cmocka_unit_test(test_refuse),   cmocka_unit_test(test_line),
                                       cmocka_unit_test(test_binary),   cmocka_unit_test(test_json),
                                       cmocka_unit_test(test_items),    cmocka_unit_test(test_list),
                                       cmocka_unit_test(test_find_nth), cmocka_unit_test(test_find_key)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
