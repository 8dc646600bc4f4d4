// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The inspection of revocations, of the record of issued tokens, and of who can read the files. */
#include "base/timestamp.h"
#include "service/administration/inspect_parts.h"
#include "service/caller/revocations.h"
#include "service/store/issued.h"
#include "service/store/revocation.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** How many records are read at once. */
#define PAGE INT64_C(5000)

// ------------------------------------------------------------------ revocations

/** One that is forgotten too early lets live what it ended. */
static void look_at_revocation(const struct inspection *inspection, const struct store_revocation *revocation)
{
    const bool one = revocation->kind == STORE_REVOKED_TOKEN;
    const int64_t from = one ? revocation->made : revocation->cutoff;
    const char *kind = store_revoked_names[revocation->kind];
    const char *blank = revocation->kind == STORE_REVOKED_ALL ? "" : " ";
    if (revocation->ends - from < REVOCATIONS_LIFE * TIMESTAMP_SECOND)
        inspect_find(inspection, false,
                     "the revocation of %s%s%s is forgotten before all that it revokes has expired; make it again with "
                     "jetond revoke",
                     kind, blank, revocation->subject);
    if (!one && revocation->cutoff > revocation->made + TIMESTAMP_SECOND)
        inspect_find(inspection, false,
                     "the revocation of %s%s%s is of what will be issued after it was made, so that new tokens do not "
                     "work; import it with the right times, or wait for its end",
                     kind, blank, revocation->subject);
}

bool inspect_revocations(const struct inspection *inspection, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_revocation *found = NULL;
    size_t count = 0;
    if (!store_list_revocations(inspection->source.store, 0, arena, &found, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        look_at_revocation(inspection, &found[i]);
    return true;
}

// ------------------------------------------------------------------ the record of issued tokens

static bool is_whole(const struct store_issued *record)
{
    return record->id.size > 0 && record->principal.size > 0 && slice_starts_with(record->caller, SLICE("arn:")) &&
           slice_starts_with(record->domain, SLICE("arn:")) && record->issued < record->expires;
}

static bool look_at_records(const struct inspection *inspection, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_issued_listing listing = {.now = INT64_MIN, .limit = PAGE};
    size_t broken = 0;
    size_t count = (size_t)PAGE;
    while (count == (size_t)PAGE) {
        struct store_issued *records = NULL;
        arena_reset(arena);
        if (!store_list_issued(inspection->source.store, &listing, arena, &records, &count, &listing.after, error))
            return false;
        for (size_t i = 0; i < count; i++)
            broken += !is_whole(&records[i]);
    }
    if (broken > 0)
        inspect_find(inspection, false,
                     "%zu rows of the record of tokens are none that jetond writes; stop the service and delete the "
                     "file, which loses the list of tokens and no token",
                     broken);
    return true;
}

bool inspect_tokens(const char *path, inspect_report *report, void *context, struct error *error)
{
    struct inspection inspection = {.report = report, .context = context};
    ERROR_AUTO wrong = {0};
    size_t behind = 0;
    bool sound = false;
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    struct store *store = store_open_issued_unchanged(path, &behind, &wrong);
    inspection.source.store = store;
    bool checked = store != NULL;
    if (behind > 0) {
        inspect_find(&inspection, true,
                     "the record of tokens %s is of an older jetond; jetond serve --record-tokens brings it up to date",
                     path);
    } else if (checked) {
        checked = store_begin(store, false, &wrong) &&
                  inspect_pages(&inspection, "record of tokens",
                                "stop the service and delete it, which loses the list of tokens and no token", &sound,
                                &wrong) &&
                  (!sound || look_at_records(&inspection, &wrong));
        (void)store_end(store, false, NULL);
    }
    store_close(store);
    return checked || inspect_find_error(&inspection, &wrong, error);
}

// ------------------------------------------------------------------ who can read them

void inspect_files(const char *const *paths, size_t count, inspect_report *report, void *context)
{
    const struct inspection inspection = {.report = report, .context = context};
    struct stat first = {0};
    for (size_t i = 0; i < count; i++) {
        struct stat status;
        if (stat(paths[i], &status) != 0)
            continue;
        if (first.st_nlink == 0)
            first = status;
        if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
            inspect_find(&inspection, false, "%s is open to other users (mode %04o); chmod 600 it", paths[i],
                         (unsigned)(status.st_mode & 07777));
        if (status.st_uid != first.st_uid)
            inspect_find(&inspection, false, "%s belongs to user %lu, and %s to user %lu; chown one of them", paths[i],
                         (unsigned long)status.st_uid, paths[0], (unsigned long)first.st_uid);
    }
}
