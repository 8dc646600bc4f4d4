// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/apply.h"

#include "base/json.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "service/administration/apply_parts.h"
#include "service/store/arn.h"

#include <stdarg.h>

static void say(struct apply *apply, const char *verb, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void say(struct apply *apply, const char *verb, const char *format, va_list arguments)
{
    MEMORY_AUTO char *text = memory_format_list(format, arguments);
    if (!apply->quiet)
        buffer_append_format(apply->lines, "%-7s %s\n", verb, text);
}

void apply_did(struct apply *apply, const char *verb, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(apply, verb, format, arguments);
    va_end(arguments);
    apply->changes += !apply->quiet;
}

void apply_note(struct apply *apply, const char *verb, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(apply, verb, format, arguments);
    va_end(arguments);
}

bool apply_refuse(struct error *error, const char *place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *text = memory_format_list(format, arguments);
    va_end(arguments);
    return error_set(error, ERROR_PARAMETER, NULL, "%s: %s", place, text);
}

bool apply_worked(enum store_result result, const char *place, struct error *error)
{
    static const char *const sentences[] = {
        [STORE_ABSENT] = "it, or what it belongs to, is not in the store; add it to the document",
        [STORE_EXISTS] = "its name or id is taken by another, maybe in other letters; give it another one",
        [STORE_NOT_EMPTY] = "something that stays refers to it; take it out of the document there, or keep this",
        [STORE_CHANGED] = "it is being changed by others; try again",
        [STORE_LIMIT] = "there would be more, or more of it, than IAM allows; shorten it",
    };
    if (result == STORE_OK)
        return true;
    return result == STORE_FAILED ? false : apply_refuse(error, place, "%s", sentences[result]);
}

const char *apply_text(const json_t *record, const char *member)
{
    return json_string_value(json_object_get(record, member));
}

bool apply_time(const struct apply *apply, const json_t *record, const char *place, int64_t *out, struct error *error)
{
    const char *text = apply_text(record, "created");
    *out = apply->options->now;
    if (text == NULL || timestamp_parse_iso(slice_of(text), out, NULL))
        return true;
    return apply_refuse(error, place, "created must be a time such as 2026-01-31T12:00:00Z, not \"%s\"", text);
}

bool apply_find_policy(struct apply *apply, const char *arn, const char *place, const char **id, struct error *error)
{
    struct arn_parts parts;
    struct store_entity entity;
    if (!arn_read(slice_of(arn), &parts) || parts.kind != STORE_POLICY)
        return apply_refuse(error, place, "\"%s\" is not the ARN of a managed policy", arn);
    enum store_result result =
        store_find_entity(apply->source->store, STORE_POLICY, parts.account, parts.name, apply->arena, &entity, error);
    if (result == STORE_FAILED)
        return false;
    if (result != STORE_OK || !slice_is(parts.path, entity.path))
        return apply_refuse(error, place, "there is no policy %s; add it to the policies of the document", arn);
    *id = entity.id;
    return true;
}

// ------------------------------------------------------------------ lists

/** The key of an entry; in the arena of the run. */
static const char *key_of(const struct apply *apply, const struct apply_part *part, const json_t *entry)
{
    const char *text = part->key == NULL ? json_string_value(entry) : apply_text(entry, part->key);
    char *key = arena_copy(apply->arena, text == NULL ? "" : text, text == NULL ? 0 : strlen(text));
    for (char *c = key; part->any_case && *c != '\0'; c++)
        *c = text_lower(*c);
    return key;
}

/** The entries by their keys. */
static json_t *index_of(const struct apply *apply, const struct apply_part *part, const json_t *list)
{
    json_t *index = json_object();
    for (size_t i = 0; i < json_array_size(list); i++)
        (void)json_object_set(index, key_of(apply, part, json_array_get(list, i)), json_array_get(list, i));
    return index;
}

static bool remove_rest(struct apply *apply, const struct apply_subject *subject, const struct apply_part *part,
                        json_t *rest, struct error *error)
{
    const char *key;
    json_t *entry;
    json_object_foreach(rest, key, entry)
    {
        const char *name = part->key == NULL ? json_string_value(entry) : apply_text(entry, part->key);
        if (!apply->options->prune) {
            apply_note(apply, "keep", "%s: %s %s, which the document lacks", subject->label, part->noun, name);
            continue;
        }
        if (!part->remove(apply, subject, name, error))
            return false;
        apply_did(apply, "delete", "%s: %s %s", subject->label, part->noun, name);
    }
    return true;
}

bool apply_list(struct apply *apply, const struct apply_subject *subject, const struct apply_part *part,
                const json_t *have, const json_t *want, struct error *error)
{
    const json_t *wanted = json_object_get(want, part->member);
    JSON_AUTO *rest = index_of(apply, part, json_object_get(have, part->member));
    for (size_t i = 0; i < json_array_size(wanted); i++) {
        const json_t *entry = json_array_get(wanted, i);
        const char *key = key_of(apply, part, entry);
        const json_t *old = json_object_get(rest, key);
        MEMORY_AUTO char *place = memory_format("%s.%s[%zu]", subject->place, part->member, i);
        if (old == NULL || json_equal(old, entry) == 0) {
            const char *name = part->key == NULL ? json_string_value(entry) : apply_text(entry, part->key);
            if (!part->put(apply, subject, entry, place, error))
                return false;
            apply_did(apply, old == NULL ? "create" : "change", "%s: %s %s", subject->label, part->noun, name);
        }
        (void)json_object_del(rest, key);
    }
    return remove_rest(apply, subject, part, rest, error);
}

// ------------------------------------------------------------------ the whole

static bool check_settings(const struct apply *apply, const json_t *whole, struct error *error)
{
    const json_t *settings = json_object_get(whole, "settings");
    const char *account = apply_text(settings, "account");
    const char *region = apply_text(settings, "region");
    if (!slice_is(slice_of(account), apply->source->settings.account))
        return apply_refuse(error, "settings.account",
                            "the document is of account %s, the store of %s, and ARNs name the account; make a store "
                            "with jetond init --account %s",
                            account, apply->source->settings.account, account);
    if (!slice_is(slice_of(region), apply->source->settings.region))
        return apply_refuse(error, "settings.region",
                            "the document is of region %s, the store of %s, and ARNs name the region; make a store "
                            "with jetond init --region %s",
                            region, apply->source->settings.region, region);
    return true;
}

bool apply_record(const struct record_source *source, const json_t *whole, const struct apply_options *options,
                  struct buffer *lines, size_t *changes, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    JSON_AUTO *fresh = json_object();
    struct apply apply = {.source = source, .options = options, .arena = arena, .lines = lines, .fresh = fresh};
    bool done = check_settings(&apply, whole, error) && apply_entities(&apply, whole, error) &&
                apply_domains(&apply, whole, error) && apply_revocations(&apply, whole, error) &&
                apply_prune(&apply, whole, error);
    *changes = apply.changes;
    return done;
}
