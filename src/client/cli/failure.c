// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/failure.h"
#include "base/text.h"
#include "client/cli/output.h"
#include "client/python.h"

#include <string.h>

#define EXIT_OUTPUT 120
#define EXIT_PARAMETER 252
#define EXIT_CONFIGURATION 253
#define EXIT_SERVICE 254
#define EXIT_OTHER 255

/** Lists and maps of fewer entries are shown on the line of their name. */
#define INLINE_ENTRIES 5

static bool has_code(const struct error *error, const char *code)
{
    return error->code != NULL && strcmp(error->code, code) == 0;
}

int failure_exit_code(const struct error *error)
{
    switch (error->class) {
    case ERROR_NONE:
        return 0;
    case ERROR_USAGE:
    case ERROR_PARAMETER:
        return EXIT_PARAMETER;
    case ERROR_CONFIGURATION:
        return EXIT_CONFIGURATION;
    case ERROR_SERVICE:
        return EXIT_SERVICE;
    case ERROR_TRANSPORT:
    case ERROR_INTERNAL:
        break;
    }
    return has_code(error, "OutputFailed") ? EXIT_OUTPUT : EXIT_OTHER;
}

void failure_write_usage(struct buffer *out, const char *program)
{
    buffer_append_format(out,
                         "usage: %s [options] <command> <subcommand> [<subcommand> ...] [parameters]\n"
                         "To see help text, you can run:\n\n"
                         "  %s help\n"
                         "  %s <command> help\n"
                         "  %s <command> <subcommand> help\n",
                         program, program, program, program);
}

/** The name of a client-side class in "An error occurred (CODE)"; NULL for those that have none. */
static const char *class_code(const struct error *error)
{
    if (error->class == ERROR_USAGE || error->class == ERROR_PARAMETER)
        return "ParamValidation";
    if (error->class == ERROR_CONFIGURATION)
        return error->code != NULL ? error->code : "Configuration";
    return NULL;
}

/** The message without blanks at its ends, as the newest AWS CLI prints it. */
static struct slice message_of(const struct error *error)
{
    return slice_trim(slice_of(error->message != NULL ? error->message : "unknown error"));
}

/** The service's own words within "An error occurred (CODE) when calling the X operation: WORDS". */
static struct slice service_words(const struct error *error)
{
    const char *start = strstr(error->message, " operation");
    const char *words = start != NULL ? strstr(start, ": ") : NULL;
    // "(reached max retries: 2): WORDS" holds a colon of its own.
    const char *retries = words != NULL && strncmp(start, " operation (", 12) == 0 ? strstr(start, "): ") : NULL;
    if (retries != NULL)
        return slice_of(retries + 3);
    return words != NULL ? slice_of(words + 2) : slice_of("");
}

static bool is_structured(const char *format)
{
    return format != NULL && strcmp(format, "legacy") != 0 && strcmp(format, "enhanced") != 0;
}

/** A JSON text; bytes that are no UTF-8, which JSON does not hold, become question marks. */
static json_t *text_of(struct slice text)
{
    BUFFER_AUTO clean = {0};
    text_append_utf8(&clean, text, "?");
    return json_stringn(buffer_text(&clean), clean.size);
}

/** {Code, Message} of a client-side class; the service's error with its members otherwise. */
static json_t *structure_of(const struct error *error)
{
    json_t *object = json_object();
    struct slice message = error->class == ERROR_SERVICE ? service_words(error) : message_of(error);
    const char *code = error->class == ERROR_SERVICE ? error->code : class_code(error);
    if (error->class != ERROR_SERVICE)
        (void)json_object_set_new(object, "Code", text_of(slice_of(code)));
    (void)json_object_set_new(object, "Message", text_of(message));
    if (error->class != ERROR_SERVICE)
        return object;
    (void)json_object_set_new(object, "Code", text_of(slice_of(code != NULL ? code : "Unknown")));
    if (error->details != NULL) {
        (void)json_object_set_new(object, "message", text_of(message));
        (void)json_object_update(object, error->details);
    }
    return object;
}

static void write_structured(struct buffer *out, const struct error *error, const char *format,
                             const struct output_style *table)
{
    struct output_style style = *table;
    style.format = output_find_format(format);
    style.title = "error";
    json_t *object = structure_of(error);
    (void)output_write(out, &style, object, NULL);
    json_decref(object);
}

static void write_map(struct buffer *out, json_t *map)
{
    const char *key;
    json_t *value;
    bool first = true;
    json_object_foreach(map, key, value)
    {
        buffer_append_format(out, "%s%s: ", first ? "" : ", ", key);
        python_write_text(out, value);
        first = false;
    }
}

static void write_list(struct buffer *out, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        buffer_append_text(out, i > 0 ? ", " : "");
        python_write_text(out, json_array_get(list, i));
    }
}

/** One detail; false when it is too large for a line. */
static bool write_detail(struct buffer *out, const char *name, json_t *value)
{
    size_t entries = json_is_object(value) ? json_object_size(value) : json_array_size(value);
    buffer_append_format(out, "%s: ", name);
    if (entries >= INLINE_ENTRIES) {
        buffer_append_text(out, "<complex value>\n");
        return false;
    }
    buffer_append_text(out, json_is_object(value) ? "{" : json_is_array(value) ? "[" : "");
    if (json_is_object(value))
        write_map(out, value);
    else if (json_is_array(value))
        write_list(out, value);
    else
        python_write_text(out, value);
    buffer_append_text(out, json_is_object(value) ? "}\n" : json_is_array(value) ? "]\n" : "\n");
    return true;
}

static void write_details(struct buffer *out, const struct error *error)
{
    if (json_object_size(error->details) == 0)
        return;
    const char *name;
    json_t *value;
    bool whole = true;
    buffer_append_text(out, "\nAdditional error details:\n");
    json_object_foreach(error->details, name, value)
    {
        whole = write_detail(out, name, value) && whole;
    }
    if (!whole)
        buffer_append_text(out, "Use \"--cli-error-format json\" to see them whole.\n");
}

/** What stands below a refused command line: the usage, after the message. */
static void write_parser_usage(struct buffer *out, const struct error *error, const char *program)
{
    buffer_append_char(out, '\n');
    if (has_code(error, "FirstPass"))
        buffer_append_format(out, "usage: %s [--profile PROFILE] [--debug]\n", program);
    else
        failure_write_usage(out, program);
}

static void write_plain(struct buffer *out, const struct error *error, const char *program, bool enhanced)
{
    struct slice message = message_of(error);
    const char *code = enhanced ? class_code(error) : NULL;
    // Only the outer ends of message and usage together are trimmed, so an inner newline at the end stays.
    if (error->class == ERROR_USAGE)
        message = slice_of(error->message);
    buffer_append_format(out, "\n%s: [ERROR]: ", program);
    if (code != NULL)
        buffer_append_format(out, "An error occurred (%s): ", code);
    buffer_append_slice(out, message);
    buffer_append_char(out, '\n');
    if (error->class == ERROR_USAGE)
        write_parser_usage(out, error, program);
    if (error->class == ERROR_SERVICE && enhanced)
        write_details(out, error);
}

void failure_write(struct buffer *out, const struct error *error, const char *program, const char *format,
                   const struct output_style *table)
{
    size_t before = out->size;
    if (error->class == ERROR_USAGE && has_code(error, "UnknownOptions")) {
        buffer_append_char(out, '\n');
        failure_write_usage(out, program);
        buffer_append_format(out, "\n\n%s: [ERROR]: %s\n", program, error->message);
        return;
    }
    if (is_structured(format) && (class_code(error) != NULL || error->class == ERROR_SERVICE))
        write_structured(out, error, format, table);
    // What has no such form is told in the plain one.
    if (out->size > before)
        return;
    write_plain(out, error, program, format == NULL || strcmp(format, "legacy") != 0);
}
