// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Prints results in the forms of --output, many in one process: reads lines of JSON [form, width, color, value], and
 * writes for each a line of JSON, the text, or null when there is no such form of the value.
 */
#include "base/json.h"
#include "client/cli/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void show(const json_t *line)
{
    BUFFER_AUTO out = {0};
    BUFFER_AUTO quoted = {0};
    struct output_style style = {.format = output_find_format(json_string_value(json_array_get(line, 0))),
                                 .title = "Title",
                                 .width = (size_t)json_integer_value(json_array_get(line, 1)),
                                 .color = strcmp(json_string_value(json_array_get(line, 2)), "on") == 0,
                                 .resets = true};
    if (output_write(&out, &style, json_array_get(line, 3), NULL))
        json_write_string(&quoted, buffer_slice(&out));
    else
        buffer_append_text(&quoted, "null");
    (void)puts(buffer_text(&quoted));
}

int main(void)
{
    char *text = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&text, &capacity, stdin)) > 0) {
        JSON_AUTO *line = json_parse((struct slice){text, (size_t)size}, NULL);
        if (line == NULL)
            return EXIT_FAILURE;
        show(line);
    }
    free(text);
    return EXIT_SUCCESS;
}
