// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What of a request is refused by its form alone, before anything in it is looked at. Pure. */
#ifndef JETON_SERVICE_HTTP_FORM_H
#define JETON_SERVICE_HTTP_FORM_H

#include "base/error.h"
#include "service/http/connections.h"
#include "service/http/http.h"

#include <stdbool.h>

/** Target and headers of a request together. */
#define FORM_HEAD_MAX ((size_t)12 * 1024)
/** A body above the limit but not above this is read and thrown away, so that the client sees the refusal. */
#define FORM_DISCARDED_MAX ((size_t)1024 * 1024)

/**
 * Checks target and headers.
 * @param request its headers are those of LIST.
 * @param target  as it was sent.
 * @param version "HTTP/1.1"
 * @param error   "RequestTooLarge", "Serialization".
 */
bool form_check(const struct http_request *request, struct slice target, const char *version,
                const struct header_list *list, struct error *error);
/**
 * Whether libmicrohttpd has seen all of the head that was sent: up to version 0.9.76 a NUL cuts a header's value, and a
 * line that begins with a colon or a NUL ends the headers, so that what follows would be the next request where
 * another reader goes on with this one. The library leaves the head where it was read, with zeros in the place of
 * colons and line ends, so that nothing can hide if each part begins where the one before it ends. One line remains
 * that looks like the empty one then: a colon, or a NUL, with a bare line feed behind it and nothing else.
 * @param version where the library has it: in the request line.
 * @param end     where the head ends.
 * @param error   "Serialization".
 */
bool form_is_whole(struct slice version, const char *end, const struct header_list *list, struct error *error);
/** Whether the body that is announced may come at all. @param error "RequestTooLarge". */
bool form_check_announced(const struct http_request *request, struct error *error);
/** The body is too large. @return false, with "RequestTooLarge". */
bool form_refuse_size(struct error *error);

/**
 * Whether a target has more parameters than are let in: libmicrohttpd keeps each of them, and has no answer when its
 * memory ends with them.
 */
bool form_has_many_parameters(struct slice target);

#endif
