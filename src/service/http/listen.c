// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/http/listen.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

/** Takes "ADDRESS:PORT" apart; an IPv6 address stands in brackets. */
static bool split(struct slice place, struct slice *host, struct slice *port)
{
    size_t colon = place.size;
    while (colon > 0 && place.data[colon - 1] != ':')
        colon--;
    if (colon < 2)
        return false;
    *host = slice_part(place, 0, colon - 1);
    *port = slice_part(place, colon, place.size);
    if (host->data[0] == '[') {
        if (host->size < 3 || host->data[host->size - 1] != ']')
            return false;
        *host = slice_part(*host, 1, host->size - 2);
    } else if (slice_find(*host, ':', 0) < host->size) {
        return false;
    }
    uint64_t number;
    return text_parse_unsigned(*port, &number) && number <= 65535;
}

static bool append_name(int descriptor, struct buffer *url)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    char host[NI_MAXHOST];
    char port[NI_MAXSERV];
    if (getsockname(descriptor, (struct sockaddr *)&address, &size) != 0 ||
        getnameinfo((struct sockaddr *)&address, size, host, sizeof host, port, sizeof port,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return false;
    buffer_append_format(url, address.ss_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
    return true;
}

static int bind_first(const struct addrinfo *list, const char *place, struct error *error)
{
    int reason = 0;
    for (const struct addrinfo *at = list; at != NULL; at = at->ai_next) {
        int descriptor = socket(at->ai_family, at->ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, at->ai_protocol);
        const int on = 1;
        if (descriptor >= 0 && setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
            bind(descriptor, at->ai_addr, at->ai_addrlen) == 0 && listen(descriptor, BACKLOG) == 0)
            return descriptor;
        reason = errno;
        if (descriptor >= 0)
            (void)close(descriptor);
    }
    char text[128];
    (void)error_set(error, ERROR_CONFIGURATION, NULL, "cannot listen on %s: %s", place,
                    strerror_r(reason, text, sizeof text));
    return -1;
}

static bool read_place(const char *place, struct slice *host, struct slice *port, struct error *error)
{
    if (split(slice_of(place), host, port))
        return true;
    (void)error_set(error, ERROR_USAGE, NULL,
                    "\"%s\" is no address to listen on; give ADDRESS:PORT, such as 127.0.0.1:4480 or [::1]:4480",
                    place);
    return false;
}

bool listen_check(const char *place, struct error *error)
{
    struct slice host;
    struct slice port;
    return read_place(place, &host, &port, error);
}

int listen_open(const char *place, struct buffer *url, struct error *error)
{
    struct slice host = {0};
    struct slice port = {0};
    if (!read_place(place, &host, &port, error))
        return -1;
    MEMORY_AUTO char *host_text = memory_copy(host.data, host.size);
    MEMORY_AUTO char *port_text = memory_copy(port.data, port.size);
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
    struct addrinfo *list = NULL;
    int failure = getaddrinfo(host_text, port_text, &hints, &list);
    if (failure != 0) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "cannot listen on %s: %s", place, gai_strerror(failure));
        return -1;
    }
    int descriptor = bind_first(list, place, error);
    freeaddrinfo(list);
    if (descriptor >= 0 && !append_name(descriptor, url)) {
        (void)close(descriptor);
        (void)error_set(error, ERROR_INTERNAL, NULL, "the address that %s was bound to cannot be told", place);
        return -1;
    }
    return descriptor;
}
