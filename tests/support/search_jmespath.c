// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

// search-jmespath: a line {"expression": E, "given": V} in, a line {"result": R} or {"error": TEXT} out, to the end.
// search-jmespath EXPRESSION FILE: the result over the document in the file, indented.

#include "base/file.h"
#include "base/json.h"
#include "base/json_memory.h"
#include "base/memory.h"
#include "client/jmespath/jmespath.h"

#include <stdio.h>
#include <stdlib.h>

#define DOCUMENT_MAX (1 << 30)

static json_t *search(struct slice text, json_t *value, struct error *error)
{
    struct jmespath *expression = jmespath_compile(text, error);
    json_t *result = expression != NULL ? jmespath_search(expression, value, error) : NULL;
    jmespath_free(expression);
    return result;
}

static void answer(struct slice line, struct buffer *out)
{
    ERROR_AUTO error = {0};
    JSON_AUTO *question = json_parse(line, &error);
    json_t *given = json_object_get(question, "given");
    JSON_AUTO *result = given != NULL ? search(json_member_text(question, "expression"), given, &error) : NULL;
    buffer_append_text(out, result != NULL ? "{\"result\":" : "{\"error\":");
    if (result != NULL)
        json_write(out, result, 0);
    else
        json_write_string(out, slice_of(error.message));
    buffer_append_text(out, "}\n");
}

static int answer_all(void)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t size;
    while ((size = getline(&line, &capacity, stdin)) >= 0) {
        BUFFER_AUTO out = {0};
        answer((struct slice){line, (size_t)size}, &out);
        (void)fwrite(out.data, 1, out.size, stdout);
    }
    free(line);
    return 0;
}

static int answer_one(const char *expression, const char *path)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO out = {0};
    ERROR_AUTO error = {0};
    bool read = file_read(path, DOCUMENT_MAX, &text, &error) == FILE_READ;
    JSON_AUTO *value = read ? json_parse(buffer_slice(&text), &error) : NULL;
    JSON_AUTO *result = value != NULL ? search(slice_of(expression), value, &error) : NULL;
    if (result == NULL) {
        (void)fprintf(stderr, "search-jmespath: %s\n", error.message != NULL ? error.message : path);
        return 1;
    }
    json_write(&out, result, 4);
    buffer_append_char(&out, '\n');
    return fwrite(out.data, 1, out.size, stdout) == out.size ? 0 : 1;
}

int main(int count, char **arguments)
{
    json_memory_install();
    return count > 2 ? answer_one(arguments[1], arguments[2]) : answer_all();
}
