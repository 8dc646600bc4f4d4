// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Finds credentials in other programs' configuration files that a package manager takes before it asks jeton: a stale
 * one there is what keeps it out. Pure.
 * Source: ../shared/reference/package-managers.md, what goes before the helper of each tool.
 */
#ifndef JETON_CLIENT_DOCTOR_SCAN_H
#define JETON_CLIENT_DOCTOR_SCAN_H

#include "base/bytes.h"
#include "base/memory.h"

#include <stdbool.h>

/** The grammars of such files. */
enum scan_grammar {
    SCAN_PIP,    /**< pip.conf: URLs with a password in index-url and extra-index-url. */
    SCAN_PYPIRC, /**< .pypirc: a section with `repository` and `password`. */
    SCAN_NPMRC,  /**< .npmrc: `//HOST/PATH:_authToken`, `_auth`, `_password`. */
    SCAN_NETRC,  /**< .netrc: `machine HOST`. */
    SCAN_NUGET,  /**< NuGet.Config: credentials of a source whose URL is there. */
};

/** Whom a finding is told; the texts are valid during the call alone, and never hold a secret. */
struct scan {
    enum scan_grammar grammar;
    /** Whether a URL, or a host alone, is of the repositories that are looked at. */
    bool (*is_ours)(void *context, struct slice url);
    /** @param line from 1; 0: not known. @param what the key or section, as the file has it. */
    void (*found)(void *context, size_t line, const char *what);
    void *context;
};

/** Looks through the text of a file. What cannot be read is passed over: the program that reads it will say so. */
void scan_text(const struct scan *scan, struct slice text);

#endif
