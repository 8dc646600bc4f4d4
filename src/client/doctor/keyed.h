// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Files of sections and `key = value`, read well enough to find addresses and credentials in INI, TOML, properties and
 * plain YAML alike. An address and a credential belong together when the last part of their section's name is the same
 * (`[registries.NAME]` and `[http-basic.NAME]`; `NAME.host` and `NAME.password`), or what is called `name` or `id` in
 * it. A part of client/doctor/scan.h. Pure.
 */
#ifndef JETON_CLIENT_DOCTOR_KEYED_H
#define JETON_CLIENT_DOCTOR_KEYED_H

#include "client/doctor/scan.h"

/** One line's entry. The slices point into the text. */
struct keyed_entry {
    size_t line;
    struct slice section; /**< Of the header above; with brackets for a list's. */
    size_t instance;      /**< The number of the header above, from 1; 0: none. */
    struct slice prefix;  /**< What of the key stands before its last part: "ID" of `ID.host`. */
    struct slice key;     /**< The last part. */
    struct slice whole;   /**< The key as it stands there; on a line that goes on, the key of before. */
    struct slice value;   /**< Without quotes. */
};

/** Calls EACH for every entry. */
void keyed_walk(struct slice text, void (*each)(void *context, const struct keyed_entry *entry), void *context);

/** Looks for what scan_text() does. */
void keyed_scan(const struct scan *scan, struct slice text);

#endif
