// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/live_token.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/timestamp.h"
#include "client/cache/ask.h"
#include "client/cache/token_folder.h"
#include "client/cache/token_key.h"
#include "client/cache/token_text.h"
#include "client/credentials/instance.h"
#include "client/debug.h"

/** A token on its way; search_free() ends it. */
struct search {
    const struct settings *settings;
    const struct live_token_request *request;
    struct live_token_caller *caller;
    struct token_key key;
    struct buffer path;
    struct private_folder folder;
    struct cached_token cached;
    char machine[65];
    struct cached_clocks begin;
    int lock;
};

static void search_free(struct search *search)
{
    buffer_free(&search->path);
    private_folder_close(&search->folder);
    cached_token_free(&search->cached);
    file_close_at(&search->lock);
}
#define SEARCH_AUTO __attribute__((cleanup(search_free))) struct search

static void warn(const struct search *search, const char *what, const struct error *reason)
{
    MEMORY_AUTO char *message = memory_format("jeton: [WARNING]: %s: %s", what, reason->message);
    debug_warn_once(search->settings, message);
}

// ------------------------------------------------------------------ what the cache has

static enum cached_state state_of(const struct search *search)
{
    const struct cached_clocks now = token_folder_clocks();
    return search->cached.text == NULL ? CACHED_ENDED : cached_token_state(&search->cached, &now, search->machine);
}

/** Reads what is cached under the key; a file that is refused is told of, and will be replaced. */
static void look(struct search *search)
{
    ERROR_AUTO reason = {0};
    cached_token_free(&search->cached);
    if (token_folder_read(&search->folder, &search->key.name, &search->cached, &reason) == FILE_FAILED)
        warn(search, "the cached token is not used, and a new one takes its place", &reason);
}

/** Whether what is cached serves. One that was refused does not, but one that another has got since does. */
static bool serves(const struct search *search)
{
    if (state_of(search) != CACHED_FRESH)
        return false;
    return search->request->use == LIVE_TOKEN_CACHED || search->cached.issued.wall > search->begin.wall;
}

static void give_cached(const struct search *search, struct live_token *out)
{
    const struct cached_token *cached = &search->cached;
    *out = (struct live_token){.text = memory_copy(cached->text, strlen(cached->text)),
                               .expiration = cached->expiration,
                               .source = LIVE_TOKEN_FROM_CACHE,
                               .endpoints = json_deep_copy(cached->endpoints)};
}

// ------------------------------------------------------------------ renewal

static void keep(struct search *search, const struct live_token *token, int64_t life, const struct cached_clocks *now)
{
    ERROR_AUTO reason = {0};
    const struct live_token_request *request = search->request;
    // Of a token whose end nobody knows, nobody knows either whether it still lives.
    if (search->folder.descriptor < 0 || life <= 0)
        return;
    const struct cached_token cached = {.text = token->text,
                                        .endpoint = search->key.endpoint,
                                        .domain = request->domain,
                                        .domain_owner = request->domain_owner,
                                        .duration = request->duration,
                                        .profile = search->settings->profile,
                                        .machine = search->machine,
                                        .issued = *now,
                                        .life = life,
                                        .expiration = token->expiration};
    if (!token_folder_write(&search->folder, &search->key.name, &cached, &reason))
        warn(search, "the token is not cached", &reason);
}

static bool ask(struct search *search, struct live_token *out, struct error *error)
{
    int64_t life;
    // The life counts from before the question: the answer's way back is a part of it.
    const struct cached_clocks now = token_folder_clocks();
    if (!ask_token(search->settings, search->request, search->caller, out, &life, error))
        return false;
    keep(search, out, life, &now);
    return true;
}

/** The old token serves as long as it lives, when there is no new one to be had. */
static bool renew(struct search *search, struct live_token *out, struct error *error)
{
    ERROR_AUTO reason = {0};
    if (ask(search, out, &reason))
        return true;
    if (search->request->use != LIVE_TOKEN_CACHED || state_of(search) == CACHED_ENDED)
        return error_move(error, &reason);
    warn(search, "the cached token is used as long as it lives, since there is no new one to be had", &reason);
    give_cached(search, out);
    return true;
}

/** Makes the folder, takes the lock, and looks again when another has had it. A failure leaves the cache out. */
static void begin_renewal(struct search *search)
{
    ERROR_AUTO reason = {0};
    bool waited;
    if (search->folder.descriptor < 0 && !private_folder_make(buffer_text(&search->path), &search->folder, &reason)) {
        warn(search, "the token is not cached", &reason);
        return;
    }
    if (!token_folder_lock(&search->folder, &search->key.name, &search->lock, &waited, &reason)) {
        warn(search, "the token is not cached", &reason);
        private_folder_close(&search->folder);
        return;
    }
    look(search);
    // Who had the lock got no token. Now all that have waited for it ask at once, rather than one after the other.
    if (waited && !serves(search))
        file_close_at(&search->lock);
}

// ------------------------------------------------------------------ all of it

/** Whether a token that is said to be for OF, "demo" or "111122223333/demo", is what is asked for. */
static bool is_for(const char *of, const struct live_token_request *request)
{
    if (of == NULL || *of == '\0' || request->domain == NULL)
        return true;
    struct slice domain = slice_of(of);
    size_t slash = slice_find(domain, '/', 0);
    struct slice owner = slice_part(domain, 0, slash < domain.size ? slash : 0);
    if (slash < domain.size)
        domain = slice_part(domain, slash + 1, domain.size);
    return slice_is(domain, request->domain) &&
           (owner.size == 0 || request->domain_owner == NULL || slice_is(owner, request->domain_owner));
}

/** An empty variable counts as none. OUT stays empty then. */
static bool take_variable(const struct settings *settings, const struct live_token_request *request,
                          struct live_token *out, struct error *error)
{
    const char *text = request->take_variable ? settings->environment(LIVE_TOKEN_VARIABLE) : NULL;
    if (text == NULL || *text == '\0' || !is_for(settings->environment(LIVE_TOKEN_DOMAIN_VARIABLE), request))
        return true;
    if (!token_text_is_good(text))
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         LIVE_TOKEN_VARIABLE " in the environment is no token: there is a blank, a line end or another "
                                             "character in it that no token has; set it to the token alone, or unset "
                                             "it");
    *out = (struct live_token){.text = memory_copy(text, strlen(text)), .source = LIVE_TOKEN_FROM_VARIABLE};
    return true;
}

/** Opens the folder if it is there. @return false when there can be none, which is told. */
static bool open_folder(struct search *search)
{
    ERROR_AUTO reason = {0};
    if (!token_folder_locate(search->settings->environment, &search->path)) {
        (void)error_set(&reason, ERROR_CONFIGURATION, NULL, "there is no home folder; set HOME or XDG_CACHE_HOME");
        warn(search, "the token is not cached", &reason);
        return false;
    }
    if (private_folder_open(buffer_text(&search->path), &search->folder, &reason) != FILE_FAILED)
        return true;
    warn(search, "the token cache is not used", &reason);
    return false;
}

/** Opens the folder and makes the key. A key that cannot be made is no error: who asks for the token meets it again. */
static bool begin_search(struct search *search)
{
    ERROR_AUTO reason = {0};
    (void)token_folder_machine(search->machine);
    search->begin = token_folder_clocks();
    if (search->request->use == LIVE_TOKEN_ALONE)
        return false;
    if (!token_key_make(search->settings, search->request, &search->caller->credentials, &search->key, &reason)) {
        debug_line(search->settings, "token cache: not used: %s", reason.message);
        return false;
    }
    return open_folder(search);
}

static bool find(const struct settings *settings, const struct live_token_request *request,
                 struct live_token_caller *caller, struct live_token *out, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    SEARCH_AUTO search = {.settings = settings,
                          .request = request,
                          .caller = caller,
                          .key = {.arena = arena},
                          .folder = PRIVATE_FOLDER_NONE,
                          .lock = -1};
    *out = (struct live_token){0};
    if (!take_variable(settings, request, out, error))
        return false;
    if (out->text != NULL)
        return true;
    if (!begin_search(&search))
        return ask(&search, out, error);
    if (search.folder.descriptor >= 0 && request->use == LIVE_TOKEN_CACHED)
        look(&search);
    if (!serves(&search))
        begin_renewal(&search);
    debug_line(settings, "token cache: %s in %s/%s", serves(&search) ? "a token" : "none fresh enough",
               buffer_text(&search.path), search.key.name.text);
    if (serves(&search))
        give_cached(&search, out);
    else if (!renew(&search, out, error))
        return false;
    memcpy(out->name, search.key.name.text, sizeof out->name);
    return true;
}

bool live_token_find(const struct settings *settings, const struct live_token_request *request,
                     struct live_token_caller *caller, struct live_token *out, struct error *error)
{
    struct live_token_caller own = {0};
    bool good = find(settings, request, caller != NULL ? caller : &own, out, error);
    live_token_caller_free(&own);
    return good;
}

static bool begin_settings(const struct options *options, environment_function *environment, struct arena *arena,
                           struct settings *out, struct error *error)
{
    if (!settings_begin(options, environment, arena, out, error))
        return false;
    if (settings_finish(options, "CODEARTIFACT", arena, out, error) && instance_find_region(out, arena, error))
        return true;
    settings_free(out);
    return false;
}

bool live_token_get(const struct options *options, environment_function *environment,
                    const struct live_token_request *request, struct live_token *out, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    *out = (struct live_token){0};
    if (!begin_settings(options, environment, arena, &settings, error))
        return false;
    bool good = live_token_find(&settings, request, NULL, out, error);
    settings_free(&settings);
    return good;
}

static bool drop(const struct settings *settings, const struct live_token_request *request, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct live_token_caller caller = {0};
    SEARCH_AUTO search = {.settings = settings,
                          .request = request,
                          .caller = &caller,
                          .key = {.arena = arena},
                          .folder = PRIVATE_FOLDER_NONE,
                          .lock = -1};
    bool good = !begin_search(&search) || search.folder.descriptor < 0 ||
                token_folder_remove(&search.folder, &search.key.name, error);
    live_token_caller_free(&caller);
    return good;
}

bool live_token_drop(const struct options *options, environment_function *environment,
                     const struct live_token_request *request, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct settings settings;
    if (!begin_settings(options, environment, arena, &settings, error))
        return false;
    bool good = drop(&settings, request, error);
    settings_free(&settings);
    return good;
}

void live_token_caller_free(struct live_token_caller *caller)
{
    transport_free(caller->transport);
    credentials_free(&caller->credentials);
    *caller = (struct live_token_caller){0};
}

void live_token_free(struct live_token *token)
{
    secret_free(token->text);
    json_decref(token->endpoints);
    *token = (struct live_token){0};
}
