// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reads YAML, many documents in one process: reads lines of JSON, each a document, and writes for each a line of JSON,
 * [the value, [[type, text] of each value that JSON cannot hold]], or ["refused"].
 */
#include "base/json.h"
#include "client/yaml/yaml.h"

#include <stdio.h>
#include <stdlib.h>

static void note(void *context, const json_t *place, struct slice text, const char *type)
{
    (void)place;
    (void)json_array_append_new(context, json_pack("[ss%]", type, text.data, text.size));
}

static void show(const json_t *document)
{
    const struct slice text = {json_string_value(document), json_string_length(document)};
    JSON_AUTO *foreign = json_array();
    json_t *value = yaml_read(text, note, foreign, NULL);
    JSON_AUTO *answer = value != NULL ? json_pack("[oO]", value, foreign) : json_pack("[s]", "refused");
    BUFFER_AUTO line = {0};
    json_write(&line, answer, 0);
    (void)puts(buffer_text(&line));
}

int main(void)
{
    char *text = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&text, &capacity, stdin)) > 0) {
        JSON_AUTO *document = json_parse((struct slice){text, (size_t)size}, NULL);
        if (document == NULL)
            return EXIT_FAILURE;
        show(document);
    }
    free(text);
    return EXIT_SUCCESS;
}
