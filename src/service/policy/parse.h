// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The reader of policy documents, in parts: what they share, and the reader of each element. */
#ifndef JETON_SERVICE_POLICY_PARSE_H
#define JETON_SERVICE_POLICY_PARSE_H

#include "service/policy/document.h"

#include <jansson.h>

/** AWS's sentences, as the IAM API has them. */
#define PARSE_SYNTAX "Syntax errors in policy."
#define PARSE_VERSION "Policy document must be version 2012-10-17 or greater."
#define PARSE_UNIQUE_SID "Statement IDs (SID) in a single policy must be unique."
#define PARSE_NO_ACTIONS "Policy statement must contain actions."
#define PARSE_NO_RESOURCES "Policy statement must contain resources."
#define PARSE_NO_VENDOR "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
#define PARSE_ONE_COLON "Actions/Condition can contain only one colon."
#define PARSE_RESOURCE_VENDOR "Resource vendor must be fully qualified and cannot contain regexes."
#define PARSE_NO_PRINCIPAL "Policy document should not specify a principal."
#define PARSE_TRUST_ACTION "AssumeRole policy may only specify STS AssumeRole actions."
#define PARSE_TRUST_RESOURCE "Has prohibited field Resource."
#define PARSE_MISSING_PRINCIPAL "Missing required field Principal."
#define PARSE_FEDERATED "Federated principals must be valid domain names or SAML metadata ARNs."

/** What is being read. */
struct parse_reader {
    enum policy_kind kind;
    struct arena *arena;
    bool variables; /**< Version 2012-10-17: `${...}` is a variable, not text. */
    struct error *error;
};

/** Where in the document: a member, or an element of an array (name NULL). The document itself is NULL. */
struct parse_place {
    const struct parse_place *parent;
    const char *name;
    size_t index;
};

/** Refuses the document: AWS's sentence, the place, and what is wrong there. @return false always. */
bool parse_refuse(const struct parse_reader *reader, const struct parse_place *place, const char *sentence,
                  const char *detail);

/** A text of the document as a sentence may show it: short and printable, or "?". */
const char *parse_shown(const struct parse_reader *reader, struct slice text);

/**
 * One value or an array of them.
 * @return how many; ELEMENT gives each, PLACE its place.
 */
size_t parse_count(const json_t *value);
const json_t *parse_element(const json_t *value, size_t index, const struct parse_place *parent,
                            struct parse_place *place);

/** The text of a JSON string; data NULL for anything else. */
struct slice parse_text(const json_t *value);

/** Reads the elements of a statement that the name says, both forms (Action and NotAction), and checks them. */
bool parse_actions(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                   struct policy_statement *out);
bool parse_resources(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                     struct policy_statement *out);
bool parse_grantees(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                    struct policy_statement *out);
bool parse_conditions(const struct parse_reader *reader, json_t *value, const struct parse_place *place,
                      struct policy_statement *out);

#endif
