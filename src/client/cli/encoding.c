// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/encoding.h"
#include "base/secret.h"
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>

#define NONE ((iconv_t)-1)

/** The name in small letters, without what Python leaves out of the names of encodings too. */
static void simplify(const char *name, struct buffer *out)
{
    for (; *name != '\0'; name++)
        if (strchr("-_ ", *name) == NULL)
            buffer_append_char(out, text_lower(*name));
}

static bool is_utf8(const char *name)
{
    BUFFER_AUTO simple = {0};
    if (name == NULL)
        return true;
    simplify(name, &simple);
    return simple.size == 0 || slice_is(buffer_slice(&simple), "utf8") || slice_is(buffer_slice(&simple), "u8") ||
           slice_is(buffer_slice(&simple), "utf");
}

/** iconv() knows some encodings with hyphens and some without. */
static iconv_t open_encoding(const char *name)
{
    BUFFER_AUTO simple = {0};
    // What stands after a slash tells iconv() how to convert, which is not for a name to say.
    if (strchr(name, '/') != NULL)
        return NONE;
    iconv_t found = iconv_open(name, "UTF-8");
    if (found != NONE)
        return found;
    simplify(name, &simple);
    return iconv_open(buffer_text(&simple), "UTF-8");
}

bool encoding_check(const char *name, struct error *error)
{
    if (is_utf8(name))
        return true;
    iconv_t found = open_encoding(name);
    if (found == NONE)
        return error_set(error, ERROR_INTERNAL, NULL, "unknown encoding: %s", name);
    (void)iconv_close(found);
    return true;
}

/** The size of the character at the start of TEXT, which may be broken. */
static size_t character_size(struct slice text)
{
    size_t size = 1;
    while (size < text.size && ((unsigned char)text.data[size] & 0xc0) == 0x80)
        size++;
    return size;
}

/** Converts up to a character that cannot be; false with errno EILSEQ or EINVAL there. */
static bool convert_part(iconv_t encoding, struct slice *text, struct buffer *out)
{
    char room[4096];
    while (text->size > 0) {
        // iconv() does not change what it reads, whatever its type says.
        char *from = (char *)(uintptr_t)text->data;
        char *to = room;
        size_t left = sizeof room;
        size_t result = iconv(encoding, &from, &text->size, &to, &left);
        text->data = from;
        buffer_append(out, room, sizeof room - left);
        int code = errno;
        // It may have held a token.
        secret_wipe(room, sizeof room);
        if (result == (size_t)-1 && code != E2BIG)
            return false;
    }
    return true;
}

static bool convert(iconv_t encoding, struct slice text, bool replace, struct buffer *out, struct slice *stop)
{
    while (!convert_part(encoding, &text, out)) {
        size_t size = character_size(text);
        *stop = slice_part(text, 0, size);
        struct slice mark = SLICE("?");
        if (!replace || !convert_part(encoding, &mark, out))
            return false;
        text = slice_part(text, size, text.size);
    }
    return true;
}

bool encoding_convert(const char *name, struct slice text, bool replace, struct buffer *out, struct error *error)
{
    if (is_utf8(name)) {
        buffer_append_slice(out, text);
        return true;
    }
    size_t before = out->size;
    struct slice stop = {NULL, 0};
    iconv_t encoding = open_encoding(name);
    bool good = encoding != NONE && convert(encoding, text, replace, out, &stop);
    if (encoding != NONE)
        (void)iconv_close(encoding);
    if (good)
        return true;
    buffer_cut(out, before);
    return error_set(error, ERROR_INTERNAL, NULL,
                     "The output cannot be written in the encoding %s (AWS_CLI_OUTPUT_ENCODING), which has no \"%.*s\"",
                     name, SLICE_ARGS(stop));
}
