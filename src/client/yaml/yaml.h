// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * YAML 1.2 as the AWS CLI reads and writes it: libyaml for the syntax, and the meaning of plain scalars by the rules
 * of ruamel.yaml 0.17's safe schema ("yes" is a text, 0o17 and 1_000 are numbers, 2020-01-01 is a date). Pure.
 * Sources: YAML 1.2.2; ruamel.yaml and libyaml, as observed.
 */
#ifndef JETON_CLIENT_YAML_YAML_H
#define JETON_CLIENT_YAML_YAML_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>

/** What a plain scalar stands for. */
enum yaml_kind {
    YAML_KIND_TEXT,
    YAML_KIND_NULL,
    YAML_KIND_BOOLEAN,
    YAML_KIND_INTEGER,
    YAML_KIND_REAL,
    YAML_KIND_TIMESTAMP,
    YAML_KIND_BINARY, /**< By its tag alone. */
    YAML_KIND_MERGE,  /**< `<<`, as a key. */
    YAML_KIND_OTHER,  /**< `=`, `!`, `&`, `*`: what must be quoted to be a text. */
};

/** The meaning of a plain scalar without a tag. */
enum yaml_kind yaml_scalar_kind(struct slice text);

/**
 * Told of each value that JSON cannot hold: a date, bytes, a number out of range.
 * @param place what stands for it in the result: a number of its own, to be told by its address.
 * @param text  the value as Python prints it; valid during the call.
 * @param type  Python's name of its type: "datetime.date", "bytes", "int", "float".
 */
typedef void yaml_foreign_function(void *context, const json_t *place, struct slice text, const char *type);

/** Mappings and sequences within each other; Python's own limit is of the same order. */
#define YAML_DEPTH_LIMIT 200
/** Values after aliases are expanded: far more than any input needs, far less than what fills a memory. */
#define YAML_VALUE_LIMIT 100000

/**
 * Reads one document; an empty one is null. Aliases and merge keys are expanded.
 * @return a new reference, or NULL with ERROR_PARAMETER ("Invalid YAML received.", or why it is too much), or
 *         ERROR_INTERNAL for a value that is none, such as the 31st of February, with which the AWS CLI ends so too.
 */
json_t *yaml_read(struct slice text, yaml_foreign_function *foreign, void *context, struct error *error);

/** The value of a scalar of that kind; fails as yaml_read(), also for kinds that are no values. */
json_t *yaml_scalar_read(struct slice text, enum yaml_kind kind, yaml_foreign_function *foreign, void *context,
                         struct error *error);

/**
 * Appends VALUE in block style, with its keys sorted. An object or array that stands in it twice (the same one, not an
 * equal one) is written once, with an anchor.
 * @param error ERROR_INTERNAL when libyaml refuses.
 */
bool yaml_write(struct buffer *out, const json_t *value, struct error *error);

/** The same; but a text such as "1970-01-01T00:00:00" is a moment, written plain and with a blank, as YAML may have it.
 */
bool yaml_write_with_moments(struct buffer *out, const json_t *value, struct error *error);

#endif
