// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/logins.h"
#include "base/file.h"
#include "base/json.h"
#include "client/credentials/secret_file.h"
#include "client/expand.h"
#include "client/packagers/change_record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct logins {
    char *path;
    int lock;
    json_t *list;
    bool changed;
};

/** Where the file is. */
static char *locate(environment_function *environment, struct error *error)
{
    BUFFER_AUTO path = {0};
    const char *folder = environment("XDG_STATE_HOME");
    if (folder != NULL && folder[0] == '/')
        buffer_append_text(&path, folder);
    else if (!expand_home(&path, SLICE("~/.local/state"), environment)) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL,
                        "There is no home folder to keep in mind what a login does; set HOME");
        return NULL;
    }
    buffer_append_text(&path, "/jeton/logins.json");
    return buffer_take(&path);
}

/** One login at a time: two that write the same file would lose what the other wrote. */
static bool take_lock(struct logins *logins, struct error *error)
{
    MEMORY_AUTO char *path = memory_format("%s.lock", logins->path);
    if (!file_make_folders(path, error))
        return false;
    logins->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    while (logins->lock >= 0 && flock(logins->lock, LOCK_EX) != 0)
        if (errno != EINTR)
            return error_set(error, ERROR_CONFIGURATION, NULL, "cannot lock %s: %s", path, strerror(errno));
    return logins->lock >= 0 ||
           error_set(error, ERROR_CONFIGURATION, NULL, "cannot open %s: %s", path, strerror(errno));
}

struct logins *logins_open(environment_function *environment, struct error *error)
{
    struct logins *logins = memory_new(1, sizeof *logins);
    JSON_AUTO *document = NULL;
    logins->lock = -1;
    logins->path = locate(environment, error);
    if (logins->path == NULL || !take_lock(logins, error) ||
        !secret_file_read(logins->path, "list of logins", &document, error)) {
        logins_free(logins);
        return NULL;
    }
    json_t *list = json_object_get(document, "logins");
    logins->list = json_is_array(list) ? json_incref(list) : json_array();
    return logins;
}

void logins_free(struct logins *logins)
{
    if (logins == NULL)
        return;
    if (logins->lock >= 0)
        (void)close(logins->lock);
    json_decref(logins->list);
    free(logins->path);
    free(logins);
}

void logins_free_at(struct logins **logins)
{
    logins_free(*logins);
}

static void set_text(json_t *object, const char *name, const char *text)
{
    (void)json_object_set_new(object, name, text != NULL ? json_string(text) : json_null());
}

static bool is_text(const json_t *object, const char *name, const char *text)
{
    const char *found = json_string_value(json_object_get(object, name));
    return found == NULL || text == NULL ? found == text : slice_is(slice_of(found), text);
}

static bool is_login(const json_t *entry, const struct login *login)
{
    return is_text(entry, "tool", login->packager->name) && is_text(entry, "endpoint", login->endpoint) &&
           is_text(entry, "namespace", login->namespace);
}

/** A later login that found this one's value puts back what was there before this one. */
static void bequeath(const struct logins *logins, const json_t *entry, const json_t *change)
{
    size_t i;
    json_t *other;
    json_array_foreach(logins->list, i, other)
    {
        size_t k;
        json_t *later;
        json_array_foreach(json_object_get(other, "changes"), k, later)
        {
            const char *before = change_record_before(later);
            if (other != entry && before != NULL && change_record_same_place(later, change) &&
                change_record_matches(change, slice_of(before)))
                (void)json_object_set(later, "before", json_object_get(change, "before"));
        }
    }
}

/** What an earlier login of the same kind set: what was there before that is what a logout puts back. */
static void join(const struct logins *logins, json_t *entry, json_t *record)
{
    json_t *old = json_object_get(entry, "changes");
    size_t i;
    json_t *change;
    json_array_foreach(record, i, change)
    {
        for (size_t k = 0; k < json_array_size(old); k++) {
            json_t *earlier = json_array_get(old, k);
            const char *before = change_record_before(change);
            if (!change_record_same_place(earlier, change))
                continue;
            // Where another login came between, that one has to give back what was there before the earlier one.
            if (before != NULL && change_record_matches(earlier, slice_of(before)))
                (void)json_object_set(change, "before", json_object_get(earlier, "before"));
            else
                bequeath(logins, entry, earlier);
            (void)json_array_remove(old, k);
            break;
        }
    }
    (void)json_array_extend(old, record);
}

void logins_add(struct logins *logins, const struct login *login, json_t *record)
{
    JSON_AUTO *held = record;
    JSON_AUTO *entry = NULL;
    for (size_t i = 0; entry == NULL && i < json_array_size(logins->list); i++)
        if (is_login(json_array_get(logins->list, i), login)) {
            entry = json_incref(json_array_get(logins->list, i));
            (void)json_array_remove(logins->list, i);
        }
    if (entry == NULL) {
        entry = json_object();
        set_text(entry, "tool", login->packager->name);
        set_text(entry, "domain", login->domain);
        set_text(entry, "repository", login->repository);
        set_text(entry, "namespace", login->namespace);
        set_text(entry, "endpoint", login->endpoint);
    }
    if (!json_is_array(json_object_get(entry, "changes")))
        (void)json_object_set_new(entry, "changes", json_array());
    join(logins, entry, held);
    (void)json_array_append(logins->list, entry);
    logins->changed = true;
}

static bool is_meant(const json_t *entry, const struct logins_filter *filter)
{
    return (filter->tool == NULL || is_text(entry, "tool", filter->tool)) &&
           (filter->domain == NULL || is_text(entry, "domain", filter->domain)) &&
           (filter->repository == NULL || is_text(entry, "repository", filter->repository)) &&
           (filter->namespace == NULL || is_text(entry, "namespace", filter->namespace));
}

static bool undo(const struct logins *logins, const json_t *entry, struct changes *changes, struct error *error)
{
    const json_t *list = json_object_get(entry, "changes");
    for (size_t i = json_array_size(list); i > 0; i--) {
        const json_t *change = json_array_get(list, i - 1);
        if (!changes_undo(changes, change, error))
            return false;
        bequeath(logins, entry, change);
    }
    return true;
}

bool logins_undo(struct logins *logins, const struct logins_filter *filter, struct changes *changes, size_t *count,
                 struct error *error)
{
    *count = 0;
    for (size_t i = json_array_size(logins->list); i > 0; i--) {
        const json_t *entry = json_array_get(logins->list, i - 1);
        if (!is_meant(entry, filter))
            continue;
        if (!undo(logins, entry, changes, error))
            return false;
        (void)json_array_remove(logins->list, i - 1);
        logins->changed = true;
        (*count)++;
    }
    return true;
}

bool logins_save(struct logins *logins, struct error *error)
{
    if (!logins->changed)
        return true;
    if (json_array_size(logins->list) == 0)
        return unlink(logins->path) == 0 || errno == ENOENT ||
               error_set(error, ERROR_CONFIGURATION, NULL, "cannot remove %s: %s", logins->path, strerror(errno));
    JSON_AUTO *document = json_pack("{sO}", "logins", logins->list);
    return secret_file_write(logins->path, document, error);
}
