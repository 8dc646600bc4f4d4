// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Short forms for writing the table: a shape, a member, a structure, an operation. Only for the files of
 * this room that hold the table.
 */
#ifndef JETON_API_TABLE_H
#define JETON_API_TABLE_H

#include "api/api.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/** A string shape with limits of length, a pattern and an enumeration (NULL for none). */
#define STRING_SHAPE(id, low, high, pattern_, values_)                                                                 \
    static const struct api_shape id = {.type = API_STRING,                                                            \
                                        .has_min = (low) >= 0,                                                         \
                                        .has_max = (high) >= 0,                                                        \
                                        .min = (low),                                                                  \
                                        .max = (high),                                                                 \
                                        .pattern = (pattern_),                                                         \
                                        .values = (values_)}

/** A shape without limits. */
#define PLAIN_SHAPE(id, type_) static const struct api_shape id = {.type = (type_)}

/** A number shape; either limit is the type's own when it does not bind. */
#define NUMBER_SHAPE(id, type_, low, high)                                                                             \
    static const struct api_shape id = {.type = (type_), .has_min = true, .has_max = true, .min = (low), .max = (high)}

/** A list of ELEMENT with at most HIGH entries (-1: no limit). */
#define LIST_SHAPE(id, element_, high)                                                                                 \
    static const struct api_shape id = {.type = API_LIST,                                                              \
                                        .has_min = (high) >= 0,                                                        \
                                        .has_max = (high) >= 0,                                                        \
                                        .min = 0,                                                                      \
                                        .max = (high),                                                                 \
                                        .element = &(element_)}

/** A structure over an array of members. */
#define STRUCTURE_SHAPE(id, members_)                                                                                  \
    static const struct api_shape id = {.type = API_STRUCTURE, .members = (members_), .member_count = COUNT(members_)}

/** A structure without members. */
#define EMPTY_SHAPE(id) static const struct api_shape id = {.type = API_STRUCTURE}

#define REQUIRED true
#define OPTIONAL false

/** A member of a request's query. */
#define QUERY_MEMBER(name_, wire, shape_, required_, text_)                                                            \
    {                                                                                                                  \
        .name = (name_), .wire_name = (wire), .shape = &(shape_), .location = API_QUERY, .required = (required_),      \
        .text = (text_)                                                                                                \
    }

/** A member that is a header of the request. */
#define HEADER_MEMBER(name_, wire, shape_, required_, text_)                                                           \
    {                                                                                                                  \
        .name = (name_), .wire_name = (wire), .shape = &(shape_), .location = API_HEADER, .required = (required_),     \
        .text = (text_)                                                                                                \
    }

/** A member of a body. */
#define BODY_MEMBER(name_, shape_, required_, text_)                                                                   \
    {                                                                                                                  \
        .name = (name_), .shape = &(shape_), .location = API_BODY, .required = (required_), .text = (text_)            \
    }

#endif
