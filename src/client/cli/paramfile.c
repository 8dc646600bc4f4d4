// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/paramfile.h"
#include "base/file.h"
#include "base/text.h"
#include "client/expand.h"
#include "client/python.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define TEXT_PREFIX "file://"
#define BYTES_PREFIX "fileb://"
#define SIZE_MAX_READ ((size_t)16 << 20)

/** Why the file cannot be read, as the system says it; file_read() has put it into words already. */
static int reason_number(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return errno;
    char byte;
    int reason = read(file, &byte, 1) < 0 ? errno : EFBIG;
    (void)close(file);
    return reason;
}

static bool refuse_unreadable(const char *option, const char *value, const char *path, struct error *error)
{
    int reason = reason_number(path);
    BUFFER_AUTO quoted = {0};
    python_write_quoted(&quoted, slice_of(path));
    return error_set(error, ERROR_PARAMETER, NULL,
                     "Error parsing parameter '%s': Unable to load paramfile %s: [Errno %d] %s: %s", option, value,
                     reason, strerror(reason), buffer_text(&quoted));
}

/** Python reads a text file with every end of line as one line feed. */
static void unify_line_ends(struct buffer *text)
{
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++) {
        bool ends = text->data[i] == '\r';
        if (ends && i + 1 < text->size && text->data[i + 1] == '\n')
            i++;
        text->data[size++] = ends ? '\n' : text->data[i];
    }
    if (size < text->size)
        buffer_cut(text, size);
}

bool paramfile_read(const char *option, const char *value, environment_function *environment, struct buffer *out,
                    enum paramfile_kind *kind, struct error *error)
{
    struct slice text = slice_of(value);
    bool bytes = slice_starts_with(text, SLICE(BYTES_PREFIX));
    *kind = bytes ? PARAMFILE_BYTES : slice_starts_with(text, SLICE(TEXT_PREFIX)) ? PARAMFILE_TEXT : PARAMFILE_LITERAL;
    if (*kind == PARAMFILE_LITERAL) {
        buffer_append_slice(out, text);
        return true;
    }
    BUFFER_AUTO path = {0};
    size_t prefix = bytes ? sizeof BYTES_PREFIX - 1 : sizeof TEXT_PREFIX - 1;
    bool placed = expand_path(&path, slice_part(text, prefix, text.size), environment);
    if (!placed || file_read(buffer_text(&path), SIZE_MAX_READ, out, NULL) != FILE_READ)
        return refuse_unreadable(option, value, buffer_text(&path), error);
    if (bytes)
        return true;
    if (text_utf8_valid(buffer_slice(out)) == out->size) {
        unify_line_ends(out);
        return true;
    }
    return error_set(error, ERROR_PARAMETER, NULL,
                     "Error parsing parameter '%s': Unable to load paramfile (%s), text contents could not be "
                     "decoded.  If this is a binary file, please use the fileb:// prefix instead of the file:// "
                     "prefix.",
                     option, buffer_text(&path));
}
