// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Reads the text of a record, and refuses what it cannot mean. */
#include "api/record.h"
#include "base/json.h"
#include "base/text.h"
#include "service/administration/record.h"
#include "service/policy/policy.h"

#include <stdarg.h>

/** Problems that are told; a text can have thousands. */
#define TOLD_MAX 10
/** Bytes of a refused value that are told. */
#define VALUE_MAX ((size_t)100)

/** What has been found to be wrong. */
struct complaint {
    struct buffer text;
    size_t count;
};

static void complain(struct complaint *complaint, const char *place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void complain(struct complaint *complaint, const char *place, const char *format, ...)
{
    if (complaint->count++ >= TOLD_MAX)
        return;
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *problem = memory_format_list(format, arguments);
    va_end(arguments);
    buffer_append_format(&complaint->text, "%s%s: %s", complaint->count == 1 ? "" : "\n",
                         place[0] == '\0' ? "the document" : place, problem);
}

// ------------------------------------------------------------------ policy documents

/** A member that holds a policy document; PLACE is that of HOLDER. */
typedef void document_function(struct complaint *complaint, json_t *holder, const char *member, const char *place,
                               enum policy_kind kind, size_t size_max);

/** Where policy documents stand: in a record of SECTION itself, or in those of its list LIST. */
static const struct {
    const char *section;
    const char *list; /**< NULL: in the record itself. */
    const char *member;
    enum policy_kind kind;
    size_t size_max;
} documents[] = {
    {"root", "inlinePolicies", "document", POLICY_IDENTITY, POLICY_SIZE_MAX},
    {"policies", "versions", "document", POLICY_IDENTITY, POLICY_SIZE_MANAGED},
    {"groups", "inlinePolicies", "document", POLICY_IDENTITY, POLICY_SIZE_GROUP},
    {"users", "inlinePolicies", "document", POLICY_IDENTITY, POLICY_SIZE_USER},
    {"roles", "inlinePolicies", "document", POLICY_IDENTITY, POLICY_SIZE_ROLE},
    {"roles", NULL, "trustPolicy", POLICY_TRUST, POLICY_SIZE_TRUST},
    {"domains", NULL, "permissionsPolicy", POLICY_RESOURCE, POLICY_SIZE_RESOURCE},
    {"domains", "repositories", "permissionsPolicy", POLICY_RESOURCE, POLICY_SIZE_RESOURCE},
};
#define DOCUMENT_COUNT (sizeof documents / sizeof documents[0])

static void visit_record(struct complaint *complaint, size_t row, json_t *record, const char *place,
                         document_function *visit)
{
    json_t *list = documents[row].list == NULL ? NULL : json_object_get(record, documents[row].list);
    if (documents[row].list == NULL)
        visit(complaint, record, documents[row].member, place, documents[row].kind, documents[row].size_max);
    for (size_t i = 0; i < json_array_size(list); i++) {
        MEMORY_AUTO char *inner = memory_format("%s.%s[%zu]", place, documents[row].list, i);
        visit(complaint, json_array_get(list, i), documents[row].member, inner, documents[row].kind,
              documents[row].size_max);
    }
}

static void visit_documents(struct complaint *complaint, const json_t *whole, document_function *visit)
{
    for (size_t row = 0; row < DOCUMENT_COUNT; row++) {
        json_t *section = json_object_get(whole, documents[row].section);
        if (json_is_object(section))
            visit_record(complaint, row, section, documents[row].section, visit);
        for (size_t i = 0; i < json_array_size(section); i++) {
            MEMORY_AUTO char *place = memory_format("%s[%zu]", documents[row].section, i);
            visit_record(complaint, row, json_array_get(section, i), place, visit);
        }
    }
}

/** Puts the text of a document in the place of the object, which is how the store keeps it; all alike, so that what
 * says the same is the same. */
static void write_document(struct complaint *complaint, json_t *holder, const char *member, const char *place,
                           enum policy_kind kind, size_t size_max)
{
    json_t *written = json_object_get(holder, member);
    JSON_AUTO *document =
        json_is_string(written) ? record_of_document(json_member_text(holder, member)) : json_incref(written);
    BUFFER_AUTO text = {0};
    (void)complaint;
    (void)place;
    (void)kind;
    (void)size_max;
    if (!json_is_object(document))
        return;
    json_write(&text, document, 0);
    (void)json_object_set_new(holder, member, json_stringn(buffer_text(&text), text.size));
}

static void check_document(struct complaint *complaint, json_t *holder, const char *member, const char *place,
                           enum policy_kind kind, size_t size_max)
{
    ERROR_AUTO error = {0};
    struct slice text = json_member_text(holder, member);
    if (text.data == NULL)
        return;
    struct policy *policy = policy_parse(kind, text, size_max, &error);
    policy_free(policy);
    MEMORY_AUTO char *inner = memory_format("%s.%s", place, member);
    if (policy == NULL)
        complain(complaint, inner, "%s", error.message);
}

void record_write_documents(json_t *whole)
{
    struct complaint none = {0};
    visit_documents(&none, whole, write_document);
}

// ------------------------------------------------------------------ the table

static const char *const type_names[] = {
    [API_STRING] = "a text",         [API_INTEGER] = "a whole number", [API_LONG] = "a whole number",
    [API_BOOLEAN] = "true or false", [API_TIMESTAMP] = "a time",       [API_LIST] = "a list",
    [API_STRUCTURE] = "an object",
};

static void complain_of_choice(struct complaint *complaint, const struct api_finding *finding)
{
    BUFFER_AUTO choices = {0};
    for (size_t i = 0; finding->shape->values[i] != NULL; i++)
        buffer_append_format(&choices, "%s\"%s\"", i == 0 ? "" : " or ", finding->shape->values[i]);
    complain(complaint, finding->path, "must be %s", buffer_text(&choices));
}

static void complain_of_finding(void *context, const struct api_finding *finding)
{
    const struct api_shape *shape = finding->shape;
    switch (finding->problem) {
    case API_MISSING:
        complain(context, finding->path, "the member \"%s\" is missing; add it", finding->name);
        return;
    case API_UNKNOWN:
        complain(context, finding->path, "there is no member \"%s\"; take it out, or correct its name", finding->name);
        return;
    case API_WRONG_TYPE:
        complain(context, finding->path, "must be %s", type_names[shape->type]);
        return;
    case API_NO_CHOICE:
        complain_of_choice(context, finding);
        return;
    case API_NO_MATCH:
        complain(context, finding->path, "\"%.*s\" has characters that cannot stand there; it must match %s",
                 SLICE_ARGS(slice_part(slice_of(json_string_value(finding->value)), 0, VALUE_MAX)),
                 shape->pattern->text);
        return;
    case API_TOO_SHORT:
    case API_TOO_SMALL:
        complain(context, finding->path, "must %s at least %lld", shape->type == API_STRING ? "have a length of" : "be",
                 (long long)shape->min);
        return;
    case API_TOO_LONG:
    case API_TOO_LARGE:
        complain(context, finding->path, "must %s at most %lld",
                 shape->type == API_STRING ? "have a length of"
                 : shape->type == API_LIST ? "have a number of entries of"
                                           : "be",
                 (long long)shape->max);
        return;
    }
}

// ------------------------------------------------------------------ what a table cannot say

/** Lists whose entries differ in a member (NULL: the entries are texts), in any case of letters but where EXACT. */
static const struct {
    const char *section; /**< NULL: the sections themselves. */
    const char *list;
    const char *member;
    bool exact;
} uniques[] = {
    {NULL, "policies", "name", false},
    {NULL, "groups", "name", false},
    {NULL, "users", "name", false},
    {NULL, "roles", "name", false},
    {NULL, "openIdConnectProviders", "name", false},
    {NULL, "domains", "name", true},
    {"root", "inlinePolicies", "name", true},
    {"root", "attachedPolicies", NULL, true},
    {"root", "accessKeys", "id", true},
    {"domains", "repositories", "name", true},
    {"domains", "tags", "key", true},
    {"policies", "versions", "number", true},
    {"policies", "tags", "key", false},
    {"groups", "inlinePolicies", "name", true},
    {"groups", "attachedPolicies", NULL, true},
    {"users", "inlinePolicies", "name", true},
    {"users", "attachedPolicies", NULL, true},
    {"users", "groups", NULL, true},
    {"users", "tags", "key", false},
    {"users", "accessKeys", "id", true},
    {"roles", "inlinePolicies", "name", true},
    {"roles", "attachedPolicies", NULL, true},
    {"roles", "tags", "key", false},
    {"openIdConnectProviders", "clientIds", NULL, true},
    {"openIdConnectProviders", "tags", "key", false},
};

/** The text by which an entry is told from the others, as a key of a set. */
static char *key_of(const json_t *entry, const char *member, bool exact)
{
    const json_t *value = member == NULL ? entry : json_object_get(entry, member);
    if (json_is_integer(value))
        return memory_format("%lld", (long long)json_integer_value(value));
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    char *key = memory_copy(text, strlen(text));
    for (char *c = key; !exact && *c != '\0'; c++)
        *c = text_lower(*c);
    return key;
}

static void check_unique(struct complaint *complaint, const json_t *list, const char *place, const char *member,
                         bool exact)
{
    JSON_AUTO *seen = json_object();
    for (size_t i = 0; i < json_array_size(list); i++) {
        MEMORY_AUTO char *key = key_of(json_array_get(list, i), member, exact);
        MEMORY_AUTO char *inner = memory_format("%s[%zu]", place, i);
        if (json_object_get(seen, key) != NULL)
            complain(complaint, inner, "\"%s\" stands there twice; take one out", key);
        (void)json_object_set_new(seen, key, json_true());
    }
}

static void check_uniques(struct complaint *complaint, const json_t *whole)
{
    for (size_t row = 0; row < sizeof uniques / sizeof uniques[0]; row++) {
        const char *list = uniques[row].list;
        const json_t *section = uniques[row].section == NULL ? NULL : json_object_get(whole, uniques[row].section);
        if (uniques[row].section == NULL)
            check_unique(complaint, json_object_get(whole, list), list, uniques[row].member, uniques[row].exact);
        if (json_is_object(section)) {
            MEMORY_AUTO char *place = memory_format("%s.%s", uniques[row].section, list);
            check_unique(complaint, json_object_get(section, list), place, uniques[row].member, uniques[row].exact);
        }
        for (size_t i = 0; i < json_array_size(section); i++) {
            MEMORY_AUTO char *place = memory_format("%s[%zu].%s", uniques[row].section, i, list);
            check_unique(complaint, json_object_get(json_array_get(section, i), list), place, uniques[row].member,
                         uniques[row].exact);
        }
    }
}

static void check_versions(struct complaint *complaint, const json_t *whole)
{
    const json_t *policies = json_object_get(whole, "policies");
    for (size_t i = 0; i < json_array_size(policies); i++) {
        const json_t *versions = json_object_get(json_array_get(policies, i), "versions");
        MEMORY_AUTO char *place = memory_format("policies[%zu].versions", i);
        size_t in_force = 0;
        for (size_t j = 0; j < json_array_size(versions); j++)
            in_force += json_is_true(json_object_get(json_array_get(versions, j), "default"));
        if (in_force != 1)
            complain(complaint, place, "%zu versions are the default; give just one of them \"default\": true",
                     in_force);
    }
}

static void check_all(struct complaint *complaint, json_t *whole)
{
    record_write_documents(whole);
    if (!api_validate(&api_record, whole, complain_of_finding, complaint))
        return;
    visit_documents(complaint, whole, check_document);
    check_uniques(complaint, whole);
    check_versions(complaint, whole);
}

json_t *record_read(struct slice text, struct error *error)
{
    JSON_AUTO *whole = json_parse_unique(text, error);
    struct complaint complaint = {0};
    if (whole == NULL)
        return NULL;
    check_all(&complaint, whole);
    if (complaint.count > TOLD_MAX)
        buffer_append_format(&complaint.text, "\n... and %zu more", complaint.count - TOLD_MAX);
    if (complaint.count > 0)
        (void)error_set(error, ERROR_PARAMETER, NULL, "%s", buffer_text(&complaint.text));
    buffer_free(&complaint.text);
    return complaint.count > 0 ? NULL : json_incref(whole);
}
