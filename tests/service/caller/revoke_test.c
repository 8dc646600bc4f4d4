// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What can be asked to be revoked, and what becomes of it. */
#include "base/timestamp.h"
#include "service/caller/revocations.h"
#include "service/caller/revoke.h"
#include "service/http/fixture.h"
#include "service/store/iam.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW FIXTURE_NOW
#define LIFE (REVOCATIONS_LIFE * TIMESTAMP_SECOND)
#define ID "AAAAAAAAAAAAAAAAAAAAAA"
#define ROLE "AROAFIXTUREBUILDER01"

static const struct {
    const char *token;
    const char *principal;
    bool all;
    int64_t before;      /**< 0: not given. */
    const char *subject; /**< NULL: refused. */
    int64_t cutoff;
    int64_t ends;
} cases[] = {
    {.token = ID, .subject = ID, .cutoff = NOW + TIMESTAMP_SECOND, .ends = NOW + LIFE},
    {.token = "AAAAAAAAAAAAAAAAAAAAA"},
    {.token = "AAAAAAAAAAAAAAAAAAAAA."},
    {.token = "AAAAAAAAAAAAAAAAAAAAAB"}, // stray bits
    {.token = ID, .before = NOW},
    {.token = ID, .all = true},
    {.subject = NULL},
    {.all = true, .subject = "", .cutoff = NOW + TIMESTAMP_SECOND, .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.all = true, .before = NOW - 7, .subject = "", .cutoff = NOW - 7, .ends = NOW - 7 + LIFE},
    {.all = true, .before = NOW + TIMESTAMP_SECOND + 1},
    {.all = true, .before = NOW - LIFE},
    {.principal = "arn:aws:iam::123456789012:user/ops/admin",
     .subject = PRINCIPAL_ADMIN,
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "arn:aws:iam::123456789012:user/admin"}, // another path
    {.principal = "arn:aws:iam::210987654321:user/ops/admin"},
    {.principal = "arn:aws:iam::123456789012:root",
     .subject = FIXTURE_ACCOUNT,
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "arn:aws:iam::123456789012:role/ci/builder",
     .subject = ROLE,
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "arn:aws:sts::123456789012:assumed-role/builder/b-7",
     .subject = ROLE ":b-7",
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "arn:aws:sts::123456789012:assumed-role/builder/"},
    {.principal = "arn:aws:sts::123456789012:assumed-role/other/b-7"},
    {.principal = "arn:aws:iam::aws:policy/AWSCodeArtifactAdminAccess"},
    {.principal = "AIDANOBODYANYMORE",
     .subject = "AIDANOBODYANYMORE",
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "AROANOBODYANYMORE:a@b",
     .subject = "AROANOBODYANYMORE:a@b",
     .cutoff = NOW + TIMESTAMP_SECOND,
     .ends = NOW + TIMESTAMP_SECOND + LIFE},
    {.principal = "AROANOBODYANYMORE:a b"},
    {.principal = "alice"},
};

static void requests_become_revocations_or_are_refused(void **state)
{
    (void)state;
    struct fixture fixture;
    fixture_open(&fixture);
    ARENA_AUTO *arena = arena_new();
    struct store *store = store_open(fixture.site->store_path, NULL);
    assert_non_null(store);
    const struct store_entity role = {.id = ROLE,
                                      .kind = STORE_ROLE,
                                      .account = FIXTURE_ACCOUNT,
                                      .path = "/ci/",
                                      .name = "builder",
                                      .created = 1,
                                      .trust = "{}",
                                      .max_session = 3600};
    assert_int_equal(store_add_entity(store, &role, NULL), STORE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ERROR_AUTO error = {0};
        struct store_revocation revocation;
        const struct revoke_request request = {.token = slice_of(cases[i].token),
                                               .principal = slice_of(cases[i].principal),
                                               .all = cases[i].all,
                                               .has_before = cases[i].before != 0,
                                               .before = cases[i].before,
                                               .now = NOW};
        bool done = revoke_tokens(store, FIXTURE_ACCOUNT, &request, arena, &revocation, &error);
        if (done != (cases[i].subject != NULL))
            fail_msg("case %zu: %s", i, error.message == NULL ? "was taken" : error.message);
        if (!done) {
            assert_int_equal(error.class, ERROR_PARAMETER);
            continue;
        }
        assert_string_equal(revocation.subject, cases[i].subject);
        assert_int_equal(revocation.cutoff, cases[i].cutoff);
        assert_int_equal(revocation.ends, cases[i].ends);
    }
    store_close(store);
    fixture_close(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(requests_become_revocations_or_are_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
