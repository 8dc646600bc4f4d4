// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/query.h"
#include "base/json.h"
#include "base/memory.h"
#include "client/jmespath/jmespath.h"

#include <stdlib.h>
#include <string.h>

struct query {
    struct jmespath *expression;
};

struct query *query_compile(const char *expression, struct error *error)
{
    struct jmespath *compiled = jmespath_compile(slice_of(expression), error);
    if (compiled == NULL) {
        (void)error_prefix(error, "Bad value for --query %s", expression);
        return NULL;
    }
    struct query *query = memory_new(1, sizeof *query);
    query->expression = compiled;
    return query;
}

/** Takes SECRET out of the message: functions quote the values that they do not take. */
static void hide(struct error *error, struct slice secret)
{
    const char *rest = error->message;
    const char *found;
    BUFFER_AUTO shown = {0};
    if (secret.size == 0)
        return;
    for (; (found = strstr(rest, secret.data)) != NULL; rest = found + secret.size) {
        buffer_append(&shown, rest, (size_t)(found - rest));
        buffer_append_text(&shown, "***");
    }
    buffer_append_text(&shown, rest);
    (void)error_set(error, error->class, error->code, "%s", buffer_text(&shown));
}

json_t *query_search(const struct query *query, json_t *value, struct error *error)
{
    ERROR_AUTO why = {0};
    json_t *found = jmespath_search(query->expression, value, &why);
    if (found != NULL)
        return found;
    hide(&why, json_member_text(value, "authorizationToken"));
    (void)error_move(error, &why);
    return NULL;
}

void query_free(struct query *query)
{
    if (query != NULL)
        jmespath_free(query->expression);
    free(query);
}

void query_free_at(struct query **query)
{
    query_free(*query);
}
