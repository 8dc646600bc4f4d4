// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** A token opens with the `jose` program, given the key; its path is the argument. */
#include "fixture.h"

#include "base/file.h"
#include "base/json.h"

#include <fcntl.h>
#include <setjmp.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

extern char **environ;
static const char *jose;

/** Writes CONTENT to a new file whose name is made of NAME, which ends in XXXXXX. */
static void write_temporary(char *name, struct slice content)
{
    int file = mkstemp(name);
    assert_true(file >= 0);
    assert_int_equal(write(file, content.data, content.size), content.size);
    assert_int_equal(close(file), 0);
}

/** @return the exit code; what it printed is in OUT. */
static int decrypt(const char *token, const char *key, const char *output, struct buffer *out)
{
    const char *const arguments[] = {jose, "jwe", "dec", "-i", token, "-k", key, "-O", output, NULL};
    pid_t process;
    int status = 0;
    if (posix_spawn(&process, jose, NULL, NULL, (char *const *)(uintptr_t)arguments, environ) != 0 ||
        waitpid(process, &status, 0) != process || !WIFEXITED(status))
        fail_msg("%s cannot be run", jose);
    ERROR_AUTO error = {0};
    assert_int_equal(file_read(output, 1 << 16, out, &error), FILE_READ);
    return WEXITSTATUS(status);
}

static void test_opens(void **state)
{
    struct token_fixture *fixture = *state;
    char token_file[] = "/tmp/jeton-token-XXXXXX";
    char key_file[] = "/tmp/jeton-key-XXXXXX";
    char wrong_file[] = "/tmp/jeton-wrong-XXXXXX";
    char output_file[] = "/tmp/jeton-claims-XXXXXX";
    BUFFER_AUTO token = {0};
    char id[23];
    assert_true(
        token_seal(fixture->ring, fixture->cipher, &fixture->claims, &fixture->entropy, &token, id, &fixture->error));
    write_temporary(token_file, buffer_slice(&token));
    write_temporary(key_file, SLICE("{\"kty\":\"oct\",\"alg\":\"A128GCMKW\",\"k\":\"" FIXTURE_KEY_BASE64URL "\"}"));
    write_temporary(wrong_file, SLICE("{\"kty\":\"oct\",\"alg\":\"A128GCMKW\",\"k\":\"BAECAwQFBgcICQoLDA0ODw\"}"));
    write_temporary(output_file, SLICE(""));
    BUFFER_AUTO opened = {0};
    BUFFER_AUTO refused = {0};
    int wrong_exit = decrypt(token_file, wrong_file, output_file, &refused);
    int exit_code = decrypt(token_file, key_file, output_file, &opened);
    (void)unlink(token_file);
    (void)unlink(key_file);
    (void)unlink(wrong_file);
    (void)unlink(output_file);
    assert_int_not_equal(wrong_exit, 0);
    assert_int_equal(refused.size, 0);
    assert_int_equal(exit_code, 0);
    JSON_AUTO *claims = json_parse(buffer_slice(&opened), NULL);
    assert_true(slice_is(json_member_text(claims, "typ"), "authorization"));
    assert_true(slice_is(json_member_text(claims, "jti"), id));
    assert_true(slice_equal(json_member_text(claims, "sub"), fixture->claims.principal));
    assert_true(slice_equal(json_member_text(claims, "acc"), fixture->claims.account));
    assert_true(slice_equal(json_member_text(claims, "dom"), fixture->claims.domain));
    assert_int_equal(json_integer_value(json_object_get(claims, "iat")), FIXTURE_NOW);
    assert_int_equal(json_integer_value(json_object_get(claims, "exp")), FIXTURE_NOW + 43200);
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 2) {
        (void)fprintf(stderr, "usage: %s JOSE\n", arguments[0]);
        return 2;
    }
    jose = arguments[1];
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(test_opens, fixture_set_up, fixture_tear_down)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
