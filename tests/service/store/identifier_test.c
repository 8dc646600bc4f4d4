// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/identifier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_ids_use_every_bit(void **state)
{
    (void)state;
    // The example of RFC 4648, section 10 is base32 of "foobar"; here the bytes are "foobarfoobar".
    static const unsigned char words[] = "foobarfoobar";
    static const unsigned char low[IDENTIFIER_ENTROPY] = {0};
    unsigned char high[IDENTIFIER_ENTROPY];
    memset(high, 0xff, sizeof high);
    char id[IDENTIFIER_SIZE];
    identifier_write(IDENTIFIER_ACCESS_KEY, words, id);
    assert_string_equal(id, "AKIAMZXW6YTBOJTG633C");
    identifier_write(IDENTIFIER_USER, low, id);
    assert_string_equal(id, "AIDAAAAAAAAAAAAAAAAAA");
    identifier_write(IDENTIFIER_ROLE, high, id);
    assert_string_equal(id, "AROA77777777777777777");
    identifier_write(IDENTIFIER_SESSION_KEY, low, id);
    assert_string_equal(id, "ASIAAAAAAAAAAAAAAAAA");
}

static void test_secrets_are_base64(void **state)
{
    (void)state;
    unsigned char entropy[IDENTIFIER_SECRET_ENTROPY];
    memset(entropy, 0xff, sizeof entropy);
    char secret[IDENTIFIER_SECRET_SIZE];
    identifier_write_secret(entropy, secret);
    assert_string_equal(secret, "////////////////////////////////////////");
    memset(entropy, 0, sizeof entropy);
    entropy[29] = 1;
    identifier_write_secret(entropy, secret);
    assert_string_equal(secret, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB");
}

static void test_accounts_are_twelve_digits(void **state)
{
    (void)state;
    char account[IDENTIFIER_ACCOUNT_SIZE];
    for (unsigned i = 0; i < 4096; i++) {
        unsigned char entropy[IDENTIFIER_ACCOUNT_ENTROPY];
        for (unsigned j = 0; j < sizeof entropy; j++)
            entropy[j] = (unsigned char)(i * 2654435761u >> j * 3);
        identifier_write_account(entropy, account);
        assert_int_equal(strlen(account), 12);
        assert_int_equal(strspn(account, "0123456789"), 12);
        assert_int_not_equal(account[0], '0');
    }
    static const unsigned char low[IDENTIFIER_ACCOUNT_ENTROPY] = {0};
    identifier_write_account(low, account);
    assert_string_equal(account, "100000000000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ids_use_every_bit),
        cmocka_unit_test(test_secrets_are_base64),
        cmocka_unit_test(test_accounts_are_twelve_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
