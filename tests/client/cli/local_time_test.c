// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Timestamps as results show them: section 2.2 of the reference. The zone is given by TZ, never the machine's. */
#include "base/json.h"
#include "client/cli/local_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

struct moment {
    const char *zone;
    const char *value;
    const char *text; /**< What is shown, or the message when it is refused. */
    bool refused;
};

static const struct moment moments[] = {
    {"UTC", "0", "1970-01-01T00:00:00+00:00", false},
    {"UTC", "1700000000", "2023-11-14T22:13:20+00:00", false},
    {"UTC", "1.7E9", "2023-11-14T22:13:20+00:00", false},
    {"UTC", "1700000000.1", "2023-11-14T22:13:20.100000+00:00", false},
    {"UTC", "1700000000.1234567", "2023-11-14T22:13:20.123457+00:00", false},
    {"UTC", "0.9999999", "1970-01-01T00:00:01+00:00", false},
    {"UTC", "0.0000005", "1970-01-01T00:00:00+00:00", false},
    {"UTC", "0.0000015", "1970-01-01T00:00:00.000002+00:00", false},
    {"UTC", "-1.5", "1969-12-31T23:59:58.500000+00:00", false},
    {"UTC", "true", "1970-01-01T00:00:01+00:00", false},
    {"UTC", "\"1700000000.5\"", "2023-11-14T22:13:20.500000+00:00", false},
    {"UTC", "\"2023-11-14T22:13:20Z\"", "2023-11-14T22:13:20+00:00", false},
    {"UTC", "\"2023-11-14T22:13:20+05:30\"", "2023-11-14T22:13:20+05:30", false},
    {"UTC", "\"2023-11-14T22:13:20.25-08:00\"", "2023-11-14T22:13:20.250000-08:00", false},
    {"UTC", "\"2023-11-14T22:13:20\"", "2023-11-14T22:13:20", false},
    {"UTC", "\"2023-11-14\"", "2023-11-14T00:00:00", false},
    {"UTC", "\"Tue, 14 Nov 2023 22:13:20 GMT\"", "2023-11-14T22:13:20+00:00", false},
    {"UTC", "253402300799", "9999-12-31T23:59:59+00:00", false},
    {"IST-5:30", "1700000000.5", "2023-11-15T03:43:20.500000+05:30", false},
    {"EST5", "1700000000", "2023-11-14T17:13:20-05:00", false},
    {"IST-5:30", "\"2023-11-14T22:13:20Z\"", "2023-11-14T22:13:20+00:00", false},
    {"UTC", "1700000000123", "year 55840 is out of range", true},
    {"UTC", "67768036191676799", "year 2147485547 is out of range", true},
    {"UTC", "67768036191676800", "timestamp out of range for platform time_t", true},
    {"UTC", "253402300800", "year 10000 is out of range", true},
    {"IST-5:30", "253402300799", "date value out of range", true},
    {"UTC", "1e300", "timestamp out of range for platform time_t", true},
    {"UTC", "\"bogus\"", "Invalid timestamp \"bogus\": Unknown string format: bogus", true},
    {"UTC", "\"0x10\"", "Invalid timestamp \"0x10\": Unknown string format: 0x10", true},
    {"UTC", "[]", "Invalid timestamp \"[]\": Parser must be a string or character stream, not list", true},
    {"UTC", "{\"a\":1}", "Invalid timestamp \"{'a': 1}\": Parser must be a string or character stream, not dict", true},
};

static void set_zone(const char *zone)
{
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

static void moments_are_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
        set_zone(moments[i].zone);
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        JSON_AUTO *value = json_parse(slice_of(moments[i].value), NULL);
        assert_non_null(value);
        assert_int_equal(local_time_write(&text, value, &error), !moments[i].refused);
        assert_string_equal(moments[i].refused ? error.message : buffer_text(&text), moments[i].text);
        if (moments[i].refused)
            assert_int_equal(error.class, ERROR_INTERNAL);
    }
}

static void nested_moments_are_rendered(void **state)
{
    (void)state;
    set_zone("UTC");
    ERROR_AUTO error = {0};
    const struct api_service *service = api_find_service(SLICE("codeartifact"));
    JSON_AUTO *value = json_parse(
        SLICE("{\"domains\":[{\"name\":\"1\",\"createdTime\":1},{\"createdTime\":2.5}],\"nextToken\":\"3\"}"), NULL);
    assert_true(local_time_render(value, api_find_operation(service, SLICE("list-domains"))->output, &error));
    BUFFER_AUTO text = {0};
    json_write(&text, value, 0);
    assert_string_equal(buffer_text(&text),
                        "{\"domains\":[{\"name\":\"1\",\"createdTime\":\"1970-01-01T00:00:01+00:00\"},{\"createdTime\":"
                        "\"1970-01-01T00:00:02.500000+00:00\"}],\"nextToken\":\"3\"}");
    JSON_AUTO *bad = json_parse(SLICE("{\"domains\":[{\"createdTime\":\"x\"}]}"), NULL);
    assert_false(local_time_render(bad, api_find_operation(service, SLICE("list-domains"))->output, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_are_written),
        cmocka_unit_test(nested_moments_are_rendered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
