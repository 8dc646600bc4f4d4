// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/timestamp.h"
#include "client/cache/token_folder.h"
#include "client/cli/output.h"
#include "client/command/own_call.h"
#include "client/command/own_commands.h"
#include "client/command/terminal.h"
#include "client/repository/target.h"

/** What a listing adds up. */
struct listing {
    const struct private_folder *folder;
    const struct token_filter *filter;
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
    if (result == FILE_READ && token_filter_fits(listing->filter, &token))
        (void)json_array_append_new(listing->tokens, describe(listing, &token));
    else if (result == FILE_FAILED)
        buffer_append_format(listing->refused, "%s%s", listing->refused->size > 0 ? "; " : "", reason.message);
}

/** Opens the folder, if there is one. */
static bool open_folder(const struct own_call *call, struct private_folder *out, struct error *error)
{
    BUFFER_AUTO path = {0};
    if (!token_folder_locate(call->line->environment, &path))
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "There is no token cache, since there is no home folder; set HOME or XDG_CACHE_HOME");
    return private_folder_open(buffer_text(&path), out, error) != FILE_FAILED;
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

static bool list(const struct own_call *call, const struct private_folder *folder, const struct token_filter *filter,
                 struct buffer *out, struct error *error)
{
    char machine[65];
    BUFFER_AUTO refused = {0};
    JSON_AUTO *tokens = json_array();
    struct listing listing = {folder, filter, tokens, &refused, token_folder_machine(machine)};
    if (folder->descriptor >= 0 && !private_folder_walk(folder, list_file, &listing, error))
        return false;
    JSON_AUTO *whole = json_pack("{sO}", "tokens", tokens);
    if (!print(call, whole, out, error))
        return false;
    return refused.size == 0 || error_set(error, ERROR_CONFIGURATION, NULL, "Of the token cache, this is not used: %s",
                                          buffer_text(&refused));
}

/** Which tokens are meant: by options, or by whatever opens a URL. */
static bool read_filter(const struct own_call *call, struct token_filter *out, struct error *error)
{
    const char *url = own_call_value(call, "--url");
    const struct target_options options = {.domain = own_call_value(call, "--domain"),
                                           .owner = own_call_value(call, "--domain-owner"),
                                           .profile = call->options->profile};
    struct target target;
    *out = (struct token_filter){options.domain, options.owner, options.profile};
    if (url == NULL)
        return true;
    switch (target_find(url, &options, call->line->environment, call->line->arena, &target, error)) {
    case TARGET_FOUND:
        *out = (struct token_filter){target.domain, target.owner, target.profile};
        return true;
    case TARGET_FOREIGN:
        return error_set(error, ERROR_PARAMETER, NULL,
                         "%s is no repository of CodeArtifact, and none that you have named in the file hosts", url);
    case TARGET_FAILED:
        break;
    }
    return false;
}

static bool clear(const struct private_folder *folder, const struct token_filter *filter, struct buffer *out,
                  struct error *error)
{
    size_t count = 0;
    if (folder->descriptor >= 0 && !token_folder_clear(folder, filter, &count, error))
        return false;
    buffer_append_format(out, "%zu\n", count);
    return true;
}

static bool run(struct own_call *call, struct buffer *out, struct error *error)
{
    PRIVATE_FOLDER_AUTO folder = PRIVATE_FOLDER_NONE;
    struct token_filter filter;
    ERROR_AUTO absent = {0};
    if (!own_call_read(call, error))
        return false;
    if (!read_filter(call, &filter, error))
        return false;
    if (!open_folder(call, &folder, &absent))
        return error_move(error, &absent);
    return slice_is(slice_of(call->word), "list") ? list(call, &folder, &filter, out, error)
                                                  : clear(&folder, &filter, out, error);
}

static const struct option_row rows[] = {
    {"--url", "URL", "Only what opens this URL or host.", NULL, false, false},
    {"--domain", "NAME", "Only tokens of this domain.", NULL, false, false},
    {"--domain-owner", "ACCOUNT", "Only tokens of this account's domains, where it was named.", NULL, false, false},
};

static const char *const words[] = {"list", "clear", NULL};

const struct own_command own_cache = {
    .name = "cache",
    .text = "Lists or clears the cache of authorization tokens.",
    .detail =
        "list shows what each token is for and when it ends, never the token; --output and --query shape it. "
        "clear removes them, and prints how many there were: so a token that was refused is not met again. Both "
        "are about all tokens, or those that --url, --domain, --domain-owner and --profile mean. The cache is the "
        "folder jeton/tokens in "
        "$XDG_CACHE_HOME or ~/.cache; exec, env, login and the credential helpers use it, "
        "get-authorization-token with --cached. On an instance "
        "whose role gives the credentials, its metadata service is asked which role that is, each time.",
    .usage = "list|clear",
    .words = words,
    .options = rows,
    .option_count = sizeof rows / sizeof *rows,
    .run = run,
};
