// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The document that `jetond export` writes and `jetond import` reads, as a table: members, types, limits. Policy
 * documents are texts in it; where they are written as objects, whoever validates puts their text in the place first.
 */
#ifndef JETON_API_RECORD_H
#define JETON_API_RECORD_H

#include "api/api.h"

/** What `format` and `version` must be. */
#define API_RECORD_FORMAT "jetond"
#define API_RECORD_VERSION 1

extern const struct api_shape api_record;

#endif
