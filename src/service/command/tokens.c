// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/timestamp.h"
#include "service/audit/alive.h"
#include "service/caller/revoke.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"

#include <stdio.h>
#include <string.h>

/** The words of the command line. */
struct choices {
    const char *data;
    const char *principal;
    const char *domain;
    bool json;
};

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        ARGUMENT_DATA(&choices->data),
        {.name = "principal",
         .value = "WHO",
         .text = &choices->principal,
         .help = "Only those of the user, the role or the session of a role\nwith that ARN or unique id."},
        {.name = "domain", .value = "NAME", .text = &choices->domain, .help = "Only those for that domain."},
        {.name = "json", .flag = &choices->json, .help = "One JSON object a line instead of a table."},
    };
    const struct argument_command command = {
        .name = "jetond tokens",
        .summary = "Lists the tokens that are alive: id, caller, domain, issue, expiry, scope; never a token.\n"
                   "It knows those that were issued while the service ran with --record-tokens.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    return arguments_read(&command, argc, argv, help, error);
}

// ------------------------------------------------------------------ printing

static void write_time(struct buffer *out, int64_t seconds)
{
    timestamp_format_utc(out, seconds * TIMESTAMP_SECOND, false);
}

static void print_json(void *context, const struct store_issued *item)
{
    (void)context;
    BUFFER_AUTO issued = {0};
    BUFFER_AUTO expires = {0};
    BUFFER_AUTO line = {0};
    write_time(&issued, item->issued);
    write_time(&expires, item->expires);
    JSON_AUTO *record = json_pack("{s:s%, s:s%, s:s%, s:s%, s:s, s:s}", "id", item->id.data, item->id.size, "caller",
                                  item->caller.data, item->caller.size, "principal", item->principal.data,
                                  item->principal.size, "domain", item->domain.data, item->domain.size, "issued",
                                  buffer_text(&issued), "expires", buffer_text(&expires));
    if (item->scope.size > 0)
        (void)json_object_set_new(record, "scope", json_stringn(item->scope.data, item->scope.size));
    json_write(&line, record, 0);
    (void)puts(buffer_text(&line));
}

/** The last part of a domain's ARN. */
static struct slice name_of(struct slice domain)
{
    size_t slash = slice_find(domain, '/', 0);
    return slice_part(domain, slash + 1, domain.size);
}

static void print_text(void *context, const struct store_issued *item)
{
    bool *headed = context;
    BUFFER_AUTO issued = {0};
    BUFFER_AUTO expires = {0};
    write_time(&issued, item->issued);
    write_time(&expires, item->expires);
    if (!*headed)
        (void)printf("%-22s  %-20s  %-20s  %-16s  %s\n", "ID", "ISSUED", "EXPIRES", "DOMAIN", "CALLER");
    *headed = true;
    (void)printf("%-22.*s  %-20s  %-20s  %-16.*s  %.*s%s%.*s\n", SLICE_ARGS(item->id), buffer_text(&issued),
                 buffer_text(&expires), SLICE_ARGS(name_of(item->domain)), SLICE_ARGS(item->caller),
                 item->scope.size > 0 ? "  " : "", SLICE_ARGS(item->scope));
}

// ------------------------------------------------------------------ the whole

static bool list(const struct choices *choices, struct store *store, struct store *records, struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct store_settings settings = {0};
    struct alive_question question = {.now = timestamp_now()};
    bool headed = false;
    if (!store_read_settings(store, arena, &settings, error))
        return false;
    if (choices->principal != NULL &&
        !revoke_find_subject(store, settings.account, slice_of(choices->principal), arena, &question.principal, error))
        return false;
    if (choices->domain != NULL)
        question.domain = arena_format(arena, "arn:aws:codeartifact:%s:%s:domain/%s", settings.region, settings.account,
                                       choices->domain);
    return alive_list(store, records, &question, choices->json ? print_json : print_text, &headed, error);
}

bool command_tokens(int argc, char **argv, struct error *error)
{
    struct choices choices = {0};
    bool help = false;
    if (!parse(argc, argv, &choices, &help, error) || help)
        return help;
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, choices.data);
    struct store *store = store_open(directory.store, error);
    struct store *records = store == NULL ? NULL : store_open_issued(directory.tokens, false, error);
    bool listed = records != NULL && list(&choices, store, records, error);
    store_close(records);
    store_close(store);
    return listed;
}
