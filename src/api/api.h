// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The operations as data.
 *
 * One constant table says of every operation its names, members, types, limits, wire positions, errors
 * and one-line texts. The client makes its options, help, skeleton, validation and request from it, the
 * service its routing, decoding, validation and rendering. Nothing else defines them.
 *
 * Values in and out of an operation are JSON objects keyed by member name (`domainOwner`), on both sides;
 * timestamps in them are numbers of seconds.
 *
 * Pure: no file, socket, environment, clock or randomness.
 * Sources: the public service models named in doc/architecture.md.
 */
#ifndef JETON_API_API_H
#define JETON_API_API_H

#include "base/bytes.h"
#include "base/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum api_type {
    API_STRING,
    API_INTEGER, /**< 32 bits in the models; read as 64. */
    API_LONG,
    API_BOOLEAN,
    API_TIMESTAMP,
    API_LIST,
    API_STRUCTURE,
};

/** Where a member stands in the HTTP request. With the query protocol everything is in the body. */
enum api_location {
    API_BODY,
    API_QUERY,
    API_HEADER,
};

/**
 * What a string must look like: one character of FIRST, any number of REST, one of LAST (for a text of
 * one character: of FIRST and LAST). A class is a list of characters and `a-z` ranges; "\\S" alone is
 * anything but white space, "\\P{C}" anything but control characters, "\\P{C}\\s" those and white space; a list may
 * begin with "\\p{L}\\p{Z}\\p{N}", which is letters, blanks and digits of any script. Lengths are the shape's limits.
 */
struct api_pattern {
    const char *text; /**< The regular expression of the model, for messages. */
    const char *first;
    const char *rest;
    const char *last;
};

struct api_member;

/** A type with its constraints. For strings and lists min and max are lengths, for numbers values. */
struct api_shape {
    enum api_type type;
    bool has_min;
    bool has_max;
    int64_t min;
    int64_t max;
    const struct api_pattern *pattern; /**< API_STRING, may be NULL. */
    const char *const *values;         /**< API_STRING: the enumeration, NULL-terminated, or NULL. */
    const struct api_shape *element;   /**< API_LIST. */
    const struct api_member *members;  /**< API_STRUCTURE, in model order. */
    size_t member_count;
};

struct api_member {
    const char *name;      /**< As in JSON and in messages: "domainOwner". */
    const char *wire_name; /**< As in the query or header: "domain-owner"; NULL: same as name. */
    const struct api_shape *shape;
    enum api_location location;
    /**
     * Of an input, as in the model. Of an operation's output itself: an answer without it is none; that it is there is
     * said by the model, or by what the operation is for.
     */
    bool required;
    const char *text; /**< One line of help, in our own words. */
};

/** An error that the model declares. */
struct api_error {
    const char *code; /**< "ResourceNotFoundException". */
    int status;
    const char *const *members; /**< Beside the message, NULL-terminated: "resourceId", ... */
};

/** How a listing goes on: member names of input and output. */
struct api_paginator {
    const char *input_token;  /**< "nextToken" */
    const char *output_token; /**< "nextToken" */
    const char *limit_key;    /**< "maxResults" */
    const char *result_key;   /**< "domains" */
};

struct api_service;

struct api_operation {
    const struct api_service *service;
    const char *name;                      /**< "GetAuthorizationToken" */
    const char *cli_name;                  /**< "get-authorization-token"; NULL: the client has no such command. */
    const char *method;                    /**< "POST" */
    const char *path;                      /**< "/v1/authorization-token"; "/" with the query protocol. */
    const struct api_shape *input;         /**< A structure, never NULL; may have no members. */
    const struct api_shape *output;        /**< Likewise. */
    const struct api_error *const *errors; /**< NULL-terminated. */
    const struct api_paginator *paginator; /**< NULL when it is no listing, or no command. */
    bool is_cached;                        /**< The client may answer it from its token cache: --cached. */
    bool bare;                             /**< Query protocol: the answer has no Result element. */
    bool anonymous;                        /**< Requests are not signed: something in the input says who asks. */
    const char *text;                      /**< One line of help. */
    const char *detail;                    /**< A paragraph more of help, may be NULL. */
    const struct api_operation *wider;     /**< The same with more members than AWS's; may be NULL. See api_widest(). */
};

enum api_protocol {
    API_REST_JSON, /**< Members in query and JSON body; errors by x-amzn-errortype. */
    API_QUERY_XML, /**< Form body with Action and Version; XML answers. */
};

struct api_service {
    const char *name;         /**< "CodeArtifact" */
    const char *cli_name;     /**< "codeartifact"; NULL: not of the client. */
    const char *signing_name; /**< "codeartifact": in the credential scope and the host name. */
    /** The host name's first labels, where they are another name than the signing name: "portal.sso"; or NULL. */
    const char *endpoint_prefix;
    /** A service that is one for all regions: the region that clients sign for beside the site's; or NULL. */
    const char *global_region;
    const char *version; /**< "2018-09-22" */
    enum api_protocol protocol;
    const char *xml_namespace;                     /**< Query protocol only. */
    const struct api_operation *const *operations; /**< NULL-terminated, in alphabetical order. */
    const char *text;                              /**< One line of help. */
};

/** Every service that the client has commands of, NULL-terminated, in alphabetical order. The service serves them. */
extern const struct api_service *const api_services[];
/** Every service that the service serves: those, and what is administered by other clients. Likewise ordered. */
extern const struct api_service *const api_served[];

/** The service with that command name, or NULL. */
const struct api_service *api_find_service(struct slice cli_name);
/** The served service with that signing name, or NULL. */
const struct api_service *api_find_service_by_signing_name(struct slice signing_name);
/** The operation with that command name, or NULL. */
const struct api_operation *api_find_operation(const struct api_service *service, struct slice cli_name);
/** The operation with that name ("GetCallerIdentity"), or NULL. */
const struct api_operation *api_find_operation_by_name(const struct api_service *service, struct slice name);
/** The REST operation of that method and path, over all served services, or NULL. */
const struct api_operation *api_find_route(struct slice method, struct slice path);
/** The member of that name, or NULL. */
const struct api_member *api_find_member(const struct api_shape *structure, struct slice name);
/** The member's name on the wire. */
const char *api_wire_name(const struct api_member *member);
/**
 * The operation as jeton has it under its own name: with the options that the AWS CLI lacks, behind the others. Where
 * none of them is given, nothing differs.
 */
const struct api_operation *api_widest(const struct api_operation *operation);
/** The declared error of that code, or NULL. */
const struct api_error *api_find_error(const struct api_operation *operation, const char *code);
/** Appends the option name of a member: "domainOwner" gives "domain-owner". */
void api_option_name(struct buffer *out, const char *member_name);
/** Whether TEXT matches (see struct api_pattern). */
bool api_pattern_matches(const struct api_pattern *pattern, struct slice text);

/** What one finding of api_validate() is about. */
enum api_problem {
    API_MISSING, /**< A required member is not there. */
    API_UNKNOWN, /**< A member that the structure does not have. */
    API_WRONG_TYPE,
    API_TOO_SHORT,
    API_TOO_LONG,
    API_TOO_SMALL,
    API_TOO_LARGE,
    API_NO_MATCH,  /**< Does not match the pattern. */
    API_NO_CHOICE, /**< Not of the enumeration. */
};

/** One finding: where, what, and the value, for the caller to put in its own protocol's words. */
struct api_finding {
    enum api_problem problem;
    const char *path;              /**< "domain", "tags[0].key"; "" for the whole input; valid during the call. */
    const char *name;              /**< The member's own name, for API_MISSING and API_UNKNOWN. */
    const struct api_shape *shape; /**< The shape violated; for MISSING and UNKNOWN the structure. */
    const json_t *value;           /**< NULL for API_MISSING. */
};

/** Called once a finding: what is missing in model order, what is unknown, then by member, in the value's order. */
typedef void api_finding_function(void *context, const struct api_finding *finding);

/**
 * Checks VALUE against SHAPE, whole.
 * @param report called for each finding; may be NULL.
 * @return true when there was no finding.
 */
bool api_validate(const struct api_shape *shape, const json_t *value, api_finding_function *report, void *context);

/** An error that any operation may give, whatever its model declares; named differently by each protocol. */
struct api_common_error {
    const char *code;      /**< Our neutral name, as in `struct error`: "MissingAuthenticationToken". */
    const char *rest_code; /**< "MissingAuthenticationTokenException" */
    int rest_status;
    const char *query_code;
    int query_status;
};

/** The common error of that neutral name, or NULL. */
const struct api_common_error *api_find_common_error(const char *code);

#endif
