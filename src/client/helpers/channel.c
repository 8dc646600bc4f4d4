// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/helpers/channel.h"
#include "client/cli/output.h"

#include <errno.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool fail(struct error *error, const char *what)
{
    return error_set(error, ERROR_INTERNAL, NULL, "The package manager's request cannot be read: %s", what);
}

/** Reads what is there; 0 bytes are the end. */
static bool read_some(int input, struct buffer *out, size_t *count, struct error *error)
{
    char bytes[4096];
    ssize_t got;
    do
        got = read(input, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return fail(error, strerror(errno));
    *count = (size_t)got;
    if (out->size + *count > CHANNEL_LIMIT)
        return fail(error, "it is larger than 1 MiB");
    buffer_append(out, bytes, *count);
    explicit_bzero(bytes, sizeof bytes);
    return true;
}

/** Waits until there is something to read. @return false when the other side's process has ended. */
static bool wait_for(const struct channel *channel)
{
    struct pollfd ready[2] = {{.fd = channel->input, .events = POLLIN}, {.fd = channel->watched, .events = POLLIN}};
    nfds_t count = channel->watched > 0 ? 2 : 1;
    int found;
    do
        found = poll(ready, count, -1);
    while (found < 0 && errno == EINTR);
    return found > 0 && ready[0].revents != 0;
}

/** The next line of what was read, if one is whole. */
static bool take_line(struct channel *channel, struct slice *line)
{
    struct slice rest = slice_part(buffer_slice(&channel->read), channel->taken, channel->read.size);
    size_t end = slice_find(rest, '\n', 0);
    if (end == rest.size)
        return false;
    channel->taken += end + 1;
    *line = slice_part(rest, 0, end);
    return true;
}

/** Drops what was handed out. */
static void shift(struct channel *channel)
{
    size_t left = channel->read.size - channel->taken;
    if (channel->taken == 0)
        return;
    memmove(channel->read.data, channel->read.data + channel->taken, left);
    buffer_cut(&channel->read, left);
    channel->taken = 0;
}

enum channel_result channel_next(struct channel *channel, struct slice *line, struct error *error)
{
    while (!take_line(channel, line)) {
        size_t count = 0;
        shift(channel);
        if (!wait_for(channel))
            return CHANNEL_END;
        if (!read_some(channel->input, &channel->read, &count, error))
            return CHANNEL_FAILED;
        if (count > 0)
            continue;
        *line = buffer_slice(&channel->read);
        channel->taken = channel->read.size;
        return line->size > 0 ? CHANNEL_LINE : CHANNEL_END;
    }
    return CHANNEL_LINE;
}

bool channel_send(struct channel *channel, struct slice text, struct error *error)
{
    BUFFER_AUTO line = {0};
    buffer_append_slice(&line, text);
    buffer_append_char(&line, '\n');
    return output_send(channel->output, buffer_slice(&line), error);
}

void channel_watch(struct channel *channel, pid_t process)
{
    int watched = (int)syscall(SYS_pidfd_open, process, 0);
    if (watched < 0)
        return;
    if (channel->watched > 0)
        (void)close(channel->watched);
    channel->watched = watched;
}

void channel_close(struct channel *channel)
{
    if (channel->watched > 0)
        (void)close(channel->watched);
    channel->watched = 0;
    buffer_free(&channel->read);
}

bool channel_read_all(int input, struct buffer *out, struct error *error)
{
    size_t count = 0;
    do {
        if (!read_some(input, out, &count, error))
            return false;
    } while (count > 0);
    return true;
}
