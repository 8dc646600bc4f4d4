// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/web_identity/conditions.h"

#include "base/json.h"

#include <inttypes.h>

#define GOOGLE "https://accounts.google.com"

/** A table that is being written. */
struct table {
    struct arena *arena;
    struct slice prefix; // "HOST/PATH"
    struct policy_entry *entries;
    size_t count;
};

static bool refuse(struct error *error, const char *reason)
{
    return error_set(error, ERROR_PARAMETER, "InvalidIdentityToken", "The token's claims %s", reason);
}

static struct slice keep(struct arena *arena, struct slice text)
{
    return (struct slice){arena_copy(arena, text.data, text.size), text.size};
}

static struct slice text_of(const json_t *value)
{
    return (struct slice){json_string_value(value), json_string_length(value)};
}

/** A value that is no list, as text; data NULL when a condition cannot ask for it. */
static struct slice read_scalar(const json_t *value, struct arena *arena)
{
    if (json_is_string(value))
        return keep(arena, text_of(value));
    if (json_is_integer(value))
        return slice_of(arena_format(arena, "%" PRId64, (int64_t)json_integer_value(value)));
    if (json_is_boolean(value))
        return json_is_true(value) ? SLICE("true") : SLICE("false");
    return (struct slice){NULL, 0};
}

/** False for what cannot be a condition key: null, a fraction, an object, a list of other than texts. */
static bool read_values(const json_t *value, struct arena *arena, struct policy_values *out)
{
    size_t count = json_is_array(value) ? json_array_size(value) : 1;
    struct slice *items = arena_allocate(arena, count + 1, sizeof *items);
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;
        items[i] = json_is_array(value) && !json_is_string(item) ? (struct slice){NULL, 0} : read_scalar(item, arena);
        if (items[i].data == NULL)
            return false;
    }
    *out = (struct policy_values){items, count};
    return true;
}

static bool has_nul(const struct policy_values *values)
{
    for (size_t i = 0; i < values->count; i++)
        if (slice_find(values->items[i], '\0', 0) < values->items[i].size)
            return true;
    return false;
}

static bool add(struct table *table, const char *name, const json_t *value, struct error *error)
{
    struct policy_entry *entry = &table->entries[table->count];
    if (!read_values(value, table->arena, &entry->values))
        return true;
    if (has_nul(&entry->values))
        return refuse(error, "hold U+0000");
    const struct slice parts[] = {table->prefix, SLICE(":"), slice_of(name)};
    entry->name = slice_of(arena_join(table->arena, parts, sizeof parts / sizeof *parts));
    for (size_t i = 0; i < table->count; i++)
        if (slice_equal_nocase(table->entries[i].name, entry->name))
            return refuse(error, "have two names that differ by case alone");
    table->count++;
    return true;
}

/** Google's way; the claim that stands behind a key, or the claim itself. */
static const char *key_of(const char *name)
{
    static const char *const keys[][2] = {{"azp", "aud"}, {"aud", "oaud"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (slice_is(slice_of(name), keys[i][0]))
            return keys[i][1];
    return name;
}

bool conditions_make(const struct jwt *jwt, struct slice issuer, struct arena *arena, struct policy_context *out,
                     struct error *error)
{
    size_t count = json_object_size(jwt->claims);
    bool google = slice_is(issuer, GOOGLE) && json_object_get(jwt->claims, "azp") != NULL;
    if (count > CONDITIONS_MAX)
        return refuse(error, "are too many");
    struct slice host = slice_part(issuer, sizeof "https://" - 1, issuer.size);
    struct table table = {.arena = arena,
                          .prefix = keep(arena, host),
                          .entries = arena_allocate(arena, count + 1, sizeof *table.entries)};
    const char *name;
    const json_t *value;
    json_object_foreach(jwt->claims, name,
                        value) if (!add(&table, google ? key_of(name) : name, value, error)) return false;
    *out = (struct policy_context){table.entries, table.count};
    return true;
}
