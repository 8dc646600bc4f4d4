// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Bytes with a length: `struct slice` borrows them, `struct buffer` owns and grows.
 */
#ifndef JETON_BASE_BYTES_H
#define JETON_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/** Bytes that belong to someone else. `data` may be NULL when `size` is 0; no NUL is promised. */
struct slice {
    const char *data;
    size_t size;
};

/** A slice of a string literal. */
#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

/** A slice of a C string; NULL gives the empty slice. */
static inline struct slice slice_of(const char *text)
{
    return (struct slice){text, text == NULL ? 0 : strlen(text)};
}

/** The part from START (clamped) of at most SIZE bytes. */
static inline struct slice slice_part(struct slice slice, size_t start, size_t size)
{
    if (slice.data == NULL)
        return slice;
    if (start > slice.size)
        start = slice.size;
    if (size > slice.size - start)
        size = slice.size - start;
    return (struct slice){slice.data + start, size};
}

/** Equal byte for byte. Not for secrets: see secret_equal(). */
static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/** Equal to a C string. */
static inline bool slice_is(struct slice slice, const char *text)
{
    return slice_equal(slice, slice_of(text));
}

/** Of slices of one size: see slice_equal_nocase(). */
bool slice_equal_nocase_sized(struct slice a, struct slice b);

/** Equal but for the case of ASCII letters. */
static inline bool slice_equal_nocase(struct slice a, struct slice b)
{
    // The sizes first, and without a call: nearly all names that are compared differ in theirs.
    return a.size == b.size && slice_equal_nocase_sized(a, b);
}

/** Whether PREFIX stands at the start. */
static inline bool slice_starts_with(struct slice slice, struct slice prefix)
{
    return slice.size >= prefix.size && slice_equal(slice_part(slice, 0, prefix.size), prefix);
}

bool slice_ends_with(struct slice slice, struct slice suffix);
/** Byte order, a shorter prefix first: below, at or above 0. */
int slice_compare(struct slice a, struct slice b);
/** The index of the first C at or after START, or slice.size when there is none. */
static inline size_t slice_find(struct slice slice, char c, size_t start)
{
    if (start >= slice.size)
        return slice.size;
    const char *found = memchr(slice.data + start, c, slice.size - start);
    return found == NULL ? slice.size : (size_t)(found - slice.data);
}

/** Without the blanks and tabs (and other ASCII white space) at both ends. */
struct slice slice_trim(struct slice slice);
/**
 * Cuts the part before the first SEPARATOR off REST into PART (all of REST when there is none).
 * @return false when REST was already used up (data NULL).
 */
bool slice_cut(struct slice *rest, char separator, struct slice *part);

/** The printf arguments for "%.*s"; at most INT_MAX bytes are shown. */
#define SLICE_ARGS(slice)                                                                                              \
    (int)((slice).size > 0x7fffffff ? 0x7fffffff : (slice).size), ((slice).data ? (slice).data : "")

/**
 * A growing byte string. `data` always ends with a NUL that `size` does not count, except that an
 * empty, never used buffer (all zero) has data NULL; buffer_text() is safe in both cases.
 * When growing, the old place is wiped, so a buffer may hold a secret; free it by buffer_free().
 */
struct buffer {
    char *data;
    size_t size;
    size_t capacity;
    bool borrowed; /**< DATA is room on the stack: BUFFER_ROOM. */
};

/** Appends what printf() would print. */
void buffer_append_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Makes room for SIZE more bytes, so that the next appends do not allocate. */
void buffer_reserve(struct buffer *buffer, size_t size);

/** Appends SIZE bytes, which must not be the buffer's own. */
static inline void buffer_append(struct buffer *buffer, const void *data, size_t size)
{
    // Asked here first: most appends find room, and there are many at every request.
    if (size >= buffer->capacity - buffer->size)
        buffer_reserve(buffer, size);
    if (size > 0)
        memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

/** Appends a slice. */
static inline void buffer_append_slice(struct buffer *buffer, struct slice slice)
{
    buffer_append(buffer, slice.data, slice.size);
}

/** Appends a C string. */
static inline void buffer_append_text(struct buffer *buffer, const char *text)
{
    buffer_append(buffer, text, strlen(text));
}

/** Appends one byte, NUL included. */
static inline void buffer_append_char(struct buffer *buffer, char c)
{
    buffer_append(buffer, &c, 1);
}

/** Shortens the content to SIZE bytes (no effect when it is no longer than that); the rest is wiped. */
void buffer_cut(struct buffer *buffer, size_t size);
/** Drops the content and keeps the memory; the content is wiped. */
void buffer_clear(struct buffer *buffer);
/** Wipes and frees; the buffer is empty and usable again. */
void buffer_free(struct buffer *buffer);
/** The content as a C string, "" when empty; valid until the next change. */
static inline const char *buffer_text(const struct buffer *buffer)
{
    return buffer->data == NULL ? "" : buffer->data;
}

/** The content as a slice, valid until the next change. */
static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return (struct slice){buffer_text(buffer), buffer->size};
}

/** Takes the content as a C string that the caller frees; the buffer is empty afterwards. */
char *buffer_take(struct buffer *buffer);

/** A scope-bound buffer: wiped and freed when it goes out of scope. */
#define BUFFER_AUTO __attribute__((cleanup(buffer_free))) struct buffer

/**
 * A scope-bound buffer that begins in SIZE bytes of the stack, for what is built at every request and has a usual
 * size: it allocates when it outgrows them, and only then. It must not be copied to where it outlives the scope.
 */
#define BUFFER_ROOM(name, size)                                                                                        \
    char name##_room[size];                                                                                            \
    name##_room[0] = '\0';                                                                                             \
    BUFFER_AUTO name = {name##_room, 0, sizeof name##_room, true}

#endif
