// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Inputs from options, files, shorthand and documents, and the words in which a bad one is refused. */
#include "base/json.h"
#include "client/cli/input.h"
#include "client/cli/shorthand.h"
#include "client/cli/validation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define WORDS(...)                                                                                                     \
    (struct words)                                                                                                     \
    {                                                                                                                  \
        (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *)          \
    }

static char folder[] = "/tmp/jeton-input-XXXXXX";

static const char *environment(const char *name)
{
    return strcmp(name, "HOME") == 0 ? folder : strcmp(name, "NAME") == 0 ? "d" : NULL;
}

static void write_file(const char *name, const char *content, size_t size)
{
    BUFFER_AUTO path = {0};
    buffer_append_format(&path, "%s/%s", folder, name);
    FILE *file = fopen(buffer_text(&path), "we");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int make_files(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    write_file("d.txt", "my-dom", 6);
    write_file("dn.txt", "my-dom\n", 7);
    write_file("bin", "\xff\xfe", 2);
    write_file("bom.json", "\xef\xbb\xbf{}", 5);
    write_file("i.json", "{\"domain\":\"json-dom\"}", 21);
    return 0;
}

static int remove_files(void **state)
{
    static const char *const names[] = {"d.txt", "dn.txt", "bin", "bom.json", "i.json"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        BUFFER_AUTO path = {0};
        buffer_append_format(&path, "%s/%s", folder, names[i]);
        (void)unlink(buffer_text(&path));
    }
    return rmdir(folder);
}

static const struct api_operation *operation_of(const char *name)
{
    const struct api_operation *operation = api_find_operation(api_find_service(SLICE("codeartifact")), slice_of(name));
    assert_non_null(operation);
    return operation;
}

/** Reads and checks the input of an operation's command line. */
static bool read_checked(struct arena *arena, const char *name, struct words line, struct input *input,
                         struct error *error)
{
    struct operation_options options;
    assert_true(operation_options_parse(operation_of(name), line, arena, &options, error));
    return input_read(&options, environment, arena, input, error) &&
           validation_check(operation_of(name)->input, input, error);
}

static void assert_input(const char *name, struct words line, const char *expected)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    INPUT_AUTO input = {0};
    if (!read_checked(arena, name, line, &input, &error))
        fail_msg("refused: %s", error.message);
    JSON_AUTO *wire = input_wire(&input);
    BUFFER_AUTO text = {0};
    json_write(&text, wire, 0);
    assert_string_equal(buffer_text(&text), expected);
}

static void assert_refused(const char *name, struct words line, const char *expected)
{
    ARENA_AUTO *arena = arena_new();
    ERROR_AUTO error = {0};
    INPUT_AUTO input = {0};
    assert_false(read_checked(arena, name, line, &input, &error));
    BUFFER_AUTO message = {0};
    // The folder's name differs from run to run.
    for (const char *rest = error.message; *rest != '\0';) {
        bool here = strncmp(rest, folder, sizeof folder - 1) == 0;
        buffer_append(&message, here ? "HOME" : rest, here ? 4 : 1);
        rest += here ? sizeof folder - 1 : 1;
    }
    assert_string_equal(buffer_text(&message), expected);
}

#define TOKEN "get-authorization-token"

static void inputs_are_read(void **state)
{
    (void)state;
    assert_input(TOKEN, WORDS("--duration-seconds", "900", "--domain", "my-dom"),
                 "{\"domain\":\"my-dom\",\"durationSeconds\":900}");
    assert_input(TOKEN, WORDS("--cli-input-json", "{\"durationSeconds\":900,\"domain\":\"my-dom\"}"),
                 "{\"durationSeconds\":900,\"domain\":\"my-dom\"}");
    assert_input(TOKEN, WORDS("--cli-input-json", "{\"durationSeconds\":900,\"domain\":\"dd\"}", "--domain", "my-dom"),
                 "{\"domain\":\"my-dom\",\"durationSeconds\":900}");
    assert_input(TOKEN, WORDS("--domain", "my-dom", "--duration-seconds", "99999999999999999999999"),
                 "{\"domain\":\"my-dom\",\"durationSeconds\":\"99999999999999999999999\"}");
    assert_input(TOKEN, WORDS("--cli-input-json", "{\"domain\":\"dd\",\"durationSeconds\":true}"),
                 "{\"domain\":\"dd\",\"durationSeconds\":true}");
    assert_input("list-domains", WORDS("--max-results", " 5"), "{\"maxResults\":5}");
}

static void files_are_read(void **state)
{
    (void)state;
    assert_input(TOKEN, WORDS("--domain", "file://~/d.txt"), "{\"domain\":\"my-dom\"}");
    assert_input(TOKEN, WORDS("--domain", "file://$HOME/${NAME}n.txt"), "{\"domain\":\"my-dom\\n\"}");
    assert_input(TOKEN, WORDS("--domain", "FILE://d.txt"), "{\"domain\":\"FILE://d.txt\"}");
    assert_input(TOKEN, WORDS("--domain", "https://x"), "{\"domain\":\"https://x\"}");
    assert_input(TOKEN, WORDS("--cli-input-json", "file://~/i.json"), "{\"domain\":\"json-dom\"}");
    assert_input(TOKEN, WORDS("--cli-input-json", "fileb://~/i.json"), "{\"domain\":\"json-dom\"}");
    assert_refused("list-domains", WORDS("--max-results", "fileb://~/d.txt"),
                   "invalid literal for int() with base 10: b'my-dom'");
    assert_refused(TOKEN, WORDS("--domain", "fileb://~/d.txt"),
                   "Parameter validation failed:\nInvalid type for parameter domain, value: b'my-dom', type: <class "
                   "'bytes'>, valid types: <class 'str'>");
    assert_refused(TOKEN, WORDS("--domain", "file://~/none"),
                   "Error parsing parameter '--domain': Unable to load paramfile file://~/none: [Errno 2] No such file "
                   "or directory: 'HOME/none'");
    assert_refused(TOKEN, WORDS("--domain", "file://~"),
                   "Error parsing parameter '--domain': Unable to load paramfile file://~: [Errno 21] Is a directory: "
                   "'HOME'");
    assert_refused(
        TOKEN, WORDS("--domain", "file://~/bin"),
        "Error parsing parameter '--domain': Unable to load paramfile (HOME/bin), text contents could not be "
        "decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.");
    assert_refused(TOKEN, WORDS("--cli-input-json", "file://~/bom.json"),
                   "Error parsing parameter 'cli-input-json': Invalid JSON received.");
}

static void lists_are_read(void **state)
{
    (void)state;
    assert_input("create-domain", WORDS("--domain", "dd", "--tags", "key=a,value=b", "key=c,value=\"d,e\""),
                 "{\"domain\":\"dd\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"},{\"key\":\"c\",\"value\":"
                 "\"d,e\"}]}");
    assert_input("create-domain", WORDS("--domain", "dd", "--tags", "[{\"key\":\"a\",\"value\":\"b\"}]"),
                 "{\"domain\":\"dd\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}");
    assert_input("create-domain", WORDS("--domain", "dd", "--tags", "{\"key\":\"a\",\"value\":\"b\"}"),
                 "{\"domain\":\"dd\",\"tags\":[{\"key\":\"a\",\"value\":\"b\"}]}");
    assert_input(
        "create-repository",
        WORDS("--domain", "dd", "--repository", "rr", "--upstreams", "repositoryName=one", "repositoryName=two"),
        "{\"domain\":\"dd\",\"repository\":\"rr\",\"upstreams\":[{\"repositoryName\":\"one\"},{"
        "\"repositoryName\":\"two\"}]}");
    assert_refused("create-domain", WORDS("--domain", "dd", "--tags", "foo"),
                   "Error parsing parameter '--tags': Expected: '=', received: 'EOF' for input:\nfoo\n   ^");
    assert_refused(
        "create-domain", WORDS("--domain", "dd", "--tags", "key=a,key=b"),
        "Error parsing parameter '--tags': Second instance of key \"key\" encountered for input:\nkey=a,key=b"
        "\n      ^\nThis is often because there is a preceding \",\" instead of a space.");
    assert_refused(
        "create-domain", WORDS("--domain", "dd", "--tags", "key=a,bogus=b"),
        "Parameter validation failed:\nMissing required parameter in tags[0]: \"value\"\nUnknown parameter in "
        "tags[0]: \"bogus\", must be one of: key, value");
}

static void bad_inputs_are_refused(void **state)
{
    static const struct {
        const char *document;
        const char *message;
    } cases[] = {
        {"", "Error parsing parameter 'cli-input-json': Invalid JSON received."},
        {"{} t", "Error parsing parameter 'cli-input-json': Invalid JSON received."},
        {"[]", "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'list'>"},
        {"\"s\"", "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'str'>"},
        {"null",
         "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'NoneType'>"},
        {"1.5", "Error parsing parameter '--cli-input-json': Invalid type: expecting map, received <class 'float'>"},
        {"{}", "Parameter validation failed:\nMissing required parameter in input: \"domain\""},
        {"{\"domain\":null}", "Parameter validation failed:\nInvalid type for parameter domain, value: None, type: "
                              "<class 'NoneType'>, valid types: <class 'str'>"},
        {"{\"domain\":{\"a\":[1,\"it's\"]}}",
         "Parameter validation failed:\nInvalid type for parameter domain, value: {'a': [1, \"it's\"]}, type: <class "
         "'dict'>, valid types: <class 'str'>"},
        {"{\"domain\":\"dd\",\"durationSeconds\":900.0}", "Parameter validation failed:\nInvalid type for parameter "
                                                          "durationSeconds, value: 900.0, type: <class 'float'>, "
                                                          "valid types: <class 'int'>"},
        {"{\"Domain\":\"dd\"}",
         "Parameter validation failed:\nMissing required parameter in input: \"domain\"\nUnknown parameter in input: "
         "\"Domain\", must be one of: domain, domainOwner, durationSeconds"},
        {"{\"domain\":\"a\",\"domainOwner\":\"\u00e9\",\"durationSeconds\":-5}",
         "Parameter validation failed:\nInvalid length for parameter domain, value: 1, valid min length: 2\nInvalid "
         "length for parameter domainOwner, value: 1, valid min length: 12\nInvalid value for parameter "
         "durationSeconds, value: -5, valid min value: 0"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(TOKEN, WORDS("--cli-input-json", cases[i].document), cases[i].message);
    static const struct {
        const char *document;
        const char *message;
    } yaml[] = {
        {"", "Error parsing parameter '--cli-input-yaml': Invalid type: expecting map, received <class 'NoneType'>"},
        {"2020-01-01", "Error parsing parameter '--cli-input-yaml': Invalid type: expecting map, received <class "
                       "'datetime.date'>"},
        {"[2020-01-01]",
         "Error parsing parameter '--cli-input-yaml': Invalid type: expecting map, received <class 'list'>"},
        {"a: [", "Error parsing parameter 'cli-input-yaml': Invalid YAML received."},
        {"domain: 2020-02-31", "The YAML holds a value that is none: 2020-02-31"},
        {"domain: 2020-01-01\ndurationSeconds: -99999999999999999999",
         "Parameter validation failed:\nInvalid type for parameter domain, value: 2020-01-01, type: <class "
         "'datetime.date'>, valid types: <class 'str'>\nInvalid value for parameter durationSeconds, value: "
         "-99999999999999999999, valid min value: 0"},
        {"domain: .inf", "Parameter validation failed:\nInvalid type for parameter domain, value: inf, type: <class "
                         "'float'>, valid types: <class 'str'>"},
    };
    for (size_t i = 0; i < sizeof yaml / sizeof *yaml; i++)
        assert_refused(TOKEN, WORDS("--cli-input-yaml", yaml[i].document), yaml[i].message);
    assert_refused("create-domain", WORDS("--cli-input-yaml", "domain: ab\ntags: [{key: !!binary aGk=, value: v}]"),
                   "Parameter validation failed:\nInvalid type for parameter tags[0].key, value: b'hi', type: <class "
                   "'bytes'>, valid types: <class 'str'>");
    assert_refused(TOKEN, WORDS("--cli-input-json", "{}", "--cli-input-yaml", "{}"),
                   "Only one --cli-input- parameter may be specified.");
    assert_refused(TOKEN, WORDS("--domain", "dd", "--duration-seconds", "-99999999999999999999"),
                   "Parameter validation failed:\nInvalid value for parameter durationSeconds, value: "
                   "-99999999999999999999, valid min value: 0");
    assert_refused("list-domains", WORDS("--max-results", "abc"), "invalid literal for int() with base 10: 'abc'");
    assert_refused(
        "list-domains", WORDS("--max-results", "0"),
        "Parameter validation failed:\nInvalid value for parameter maxResults, value: 0, valid min value: 1");
    assert_refused(
        "list-domains", WORDS("--cli-input-json", "{\"maxResults\":false}"),
        "Parameter validation failed:\nInvalid value for parameter maxResults, value: False, valid min value: "
        "1");
}

/** More than the service allows passes: only minima are the client's to check. */
static void maxima_and_patterns_pass(void **state)
{
    (void)state;
    assert_input(TOKEN, WORDS("--domain", "A_B!", "--duration-seconds", "43201"),
                 "{\"domain\":\"A_B!\",\"durationSeconds\":43201}");
    assert_input("get-repository-endpoint", WORDS("--domain", "dd", "--repository", "rr", "--format", "bogus"),
                 "{\"domain\":\"dd\",\"repository\":\"rr\",\"format\":\"bogus\"}");
}

static void shorthand_is_read(void **state)
{
    static const struct {
        const char *text;
        const char *json; /**< NULL: refused. */
    } cases[] = {
        {"a=b", "{\"a\":\"b\"}"},
        {"a=", "{\"a\":\"\"}"},
        {"a=b,c", "{\"a\":[\"b\",\"c\"]}"},
        {"a=b,c,d=e", "{\"a\":[\"b\",\"c\"],\"d\":\"e\"}"},
        {"a=b,d=e=f", "{\"a\":\"b\",\"d\":\"e=f\"}"},
        {"a=[b,c]", "{\"a\":[\"b\",\"c\"]}"},
        {"a={b=c,d=[e]},f=g", "{\"a\":{\"b\":\"c\",\"d\":[\"e\"]},\"f\":\"g\"}"},
        {"a='b,c'", "{\"a\":\"b,c\"}"},
        {"a=\"it's \\\"b\\\"\"", "{\"a\":\"it's \\\"b\\\"\"}"},
        {"a=b\\,c", "{\"a\":\"b,c\"}"},
        {" a = b , c = d ", NULL},
        {"a = b , c = d ", "{\"a\":\"b\",\"c\":\"d\"}"},
        {"a='b", NULL},
        {"a=b,", NULL},
        {"a", NULL},
        {"", NULL},
        {"a=[b", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ERROR_AUTO error = {0};
        JSON_AUTO *value = shorthand_parse(slice_of(cases[i].text), &error);
        BUFFER_AUTO text = {0};
        if (value != NULL)
            json_write(&text, value, 0);
        else
            assert_int_equal(error.class, ERROR_PARAMETER);
        assert_string_equal(value != NULL ? buffer_text(&text) : "refused",
                            cases[i].json != NULL ? cases[i].json : "refused");
    }
}

static void shorthand_takes_types(void **state)
{
    static const struct api_shape number = {.type = API_INTEGER};
    static const struct api_shape flag = {.type = API_BOOLEAN};
    static const struct api_shape word = {.type = API_STRING};
    static const struct api_shape words = {.type = API_LIST, .element = &word};
    static const struct api_member members[] = {
        {.name = "n", .shape = &number}, {.name = "f", .shape = &flag}, {.name = "w", .shape = &words}};
    static const struct api_shape shape = {.type = API_STRUCTURE, .members = members, .member_count = 3};
    (void)state;
    ERROR_AUTO error = {0};
    JSON_AUTO *value = shorthand_parse(SLICE("n= 07,f=TRUE,w=one"), &error);
    assert_non_null(value);
    assert_true(shorthand_apply_types(value, &shape, &error));
    BUFFER_AUTO text = {0};
    json_write(&text, value, 0);
    assert_string_equal(buffer_text(&text), "{\"n\":7,\"f\":true,\"w\":[\"one\"]}");
    JSON_AUTO *bad = shorthand_parse(SLICE("n=x"), &error);
    assert_false(shorthand_apply_types(bad, &shape, &error));
    assert_string_equal(error.message, "invalid literal for int() with base 10: 'x'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inputs_are_read),       cmocka_unit_test(files_are_read),
        cmocka_unit_test(lists_are_read),        cmocka_unit_test(bad_inputs_are_refused),
        cmocka_unit_test(shorthand_is_read),     cmocka_unit_test(maxima_and_patterns_pass),
        cmocka_unit_test(shorthand_takes_types),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
