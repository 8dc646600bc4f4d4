// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "base/secret.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *memory)
{
    if (memory == NULL)
        abort();
    return memory;
}

static size_t product(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        abort();
    return bytes == 0 ? 1 : bytes;
}

void *memory_new(size_t count, size_t size)
{
    return checked(calloc(1, product(count, size)));
}

void *memory_allocate(size_t size)
{
    return checked(malloc(size));
}

void *memory_resize(void *memory, size_t count, size_t size)
{
    return checked(realloc(memory, product(count, size)));
}

char *memory_copy(const char *data, size_t size)
{
    char *copy = memory_new(size + 1, 1);
    if (size > 0)
        memcpy(copy, data, size);
    return copy;
}

char *memory_format_list(const char *format, va_list arguments)
{
    char *text = NULL;
    if (vasprintf(&text, format, arguments) < 0)
        abort();
    return text;
}

char *memory_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = memory_format_list(format, arguments);
    va_end(arguments);
    return text;
}

void memory_free_at(void *pointer)
{
    free(*(void **)pointer);
}

// ------------------------------------------------------------------ arenas

#define FIRST_BLOCK ((size_t)4096)

struct block {
    struct block *next;
    size_t capacity;
    size_t used;
    max_align_t data[];
};

struct arena {
    struct block *blocks; // the newest first; the last is the one that arena_reset() keeps
};

static struct block *block_new(size_t capacity, struct block *next)
{
    size_t bytes;
    if (__builtin_add_overflow(sizeof(struct block), capacity, &bytes))
        abort();
    struct block *block = memory_new(1, bytes);
    block->next = next;
    block->capacity = capacity;
    return block;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_new(1, sizeof *arena);
    arena->blocks = block_new(FIRST_BLOCK, NULL);
    return arena;
}

void *arena_allocate(struct arena *arena, size_t count, size_t size)
{
    const size_t alignment = _Alignof(max_align_t);
    size_t bytes = product(count, size);
    if (bytes > SIZE_MAX / 4)
        abort();
    bytes = (bytes + alignment - 1) / alignment * alignment;
    struct block *block = arena->blocks;
    if (block->capacity - block->used < bytes) {
        size_t capacity = block->capacity * 2;
        block = block_new(capacity > bytes ? capacity : bytes, block);
        arena->blocks = block;
    }
    char *place = (char *)block->data + block->used;
    block->used += bytes;
    return place; // zero: blocks begin so, and what is given back is wiped
}

char *arena_copy(struct arena *arena, const char *data, size_t size)
{
    char *copy = arena_allocate(arena, size + 1, 1);
    if (size > 0)
        memcpy(copy, data, size);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0)
        abort();
    char *text = arena_allocate(arena, (size_t)size + 1, 1);
    (void)vsnprintf(text, (size_t)size + 1, format, again);
    va_end(again);
    return text;
}

char *arena_join(struct arena *arena, const struct slice *texts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += texts[i].size;
    char *text = arena_allocate(arena, size + 1, 1);
    char *end = text;
    for (size_t i = 0; i < count; i++)
        end = mempcpy(end, texts[i].data == NULL ? "" : texts[i].data, texts[i].size);
    return text;
}

void arena_reset(struct arena *arena)
{
    struct block *block = arena->blocks;
    while (block->next != NULL) {
        struct block *next = block->next;
        secret_wipe(block->data, block->used);
        free(block);
        block = next;
    }
    secret_wipe(block->data, block->used);
    block->used = 0;
    arena->blocks = block;
}

void arena_free(struct arena *arena)
{
    if (arena == NULL)
        return;
    arena_reset(arena);
    free(arena->blocks);
    free(arena);
}

void arena_free_at(struct arena **arena)
{
    arena_free(*arena);
}
