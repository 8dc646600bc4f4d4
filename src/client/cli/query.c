// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/query.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

#include <stdlib.h>

struct query {
    char *member;
};

/** JMESPath's unquoted-string. */
static bool is_identifier(struct slice text)
{
    if (text.size == 0 || text_is_digit(text.data[0]))
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) && text.data[i] != '_')
            return false;
    return true;
}

/** The member that EXPRESSION names, an identifier or one in double quotes; NULL when it is more than that. */
static char *member_name(struct slice expression)
{
    struct slice text = slice_trim(expression);
    if (is_identifier(text))
        return memory_copy(text.data, text.size);
    if (text.size < 2 || text.data[0] != '"')
        return NULL;
    JSON_AUTO *quoted = json_parse(text, NULL);
    return json_is_string(quoted) ? memory_copy(json_string_value(quoted), json_string_length(quoted)) : NULL;
}

struct query *query_compile(const char *expression, struct error *error)
{
    if (expression[0] == '\0') {
        (void)error_set(error, ERROR_PARAMETER, NULL,
                        "Bad value for --query : Invalid JMESPath expression: cannot be empty.");
        return NULL;
    }
    char *member = member_name(slice_of(expression));
    if (member == NULL) {
        (void)error_set(error, ERROR_PARAMETER, NULL,
                        "Bad value for --query %s: this version understands the name of one member only", expression);
        return NULL;
    }
    struct query *query = memory_new(1, sizeof *query);
    query->member = member;
    return query;
}

json_t *query_search(const struct query *query, json_t *value, struct error *error)
{
    (void)error;
    json_t *member = json_object_get(value, query->member);
    return member != NULL ? json_incref(member) : json_null();
}

void query_free(struct query *query)
{
    if (query != NULL)
        free(query->member);
    free(query);
}

void query_free_at(struct query **query)
{
    query_free(*query);
}
