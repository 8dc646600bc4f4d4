// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Which recorded tokens are listed: not the expired, the revoked, those of nobody. */
#include "base/memory.h"
#include "base/timestamp.h"
#include "service/audit/alive.h"
#include "service/http/fixture.h"
#include "service/store/revocation.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define DOMAIN "arn:aws:codeartifact:eu-west-1:123456789012:domain/"

static void write_id(void *context, const struct store_issued *item)
{
    buffer_append_slice(context, item->id);
    buffer_append_char(context, ' ');
}

static void assert_listed(struct store *store, struct store *records, const char *principal, const char *domain,
                          const char *wanted)
{
    BUFFER_AUTO ids = {0};
    const struct alive_question question = {principal, domain, 1000 * TIMESTAMP_SECOND};
    assert_true(alive_list(store, records, &question, write_id, &ids, NULL));
    assert_string_equal(buffer_text(&ids), wanted);
}

static void what_is_alive_is_listed(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    char *path = temporary_path(fixture.directory, "tokens.sqlite");
    struct store *store = store_open(fixture.site->store_path, NULL);
    struct store *records = store_open_issued(path, true, NULL);
    assert_true(store != NULL && records != NULL);
    const struct store_issued items[] = {
        {SLICE("one"), SLICE(PRINCIPAL_ADMIN), SLICE("a"), SLICE(DOMAIN "d"), {0}, 500, 2000, 0},
        {SLICE("expired"), SLICE(PRINCIPAL_ADMIN), SLICE("a"), SLICE(DOMAIN "d"), {0}, 500, 1000, 0},
        {SLICE("nobody"), SLICE("AIDAGONE"), SLICE("a"), SLICE(DOMAIN "d"), {0}, 500, 2000, 0},
        {SLICE("other"), SLICE(PRINCIPAL_ADMIN), SLICE("a"), SLICE(DOMAIN "e"), SLICE("read"), 500, 2000, 400},
        {SLICE("revoked"), SLICE(PRINCIPAL_ADMIN), SLICE("a"), SLICE(DOMAIN "d"), {0}, 500, 2000, 0},
    };
    assert_true(store_add_issued(records, items, sizeof items / sizeof items[0], 999, NULL));
    const struct store_revocation one = {
        .kind = STORE_REVOKED_TOKEN, .subject = "revoked", .cutoff = 1, .made = 1, .ends = 9000 * TIMESTAMP_SECOND};
    assert_true(store_add_revocation(store, &one, NULL));
    assert_listed(store, records, NULL, NULL, "one other ");
    assert_listed(store, records, PRINCIPAL_ADMIN, NULL, "one other ");
    assert_listed(store, records, "AIDAOTHER", NULL, "");
    assert_listed(store, records, NULL, DOMAIN "e", "other ");
    const struct store_revocation before = {.kind = STORE_REVOKED_ALL,
                                            .subject = "",
                                            .cutoff = 450 * TIMESTAMP_SECOND,
                                            .made = 1,
                                            .ends = 9000 * TIMESTAMP_SECOND};
    assert_true(store_add_revocation(store, &before, NULL));
    assert_listed(store, records, NULL, NULL, "one ");
    store_close(records);
    store_close(store);
    free(path);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_alive_is_listed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
