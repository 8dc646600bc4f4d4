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
    SCAN_KEYED,   /**< Sections of `key = value`: INI, TOML, properties, plain YAML. See client/doctor/keyed.h. */
    SCAN_NPMRC,   /**< .npmrc: `//HOST/PATH:_authToken`, `_auth`, `_password`. */
    SCAN_NETRC,   /**< .netrc: `machine HOST`. */
    SCAN_NUGET,   /**< NuGet.Config: credentials of a source whose URL is there. */
    SCAN_MAVEN,   /**< settings.xml: the password of a server whose id is that of a URL. */
    SCAN_BUNDLER, /**< Bundler's config: `BUNDLE_HOST: "USER:PASSWORD"`. */
    SCAN_YARN,    /**< .yarnrc.yml: npmAuthToken and npmAuthIdent below a registry. */
};
#define SCAN_GRAMMARS 7

/** Names by which the files of a tool call repositories of ours; all zero but for the arena is none. */
struct scan_names {
    struct arena *arena;
    const char **items;
    size_t count;
};

/** Whom a finding is told; the texts are valid during the call alone. */
struct scan {
    enum scan_grammar grammar;
    /** Whether a URL, or a host alone, is of the repositories that are looked at. */
    bool (*is_ours)(void *context, struct slice url);
    /**
     * @param line   from 1; 0: not known.
     * @param what   the key or section, as the file has it; no secret.
     * @param secret the credential, as it stands there; empty: it was not read.
     */
    void (*found)(void *context, size_t line, const char *what, struct slice secret);
    void *context;
    /**
     * Names of ours, where an address and its credential may stand apart, also in different files of one tool. All of
     * these are looked through twice: first with `collecting`, when names are noted and nothing is found.
     */
    struct scan_names *names;
    bool collecting;
};

/** Looks through the text of a file. What cannot be read is passed over: the program that reads it will say so. */
void scan_text(const struct scan *scan, struct slice text);

/** Whether the name has been noted. */
bool scan_knows(const struct scan *scan, struct slice name);

/** Notes a name. */
void scan_note(const struct scan *scan, struct slice name);

/**
 * The host of which a variable or a key of Bundler's is: BUNDLE_MY___HOST__EXAMPLE; in OUT.
 * @return false for another name.
 */
bool scan_bundler_host(struct slice name, struct buffer *out);

/** The first URL with a password in a text that is one of ours. @param password gets it. */
bool scan_find_url(const struct scan *scan, struct slice text, struct slice *password);

#endif
