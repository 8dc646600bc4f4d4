// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** TagResource, UntagResource, ListTagsForResource, and what tags can be. */
#include "service/operations/codeartifact.h"

#include "base/json.h"

#define TAGS_MAX 200
/** How often a change starts again because another one came between; each time, that one has succeeded. */
#define ATTEMPTS 64

// ------------------------------------------------------------------ what tags can be

/** The index of the tag with that key below END, or END. */
static size_t find_tag(const json_t *tags, size_t end, struct slice key)
{
    size_t i = 0;
    while (i < end && !slice_equal(json_member_text(json_array_get(tags, i), "key"), key))
        i++;
    return i;
}

bool codeartifact_check_tags(const struct operation_call *call, struct error *error)
{
    const json_t *tags = json_object_get(call->input, "tags");
    for (size_t i = 0; i < json_array_size(tags); i++) {
        struct slice key = json_member_text(json_array_get(tags, i), "key");
        if (find_tag(tags, i, key) < i)
            return codeartifact_refuse(error,
                                       arena_format(call->arena, "Tag key '%.*s' stands twice", SLICE_ARGS(key)));
        if (slice_equal_nocase(slice_part(key, 0, 4), SLICE("aws:")))
            return codeartifact_refuse(
                error, arena_format(call->arena, "Tag key '%.*s' starts with 'aws:', which AWS keeps for itself",
                                    SLICE_ARGS(key)));
    }
    return true;
}

// ------------------------------------------------------------------ which resource

static bool refuse_arn(const struct operation_call *call, struct error *error)
{
    return codeartifact_refuse(
        error, arena_format(call->arena, "The value of resourceArn is not the ARN of a domain or a repository: '%.*s'",
                            SLICE_ARGS(json_member_text(call->input, "resourceArn"))));
}

/** The name after "domain/", or the names after "repository/". */
static bool read_names(struct slice rest, struct store_resource *out)
{
    struct slice kind;
    (void)slice_cut(&rest, '/', &kind);
    bool is_repository = slice_is(kind, "repository");
    if (!is_repository && !slice_is(kind, "domain"))
        return false;
    return slice_cut(&rest, '/', &out->domain) && out->domain.size > 0 &&
           (!is_repository || (slice_cut(&rest, '/', &out->repository) && out->repository.size > 0)) &&
           rest.data == NULL;
}

/** Takes the input's resourceArn apart. @return false when it has another shape. */
static bool read_arn(const struct operation_call *call, struct slice *region, struct store_resource *out)
{
    const struct slice start = SLICE("arn:aws:codeartifact:");
    struct slice rest = json_member_text(call->input, "resourceArn");
    *out = (struct store_resource){0};
    if (!slice_starts_with(rest, start))
        return false;
    rest = slice_part(rest, start.size, rest.size);
    return slice_cut(&rest, ':', region) && slice_cut(&rest, ':', &out->owner) && rest.data != NULL &&
           read_names(rest, out);
}

bool codeartifact_parse_arn(const struct operation_call *call, struct store_resource *out)
{
    struct slice region;
    return read_arn(call, &region, out) && slice_is(region, call->desk->site->region);
}

/** Insists on the ARN of a domain or a repository that exists. */
static bool require_resource(const struct operation_call *call, struct store_resource *out, struct error *error)
{
    struct slice region;
    struct store_repository repository;
    if (!read_arn(call, &region, out))
        return refuse_arn(call, error);
    if (!slice_is(region, call->desk->site->region))
        return codeartifact_absent(call, out, error) != NULL;
    return out->repository.size == 0 ? codeartifact_require_domain(call, out, error)
                                     : codeartifact_require_repository(call, out, &repository, error);
}

static bool read_tags(const struct operation_call *call, const struct store_resource *resource, const char **text,
                      json_t **tags, struct error *error)
{
    *text = NULL;
    switch (store_find_resource_tags(call->desk->store, resource, call->arena, text, error)) {
    case STORE_OK:
        *tags = *text == NULL ? json_array() : json_parse(slice_of(*text), error);
        return *tags != NULL;
    case STORE_ABSENT:
        return codeartifact_absent(call, resource, error) != NULL;
    default:
        return false;
    }
}

// ------------------------------------------------------------------ changes

/** Changes TAGS as the input wants. */
typedef bool tags_change(const struct operation_call *call, const struct store_resource *resource, json_t *tags,
                         struct error *error);

static bool add(const struct operation_call *call, const struct store_resource *resource, json_t *tags,
                struct error *error)
{
    json_t *added = json_object_get(call->input, "tags");
    for (size_t i = 0; i < json_array_size(added); i++) {
        json_t *tag = json_array_get(added, i);
        size_t place = find_tag(tags, json_array_size(tags), json_member_text(tag, "key"));
        if (place < json_array_size(tags))
            (void)json_array_set(tags, place, tag);
        else
            (void)json_array_append(tags, tag);
    }
    if (json_array_size(tags) <= TAGS_MAX)
        return true;
    return codeartifact_fail(error, "ServiceQuotaExceededException", resource,
                             arena_format(call->arena, "A resource can have at most %d tags, not %zu", TAGS_MAX,
                                          json_array_size(tags))) != NULL;
}

static bool take_away(const struct operation_call *call, const struct store_resource *resource, json_t *tags,
                      struct error *error)
{
    (void)resource;
    (void)error;
    const json_t *keys = json_object_get(call->input, "tagKeys");
    for (size_t i = 0; i < json_array_size(keys); i++) {
        const json_t *key = json_array_get(keys, i);
        struct slice name = {json_string_value(key), json_string_length(key)};
        (void)json_array_remove(tags, find_tag(tags, json_array_size(tags), name));
    }
    return true;
}

/** Tries once. STORE_CHANGED: another change came between. */
static enum store_result try_change(const struct operation_call *call, const struct store_resource *resource,
                                    tags_change *change, struct error *error)
{
    const char *before;
    JSON_AUTO *tags = NULL;
    if (!read_tags(call, resource, &before, &tags, error) || !change(call, resource, tags, error))
        return STORE_FAILED;
    BUFFER_AUTO after = {0};
    json_write(&after, tags, 0);
    return store_replace_resource_tags(call->desk->store, resource, before, buffer_text(&after), error);
}

static json_t *change_tags(const struct operation_call *call, tags_change *change, struct error *error)
{
    struct store_resource resource;
    if (!require_resource(call, &resource, error))
        return NULL;
    enum store_result result = STORE_CHANGED;
    for (unsigned i = 0; i < ATTEMPTS && result == STORE_CHANGED; i++)
        result = try_change(call, &resource, change, error);
    if (result == STORE_OK) {
        freshness_announce(call->desk->site);
        return json_object();
    }
    if (result == STORE_CHANGED)
        (void)error_set(error, ERROR_CONFIGURATION, STORE_BUSY,
                        "the tags of %s are being changed by others all the time", call->resource);
    return NULL;
}

// ------------------------------------------------------------------ operations

json_t *codeartifact_tag_resource(const struct operation_call *call, struct error *error)
{
    return codeartifact_check_tags(call, error) ? change_tags(call, add, error) : NULL;
}

json_t *codeartifact_untag_resource(const struct operation_call *call, struct error *error)
{
    return change_tags(call, take_away, error);
}

json_t *codeartifact_list_tags_for_resource(const struct operation_call *call, struct error *error)
{
    struct store_resource resource;
    const char *text;
    json_t *tags = NULL;
    if (!require_resource(call, &resource, error) || !read_tags(call, &resource, &text, &tags, error))
        return NULL;
    return json_pack("{s:o}", "tags", tags);
}
