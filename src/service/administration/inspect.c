// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/inspect.h"

#include "base/memory.h"
#include "base/secret.h"
#include "service/administration/inspect_parts.h"
#include "service/store/seal.h"
#include "service/token/token.h"

#include <stdarg.h>
#include <string.h>

/** How many keys are read at once. */
#define PAGE INT64_C(500)

void inspect_find(const struct inspection *inspection, bool note, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    MEMORY_AUTO char *text = memory_format_list(format, arguments);
    va_end(arguments);
    inspection->report(inspection->context, note, text);
}

bool inspect_find_error(const struct inspection *inspection, const struct error *found, struct error *error)
{
    if (found->code != NULL && strcmp(found->code, STORE_BUSY) == 0)
        return error_set(error, found->class, found->code, "%s", found->message);
    inspect_find(inspection, false, "%s", found->message == NULL ? "it cannot be read" : found->message);
    return true;
}

// ------------------------------------------------------------------ secrets

/** Opens a secret only to see that it opens. */
static bool opens(const struct seal_key *master, const char *kind, const char *id, struct slice sealed, size_t size)
{
    MEMORY_AUTO char *label = memory_format("%s/%s", kind, id);
    BUFFER_AUTO secret = {0};
    return seal_open(master, slice_of(label), sealed, &secret, NULL) && (size == 0 || secret.size == size);
}

static bool check_sealing_keys(const struct inspection *inspection, const struct seal_key *master, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_sealing_key *keys = NULL;
    size_t count = 0;
    if (!store_list_sealing_keys(inspection->source.store, arena, &keys, &count, error))
        return false;
    if (count == 0)
        inspect_find(inspection, false,
                     "the store holds no sealing key, so the service cannot start; restore a backup of the store");
    for (size_t i = 0; i < count; i++) {
        if (!opens(master, "sealing-key", keys[i].id, keys[i].sealed_key, TOKEN_KEY_SIZE))
            inspect_find(inspection, false,
                         "the sealing key %s does not open with this master key, so the service cannot start; restore "
                         "the master key and the store from the same backup",
                         keys[i].id);
    }
    return true;
}

static bool check_access_keys(const struct inspection *inspection, const struct seal_key *master, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    BUFFER_AUTO after = {0};
    size_t count = PAGE;
    while (count == PAGE) {
        struct store_access_key *keys = NULL;
        arena_reset(arena);
        if (!store_list_sealed_keys(inspection->source.store, buffer_text(&after), PAGE, arena, &keys, &count, error))
            return false;
        for (size_t i = 0; i < count; i++) {
            if (!opens(master, "access-key", keys[i].id, keys[i].sealed_secret, 0))
                inspect_find(inspection, false,
                             "the secret of access key %s does not open with this master key; restore both from the "
                             "same backup, or delete the key and make another",
                             keys[i].id);
        }
        buffer_clear(&after);
        if (count > 0)
            buffer_append_text(&after, keys[count - 1].id);
    }
    return true;
}

static bool check_secrets(const struct inspection *inspection, const char *key_path, struct error *error)
{
    struct seal_key master;
    ERROR_AUTO wrong = {0};
    if (!seal_key_read(key_path, &master, &wrong))
        return inspect_find_error(inspection, &wrong, error);
    bool checked = check_sealing_keys(inspection, &master, error) && check_access_keys(inspection, &master, error);
    secret_wipe(&master, sizeof master);
    return checked;
}

// ------------------------------------------------------------------ the store

bool inspect_pages(const struct inspection *inspection, const char *noun, const char *remedy, bool *sound,
                   struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    const char **damage = NULL;
    size_t count = 0;
    bool checked = store_find_damage(inspection->source.store, arena, &damage, &count, error);
    for (size_t i = 0; i < count; i++)
        inspect_find(inspection, false, "the %s is damaged: %s; %s", noun, damage[i], remedy);
    *sound = count == 0;
    return checked;
}

static bool check_content(struct inspection *inspection, const char *key_path, struct error *error)
{
    bool sound = false;
    ARENA_AUTO *arena = arena_new();
    if (!inspect_pages(inspection, "store", "stop the service and restore a backup", &sound, error))
        return false;
    // Whatever a damaged store says is no finding of its own.
    return !sound || key_path == NULL ||
           (store_read_settings(inspection->source.store, arena, &inspection->source.settings, error) &&
            check_secrets(inspection, key_path, error) && inspect_policies(inspection, error) &&
            inspect_revocations(inspection, error));
}

bool inspect_store(const char *store_path, const char *key_path, inspect_report *report, void *context,
                   struct error *error)
{
    struct inspection inspection = {.report = report, .context = context};
    ERROR_AUTO wrong = {0};
    size_t behind = 0;
    struct store *store = store_open_unchanged(store_path, &behind, &wrong);
    inspection.source.store = store;
    bool checked = store != NULL;
    if (behind > 0 && key_path != NULL) {
        inspect_find(&inspection, false,
                     "the schema of %s is %zu steps older than this jetond's; start jetond serve, which brings it up "
                     "to date, and check again",
                     store_path, behind);
    } else if (checked) {
        checked = store_begin(store, false, &wrong) && check_content(&inspection, key_path, &wrong);
        (void)store_end(store, false, NULL);
    }
    store_close(store);
    return checked || inspect_find_error(&inspection, &wrong, error);
}
