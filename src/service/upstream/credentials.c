// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/upstream/credentials.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <sys/stat.h>

#define FILE_MAX ((size_t)256 * 1024)

static bool fail(struct error *error, const char *path, size_t line, const char *what)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "%s, line %zu: %s", path, line, what);
}

/** Cuts the first word off REST, which then starts with the next. */
static struct slice cut_word(struct slice *rest)
{
    size_t size = 0;
    while (size < rest->size && !text_is_space(rest->data[size]))
        size++;
    struct slice word = slice_part(*rest, 0, size);
    *rest = slice_trim(slice_part(*rest, size, rest->size));
    return word;
}

/** What a header can hold and a reader of headers leaves as it is. */
static bool is_value(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f)
            return false;
    return text.size > 0;
}

/** RFC 7617 section 2. */
static const char *write_basic(struct slice secret, struct buffer *out)
{
    if (slice_find(secret, ':', 0) == secret.size)
        return "a basic credential is USER:PASSWORD";
    buffer_append_text(out, "Basic ");
    text_base64_encode(out, secret.data, secret.size);
    return NULL;
}

/** RFC 6750 section 2.1. */
static const char *write_bearer(struct slice secret, struct buffer *out)
{
    if (slice_find(secret, ' ', 0) < secret.size)
        return "a bearer credential is one word";
    buffer_append_text(out, "Bearer ");
    buffer_append_slice(out, secret);
    return NULL;
}

static const char *write_api_key(struct slice secret, struct buffer *out)
{
    buffer_append_slice(out, secret);
    return NULL;
}

/** The second words of lines. */
static const struct form {
    const char *word;
    enum upstream_credential kind;
    const char *(*write)(struct slice secret, struct buffer *out); /**< Writes the value, or says what is wrong. */
} forms[] = {
    {"basic", UPSTREAM_AUTHORIZATION, write_basic},
    {"bearer", UPSTREAM_AUTHORIZATION, write_bearer},
    {"apikey", UPSTREAM_API_KEY, write_api_key},
};

static const struct form *find_form(struct slice word)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (slice_equal_nocase(word, slice_of(forms[i].word)))
            return &forms[i];
    return NULL;
}

bool upstream_credentials_parse(struct slice text, const char *path, upstream_credential_taker *take, void *context,
                                struct error *error)
{
    struct slice line;
    for (size_t number = 1; slice_cut(&text, '\n', &line); number++) {
        struct slice rest = slice_trim(line);
        if (rest.size == 0 || rest.data[0] == '#')
            continue;
        BUFFER_AUTO value = {0};
        struct slice name = cut_word(&rest);
        const struct form *form = find_form(cut_word(&rest));
        const char *wrong = !is_value(rest) ? "the credential is missing, or holds control characters"
                            : form == NULL  ? "the second word is basic, bearer or apikey"
                                            : form->write(rest, &value);
        if (wrong != NULL)
            return fail(error, path, number, wrong);
        if (!take(context, name, form->kind, buffer_slice(&value)))
            return fail(error, path, number,
                        "the first word is no upstream of the command line (what stands there before the equals "
                        "sign), or has such a credential already");
    }
    return true;
}

/** A secret that others can read is none any more. */
static bool check_mode(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "%s: %s", path, strerror(errno));
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s: others than its owner can use these credentials; chmod 600 it", path);
    return true;
}

bool upstream_credentials_read(const char *path, upstream_credential_taker *take, void *context, struct error *error)
{
    BUFFER_AUTO text = {0};
    return check_mode(path, error) && file_read(path, FILE_MAX, &text, error) == FILE_READ &&
           upstream_credentials_parse(buffer_slice(&text), path, take, context, error);
}
