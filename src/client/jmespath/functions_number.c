// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** JMESPath's functions of numbers. */
#include "base/text.h"
#include "client/cli/integer.h"
#include "client/jmespath/function.h"
#include "client/jmespath/value.h"
#include "client/python.h"

#include <math.h>
#include <stdlib.h>

/** 2^63: the first real number that no JSON integer holds. */
#define INTEGER_END 0x1p63

json_t *function_real(const char *function, double number, struct error *error)
{
    json_t *value = json_real(number);
    if (value == NULL)
        (void)error_set(error, ERROR_INTERNAL, NULL, "In function %s(), the result is out of range", function);
    return value;
}

json_t *function_abs(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    const json_t *number = arguments[0].value;
    if (json_is_real(number))
        return function_real("abs", fabs(json_real_value(number)), error);
    json_int_t integer = json_integer_value(number);
    if (integer == INT64_MIN)
        return json_real(INTEGER_END);
    return json_integer(integer < 0 ? -integer : integer);
}

/** A whole number as the integer that it is in Python, as far as there is one. */
static json_t *whole(double number)
{
    return fabs(number) < INTEGER_END ? json_integer((json_int_t)number) : json_real(number);
}

json_t *function_ceil(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    json_t *number = arguments[0].value;
    return json_is_integer(number) ? json_incref(number) : whole(ceil(json_real_value(number)));
}

json_t *function_floor(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    json_t *number = arguments[0].value;
    return json_is_integer(number) ? json_incref(number) : whole(floor(json_real_value(number)));
}

/** A sum as Python adds up: exact as long as there are integers only. */
struct sum {
    __extension__ __int128 integer;
    double real;
    bool is_real;
};

static struct sum add_up(const json_t *list)
{
    struct sum sum = {0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *number = json_array_get(list, i);
        if (!sum.is_real && json_is_integer(number)) {
            sum.integer += json_integer_value(number);
            continue;
        }
        if (!sum.is_real)
            sum.real = (double)sum.integer;
        sum.is_real = true;
        sum.real += json_number_value(number);
    }
    return sum;
}

json_t *function_sum(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    struct sum sum = add_up(arguments[0].value);
    if (!sum.is_real && sum.integer == (json_int_t)sum.integer)
        return json_integer((json_int_t)sum.integer);
    return function_real("sum", sum.is_real ? sum.real : (double)sum.integer, error);
}

json_t *function_avg(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count;
    size_t size = json_array_size(arguments[0].value);
    if (size == 0)
        return json_null();
    struct sum sum = add_up(arguments[0].value);
    return function_real("avg", (sum.is_real ? sum.real : (double)sum.integer) / (double)size, error);
}

/** Appends the digits at AT, without the single underscores between them; false when there are none. */
static bool read_digits(struct slice text, size_t *at, struct buffer *out)
{
    size_t start = out->size;
    for (; *at < text.size; ++*at) {
        char c = text.data[*at];
        bool joined = c == '_' && out->size > start && *at + 1 < text.size && text_is_digit(text.data[*at + 1]);
        if (text_is_digit(c))
            buffer_append_char(out, c);
        else if (!joined)
            break;
    }
    return out->size > start;
}

static void read_sign(struct slice text, size_t *at, struct buffer *out)
{
    if (*at < text.size && (text.data[*at] == '-' || text.data[*at] == '+'))
        buffer_append_char(out, text.data[(*at)++]);
}

/** What Python's float() reads, but for the infinities and NaN, as strtod() does. */
static bool read_real(struct slice text, struct buffer *out)
{
    size_t at = 0;
    read_sign(text, &at, out);
    bool digits = read_digits(text, &at, out);
    if (at < text.size && text.data[at] == '.') {
        buffer_append_char(out, text.data[at++]);
        digits = read_digits(text, &at, out) || digits;
    }
    if (digits && at < text.size && text_lower(text.data[at]) == 'e') {
        buffer_append_char(out, text.data[at++]);
        read_sign(text, &at, out);
        digits = read_digits(text, &at, out);
    }
    return digits && at == text.size;
}

json_t *function_to_number(const struct argument *arguments, size_t count, struct error *error)
{
    (void)count, (void)error;
    json_t *value = arguments[0].value;
    BUFFER_AUTO integer = {0};
    BUFFER_AUTO real = {0};
    if (json_is_number(value))
        return json_incref(value);
    if (!json_is_string(value))
        return json_null();
    struct slice text = python_strip(value_text(value));
    json_t *number = NULL;
    if (integer_read(text, &integer))
        number = integer_json(buffer_slice(&integer));
    // One that does not fit becomes a real number.
    if (number == NULL && integer.size > 0)
        number = json_real(strtod(buffer_text(&integer), NULL));
    else if (number == NULL && read_real(text, &real))
        number = json_real(strtod(buffer_text(&real), NULL));
    return number != NULL ? number : json_null();
}
