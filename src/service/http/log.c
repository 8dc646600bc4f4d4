// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/log.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

/** Bytes that are gathered before a worker writes by itself. */
#define GATHERED_MAX ((size_t)16 * 1024)
/** Bytes of a foreign text that are shown: of any, and of some kinds. */
#define FOREIGN_MAX 256
#define AGENT_MAX 160
#define ACCESS_KEY_MAX 128
#define METHOD_MAX 32
/** {"time":"2026-08-30T12:36:00.000Z" */
#define TIME_SIZE 33

void log_sink_open(struct log_sink *sink, int descriptor)
{
    *sink = (struct log_sink){.descriptor = descriptor};
    (void)pthread_mutex_init(&sink->mutex, NULL);
}

void log_sink_close(struct log_sink *sink)
{
    (void)pthread_mutex_destroy(&sink->mutex);
}

// ------------------------------------------------------------------ writing

/** A log that cannot be written is lost: there is nowhere to say so, and serving goes on. */
static void write_all(struct log_sink *sink, struct slice text)
{
    (void)pthread_mutex_lock(&sink->mutex);
    while (text.size > 0) {
        ssize_t written = write(sink->descriptor, text.data, text.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            break;
        text = slice_part(text, (size_t)written, text.size);
    }
    (void)pthread_mutex_unlock(&sink->mutex);
}

/** Moves the lines of one worker to OUT. */
static void collect(struct log_buffer *log, struct buffer *out)
{
    (void)pthread_mutex_lock(&log->mutex);
    if (log->lines.size > 0)
        buffer_append_slice(out, buffer_slice(&log->lines));
    buffer_clear(&log->lines);
    (void)pthread_mutex_unlock(&log->mutex);
}

/** By their times, which all lines start with; lines of one time by where they stand. */
static int compare_lines(const void *a, const void *b)
{
    const struct slice *left = a;
    const struct slice *right = b;
    int order = slice_compare(slice_part(*left, 0, TIME_SIZE), slice_part(*right, 0, TIME_SIZE));
    return order != 0 ? order : (left->data > right->data) - (left->data < right->data);
}

static void write_sorted(struct log_sink *sink, struct slice text)
{
    size_t count = 0;
    for (size_t at = slice_find(text, '\n', 0); at < text.size; at = slice_find(text, '\n', at + 1))
        count++;
    MEMORY_AUTO struct slice *lines = memory_new(count, sizeof *lines);
    size_t start = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = slice_find(text, '\n', start) + 1;
        lines[i] = slice_part(text, start, end - start);
        start = end;
    }
    qsort(lines, count, sizeof *lines, compare_lines);
    BUFFER_AUTO sorted = {0};
    buffer_reserve(&sorted, text.size);
    for (size_t i = 0; i < count; i++)
        buffer_append_slice(&sorted, lines[i]);
    write_all(sink, buffer_slice(&sorted));
}

void log_sink_flush(struct log_sink *sink)
{
    BUFFER_AUTO text = {0};
    for (struct log_buffer *log = sink->first; log != NULL; log = log->next)
        collect(log, &text);
    if (text.size > 0)
        write_sorted(sink, buffer_slice(&text));
}

// ------------------------------------------------------------------ one worker's lines

void log_buffer_open(struct log_buffer *log, struct log_sink *sink)
{
    *log = (struct log_buffer){.sink = sink, .next = sink->first};
    buffer_reserve(&log->lines, GATHERED_MAX + 4096);
    (void)pthread_mutex_init(&log->mutex, NULL);
    sink->first = log;
}

void log_buffer_close(struct log_buffer *log)
{
    if (log->lines.size > 0)
        write_all(log->sink, buffer_slice(&log->lines));
    struct log_buffer **at = &log->sink->first;
    while (*at != log)
        at = &(*at)->next;
    *at = log->next;
    buffer_free(&log->lines);
    buffer_free(&log->time);
    (void)pthread_mutex_destroy(&log->mutex);
}

// The lines are written piece by piece rather than by a format: this is done for every request.

static void add_name(struct buffer *out, const char *name)
{
    buffer_append(out, ",\"", 2);
    buffer_append_text(out, name);
    buffer_append(out, "\":", 2);
}

/** Text from outside, cut, with anything but printable ASCII replaced: a log is read by terminals too. */
static void add_foreign(struct buffer *out, const char *name, struct slice text, size_t limit)
{
    if (text.size == 0)
        return;
    char clean[FOREIGN_MAX];
    size_t size = 0;
    for (; size < text.size && size < limit && size < sizeof clean; size++)
        clean[size] = text.data[size] < 0x20 || text.data[size] > 0x7e ? '?' : text.data[size];
    add_name(out, name);
    json_write_string(out, (struct slice){clean, size});
}

/** Text of our own that needs no escapes. */
static void add_plain(struct buffer *out, const char *name, struct slice text)
{
    if (text.size == 0)
        return;
    add_name(out, name);
    buffer_append_char(out, '"');
    buffer_append_slice(out, text);
    buffer_append_char(out, '"');
}

static void add_own(struct buffer *out, const char *name, const char *text)
{
    if (text == NULL)
        return;
    add_name(out, name);
    json_write_string(out, slice_of(text));
}

static void add_number(struct buffer *out, const char *name, int64_t number)
{
    char digits[24];
    size_t start = sizeof digits;
    uint64_t rest = number < 0 ? 0 : (uint64_t)number;
    do
        digits[--start] = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    add_name(out, name);
    buffer_append(out, digits + start, sizeof digits - start);
}

/** The time with milliseconds; all but those is the same for a whole second. */
static void add_time(struct log_buffer *log, int64_t when)
{
    int64_t second = when / TIMESTAMP_SECOND;
    if (second != log->second || log->time.size == 0) {
        buffer_clear(&log->time);
        timestamp_format_utc(&log->time, second * TIMESTAMP_SECOND, false);
        log->second = second;
    }
    unsigned milliseconds = (unsigned)(when % TIMESTAMP_SECOND / (TIMESTAMP_SECOND / 1000));
    const char fraction[] = {'.',
                             (char)('0' + milliseconds / 100),
                             (char)('0' + milliseconds / 10 % 10),
                             (char)('0' + milliseconds % 10),
                             'Z',
                             '"'};
    buffer_append_text(&log->lines, "{\"time\":\"");
    buffer_append(&log->lines, log->time.data, log->time.size - 1); // without its Z
    buffer_append(&log->lines, fraction, sizeof fraction);
}

/** Only what looks like an access key id: somebody may have put the secret in its place. */
static bool is_access_key(struct slice text)
{
    if (text.size < 16 || text.size > ACCESS_KEY_MAX)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_digit(text.data[i]) && (text.data[i] < 'A' || text.data[i] > 'Z'))
            return false;
    return true;
}

void log_request(struct log_buffer *log, const struct log_entry *entry)
{
    if (log->sink->descriptor < 0)
        return;
    (void)pthread_mutex_lock(&log->mutex);
    struct buffer *out = &log->lines;
    add_time(log, entry->request->now);
    add_plain(out, "request_id", slice_of(entry->response->request_id));
    add_plain(out, "client", slice_of(entry->request->client));
    add_foreign(out, "method", entry->request->message.method, METHOD_MAX);
    add_foreign(out, "path", entry->request->message.path, FOREIGN_MAX);
    add_plain(out, "operation", slice_of(entry->operation));
    add_own(out, "caller", entry->caller);
    if (is_access_key(entry->access_key))
        add_plain(out, "access_key", entry->access_key);
    add_plain(out, "error", slice_of(entry->error_code));
    add_own(out, "detail", entry->detail);
    add_number(out, "status", entry->response->status);
    add_number(out, "microseconds", entry->microseconds);
    add_foreign(out, "user_agent", http_header(entry->request, "user-agent"), AGENT_MAX);
    buffer_append(out, "}\n", 2);
    if (out->size >= GATHERED_MAX) {
        write_all(log->sink, buffer_slice(out));
        buffer_clear(out);
    }
    (void)pthread_mutex_unlock(&log->mutex);
}
