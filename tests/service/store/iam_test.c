// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// The contract of store/iam.h: entities of every kind, and what hangs on them.

#include "base/memory.h"
#include "ground.h"
#include "service/store/arn.h"
#include "service/store/iam.h"
#include "support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ACCOUNT "123456789012"
#define ALL 1000000

static int set_up(void **state)
{
    struct ground *ground = ground_new(ACCOUNT, "eu-central-1");
    *state = ground;
    return 0;
}

static int tear_down(void **state)
{
    ground_free(*state);
    return 0;
}

/** An entity of the account with what its kind must have. */
static struct store_entity make(enum store_kind kind, const char *id, const char *name)
{
    return (struct store_entity){
        .id = id,
        .kind = kind,
        .account = ACCOUNT,
        .path = "/",
        .name = name,
        .created = 7,
        .trust = kind == STORE_ROLE ? "{}" : NULL,
        .max_session = kind == STORE_ROLE ? 3600 : 0,
        .thumbprints = kind == STORE_PROVIDER ? "[]" : NULL,
        .document = kind == STORE_POLICY ? SLICE("{\"v\":1}") : (struct slice){0},
    };
}

static void add(struct ground *ground, enum store_kind kind, const char *id, const char *name)
{
    const struct store_entity entity = make(kind, id, name);
    assert_int_equal(store_add_entity(ground->store, &entity, &ground->error), STORE_OK);
}

static enum store_result find(struct ground *ground, enum store_kind kind, const char *name, struct store_entity *out)
{
    return store_find_entity(ground->store, kind, SLICE(ACCOUNT), slice_of(name), ground->arena, out, &ground->error);
}

/** The names of a listing, with blanks between. */
static const char *list(struct ground *ground, struct store_listing listing)
{
    BUFFER_AUTO names = {0};
    struct store_entity *items = NULL;
    size_t count = 0;
    listing.account = listing.account == NULL ? ACCOUNT : listing.account;
    listing.limit = listing.limit == 0 ? ALL : listing.limit;
    assert_true(store_list_entities(ground->store, &listing, ground->arena, &items, &count, &ground->error));
    for (size_t i = 0; i < count; i++)
        buffer_append_format(&names, "%s%s", i == 0 ? "" : " ", items[i].name);
    return arena_copy(ground->arena, buffer_text(&names), names.size);
}

static void test_entities_keep_what_they_are_given(void **state)
{
    struct ground *ground = *state;
    const struct store_tag tags[] = {{"Team", "a"}, {"cost", ""}};
    const char *const clients[] = {"b", "a", "b"};
    struct store_entity given = make(STORE_ROLE, "AROA1", "Deploy");
    struct store_entity found;
    add(ground, STORE_POLICY, "ANPA1", "limit");
    given.path = "/ci/";
    given.description = "what for";
    given.boundary = "ANPA1";
    given.tags = tags;
    given.tag_count = 2;
    assert_int_equal(store_add_entity(ground->store, &given, &ground->error), STORE_OK);
    assert_int_equal(find(ground, STORE_ROLE, "Deploy", &found), STORE_OK);
    assert_string_equal(found.id, "AROA1");
    assert_string_equal(found.path, "/ci/");
    assert_string_equal(found.description, "what for");
    assert_string_equal(found.trust, "{}");
    assert_int_equal(found.max_session, 3600);
    assert_string_equal(found.boundary_name, "limit");
    assert_string_equal(found.boundary_account, ACCOUNT);
    assert_int_equal(found.tag_count, 2);
    assert_string_equal(found.tags[0].key, "Team");
    assert_string_equal(found.tags[1].value, "");
    assert_int_equal(found.last_used, 0);

    given = make(STORE_PROVIDER, "arn:x", "issuer.example/Path");
    given.clients = clients;
    given.client_count = 3;
    assert_int_equal(store_add_entity(ground->store, &given, &ground->error), STORE_OK);
    assert_int_equal(store_find_entity_by_id(ground->store, SLICE("arn:x"), ground->arena, &found, &ground->error),
                     STORE_OK);
    assert_int_equal(found.client_count, 2);
    assert_string_equal(found.clients[0], "a");
    assert_string_equal(found.thumbprints, "[]");
    assert_int_equal(find(ground, STORE_POLICY, "limit", &found), STORE_OK);
    assert_int_equal(found.boundary_count, 1);
    assert_int_equal(found.attachment_count, 0);
    assert_int_equal(found.default_version, 1);
}

static void test_names_are_one_in_any_case_and_found_in_theirs(void **state)
{
    struct ground *ground = *state;
    struct store_entity found;
    add(ground, STORE_USER, "AIDA1", "Ann");
    struct store_entity other = make(STORE_USER, "AIDA2", "ANN");
    assert_int_equal(store_add_entity(ground->store, &other, &ground->error), STORE_EXISTS);
    other.name = "Bea";
    other.boundary = "ANPAnone";
    assert_int_equal(store_add_entity(ground->store, &other, &ground->error), STORE_ABSENT);
    add(ground, STORE_ROLE, "AROA1", "ann");
    assert_int_equal(find(ground, STORE_USER, "ann", &found), STORE_ABSENT);
    assert_int_equal(find(ground, STORE_USER, "Ann", &found), STORE_OK);
    assert_int_equal(find(ground, STORE_GROUP, "Ann", &found), STORE_ABSENT);
    assert_int_equal(store_find_entity_by_id(ground->store, SLICE("AIDA9"), ground->arena, &found, &ground->error),
                     STORE_ABSENT);
}

static void test_changes(void **state)
{
    struct ground *ground = *state;
    struct store_entity found;
    add(ground, STORE_USER, "AIDA1", "ann");
    add(ground, STORE_USER, "AIDA2", "bea");
    struct store_changes changes = {.name = "BEA"};
    assert_int_equal(store_change_entity(ground->store, "AIDA1", &changes, &ground->error), STORE_EXISTS);
    assert_int_equal(store_change_entity(ground->store, "AIDA2", &changes, &ground->error), STORE_OK);
    assert_int_equal(store_change_entity(ground->store, "AIDA3", &changes, &ground->error), STORE_ABSENT);
    changes = (struct store_changes){.path = "/new/"};
    assert_int_equal(store_change_entity(ground->store, "AIDA2", &changes, &ground->error), STORE_OK);
    assert_int_equal(find(ground, STORE_USER, "BEA", &found), STORE_OK);
    assert_string_equal(found.path, "/new/");

    add(ground, STORE_ROLE, "AROA1", "role");
    changes = (struct store_changes){.description = "d", .trust = "{\"t\":1}", .max_session = 43200};
    assert_int_equal(store_change_entity(ground->store, "AROA1", &changes, &ground->error), STORE_OK);
    assert_int_equal(find(ground, STORE_ROLE, "role", &found), STORE_OK);
    assert_string_equal(found.trust, "{\"t\":1}");
    assert_int_equal(found.max_session, 43200);
}

static void test_deleting_waits_for_what_hangs_on_it(void **state)
{
    struct ground *ground = *state;
    struct store_ties ties;
    struct store_entity found;
    add(ground, STORE_USER, "AIDA1", "ann");
    add(ground, STORE_GROUP, "AGPA1", "team");
    add(ground, STORE_POLICY, "ANPA1", "p");
    const struct store_access_key key = {
        .id = "AKIA1", .principal = "AIDA1", .active = true, .sealed_secret = SLICE("s"), .created = 1};
    assert_int_equal(store_add_limited_key(ground->store, &key, 2, &ground->error), STORE_OK);
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA1", "p", SLICE("{}"), 10, &ground->error), STORE_OK);
    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA1", 10, &ground->error), STORE_OK);
    assert_int_equal(store_join_group(ground->store, "AIDA1", "AGPA1", 10, &ground->error), STORE_OK);
    assert_true(store_find_ties(ground->store, "AIDA1", &ties, &ground->error));
    assert_true(ties.keys == 1 && ties.inline_policies == 1 && ties.attached == 1 && ties.groups == 1);
    assert_true(store_find_ties(ground->store, "ANPA1", &ties, &ground->error));
    assert_true(ties.uses == 1 && ties.versions == 1);
    static const char *const ids[] = {"AIDA1", "AGPA1", "ANPA1"};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(store_delete_entity(ground->store, ids[i], &ground->error), STORE_NOT_EMPTY);

    assert_int_equal(store_delete_access_key(ground->store, "AGPA1", SLICE("AKIA1"), &ground->error), STORE_ABSENT);
    assert_int_equal(store_delete_access_key(ground->store, "AIDA1", SLICE("AKIA1"), &ground->error), STORE_OK);
    assert_int_equal(store_delete_inline_policy(ground->store, "AIDA1", SLICE("p"), &ground->error), STORE_OK);
    assert_int_equal(store_delete_inline_policy(ground->store, "AIDA1", SLICE("p"), &ground->error), STORE_ABSENT);
    assert_int_equal(store_detach_policy(ground->store, "AIDA1", "ANPA1", &ground->error), STORE_OK);
    assert_int_equal(store_detach_policy(ground->store, "AIDA1", "ANPA1", &ground->error), STORE_ABSENT);
    assert_int_equal(store_set_boundary(ground->store, "AIDA1", "ANPA1", &ground->error), STORE_OK);
    assert_int_equal(store_leave_group(ground->store, "AIDA1", "AGPA1", &ground->error), STORE_OK);
    assert_int_equal(store_leave_group(ground->store, "AIDA1", "AGPA1", &ground->error), STORE_OK);
    const struct store_tag tag = {"k", "v"};
    assert_int_equal(store_put_tags(ground->store, "AIDA1", &tag, 1, 50, &ground->error), STORE_OK);
    assert_int_equal(store_delete_entity(ground->store, "ANPA1", &ground->error), STORE_NOT_EMPTY);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(store_delete_entity(ground->store, ids[i], &ground->error), STORE_OK);
    assert_int_equal(store_delete_entity(ground->store, "AIDA1", &ground->error), STORE_ABSENT);
    assert_int_equal(find(ground, STORE_USER, "ann", &found), STORE_ABSENT);
}

static void test_limits_change_nothing(void **state)
{
    struct ground *ground = *state;
    struct store_entity found;
    struct slice document;
    add(ground, STORE_USER, "AIDA1", "ann");
    const struct store_tag tags[] = {{"a", "1"}, {"b", "2"}, {"A", "3"}, {"c", "4"}};
    assert_int_equal(store_put_tags(ground->store, "AIDA1", tags, 3, 2, &ground->error), STORE_OK);
    assert_int_equal(store_put_tags(ground->store, "AIDA1", tags, 4, 2, &ground->error), STORE_LIMIT);
    assert_int_equal(find(ground, STORE_USER, "ann", &found), STORE_OK);
    assert_int_equal(found.tag_count, 2);
    assert_string_equal(found.tags[0].key, "A");
    assert_string_equal(found.tags[0].value, "3");
    static const char *const gone[] = {"B", "nothing"};
    assert_int_equal(store_remove_tags(ground->store, "AIDA1", gone, 2, &ground->error), STORE_OK);
    assert_int_equal(store_remove_tags(ground->store, "AIDA9", gone, 2, &ground->error), STORE_ABSENT);
    assert_int_equal(find(ground, STORE_USER, "ann", &found), STORE_OK);
    assert_int_equal(found.tag_count, 1);

    // White space does not count; all inline policies do.
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA1", "p", SLICE("{ 12 \n\t}"), 7, &ground->error),
                     STORE_OK);
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA1", "q", SLICE("{12}"), 7, &ground->error),
                     STORE_LIMIT);
    assert_int_equal(
        store_find_inline_policy(ground->store, "AIDA1", SLICE("q"), ground->arena, &document, &ground->error),
        STORE_ABSENT);
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA1", "p", SLICE("{12345}"), 7, &ground->error),
                     STORE_OK);
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA9", "p", SLICE("{}"), 7, &ground->error),
                     STORE_ABSENT);
    const struct store_access_key keys[] = {
        {.id = "AKIA1", .principal = "AIDA1", .active = true, .sealed_secret = SLICE("s"), .created = 1},
        {.id = "AKIA2", .principal = "AIDA1", .active = true, .sealed_secret = SLICE("s"), .created = 1},
    };
    assert_int_equal(store_add_limited_key(ground->store, &keys[0], 1, &ground->error), STORE_OK);
    assert_int_equal(store_add_limited_key(ground->store, &keys[1], 1, &ground->error), STORE_LIMIT);
    struct store_access_key *listed = NULL;
    size_t count = 0;
    assert_true(store_list_access_keys(ground->store, "AIDA1", ground->arena, &listed, &count, &ground->error));
    assert_int_equal(count, 1);
    add(ground, STORE_POLICY, "ANPA1", "p1");
    add(ground, STORE_POLICY, "ANPA2", "p2");
    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA1", 1, &ground->error), STORE_OK);
    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA1", 1, &ground->error), STORE_OK);
    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA2", 1, &ground->error), STORE_LIMIT);
    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA9", 9, &ground->error), STORE_ABSENT);
    assert_string_equal(list(ground, (struct store_listing){.relation = STORE_ATTACHED, .of = "AIDA1"}), "p1");
}

static void test_listings(void **state)
{
    struct ground *ground = *state;
    add(ground, STORE_USER, "AIDA3", "cy");
    add(ground, STORE_USER, "AIDA1", "Ann");
    struct store_entity bea = make(STORE_USER, "AIDA2", "bea");
    bea.path = "/ops/";
    assert_int_equal(store_add_entity(ground->store, &bea, &ground->error), STORE_OK);
    add(ground, STORE_ROLE, "AROA1", "ann");
    add(ground, STORE_GROUP, "AGPA1", "team");
    add(ground, STORE_POLICY, "ANPA1", "p");
    struct store_listing users = {.relation = STORE_ALL, .kind = STORE_USER};
    assert_string_equal(list(ground, users), "Ann bea cy");
    users.limit = 2;
    assert_string_equal(list(ground, users), "Ann bea");
    users.after = "bea";
    users.after_id = "AIDA2";
    assert_string_equal(list(ground, users), "cy");
    users.after = "BEB"; // one that is gone
    assert_string_equal(list(ground, users), "cy");
    assert_string_equal(
        list(ground, (struct store_listing){.relation = STORE_ALL, .kind = STORE_USER, .path_prefix = "/o"}), "bea");
    assert_string_equal(list(ground, (struct store_listing){.relation = STORE_POLICIES, .kind = STORE_POLICY}),
                        "AWSCodeArtifactAdminAccess AWSCodeArtifactReadOnlyAccess p");

    assert_int_equal(store_attach_policy(ground->store, "AIDA1", "ANPA1", 9, &ground->error), STORE_OK);
    assert_int_equal(store_attach_policy(ground->store, "AROA1", "ANPA1", 9, &ground->error), STORE_OK);
    assert_int_equal(store_set_boundary(ground->store, "AIDA2", "ANPA1", &ground->error), STORE_OK);
    assert_int_equal(store_join_group(ground->store, "AIDA3", "AGPA1", 9, &ground->error), STORE_OK);
    static const struct {
        enum store_relation relation;
        const char *of;
        enum store_kind kind;
        const char *names;
    } cases[] = {
        {STORE_ATTACHES, "ANPA1", STORE_ROOT, "Ann ann"}, {STORE_ATTACHES, "ANPA1", STORE_ROLE, "ann"},
        {STORE_BOUNDED, "ANPA1", STORE_ROOT, "bea"},      {STORE_USES, "ANPA1", STORE_ROOT, "Ann ann bea"},
        {STORE_USES, "ANPA1", STORE_USER, "Ann bea"},     {STORE_MEMBERS, "AGPA1", STORE_ROOT, "cy"},
        {STORE_GROUPS, "AIDA3", STORE_ROOT, "team"},      {STORE_GROUPS, "AIDA1", STORE_ROOT, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_string_equal(
            list(ground,
                 (struct store_listing){.relation = cases[i].relation, .of = cases[i].of, .kind = cases[i].kind}),
            cases[i].names);
    assert_string_equal(
        list(ground,
             (struct store_listing){.relation = STORE_USES, .of = "ANPA1", .after = "Ann", .after_id = "AIDA1"}),
        "ann bea");
    assert_string_equal(
        list(ground, (struct store_listing){.relation = STORE_POLICIES, .kind = STORE_POLICY, .only_attached = true}),
        "p");
}

static void test_versions(void **state)
{
    struct ground *ground = *state;
    struct store_policy_version version = {.created = 8, .document = SLICE("{\"v\":2}")};
    struct store_policy_version *listed = NULL;
    size_t count = 0;
    add(ground, STORE_POLICY, "ANPA1", "p");
    assert_int_equal(store_add_policy_version(ground->store, "ANPA1", &version, 2, &ground->error), STORE_OK);
    assert_int_equal(version.number, 2);
    assert_int_equal(store_add_policy_version(ground->store, "ANPA1", &version, 2, &ground->error), STORE_LIMIT);
    assert_int_equal(store_add_policy_version(ground->store, "ANPA9", &version, 2, &ground->error), STORE_ABSENT);
    assert_true(store_list_policy_versions(ground->store, "ANPA1", ground->arena, &listed, &count, &ground->error));
    assert_int_equal(count, 2);
    assert_true(listed[0].number == 2 && !listed[0].is_default && listed[1].is_default);
    assert_int_equal(store_delete_policy_version(ground->store, "ANPA1", 1, &ground->error), STORE_NOT_EMPTY);
    assert_int_equal(store_delete_policy_version(ground->store, "ANPA1", 7, &ground->error), STORE_ABSENT);
    assert_int_equal(store_set_default_version(ground->store, "ANPA1", 7, 9, &ground->error), STORE_ABSENT);
    assert_int_equal(store_delete_entity(ground->store, "ANPA1", &ground->error), STORE_NOT_EMPTY);
    assert_int_equal(store_set_default_version(ground->store, "ANPA1", 2, 9, &ground->error), STORE_OK);
    assert_int_equal(store_delete_policy_version(ground->store, "ANPA1", 1, &ground->error), STORE_OK);
    version = (struct store_policy_version){.is_default = true, .created = 10, .document = SLICE("{\"v\":3}")};
    assert_int_equal(store_add_policy_version(ground->store, "ANPA1", &version, 2, &ground->error), STORE_OK);
    assert_int_equal(version.number, 3);
    assert_int_equal(store_find_policy_version(ground->store, "ANPA1", 3, ground->arena, &version, &ground->error),
                     STORE_OK);
    assert_true(version.is_default && slice_is(version.document, "{\"v\":3}"));
}

/** The policies of an identity, with blanks between, and its boundary. */
static const char *identity(struct ground *ground, const char *id)
{
    BUFFER_AUTO text = {0};
    struct store_identity found;
    assert_int_equal(store_find_principal(ground->store, slice_of(id), ground->arena, &found, &ground->error),
                     STORE_OK);
    for (size_t i = 0; i < found.policy_count; i++)
        buffer_append_format(&text, "%.*s ", SLICE_ARGS(found.policies[i]));
    buffer_append_format(&text, "| %.*s", SLICE_ARGS(found.boundary));
    for (size_t i = 0; i < found.tag_count; i++)
        buffer_append_format(&text, " %s=%s", found.tags[i].key, found.tags[i].value);
    return arena_copy(ground->arena, buffer_text(&text), text.size);
}

static void test_identity_has_all_policies(void **state)
{
    struct ground *ground = *state;
    const struct store_tag tag = {"k", "v"};
    struct store_identity found;
    add(ground, STORE_USER, "AIDA1", "ann");
    add(ground, STORE_ROLE, "AROA1", "role");
    add(ground, STORE_GROUP, "AGPA1", "team");
    add(ground, STORE_POLICY, "ANPA1", "p");
    assert_string_equal(identity(ground, "AIDA1"), "| ");
    assert_int_equal(store_put_inline_policy(ground->store, "AIDA1", "i", SLICE("own"), 99, &ground->error), STORE_OK);
    assert_int_equal(store_put_inline_policy(ground->store, "AGPA1", "i", SLICE("group"), 99, &ground->error),
                     STORE_OK);
    assert_string_equal(identity(ground, "AIDA1"), "own | ");
    assert_int_equal(store_join_group(ground->store, "AIDA1", "AGPA1", 9, &ground->error), STORE_OK);
    assert_int_equal(store_attach_policy(ground->store, "AGPA1", "ANPA1", 9, &ground->error), STORE_OK);
    assert_string_equal(identity(ground, "AIDA1"), "own group {\"v\":1} | ");
    struct store_policy_version version = {.is_default = true, .document = SLICE("second")};
    assert_int_equal(store_add_policy_version(ground->store, "ANPA1", &version, 5, &ground->error), STORE_OK);
    assert_int_equal(store_set_boundary(ground->store, "AIDA1", "ANPA1", &ground->error), STORE_OK);
    assert_int_equal(store_put_tags(ground->store, "AIDA1", &tag, 1, 50, &ground->error), STORE_OK);
    assert_string_equal(identity(ground, "AIDA1"), "own group second | second k=v");
    assert_int_equal(store_attach_policy(ground->store, "AROA1", "ANPA1", 9, &ground->error), STORE_OK);
    assert_string_equal(identity(ground, "AROA1"), "second | ");
    assert_int_equal(store_find_principal(ground->store, SLICE("AGPA1"), ground->arena, &found, &ground->error),
                     STORE_ABSENT);
}

static void test_last_use_grows_by_the_minute(void **state)
{
    struct ground *ground = *state;
    add(ground, STORE_USER, "AIDA1", "ann");
    const struct store_access_key key = {
        .id = "AKIA1", .principal = "AIDA1", .active = true, .sealed_secret = SLICE("s"), .created = 1};
    struct store_access_key found;
    assert_int_equal(store_add_limited_key(ground->store, &key, 2, &ground->error), STORE_OK);
    assert_int_equal(store_find_access_key(ground->store, SLICE("AKIA1"), ground->arena, &found, &ground->error),
                     STORE_OK);
    assert_true(found.last_used == 0 && found.last_service == NULL);
    const struct store_use uses[] = {{"AKIA1", 100 * STORE_USE_INTERVAL, "sts", "eu-central-1"},
                                     {"AKIA9", 100 * STORE_USE_INTERVAL, "sts", "r"},
                                     {"AKIA1", 101 * STORE_USE_INTERVAL - 1, "iam", "r"},
                                     {"AKIA1", 90 * STORE_USE_INTERVAL, "iam", "r"},
                                     {"AROA1", 100 * STORE_USE_INTERVAL, "sts", "us-east-1"}};
    struct store_entity role;
    add(ground, STORE_ROLE, "AROA1", "role");
    assert_int_equal(store_record_uses(ground->store, uses, 5, &ground->error), STORE_OK);
    assert_int_equal(store_find_access_key(ground->store, SLICE("AKIA1"), ground->arena, &found, &ground->error),
                     STORE_OK);
    assert_int_equal(found.last_used, 100 * STORE_USE_INTERVAL);
    assert_int_equal(find(ground, STORE_ROLE, "role", &role), STORE_OK);
    assert_int_equal(role.last_used, 100 * STORE_USE_INTERVAL);
    assert_string_equal(role.last_region, "us-east-1");
    assert_string_equal(found.last_service, "sts");
    assert_int_equal(store_switch_access_key(ground->store, "AIDA1", SLICE("AKIA1"), false, &ground->error), STORE_OK);
    assert_int_equal(store_switch_access_key(ground->store, "AIDA2", SLICE("AKIA1"), true, &ground->error),
                     STORE_ABSENT);
    struct store_identity who;
    assert_int_equal(store_find_identity(ground->store, SLICE("AKIA1"), ground->arena, &who, &ground->error), STORE_OK);
    assert_false(who.key.active);
}

static void test_arns(void **state)
{
    struct ground *ground = *state;
    static const struct {
        const char *arn;
        enum store_kind kind;
        const char *account, *path, *name;
    } cases[] = {
        {"arn:aws:iam::123456789012:root", STORE_ROOT, ACCOUNT, "/", ""},
        {"arn:aws:iam::123456789012:user/ann", STORE_USER, ACCOUNT, "/", "ann"},
        {"arn:aws:iam::123456789012:role/a/b/c", STORE_ROLE, ACCOUNT, "/a/b/", "c"},
        {"arn:aws:iam::123456789012:group/g", STORE_GROUP, ACCOUNT, "/", "g"},
        {"arn:aws:iam::aws:policy/service-role/P", STORE_POLICY, "aws", "/service-role/", "P"},
        {"arn:aws:iam::123456789012:oidc-provider/h.example/a/b", STORE_PROVIDER, ACCOUNT, "/", "h.example/a/b"},
    };
    struct arn_parts parts;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_true(arn_read(slice_of(cases[i].arn), &parts));
        assert_int_equal(parts.kind, cases[i].kind);
        assert_true(slice_is(parts.account, cases[i].account));
        assert_true(slice_is(parts.path, cases[i].path));
        assert_true(slice_is(parts.name, cases[i].name));
        assert_string_equal(arn_write(ground->arena, cases[i].kind, cases[i].account, cases[i].path, cases[i].name),
                            cases[i].arn);
    }
    static const char *const none[] = {"",
                                       "arn",
                                       "arn:aws:iam::",
                                       "arn:aws:iam:::user/x",
                                       "arn:aws:iam::1:user",
                                       "arn:aws:iam::1:user/",
                                       "arn:aws:iam::1:user/a/",
                                       "arn:aws:iam::1:root/x",
                                       "arn:aws:iam::1:server/x",
                                       "arn:aws:sts::1:user/x"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(arn_read(slice_of(none[i]), &parts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_entities_keep_what_they_are_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_names_are_one_in_any_case_and_found_in_theirs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_changes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_deleting_waits_for_what_hangs_on_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_limits_change_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_listings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_versions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_identity_has_all_policies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_last_use_grows_by_the_minute, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arns, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
