// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/command.h"

#include "api/api.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "service/command/arguments.h"
#include "service/command/data_directory.h"
#include "service/command/installation.h"
#include "service/store/identifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_REGION "us-east-1"
#define DEFAULT_ENDPOINT "http://127.0.0.1:4480"
/** A region is part of host names (RFC 1035, section 2.3.4: a label has 63 characters at most). */
#define REGION_SIZE_MAX 63
#define ENDPOINT_SIZE_MAX 2000

/** The words of the command line. */
struct choices {
    const char *data;
    const char *account;
    const char *region;
    const char *domain;
    const char *endpoint;
};

static bool refuse(struct error *error, const char *option, const char *value, const char *mend)
{
    return error_set(error, ERROR_USAGE, NULL, "--%s %s: %s", option, value, mend);
}

static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static bool is_region(struct slice region)
{
    if (region.size == 0 || region.size > REGION_SIZE_MAX || region.data[region.size - 1] == '-')
        return false;
    for (size_t i = 0; i < region.size; i++) {
        char c = region.data[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i == 0 || (!text_is_digit(c) && c != '-')))
            return false;
    }
    return true;
}

/** A scheme and a host, perhaps a port: clients put the path of the operation right behind it. */
static bool is_endpoint(struct slice endpoint)
{
    static const char schemes[][9] = {"http://", "https://"};
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
        struct slice scheme = slice_of(schemes[i]);
        if (!slice_starts_with(endpoint, scheme) || endpoint.size > ENDPOINT_SIZE_MAX)
            continue;
        struct slice host = slice_part(endpoint, scheme.size, endpoint.size);
        for (size_t at = 0; at < host.size; at++) {
            if (!text_is_alpha(host.data[at]) && !text_is_digit(host.data[at]) && !is_one_of(host.data[at], ".-_:[]"))
                return false;
        }
        return host.size > 0 && host.data[0] != ':';
    }
    return false;
}

/** As CreateDomain would check it: the operation table has the limits. */
static bool is_domain(const char *name)
{
    const struct api_service *service = api_find_service(SLICE("codeartifact"));
    const struct api_operation *operation = api_find_operation(service, SLICE("create-domain"));
    JSON_AUTO *input = json_pack("{s:s}", "domain", name);
    return input != NULL && api_validate(operation->input, input, NULL, NULL);
}

static bool is_account(struct slice account)
{
    for (size_t i = 0; i < account.size; i++) {
        if (!text_is_digit(account.data[i]))
            return false;
    }
    return account.size == IDENTIFIER_ACCOUNT_SIZE - 1;
}

static bool check_choices(const struct choices *choices, struct error *error)
{
    if (choices->account != NULL && !is_account(slice_of(choices->account)))
        return refuse(error, "account", choices->account, "an account is 12 digits, such as 123456789012");
    if (!is_region(slice_of(choices->region)))
        return refuse(error, "region", choices->region,
                      "a region is lower-case letters, digits and hyphens, such as " DEFAULT_REGION);
    if (choices->domain != NULL && !is_domain(choices->domain))
        return refuse(error, "domain", choices->domain,
                      "a domain is 2 to 50 lower-case letters, digits and hyphens; it starts with a letter and does "
                      "not end with a hyphen, such as my-packages");
    if (!is_endpoint(slice_of(choices->endpoint)))
        return refuse(error, "endpoint", choices->endpoint,
                      "an endpoint is http:// or https://, a host and perhaps a port, such as " DEFAULT_ENDPOINT);
    return true;
}

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        {.name = "data",
         .value = "DIR",
         .text = &choices->data,
         .required = true,
         .help = "The directory to make; it must not exist yet, or be empty."},
        {.name = "account",
         .value = "ID",
         .text = &choices->account,
         .help = "The account's number, 12 digits (default: a random one)."},
        {.name = "region",
         .value = "NAME",
         .text = &choices->region,
         .help = "The region the service stands for (default: " DEFAULT_REGION ")."},
        {.name = "domain",
         .value = "NAME",
         .text = &choices->domain,
         .help = "Makes a domain too, so that a token can be had at once."},
        {.name = "endpoint",
         .value = "URL",
         .text = &choices->endpoint,
         .help = "Where clients will find the service\n(default: " DEFAULT_ENDPOINT ")."},
    };
    const struct argument_command command = {
        .name = "jetond init",
        .summary = "Makes the data directory of a new service: the store, a master key that encrypts the\n"
                   "secrets in it, the user admin, who may do everything, the account's root, and two\n"
                   "files, credentials and config, that make any AWS client the administrator.\n"
                   "It never overwrites anything.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    if (!arguments_parse(&command, argc, argv, help, error))
        return false;
    if (*help) {
        BUFFER_AUTO text = {0};
        arguments_help(&command, &text);
        (void)fputs(buffer_text(&text), stdout);
    }
    return true;
}

/** Appends TEXT as one word of a shell. */
static void append_word(struct buffer *out, const char *text)
{
    bool plain = text[0] != '\0';
    for (const char *c = text; *c != '\0'; c++)
        plain = plain && (text_is_alpha(*c) || text_is_digit(*c) || is_one_of(*c, "/._-+:=@"));
    if (plain) {
        buffer_append_text(out, text);
        return;
    }
    buffer_append_char(out, '\'');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'')
            buffer_append_text(out, "'\\''");
        else
            buffer_append_char(out, *c);
    }
    buffer_append_char(out, '\'');
}

/** Clients look for a service of this machine where the endpoint says, so it has to listen there. */
static void append_listen(struct buffer *out, struct slice endpoint)
{
    static const char scheme[] = "http://";
    if (slice_is(endpoint, DEFAULT_ENDPOINT) || !slice_starts_with(endpoint, SLICE("http://127.0.0.1:")))
        return;
    buffer_append_text(out, " --listen ");
    buffer_append_slice(out, slice_part(endpoint, sizeof scheme - 1, endpoint.size));
}

static void print_summary(const struct data_directory *directory, const struct installation *installation)
{
    BUFFER_AUTO out = {0};
    buffer_append_format(&out, "A new service is ready in %s.\n\n", directory->path);
    buffer_append_format(&out, "  account      %s\n  region       %s\n  domain       %s\n  endpoint     %s\n\n",
                         installation->account, installation->region,
                         installation->domain == NULL ? "(none yet)" : installation->domain, installation->endpoint);
    buffer_append_text(&out, "  store.sqlite holds accounts, domains and repositories\n"
                             "  master.key   opens the secrets in it; keep a copy of both\n"
                             "  credentials  the profiles default (user admin) and root\n"
                             "  config       their region and endpoint\n\n"
                             "Start it with\n\n  jetond serve --data ");
    append_word(&out, directory->path);
    append_listen(&out, slice_of(installation->endpoint));
    buffer_append_text(&out, "\n\nand make any AWS client its administrator with\n\n  export AWS_CONFIG_FILE=");
    append_word(&out, directory->config);
    buffer_append_text(&out, "\n  export AWS_SHARED_CREDENTIALS_FILE=");
    append_word(&out, directory->credentials);
    // https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    buffer_append_format(
        &out,
        "\n\nAn AWS CLI before 2.13 does not read the endpoint from there: it wants --endpoint-url %s\n"
        "in each command, or asks AWS itself.\n",
        installation->endpoint);
    (void)fputs(buffer_text(&out), stdout);
}

static bool install(const char *path, const struct installation *installation, struct error *error)
{
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, path);
    int lock = data_directory_prepare(&directory, error);
    if (lock < 0)
        return false;
    bool done = installation_make(&directory, installation, error) && data_directory_commit(&directory, error);
    if (!done && access(directory.store, F_OK) != 0)
        data_directory_clear(&directory);
    (void)close(lock);
    if (!done)
        return false;
    // What is printed should work from any directory.
    MEMORY_AUTO char *absolute = realpath(path, NULL);
    DATA_DIRECTORY_AUTO shown = {0};
    data_directory_set(&shown, absolute == NULL ? path : absolute);
    print_summary(&shown, installation);
    return true;
}

bool command_init(int argc, char **argv, struct error *error)
{
    struct choices choices = {.region = DEFAULT_REGION, .endpoint = DEFAULT_ENDPOINT};
    bool help = false;
    if (!parse(argc, argv, &choices, &help, error))
        return false;
    if (help)
        return true;
    if (!check_choices(&choices, error))
        return false;
    char account[IDENTIFIER_ACCOUNT_SIZE];
    unsigned char entropy[IDENTIFIER_ACCOUNT_ENTROPY];
    if (!secret_random(entropy, sizeof entropy))
        return error_set(error, ERROR_INTERNAL, NULL, "the system gives no random numbers");
    identifier_write_account(entropy, account);
    const struct installation installation = {
        .account = choices.account == NULL ? account : choices.account,
        .region = choices.region,
        .domain = choices.domain,
        .endpoint = choices.endpoint,
        .now = timestamp_now(),
    };
    return install(choices.data, &installation, error);
}
