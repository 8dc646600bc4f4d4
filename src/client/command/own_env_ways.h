// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The ways in which `env` hands variables on: to a shell, and to the later steps of a CI system's job. */
#ifndef JETON_CLIENT_COMMAND_OWN_ENV_WAYS_H
#define JETON_CLIENT_COMMAND_OWN_ENV_WAYS_H

#include "base/bytes.h"
#include "client/packagers/environment.h"

#include <stdbool.h>

/** Where the lines go. */
enum env_place {
    ENV_OUTPUT_OR_FILE, /**< Standard output, or the file of --file. */
    ENV_OUTPUT,         /**< Standard output alone. */
    ENV_FILE,           /**< The file of --file, or the one that a variable names. */
};

struct env_way {
    const char *name;
    enum env_place place;
    const char *variable; /**< Names the file when --file does not; NULL: --file has to. */
    size_t most_bytes;    /**< The system takes no more, and so many variables by default; 0: it takes all. */
    size_t most_variables;
    /** Whether a variable of that name arrives. */
    bool (*takes)(const char *name);
    /** Appends one variable. @return false when the system gives no randomness. */
    bool (*write)(const struct environment_variable *variable, struct buffer *out);
    /** Appends what masks the token; NULL: the system has no such word. It goes to standard output. */
    void (*mask)(const char *token, struct buffer *out);
};

/** Their names, NULL-terminated; a shell's is the first. */
extern const char *const env_way_names[];

/** The way of that name, which is one of them; NULL: the shell's. */
const struct env_way *env_way_find(const char *name);

#endif
