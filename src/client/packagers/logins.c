// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/logins.h"
#include "base/file.h"
#include "base/json.h"
#include "client/credentials/secret_file.h"
#include "client/expand.h"
#include "client/packagers/logins_join.h"

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
    json_t *old; // as it was read
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
    if (logins->path == NULL || !file_refuse_special(logins->path, error) || !take_lock(logins, error) ||
        !secret_file_read(logins->path, "list of logins", &document, error)) {
        logins_free(logins);
        return NULL;
    }
    json_t *list = json_object_get(document, "logins");
    logins->list = json_is_array(list) ? json_incref(list) : json_array();
    logins->old = json_deep_copy(logins->list);
    return logins;
}

void logins_free(struct logins *logins)
{
    if (logins == NULL)
        return;
    if (logins->lock >= 0)
        (void)close(logins->lock);
    json_decref(logins->list);
    json_decref(logins->old);
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

/** A scope is the same with and without its `@`. */
static bool is_namespace(const json_t *entry, const char *name)
{
    const char *found = json_string_value(json_object_get(entry, "namespace"));
    // An empty one stands for none where a login is looked for.
    if (name != NULL && *name == '\0')
        name = NULL;
    if (found == NULL || name == NULL)
        return found == name;
    return slice_is(slice_of(found[0] == '@' ? found + 1 : found), name[0] == '@' ? name + 1 : name);
}

static bool is_login(const json_t *entry, const struct login *login)
{
    return is_text(entry, "tool", login->packager->name) && is_text(entry, "endpoint", login->endpoint) &&
           is_namespace(entry, login->namespace);
}

/** The login that was made before; NULL: none. */
static json_t *find_entry(const struct logins *logins, const struct login *login, size_t *index)
{
    for (*index = 0; *index < json_array_size(logins->list); (*index)++) {
        json_t *entry = json_array_get(logins->list, *index);
        if (is_login(entry, login))
            return entry;
    }
    return NULL;
}

/** A new one at the end of the list. */
static json_t *add_entry(const struct logins *logins, const struct login *login)
{
    json_t *entry = json_object();
    set_text(entry, "tool", login->packager->name);
    set_text(entry, "domain", login->domain);
    set_text(entry, "repository", login->repository);
    set_text(entry, "namespace", login->namespace);
    set_text(entry, "endpoint", login->endpoint);
    (void)json_array_append_new(logins->list, entry);
    return entry;
}

void logins_add(struct logins *logins, const struct login *login, json_t *record)
{
    JSON_AUTO *held = record;
    size_t index;
    json_t *entry = find_entry(logins, login, &index);
    if (entry == NULL)
        entry = add_entry(logins, login);
    (void)json_object_set_new(entry, "helper", json_boolean(login->helper));
    (void)json_object_set_new(entry, "extraIndex", json_boolean(login->extra_index));
    (void)json_object_del(entry, "lost");
    if (!json_is_array(json_object_get(entry, "changes")))
        (void)json_object_set_new(entry, "changes", json_array());
    logins_join(logins->list, entry, held);
    // It is the latest now.
    (void)json_array_append(logins->list, entry);
    (void)json_array_remove(logins->list, index);
}

static bool is_meant(const json_t *entry, const struct logins_filter *filter)
{
    return (filter->tool == NULL || is_text(entry, "tool", filter->tool)) &&
           (filter->domain == NULL || is_text(entry, "domain", filter->domain)) &&
           (filter->repository == NULL || is_text(entry, "repository", filter->repository)) &&
           (filter->namespace == NULL || is_namespace(entry, filter->namespace));
}

static bool undo(const struct logins *logins, const json_t *entry, struct changes *changes, struct error *error)
{
    const json_t *list = json_object_get(entry, "changes");
    for (size_t i = json_array_size(list); i > 0; i--) {
        const json_t *change = json_array_get(list, i - 1);
        if (!logins_is_shared(logins->list, entry, change) &&
            !changes_undo(changes, change, logins_is_replaced(logins->list, entry, change), error))
            return false;
        logins_bequeath(logins->list, entry, change);
    }
    return true;
}

/** Says whose place was taken, for good, since its token was not kept, by a login of the same tool that is gone now. */
static void note_lost(const struct logins *logins, const json_t *gone, struct changes *changes)
{
    size_t i;
    const json_t *entry;
    json_array_foreach(logins->list, i, entry)
    {
        const char *tool = json_string_value(json_object_get(entry, "tool"));
        if (tool != NULL && json_object_get(gone, tool) != NULL && json_is_true(json_object_get(entry, "lost")))
            changes_note(
                changes,
                "the login of %s to %s gave its place to one that is gone now, and its token was not kept: log "
                "in again",
                tool, json_string_value(json_object_get(entry, "endpoint")));
    }
}

bool logins_begin(struct logins *logins, const struct login *login, struct changes *changes, struct error *error)
{
    size_t index;
    json_t *entry = find_entry(logins, login, &index);
    if (entry == NULL || (json_is_true(json_object_get(entry, "helper")) == login->helper &&
                          json_is_true(json_object_get(entry, "extraIndex")) == login->extra_index))
        return true;
    return undo(logins, entry, changes, error) && json_array_clear(json_object_get(entry, "changes")) == 0;
}

bool logins_undo(struct logins *logins, const struct logins_filter *filter, struct changes *changes, size_t *count,
                 struct error *error)
{
    JSON_AUTO *gone = json_object();
    *count = 0;
    for (size_t i = json_array_size(logins->list); i > 0; i--) {
        const json_t *entry = json_array_get(logins->list, i - 1);
        if (!is_meant(entry, filter))
            continue;
        if (!undo(logins, entry, changes, error))
            return false;
        (void)json_object_set(gone, json_string_value(json_object_get(entry, "tool")), json_true());
        (void)json_array_remove(logins->list, i - 1);
        (*count)++;
    }
    note_lost(logins, gone, changes);
    return true;
}

/** Writes LIST, which takes the place of what the file has: THERE. */
static bool save(const struct logins *logins, json_t *list, const json_t *there, struct error *error)
{
    if (json_equal(list, there))
        return true;
    if (json_array_size(list) == 0)
        return unlink(logins->path) == 0 || errno == ENOENT ||
               error_set(error, ERROR_CONFIGURATION, NULL, "cannot remove %s: %s", logins->path, strerror(errno));
    JSON_AUTO *document = json_pack("{sO}", "logins", list);
    return secret_file_write(logins->path, document, error);
}

bool logins_save(struct logins *logins, struct error *error)
{
    return save(logins, logins->list, logins->old, error);
}

bool logins_save_old(struct logins *logins, struct error *error)
{
    return save(logins, logins->old, logins->list, error);
}
