// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/bytes.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

bool slice_equal_nocase_sized(struct slice a, struct slice b)
{
    for (size_t i = 0; i < a.size; i++)
        if (a.data[i] != b.data[i] && text_lower(a.data[i]) != text_lower(b.data[i]))
            return false;
    return true;
}

bool slice_ends_with(struct slice slice, struct slice suffix)
{
    return slice.size >= suffix.size && slice_equal(slice_part(slice, slice.size - suffix.size, suffix.size), suffix);
}

int slice_compare(struct slice a, struct slice b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared == 0 ? 0 : memcmp(a.data, b.data, shared);
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

struct slice slice_trim(struct slice slice)
{
    while (slice.size > 0 && text_is_space(slice.data[0]))
        slice = slice_part(slice, 1, slice.size);
    while (slice.size > 0 && text_is_space(slice.data[slice.size - 1]))
        slice.size--;
    return slice;
}

bool slice_cut(struct slice *rest, char separator, struct slice *part)
{
    if (rest->data == NULL)
        return false;
    size_t end = slice_find(*rest, separator, 0);
    *part = slice_part(*rest, 0, end);
    *rest = end == rest->size ? (struct slice){NULL, 0} : slice_part(*rest, end + 1, rest->size);
    return true;
}

// ------------------------------------------------------------------ buffers

void buffer_reserve(struct buffer *buffer, size_t size)
{
    size_t needed;
    if (__builtin_add_overflow(buffer->size, size, &needed) || needed > SIZE_MAX / 4)
        abort();
    if (needed < buffer->capacity)
        return;
    size_t capacity = buffer->capacity < 32 ? 64 : buffer->capacity * 2;
    if (capacity <= needed)
        capacity = needed + 1;
    // A new place rather than realloc(), so that the old one can be wiped.
    char *data = memory_allocate(capacity);
    data[buffer->size] = '\0';
    if (buffer->data != NULL) {
        memcpy(data, buffer->data, buffer->size);
        secret_wipe(buffer->data, buffer->size);
        if (!buffer->borrowed)
            free(buffer->data);
    }
    buffer->data = data;
    buffer->capacity = capacity;
    buffer->borrowed = false;
}

void buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        abort();
    buffer_reserve(buffer, (size_t)size);
    (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
    va_end(again);
    buffer->size += (size_t)size;
}

void buffer_cut(struct buffer *buffer, size_t size)
{
    if (buffer->size <= size)
        return;
    secret_wipe(buffer->data + size, buffer->size - size);
    buffer->size = size;
}

void buffer_clear(struct buffer *buffer)
{
    buffer_cut(buffer, 0);
}

void buffer_free(struct buffer *buffer)
{
    buffer_clear(buffer);
    if (!buffer->borrowed)
        free(buffer->data);
    *buffer = (struct buffer){0};
}

char *buffer_take(struct buffer *buffer)
{
    if (buffer->data == NULL || buffer->borrowed) {
        char *copy = memory_copy(buffer_text(buffer), buffer->size);
        buffer_free(buffer);
        return copy;
    }
    char *text = buffer->data;
    *buffer = (struct buffer){0};
    return text;
}
