// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/revoke.h"
#include "base/timestamp.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"

#include <stdio.h>

/** The words of the command line. */
struct choices {
    const char *data;
    const char *token;
    const char *principal;
    const char *before;
    bool all;
};

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        ARGUMENT_DATA(&choices->data),
        {.name = "token",
         .value = "ID",
         .text = &choices->token,
         .help = "Revoke one token by its id, as jetond tokens tells it;\nnever give the token itself."},
        {.name = "principal",
         .value = "WHO",
         .text = &choices->principal,
         .help =
             "Revoke the tokens and sessions of the user, the role or\nthe session of a role with that ARN or unique "
             "id."},
        {.name = "all", .flag = &choices->all, .help = "Revoke the tokens and sessions of everyone."},
        {.name = "before",
         .value = "TIME",
         .text = &choices->before,
         .help = "Only what was issued before, as 2026-01-31T12:00:00Z\n(default: now)."},
    };
    const struct argument_command command = {
        .name = "jetond revoke",
        .summary = "Ends tokens before they expire: one, those of a principal, or all. A token also ends with\n"
                   "the session that asked for it. The service may be running, and heeds it within a second.\n"
                   "Keys stay as they are and can get new tokens: switch them off to prevent that.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    return arguments_read(&command, argc, argv, help, error);
}

static bool read_request(const struct choices *choices, struct revoke_request *out, struct error *error)
{
    *out = (struct revoke_request){
        .token = slice_of(choices->token),
        .principal = slice_of(choices->principal),
        .all = choices->all,
        .has_before = choices->before != NULL,
        .now = timestamp_now(),
    };
    if ((choices->token != NULL) + (choices->principal != NULL) + choices->all != 1)
        return error_set(error, ERROR_USAGE, NULL, "say what to revoke: give one of --token, --principal and --all");
    if (choices->before == NULL || timestamp_parse_iso(slice_of(choices->before), &out->before, NULL))
        return true;
    return error_set(error, ERROR_USAGE, NULL, "--before %s: give a time such as 2026-01-31T12:00:00Z",
                     choices->before);
}

static void print(const struct store_revocation *revocation)
{
    BUFFER_AUTO cutoff = {0};
    timestamp_format_utc(&cutoff, revocation->cutoff, revocation->cutoff % TIMESTAMP_SECOND != 0);
    switch (revocation->kind) {
    case STORE_REVOKED_TOKEN:
        (void)printf("revoked the token %s\n", revocation->subject);
        return;
    case STORE_REVOKED_PRINCIPAL:
        (void)printf("revoked what was issued to %s before %s\n", revocation->subject, buffer_text(&cutoff));
        return;
    case STORE_REVOKED_ALL:
        (void)printf("revoked what was issued to anyone before %s\n", buffer_text(&cutoff));
        return;
    }
}

bool command_revoke(int argc, char **argv, struct error *error)
{
    struct choices choices = {0};
    struct revoke_request request;
    bool help = false;
    if (!parse(argc, argv, &choices, &help, error) || help)
        return help;
    if (!read_request(&choices, &request, error))
        return false;
    ARENA_AUTO *arena = arena_new();
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, choices.data);
    struct store_settings settings = {0};
    struct store_revocation revocation;
    struct store *store = store_open(directory.store, error);
    bool done = store != NULL && store_read_settings(store, arena, &settings, error) &&
                revoke_tokens(store, settings.account, &request, arena, &revocation, error);
    store_close(store);
    if (done)
        print(&revocation);
    return done;
}
