// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Text forms: hexadecimal, base64, base64url, percent-encoding, UTF-8, ASCII case.
 */
#ifndef JETON_BASE_TEXT_H
#define JETON_BASE_TEXT_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** The small letter of an ASCII capital; anything else as it is. */
static inline char text_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/** An ASCII digit. */
static inline bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/** An ASCII letter. */
static inline bool text_is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/** ASCII white space: blank, \t \n \v \f \r. */
static inline bool text_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/** Appends lower-case hexadecimal digits. */
void text_hex_encode(struct buffer *out, const void *data, size_t size);
/** Writes 2 * SIZE lower-case digits and a NUL to OUT. */
void text_hex_write(char *out, const void *data, size_t size);
/** Decodes exactly SIZE bytes; false when TEXT is not 2 * SIZE hexadecimal digits. */
bool text_hex_decode(struct slice text, unsigned char *out, size_t size);

/** Appends base64url without padding (RFC 4648 section 5). */
void text_base64url_encode(struct buffer *out, const void *data, size_t size);
/** Appends the decoded bytes; false (with OUT as it was) on padding, a foreign character or stray bits. */
bool text_base64url_decode(struct slice text, struct buffer *out);
/** Appends base64 with padding (RFC 4648 section 4). */
void text_base64_encode(struct buffer *out, const void *data, size_t size);
/** Appends the decoded bytes; false (with OUT as it was) when TEXT is not canonical base64. */
bool text_base64_decode(struct slice text, struct buffer *out);

/**
 * Appends TEXT percent-encoded as AWS does (RFC 3986 unreserved characters stay, the rest is %XX in
 * upper case). KEEP names further characters to leave, such as "/" for a path; "" for none.
 */
void text_percent_encode(struct buffer *out, struct slice text, const char *keep);
/** Appends TEXT percent-decoded; PLUS_IS_SPACE for form bodies. False (OUT as it was) on a broken escape. */
bool text_percent_decode(struct buffer *out, struct slice text, bool plus_is_space);

/** The number of bytes at the start of TEXT that are well-formed UTF-8 (RFC 3629). */
size_t text_utf8_valid(struct slice text);

/** The code point at the start of TEXT, which is well-formed UTF-8 and not empty. @param size gets its bytes. */
uint32_t text_utf8_first(struct slice text, size_t *size);

/** Appends TEXT with REPLACEMENT for each byte that is not part of well-formed UTF-8. */
void text_append_utf8(struct buffer *out, struct slice text, const char *replacement);

/** Appends a decimal number; for what is written at every request, where a printf format would cost more. */
void text_append_integer(struct buffer *out, int64_t value);

/** Appends WORD so that a POSIX shell takes it for one word and nothing else: Python's shlex.quote(). */
void text_append_shell_word(struct buffer *out, const char *word);

/** Reads an unsigned decimal of digits only; false on anything else or on overflow. */
bool text_parse_unsigned(struct slice text, uint64_t *out);
/** Reads a decimal with an optional sign; false on anything else or on overflow. */
bool text_parse_integer(struct slice text, int64_t *out);

#endif
