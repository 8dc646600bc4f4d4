// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The principals of policies that have some: unique ids in the store, ARNs in records. */
#include "base/json.h"
#include "service/administration/record.h"
#include "service/store/arn.h"

/** One direction. */
struct naming {
    struct store *store;
    struct arena *arena;
    const char *account; /**< NULL: from ids to ARNs. */
    const char **missing;
};

/** An id has no colon, as every ARN does, and is no account's number. */
static bool name_one(const struct naming *naming, struct slice text, const char **out, struct error *error)
{
    struct store_entity entity;
    if (text.size < 16 || slice_find(text, ':', 0) < text.size)
        return true;
    enum store_result result = store_find_entity_by_id(naming->store, text, naming->arena, &entity, error);
    if (result == STORE_OK && (entity.kind == STORE_USER || entity.kind == STORE_ROLE))
        *out = arn_write(naming->arena, entity.kind, entity.account, entity.path, entity.name);
    return result != STORE_FAILED;
}

static bool identify_one(const struct naming *naming, struct slice text, const char **out, struct error *error)
{
    struct arn_parts parts;
    struct store_entity entity;
    if (!arn_read(text, &parts) || (parts.kind != STORE_USER && parts.kind != STORE_ROLE) ||
        !slice_is(parts.account, naming->account))
        return true;
    enum store_result result =
        store_find_entity(naming->store, parts.kind, parts.account, parts.name, naming->arena, &entity, error);
    if (result == STORE_OK && slice_is(parts.path, entity.path))
        *out = entity.id;
    else if (result != STORE_FAILED && *naming->missing == NULL)
        *naming->missing = arena_copy(naming->arena, text.data, text.size);
    return result != STORE_FAILED;
}

/** Changes a text, or each text of a list, in its place. */
static bool rename_texts(const struct naming *naming, json_t *value, struct error *error)
{
    if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            if (!rename_texts(naming, json_array_get(value, i), error))
                return false;
        }
        return true;
    }
    if (!json_is_string(value))
        return true;
    const struct slice text = {json_string_value(value), json_string_length(value)};
    const char *out = NULL;
    bool done = naming->account == NULL ? name_one(naming, text, &out, error) : identify_one(naming, text, &out, error);
    if (out != NULL)
        (void)json_string_set(value, out);
    return done;
}

static bool rename_statement(const struct naming *naming, const json_t *statement, struct error *error)
{
    static const char *const members[] = {"Principal", "NotPrincipal"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (!rename_texts(naming, json_object_get(json_object_get(statement, members[i]), "AWS"), error))
            return false;
    }
    return true;
}

static bool rename_document(const struct naming *naming, const json_t *document, struct error *error)
{
    const json_t *statements = json_object_get(document, "Statement");
    if (json_is_object(statements))
        return rename_statement(naming, statements, error);
    for (size_t i = 0; i < json_array_size(statements); i++) {
        if (!rename_statement(naming, json_array_get(statements, i), error))
            return false;
    }
    return true;
}

bool record_name_principals(struct store *store, json_t *document, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    const struct naming naming = {.store = store, .arena = arena};
    return rename_document(&naming, document, error);
}

bool record_identify_principals(struct store *store, const char *account, json_t *document, struct arena *arena,
                                const char **missing, struct error *error)
{
    const struct naming naming = {.store = store, .arena = arena, .account = account, .missing = missing};
    return rename_document(&naming, document, error);
}
