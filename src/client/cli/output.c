// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum output_format output_find_format(const char *name)
{
    static const struct {
        const char *name;
        enum output_format format;
    } formats[] = {
        {"json", OUTPUT_JSON},
        {"text", OUTPUT_TEXT},
        {"table", OUTPUT_TABLE},
        {"yaml", OUTPUT_YAML},
        {"yaml-stream", OUTPUT_YAML_STREAM},
        {"off", OUTPUT_OFF},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].format;
    return OUTPUT_UNKNOWN;
}

bool output_write(struct buffer *out, const struct output_style *style, const json_t *value, struct error *error)
{
    switch (style->format) {
    case OUTPUT_JSON:
        output_write_json(out, value);
        return true;
    case OUTPUT_TEXT:
        output_write_text(out, value);
        return true;
    case OUTPUT_TABLE:
        return output_write_table(out, style, value, error);
    case OUTPUT_YAML:
        return output_write_yaml(out, style, value, error);
    case OUTPUT_YAML_STREAM:
        return (json_is_object(value) && json_object_size(value) == 0) ||
               output_write_yaml_item(out, style, value, error);
    case OUTPUT_OFF:
    case OUTPUT_UNKNOWN:
        break;
    }
    return true;
}

bool output_send(int descriptor, struct slice text, struct error *error)
{
    size_t sent = 0;
    while (sent < text.size) {
        ssize_t size = write(descriptor, text.data + sent, text.size - sent);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return error_set(error, ERROR_INTERNAL, errno == EBADF ? "OutputClosed" : "OutputFailed",
                             "The output could not be written: %s", strerror(errno));
        sent += (size_t)size;
    }
    return true;
}
