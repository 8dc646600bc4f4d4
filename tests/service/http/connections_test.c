// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** When a request is answered, by the turns of a worker's loop. */
#include "service/http/connections.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define PATIENCE 1000
#define CLIENTS 8
/** More than any request may wait. */
#define TURNS 20

struct ground {
    struct connection_list list;
    struct connection *clients[CLIENTS];
};

static int set_up(void **state)
{
    static struct ground ground;
    connection_list_open(&ground.list, PATIENCE);
    *state = &ground;
    return 0;
}

static void connect_clients(struct ground *ground, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ground->clients[i] = connection_add(&ground->list, -1, NULL);
}

static int tear_down(void **state)
{
    struct ground *ground = *state;
    for (size_t i = 0; i < CLIENTS; i++)
        if (ground->clients[i] != NULL)
            connection_remove(&ground->list, ground->clients[i]);
    connection_list_close(&ground->list);
    *ground = (struct ground){0};
    return 0;
}

/** One turn of the loop over clients whose requests are complete: how many of them are answered. */
static size_t turn(struct ground *ground, size_t first, size_t end)
{
    size_t answered = 0;
    for (size_t i = first; i < end; i++)
        answered += !connection_put_off(&ground->list, ground->clients[i]);
    return answered;
}

static void test_lone_connection_is_answered_at_once(void **state)
{
    connect_clients(*state, 1);
    assert_int_equal(turn(*state, 0, 1), 1);
}

static void test_single_request_waits_for_one_turn(void **state)
{
    struct ground *ground = *state;
    connect_clients(ground, 2);
    for (int request = 0; request < 3; request++) {
        assert_int_equal(turn(ground, 0, 1), 0);
        assert_int_equal(turn(ground, 0, 1), 1);
        connection_end(&ground->list, ground->clients[0]);
    }
}

static void test_requests_wait_for_each_other(void **state)
{
    struct ground *ground = *state;
    connect_clients(ground, CLIENTS);
    assert_int_equal(turn(ground, 0, 3), 0);
    assert_int_equal(turn(ground, 0, 6), 0); // three more come
    assert_int_equal(turn(ground, 0, 7), 0); // and one
    assert_int_equal(turn(ground, 0, 7), 7);
}

static void test_answered_request_is_not_put_off_again(void **state)
{
    struct ground *ground = *state;
    connect_clients(ground, CLIENTS);
    assert_int_equal(turn(ground, 0, 1), 0);
    assert_int_equal(turn(ground, 0, 4), 1); // three more come
    assert_int_equal(turn(ground, 0, 4), 1); // it has come to rest, and goes on
}

static void test_nobody_is_kept_waiting_by_others(void **state)
{
    struct ground *ground = *state;
    connect_clients(ground, CLIENTS);
    size_t turns = 0;
    bool answered = false;
    for (; turns < TURNS && !answered; turns++) {
        answered = turn(ground, 0, 1) == 1;
        for (size_t i = 1; i < 4; i++)
            connection_end(&ground->list, ground->clients[i]);
        (void)turn(ground, 1, 4); // three new ones in every turn
    }
    assert_true(answered);
    assert_in_range(turns, 3, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lone_connection_is_answered_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_single_request_waits_for_one_turn, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_requests_wait_for_each_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_answered_request_is_not_put_off_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nobody_is_kept_waiting_by_others, set_up, tear_down),
    };
    return cmocka_run_group_tests_name("service/http/connections", tests, NULL, NULL);
}
