// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Memory: plain allocations that cannot fail, and arenas.
 *
 * When memory runs out the process ends with a message (abort): no caller could do better, and no
 * half-done work is left, since what matters is written by rename or in a transaction. Sizes that come
 * from an input are bounded by their reader before they get here.
 */
#ifndef JETON_BASE_MEMORY_H
#define JETON_BASE_MEMORY_H

#include "base/bytes.h"

#include <stdarg.h>
#include <stddef.h>

/** Zeroed memory of COUNT times SIZE bytes; the caller frees it with free(). Never NULL. */
void *memory_new(size_t count, size_t size);

/** Memory of SIZE bytes that holds anything; the caller frees it with free(). Never NULL. */
void *memory_allocate(size_t size);

/** Resizes as realloc() does, never NULL. Not for secrets: the old place is not wiped. */
void *memory_resize(void *memory, size_t count, size_t size);

/** A copy of SIZE bytes with a NUL after them; the caller frees it. */
char *memory_copy(const char *data, size_t size);

/** A formatted string; the caller frees it. */
char *memory_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *memory_format_list(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/**
 * An arena: allocations that live as long as a request or a command and end together.
 * All of it is wiped when it ends, so secrets may stand in it.
 */
struct arena;

/** A new arena; arena_free() ends it. */
struct arena *arena_new(void);

/** Zeroed memory for any type, valid until arena_free() or arena_reset(). */
void *arena_allocate(struct arena *arena, size_t count, size_t size);

/** A copy of SIZE bytes with a NUL after them. */
char *arena_copy(struct arena *arena, const char *data, size_t size);

/** A formatted string. */
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** The texts joined, one after the other; for what is built at every request, where a format would cost more. */
char *arena_join(struct arena *arena, const struct slice *texts, size_t count);

/** Wipes what was allocated and keeps the first block for the next use. */
void arena_reset(struct arena *arena);

/** Wipes and frees everything; NULL is fine. */
void arena_free(struct arena *arena);

void arena_free_at(struct arena **arena);
/** A scope-bound arena pointer. */
#define ARENA_AUTO __attribute__((cleanup(arena_free_at))) struct arena

void memory_free_at(void *pointer);
/** A scope-bound plain allocation: `MEMORY_AUTO char *name = memory_copy(...)`. */
#define MEMORY_AUTO __attribute__((cleanup(memory_free_at)))

#endif
