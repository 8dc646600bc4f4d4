// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/text.h"
#include "client/jmespath/lexer.h"
#include "client/python.h"

#include <string.h>

static bool is_hex(char c)
{
    return text_is_digit(c) || (text_lower(c) >= 'a' && text_lower(c) <= 'f');
}

/** Why Python's json refuses the JSON string TEXT, quotes included; NULL when it does not. */
static const char *find_fault(struct slice text)
{
    for (size_t at = 1; at + 1 < text.size; at++) {
        if ((unsigned char)text.data[at] < 0x20)
            return "Invalid control character at";
        if (text.data[at] != '\\')
            continue;
        at++;
        if (text.data[at] == '\0' || strchr("\"\\/bfnrtu", text.data[at]) == NULL)
            return "Invalid \\escape";
        for (size_t i = 1; text.data[at] == 'u' && i <= 4; i++)
            if (at + i >= text.size || !is_hex(text.data[at + i]))
                return "Invalid \\uXXXX escape";
    }
    return NULL;
}

json_t *literal_read_quoted(struct slice text, struct error *error)
{
    json_t *value = json_parse(text, NULL);
    if (value == NULL) {
        const char *fault = find_fault(text);
        // There is no other reason left; Python's json lets such a half pass.
        (void)error_set(error, ERROR_PARAMETER, NULL, "%s", fault != NULL ? fault : "Half of a surrogate pair");
    }
    return value;
}

/** A text without its quotes; NULL when it is none. */
static json_t *read_bare_text(struct slice text, struct error *error)
{
    BUFFER_AUTO quoted = {0};
    buffer_append_char(&quoted, '"');
    buffer_append_slice(&quoted, python_strip_left(text));
    buffer_append_char(&quoted, '"');
    return json_parse(buffer_slice(&quoted), error);
}

json_t *literal_read(struct slice text, struct error *error)
{
    ERROR_AUTO why = {0};
    json_t *value = json_parse(text, &why);
    // What is JSON but cannot be held is not to become a text.
    if (value == NULL && why.class != ERROR_INTERNAL)
        value = read_bare_text(text, &why);
    if (value != NULL)
        return value;
    BUFFER_AUTO message = {0};
    buffer_append_text(&message, "Bad token ");
    buffer_append_slice(&message, text);
    if (why.class == ERROR_INTERNAL)
        buffer_append_format(&message, " (%s)", why.message);
    (void)error_set(error, ERROR_PARAMETER, NULL, "%s", buffer_text(&message));
    return NULL;
}
