// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/packagers/packager.h"
#include "base/file.h"
#include "base/text.h"
#include "client/expand.h"

const struct packager *packager_find(const char *name)
{
    for (const struct packager *const *at = packagers; *at != NULL; at++)
        if (slice_is(slice_of(name), (*at)->name))
            return *at;
    return NULL;
}

bool packager_set_all(struct login *login, const struct packager_value *values, size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].value != NULL &&
            !changes_set(login->changes, values[i].file, &values[i].place, values[i].value, error))
            return false;
    return true;
}

bool packager_set_item(struct login *login, const char *file, const struct edit_place *place, const char *item,
                       struct error *error)
{
    BUFFER_AUTO value = {0};
    bool done = false;
    (void)changes_find(login->changes, file, place, &value);
    struct slice rest = buffer_slice(&value);
    struct slice old;
    while (slice_cut(&rest, '\n', &old)) {
        old = slice_trim(old);
        if (!packager_is_repository(login, old))
            continue;
        if (done)
            (void)changes_remove_item(login->changes, file, place, old);
        else if (!changes_replace_item(login->changes, file, place, old, item, error))
            return false;
        done = true;
    }
    return done || changes_add_item(login->changes, file, place, item, error);
}

bool packager_drop_items(struct login *login, const char *file, const struct edit_place *place)
{
    BUFFER_AUTO value = {0};
    bool dropped = false;
    (void)changes_find(login->changes, file, place, &value);
    struct slice rest = buffer_slice(&value);
    struct slice item;
    while (slice_cut(&rest, '\n', &item)) {
        item = slice_trim(item);
        if (packager_is_repository(login, item) && changes_remove_item(login->changes, file, place, item))
            dropped = true;
    }
    return dropped;
}

bool packager_end_section(struct login *login, const char *file, struct error *error)
{
    BUFFER_AUTO ended = {0};
    struct slice text;
    if (!changes_read(login->changes, file, &text, error))
        return false;
    buffer_append_slice(&ended, text);
    buffer_append_char(&ended, '\n');
    return changes_replace(login->changes, file, buffer_slice(&ended), error);
}

const char *packager_label(const struct login *login)
{
    char *label = arena_format(login->arena, "%s-%s", login->domain, login->repository);
    for (char *c = label; *c != '\0'; c++)
        *c = *c == '.' ? '-' : *c;
    return label;
}

bool packager_set_endpoint(struct login *login, const char *endpoint, struct error *error)
{
    struct slice url = slice_of(endpoint);
    size_t colon = slice_find(url, ':', 0);
    if (!slice_starts_with(slice_part(url, colon, url.size), SLICE("://")))
        return error_set(error, ERROR_SERVICE, NULL, "The service named \"%s\" as the endpoint, which is no URL",
                         endpoint);
    struct slice rest = slice_part(url, colon + 3, url.size);
    size_t slash = slice_find(rest, '/', 0);
    struct slice netloc = slice_part(rest, 0, slash);
    login->endpoint = arena_copy(login->arena, endpoint, url.size);
    login->scheme = arena_copy(login->arena, url.data, colon);
    login->netloc = arena_copy(login->arena, netloc.data, netloc.size);
    login->host = arena_copy(login->arena, netloc.data, slice_find(netloc, ':', 0));
    login->path = arena_copy(login->arena, rest.data + slash, rest.size - slash);
    return true;
}

const char *packager_home(const struct login *login, const char *below, struct error *error)
{
    BUFFER_AUTO home = {0};
    if (!expand_home(&home, SLICE("~"), login->environment)) {
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "There is no home folder, where %s keeps its files; set HOME",
                        login->packager->name);
        return NULL;
    }
    return arena_format(login->arena, "%s/%s", buffer_text(&home), below);
}

bool packager_named_file(const struct login *login, const char *const *variables, const char **file,
                         struct error *error)
{
    *file = NULL;
    for (; *file == NULL && *variables != NULL; variables++) {
        const char *named = login->environment(*variables);
        if (named == NULL || named[0] != '/')
            continue;
        if (file_is_special(named))
            return error_set(error, ERROR_CONFIGURATION, NULL,
                             "%s names %s, which is no regular file that %s could keep its settings in; unset it, or "
                             "let it name one",
                             *variables, named, login->packager->name);
        *file = named;
    }
    return true;
}

const char *packager_xdg(const struct login *login, const char *variable, const char *fallback, const char *below,
                         struct error *error)
{
    const char *folder = login->environment(variable);
    // A relative one is to be ignored (XDG Base Directory Specification).
    if (folder != NULL && folder[0] == '/')
        return arena_format(login->arena, "%s/%s", folder, below);
    return packager_home(login, arena_format(login->arena, "%s/%s", fallback, below), error);
}

bool packager_is_repository(const struct login *login, struct slice url)
{
    for (size_t i = 0; i + 2 < url.size; i++)
        if (slice_starts_with(slice_part(url, i, 3), SLICE("://"))) {
            url = slice_part(url, i + 3, url.size);
            break;
        }
    size_t slash = slice_find(url, '/', 0);
    size_t at = slice_find(slice_part(url, 0, slash), '@', 0);
    struct slice rest = at < slash ? slice_part(url, at + 1, url.size) : url;
    struct slice own = slice_of(arena_format(login->arena, "%s%s", login->netloc, login->path));
    if (slice_ends_with(own, SLICE("/")))
        own.size--;
    return slice_starts_with(rest, own) && (rest.size == own.size || rest.data[own.size] == '/');
}

const char *packager_url(const struct login *login, const char *user, const char *more)
{
    BUFFER_AUTO url = {0};
    buffer_append_format(&url, "%s://%s", login->scheme, user);
    if (*user != '\0' && login->token != NULL) {
        buffer_append_char(&url, ':');
        text_percent_encode(&url, slice_of(login->token), "");
    }
    buffer_append_format(&url, "%s%s%s%s", *user != '\0' ? "@" : "", login->netloc, login->path, more);
    return arena_copy(login->arena, url.data, url.size);
}

void packager_note_overrides(const struct login *login)
{
    for (const char *const *at = login->packager->overrides; at != NULL && *at != NULL; at++)
        if (login->environment(*at) != NULL)
            changes_note(login->changes,
                         "%s is set in the environment, and goes before what was written for %s; unset it", *at,
                         login->packager->name);
}

/** "USER:PASSWORD" of a URL; empty when there is none. */
static struct slice user_of(struct slice url)
{
    size_t start = 0;
    while (start + 3 < url.size && !slice_starts_with(slice_part(url, start, 3), SLICE("://")))
        start++;
    struct slice rest = slice_part(url, start + 3, url.size);
    struct slice authority = slice_part(rest, 0, slice_find(rest, '/', 0));
    size_t at = slice_find(authority, '@', 0);
    return slice_part(authority, 0, at < authority.size ? at : 0);
}

bool packager_is_ours(struct slice url)
{
    struct slice user = user_of(url);
    return slice_is(slice_part(user, 0, slice_find(user, ':', 0)), "aws");
}

bool packager_has_password(struct slice url)
{
    struct slice user = user_of(url);
    return slice_find(user, ':', 0) < user.size;
}

bool packager_drop_netrc(struct login *login, struct error *error)
{
    BUFFER_AUTO value = {0};
    const char *file = packager_home(login, ".netrc", error);
    const struct edit_place place = {.format = EDIT_NETRC, .path = {login->host}};
    if (file == NULL)
        return false;
    if (!changes_find(login->changes, file, &place, &value))
        return true;
    struct slice user = slice_part(buffer_slice(&value), 0, slice_find(buffer_slice(&value), ' ', 0));
    // The users of tokens, by us and by swift.
    if (!slice_is(user, "aws") && !slice_is(user, "token"))
        changes_note(login->changes,
                     "%s has a line of %s for the user %.*s, which stays; where it goes before jeton, take "
                     "it out",
                     file, login->host, SLICE_ARGS(user));
    else if (changes_take(login->changes, file, &place, true))
        changes_note(login->changes,
                     "%s: the line of %s is taken out, since it would go before jeton" PACKAGER_NOT_KEPT, file,
                     login->host);
    return true;
}
