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
        {"json", OUTPUT_JSON},    {"text", OUTPUT_TEXT},           {"off", OUTPUT_OFF},
        {"yaml", OUTPUT_MISSING}, {"yaml-stream", OUTPUT_MISSING}, {"table", OUTPUT_MISSING},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].name, name) == 0)
            return formats[i].format;
    return OUTPUT_UNKNOWN;
}

void output_write(struct buffer *out, enum output_format format, const json_t *value)
{
    switch (format) {
    case OUTPUT_JSON:
        output_write_json(out, value);
        return;
    case OUTPUT_TEXT:
        output_write_text(out, value);
        return;
    case OUTPUT_OFF:
    case OUTPUT_MISSING:
    case OUTPUT_UNKNOWN:
        return;
    }
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
