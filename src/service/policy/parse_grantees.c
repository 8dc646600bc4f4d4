// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Principal and NotPrincipal.
 * Source: "AWS JSON policy elements: Principal" (IAM User Guide): no wildcard but `*` alone, no group.
 */
#include "service/policy/parse.h"

#include "base/text.h"

#define ACCOUNT_SIZE ((size_t)12)

static bool is_account(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_digit(text.data[i]))
            return false;
    return text.size == ACCOUNT_SIZE;
}

/** The unique id of a user or a role: four letters that say which, and the rest. */
static bool is_unique_id(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_digit(text.data[i]) && (text.data[i] < 'A' || text.data[i] > 'Z'))
            return false;
    return text.size >= 16 && (slice_starts_with(text, SLICE("AIDA")) || slice_starts_with(text, SLICE("AROA")));
}

static bool is_printable(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] <= 0x20 || text.data[i] > 0x7e || text.data[i] == '*' || text.data[i] == '?')
            return false;
    return text.size > 0;
}

/** What an ARN of a principal names. */
static bool read_arn(struct slice text, struct policy_grantee *out)
{
    struct pattern_arn_parts arn = pattern_split_arn(text);
    if (arn.count < PATTERN_ARN_PARTS || !is_printable(text) || !slice_is(arn.parts[0], "arn") ||
        !slice_starts_with(arn.parts[1], SLICE("aws")) || arn.parts[3].size > 0 || !is_account(arn.parts[4]))
        return false;
    struct slice name = arn.parts[5];
    size_t slash = slice_find(name, '/', 0);
    struct slice type = slice_part(name, 0, slash);
    *out = (struct policy_grantee){POLICY_GRANTEE_ARN, text};
    if (slice_is(arn.parts[2], "iam") && slice_is(name, "root")) {
        *out = (struct policy_grantee){POLICY_GRANTEE_ACCOUNT, arn.parts[4]};
        return true;
    }
    if (slash + 1 >= name.size || name.data[name.size - 1] == '/')
        return false;
    if (slice_is(arn.parts[2], "iam"))
        return slice_is(type, "user") || slice_is(type, "role");
    return slice_is(arn.parts[2], "sts") && (slice_is(type, "assumed-role") || slice_is(type, "federated-user"));
}

static bool read_aws(struct slice text, struct policy_grantee *out)
{
    *out = (struct policy_grantee){POLICY_GRANTEE_EVERYONE, text};
    if (slice_is(text, "*"))
        return true;
    out->kind = is_account(text) ? POLICY_GRANTEE_ACCOUNT : POLICY_GRANTEE_ID;
    return is_account(text) || is_unique_id(text) || read_arn(text, out);
}

/** A domain name, or the ARN of a provider. */
static bool read_federated(struct slice text, struct policy_grantee *out)
{
    struct pattern_arn_parts arn = pattern_split_arn(text);
    *out = (struct policy_grantee){POLICY_GRANTEE_FEDERATED, text};
    if (!is_printable(text))
        return false;
    if (arn.count == 1)
        return slice_find(text, '.', 0) < text.size;
    return arn.count == PATTERN_ARN_PARTS && slice_is(arn.parts[0], "arn") && slice_is(arn.parts[2], "iam") &&
           is_account(arn.parts[4]) &&
           (slice_starts_with(arn.parts[5], SLICE("oidc-provider/")) ||
            slice_starts_with(arn.parts[5], SLICE("saml-provider/")));
}

static bool read_service(struct slice text, struct policy_grantee *out)
{
    *out = (struct policy_grantee){POLICY_GRANTEE_SERVICE, text};
    return is_printable(text) && slice_find(text, '.', 0) < text.size;
}

/** How the principals of one type are read. There are no canonical users here, so CanonicalUser is not known. */
static const struct grantee_type {
    const char *name;
    bool (*read)(struct slice text, struct policy_grantee *out);
    const char *sentence; // NULL: AWS's one for all others
} grantee_types[] = {
    {"AWS", read_aws, NULL},
    {"Federated", read_federated, PARSE_FEDERATED},
    {"Service", read_service, NULL},
};

static const struct grantee_type *find_type(const char *name)
{
    for (size_t i = 0; i < sizeof grantee_types / sizeof grantee_types[0]; i++)
        if (strcmp(grantee_types[i].name, name) == 0)
            return &grantee_types[i];
    return NULL;
}

static bool add_grantee(const struct parse_reader *reader, const struct grantee_type *type,
                        const struct parse_place *place, const json_t *value, struct policy_statement *out)
{
    struct policy_grantee grantee;
    struct slice text = parse_text(value);
    if (!json_is_string(value))
        return parse_refuse(reader, place, PARSE_SYNTAX, "must be a text");
    if (!type->read((struct slice){arena_copy(reader->arena, text.data, text.size), text.size}, &grantee)) {
        const char *sentence = type->sentence;
        if (sentence == NULL)
            sentence = arena_format(reader->arena, "Invalid principal in policy: \"%s\":\"%s\"", type->name,
                                    parse_shown(reader, text));
        return parse_refuse(reader, place, sentence,
                            "must name an account, a user, a role, a session, a provider or a service, without "
                            "wildcards but \"*\" alone");
    }
    out->grantees[out->grantee_count++] = grantee;
    return true;
}

static size_t count_grantees(json_t *principals)
{
    const char *name;
    json_t *value;
    size_t count = 0;
    json_object_foreach(principals, name, value) count += parse_count(value);
    return count;
}

static bool read_map(const struct parse_reader *reader, json_t *principals, const struct parse_place *place,
                     struct policy_statement *out)
{
    const char *name;
    json_t *value;
    out->grantees = arena_allocate(reader->arena, count_grantees(principals) + 1, sizeof *out->grantees);
    json_object_foreach(principals, name, value)
    {
        const struct parse_place member = {place, name, 0};
        const struct grantee_type *type = find_type(name);
        if (type == NULL)
            return parse_refuse(reader, &member, PARSE_SYNTAX, "must be AWS, Federated or Service");
        for (size_t i = 0; i < parse_count(value); i++) {
            struct parse_place at;
            const json_t *element = parse_element(value, i, &member, &at);
            if (!add_grantee(reader, type, &at, element, out))
                return false;
        }
    }
    return out->grantee_count > 0 || parse_refuse(reader, place, PARSE_SYNTAX, "must not be empty");
}

bool parse_grantees(const struct parse_reader *reader, const json_t *statement, const struct parse_place *place,
                    struct policy_statement *out)
{
    json_t *plain = json_object_get(statement, "Principal");
    json_t *negated = json_object_get(statement, "NotPrincipal");
    json_t *value = plain == NULL ? negated : plain;
    const struct parse_place at = {place, negated == NULL ? "Principal" : "NotPrincipal", 0};
    bool wanted = reader->kind == POLICY_RESOURCE || reader->kind == POLICY_TRUST;
    if (plain != NULL && negated != NULL)
        return parse_refuse(reader, &at, PARSE_SYNTAX, "must not stand beside the element that it negates");
    if (value == NULL)
        return !wanted || parse_refuse(reader, &at, PARSE_MISSING_PRINCIPAL, "is missing");
    if (!wanted)
        return parse_refuse(reader, &at, PARSE_NO_PRINCIPAL, "the holder of the policy is the principal");
    out->not_grantees = negated != NULL;
    if (json_is_object(value))
        return read_map(reader, value, &at, out);
    if (!slice_is(parse_text(value), "*"))
        return parse_refuse(reader, &at, PARSE_SYNTAX, "must be \"*\" or an object such as {\"AWS\": ...}");
    out->grantees = arena_allocate(reader->arena, 1, sizeof *out->grantees);
    out->grantees[out->grantee_count++] = (struct policy_grantee){POLICY_GRANTEE_EVERYONE, SLICE("*")};
    return true;
}
