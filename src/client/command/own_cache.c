// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/timestamp.h"
#include "client/cache/token_folder.h"
#include "client/cli/output.h"
#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/command/terminal.h"

/** What a listing adds up. */
struct listing {
    const struct private_folder *folder;
    json_t *tokens;
    struct buffer *refused; /**< What is wrong with files that are no good, a line each. */
    const char *machine;
};

static void set_text(json_t *row, const char *name, const char *text)
{
    if (text != NULL)
        (void)json_object_set_new(row, name, json_string_nocheck(text));
}

static const char *state_word(enum cached_state state)
{
    static const char *const words[] = {
        [CACHED_FRESH] = "fresh", [CACHED_OLD] = "to be renewed", [CACHED_ENDED] = "ended"};
    return words[state];
}

/** A token's row: all of it but the token. */
static json_t *describe(const struct listing *listing, const struct cached_token *token)
{
    const struct cached_clocks now = token_folder_clocks();
    BUFFER_AUTO end = {0};
    json_t *row = json_object();
    timestamp_format_utc(&end, token->expiration, false);
    set_text(row, "domain", token->domain);
    set_text(row, "domainOwner", token->domain_owner);
    set_text(row, "endpoint", token->endpoint);
    set_text(row, "profile", token->profile);
    set_text(row, "durationSeconds", token->duration);
    set_text(row, "expiration", buffer_text(&end));
    set_text(row, "state", state_word(cached_token_state(token, &now, listing->machine)));
    return row;
}

static void list_file(void *context, const char *file)
{
    const struct listing *listing = context;
    struct token_name name;
    CACHED_TOKEN_AUTO token = {0};
    ERROR_AUTO reason = {0};
    if (!token_folder_is_token(file, &name))
        return;
    enum file_result result = token_folder_read(listing->folder, &name, &token, &reason);
    if (result == FILE_READ)
        (void)json_array_append_new(listing->tokens, describe(listing, &token));
    else if (result == FILE_FAILED)
        buffer_append_format(listing->refused, "%s%s", listing->refused->size > 0 ? "; " : "", reason.message);
}

/** Opens the folder. *FOUND says whether there is one. */
static bool open_folder(const struct own_call *call, struct private_folder *out, bool *found, struct error *error)
{
    BUFFER_AUTO path = {0};
    if (!token_folder_locate(call->line->environment, &path))
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "There is no token cache, since there is no home folder; set HOME or XDG_CACHE_HOME");
    enum file_result result = private_folder_open(buffer_text(&path), out, error);
    *found = result == FILE_READ;
    return result != FILE_FAILED;
}

static bool print(const struct own_call *call, json_t *value, struct buffer *out, struct error *error)
{
    const char *format = call->options->output != NULL ? call->options->output : "json";
    struct output_style style = terminal_style(call->options->color, false);
    style.format = output_find_format(format);
    style.title = "TokenCache";
    JSON_AUTO *found = call->query == NULL ? json_incref(value) : query_search(call->query, value, error);
    return found != NULL && output_write(out, &style, found, error);
}

static bool list(const struct own_call *call, const struct private_folder *folder, struct buffer *out,
                 struct error *error)
{
    char machine[65];
    BUFFER_AUTO refused = {0};
    JSON_AUTO *tokens = json_array();
    struct listing listing = {folder, tokens, &refused, token_folder_machine(machine)};
    if (folder->descriptor >= 0 && !private_folder_walk(folder, list_file, &listing, error))
        return false;
    JSON_AUTO *whole = json_pack("{sO}", "tokens", tokens);
    if (!print(call, whole, out, error))
        return false;
    return refused.size == 0 || error_set(error, ERROR_CONFIGURATION, NULL, "Of the token cache, this is not used: %s",
                                          buffer_text(&refused));
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    PRIVATE_FOLDER_AUTO folder = PRIVATE_FOLDER_NONE;
    ERROR_AUTO absent = {0};
    bool found = false;
    size_t count = 0;
    if (!own_call_read(call, error))
        return false;
    if (!open_folder(call, &folder, &found, &absent))
        return error_move(error, &absent);
    if (slice_is(slice_of(call->word), "list"))
        return list(call, &folder, out, error);
    if (found && !token_folder_clear(&folder, &count, error))
        return false;
    buffer_append_format(out, "%zu\n", count);
    return true;
}

static const char *const words[] = {"list", "clear", NULL};

const struct own_command own_cache = {
    .name = "cache",
    .text = "Lists or clears the cache of authorization tokens.",
    .detail = "list shows what each token is for and when it ends, never the token; --output and --query shape it. "
              "clear removes all tokens, and prints how many there were. The cache is the folder jeton/tokens in "
              "$XDG_CACHE_HOME or ~/.cache; exec, env, login and the credential helpers use it, "
              "get-authorization-token with --cached.",
    .usage = "list|clear",
    .words = words,
    .run = run,
};
