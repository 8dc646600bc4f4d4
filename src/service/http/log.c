// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/log.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/timestamp.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/** Bytes of one buffer's lines at which the sink is woken, and at which further lines are left out. */
#define GATHERED_WAKE ((size_t)64 * 1024)
#define GATHERED_MAX ((size_t)256 * 1024)
/** Bytes of one write to a regular file, which is always ready. */
#define FILE_STEP ((size_t)64 * 1024)
/** Milliseconds for the last lines. */
#define CLOSE_LIMIT 500
/** Bytes of a foreign text that are shown: of any, and of some kinds. */
#define FOREIGN_MAX 256
#define AGENT_MAX 160
#define ACCESS_KEY_MAX 128
#define METHOD_MAX 32
#define DETAIL_MAX 512
/** {"time":"2026-08-30T12:36:00.000Z" */
#define TIME_SIZE 33

/**
 * A pipe that is ready takes PIPE_BUF bytes without blocking, and at once (POSIX, write()). O_NONBLOCK would say
 * so too, but it would hold for everybody who shares the descriptor.
 */
void log_sink_open(struct log_sink *sink, int descriptor)
{
    struct stat status;
    bool is_file = descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    *sink = (struct log_sink){.descriptor = descriptor,
                              .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                              .step = is_file ? FILE_STEP : PIPE_BUF};
}

// ------------------------------------------------------------------ writing

/** What the next write takes: whole lines, or the part of one that is longer than a step. */
static struct slice next_piece(const struct log_sink *sink)
{
    struct slice rest = slice_part(buffer_slice(&sink->pending), sink->written, sink->pending.size);
    if (rest.size <= sink->step)
        return rest;
    size_t size = sink->step;
    while (size > 0 && rest.data[size - 1] != '\n')
        size--;
    return slice_part(rest, 0, size > 0 ? size : sink->step);
}

/** Writes what is pending until the reader has had enough. What cannot be written is tried again next time. */
static void write_pending(struct log_sink *sink)
{
    struct pollfd room = {.fd = sink->descriptor, .events = POLLOUT};
    sink->full = false;
    while (sink->written < sink->pending.size) {
        if (poll(&room, 1, 0) == 0) {
            sink->full = true;
            return;
        }
        struct slice piece = next_piece(sink);
        ssize_t written = write(sink->descriptor, piece.data, piece.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return;
        sink->written += (size_t)written;
    }
    buffer_clear(&sink->pending);
    sink->written = 0;
}

/** Takes the lines of one worker. */
static void collect(struct log_sink *sink, struct log_buffer *log)
{
    (void)pthread_mutex_lock(&log->mutex);
    if (log->lines.size > 0)
        buffer_append_slice(&sink->gathered, buffer_slice(&log->lines));
    buffer_clear(&log->lines);
    sink->lost += log->lost;
    log->lost = 0;
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

/** Whether the lines stand in the order of their times already, as those of one worker do. */
static bool is_in_order(struct slice text)
{
    struct slice before = {NULL, 0};
    for (size_t start = 0; start < text.size; start = slice_find(text, '\n', start) + 1) {
        struct slice time = slice_part(text, start, TIME_SIZE);
        if (slice_compare(time, before) < 0)
            return false;
        before = time;
    }
    return true;
}

/** Makes the lines that were gathered pending; nothing is pending yet. */
static void sort_gathered(struct log_sink *sink)
{
    struct slice text = buffer_slice(&sink->gathered);
    if (is_in_order(text)) {
        struct buffer empty = sink->pending;
        sink->pending = sink->gathered;
        sink->gathered = empty;
        return;
    }
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
    buffer_reserve(&sink->pending, text.size);
    for (size_t i = 0; i < count; i++)
        buffer_append_slice(&sink->pending, lines[i]);
    buffer_clear(&sink->gathered);
}

static void report_lost(struct log_sink *sink)
{
    buffer_append_text(&sink->pending, "{\"time\":\"");
    timestamp_format_utc(&sink->pending, timestamp_now(), true);
    buffer_append_format(&sink->pending, "\",\"lost_lines\":%llu}\n", (unsigned long long)sink->lost);
    sink->lost = 0;
}

void log_sink_flush(struct log_sink *sink)
{
    write_pending(sink);
    if (sink->pending.size > 0)
        return;
    for (struct log_buffer *log = sink->first; log != NULL; log = log->next)
        collect(sink, log);
    if (sink->gathered.size > 0)
        sort_gathered(sink);
    if (sink->lost > 0)
        report_lost(sink);
    write_pending(sink);
}

void log_sink_watch(const struct log_sink *sink, struct pollfd out[static LOG_SINK_EVENTS])
{
    uint64_t raised;
    if (sink->wake >= 0)
        (void)!read(sink->wake, &raised, sizeof raised);
    out[0] = (struct pollfd){.fd = sink->wake, .events = POLLIN};
    // poll() passes over what is negative.
    out[1] = (struct pollfd){.fd = sink->full ? sink->descriptor : -1, .events = POLLOUT};
}

static int64_t clock_milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void log_sink_close(struct log_sink *sink)
{
    const int64_t end = clock_milliseconds() + CLOSE_LIMIT;
    log_sink_flush(sink);
    for (int64_t left = CLOSE_LIMIT; sink->full && left > 0; left = end - clock_milliseconds()) {
        struct pollfd room = {.fd = sink->descriptor, .events = POLLOUT};
        (void)poll(&room, 1, (int)left);
        log_sink_flush(sink);
    }
    if (sink->wake >= 0)
        (void)close(sink->wake);
    buffer_free(&sink->gathered);
    buffer_free(&sink->pending);
}

// ------------------------------------------------------------------ one buffer's lines

void log_buffer_open(struct log_buffer *log, struct log_sink *sink)
{
    *log = (struct log_buffer){.sink = sink, .next = sink->first};
    buffer_reserve(&log->lines, GATHERED_WAKE + 4096);
    (void)pthread_mutex_init(&log->mutex, NULL);
    sink->first = log;
}

void log_buffer_close(struct log_buffer *log)
{
    collect(log->sink, log);
    struct log_buffer **at = &log->sink->first;
    while (*at != log)
        at = &(*at)->next;
    *at = log->next;
    buffer_free(&log->lines);
    buffer_free(&log->time);
    (void)pthread_mutex_destroy(&log->mutex);
}

// The lines are written piece by piece rather than by a format: this is done for every request.

/** A member's name with all that stands around it. */
#define NAME(name) SLICE(",\"" name "\":")

/** Text that needs no escapes. */
static void add_plain(struct buffer *out, struct slice name, struct slice text)
{
    if (text.size == 0)
        return;
    buffer_append_slice(out, name);
    buffer_append_char(out, '"');
    buffer_append_slice(out, text);
    buffer_append_char(out, '"');
}

/** Whether a string of JSON is that text between quotes. */
static bool is_plain(struct slice text)
{
    unsigned char others = 0; // a byte, so that the compiler looks at many at once
    for (size_t i = 0; i < text.size; i++) {
        const unsigned char c = (unsigned char)text.data[i];
        others |= (unsigned char)((unsigned char)(c - ' ') > '~' - ' ') | (c == '"') | (c == '\\');
    }
    return others == 0;
}

/** Text from outside, cut, with anything but printable ASCII replaced: a log is read by terminals too. */
static void add_foreign(struct buffer *out, struct slice name, struct slice text, size_t limit)
{
    struct slice shown = slice_part(text, 0, limit < DETAIL_MAX ? limit : DETAIL_MAX);
    if (is_plain(shown)) {
        add_plain(out, name, shown);
        return;
    }
    char clean[DETAIL_MAX];
    size_t size = 0;
    for (; size < shown.size; size++)
        clean[size] = text.data[size] < 0x20 || text.data[size] > 0x7e ? '?' : text.data[size];
    buffer_append_slice(out, name);
    json_write_string(out, (struct slice){clean, size});
}

static void add_own(struct buffer *out, struct slice name, const char *text)
{
    if (text == NULL)
        return;
    buffer_append_slice(out, name);
    json_write_string(out, slice_of(text));
}

static void add_number(struct buffer *out, struct slice name, int64_t number)
{
    buffer_append_slice(out, name);
    text_append_integer(out, number < 0 ? 0 : number);
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

static void add_entry(struct log_buffer *log, const void *what, int64_t when)
{
    const struct log_entry *entry = what;
    struct buffer *out = &log->lines;
    add_time(log, when);
    add_plain(out, NAME("request_id"), slice_of(entry->response->request_id));
    add_plain(out, NAME("client"), slice_of(entry->request->client));
    add_foreign(out, NAME("method"), entry->request->message.method, METHOD_MAX);
    add_foreign(out, NAME("path"), entry->request->message.path, FOREIGN_MAX);
    add_plain(out, NAME("operation"), slice_of(entry->operation));
    add_own(out, NAME("caller"), entry->caller);
    if (is_access_key(entry->access_key))
        add_plain(out, NAME("access_key"), entry->access_key);
    add_foreign(out, NAME("asked_method"), entry->asked_method, METHOD_MAX);
    add_foreign(out, NAME("asked_path"), entry->asked_path, FOREIGN_MAX);
    add_plain(out, NAME("action"), slice_of(entry->action));
    add_foreign(out, NAME("resource"), slice_of(entry->resource), DETAIL_MAX);
    add_foreign(out, NAME("token"), entry->token, AGENT_MAX);
    add_plain(out, NAME("error"), slice_of(entry->error_code));
    add_foreign(out, NAME("detail"), slice_of(entry->detail), DETAIL_MAX);
    add_number(out, NAME("status"), entry->response->status);
    add_number(out, NAME("microseconds"), entry->microseconds);
    add_foreign(out, NAME("user_agent"), http_header(entry->request, "user-agent"), AGENT_MAX);
    buffer_append(out, "}\n", 2);
}

static void add_notice(struct log_buffer *log, const void *text, int64_t when)
{
    add_time(log, when);
    add_foreign(&log->lines, NAME("notice"), slice_of(text), DETAIL_MAX);
    buffer_append(&log->lines, "}\n", 2);
}

/** Adds a line by ADD, or counts it as lost. */
static void add(struct log_buffer *log, void (*add_line)(struct log_buffer *log, const void *what, int64_t when),
                const void *what, int64_t when)
{
    if (log->sink->descriptor < 0)
        return;
    (void)pthread_mutex_lock(&log->mutex);
    size_t before = log->lines.size;
    if (before < GATHERED_MAX)
        add_line(log, what, when);
    else
        log->lost++;
    bool much = before < GATHERED_WAKE && log->lines.size >= GATHERED_WAKE;
    (void)pthread_mutex_unlock(&log->mutex);
    const uint64_t one = 1;
    if (much && log->sink->wake >= 0)
        (void)!write(log->sink->wake, &one, sizeof one);
}

void log_request(struct log_buffer *log, const struct log_entry *entry)
{
    add(log, add_entry, entry, entry->request->now);
}

void log_notice(struct log_buffer *log, int64_t when, const char *text)
{
    add(log, add_notice, text, when);
}
