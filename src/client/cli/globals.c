// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/globals.h"

#include <stdint.h>
#include <string.h>

static const char *const output_choices[] = {"json", "text", "table", "yaml", "yaml-stream", "off", NULL};
static const char *const color_choices[] = {"on", "off", "auto", NULL};
static const char *const binary_choices[] = {"base64", "raw-in-base64-out", NULL};
static const char *const error_choices[] = {"legacy", "json", "yaml", "text", "table", "enhanced", NULL};

#define FLAG(name_, field, text_)                                                                                      \
    {                                                                                                                  \
        .name = (name_), .text = (text_), .offset = offsetof(struct options, field)                                    \
    }
#define VALUE(name_, value_, field, choices_, text_)                                                                   \
    {                                                                                                                  \
        .name = (name_), .value = (value_), .text = (text_), .choices = (choices_),                                    \
        .offset = offsetof(struct options, field)                                                                      \
    }

const struct global_option global_options[] = {
    FLAG("--debug", debug, "Say on standard error what is done."),
    VALUE("--endpoint-url", "URL", endpoint_url, NULL, "Call this endpoint instead of the region's."),
    FLAG("--no-verify-ssl", no_verify_ssl, "Do not check the server's certificate."),
    FLAG("--no-paginate", no_paginate, "Make one call only, whatever is left to list."),
    VALUE("--output", "FORMAT", output, output_choices, "json, text, table, yaml, yaml-stream or off."),
    VALUE("--query", "EXPRESSION", query, NULL, "Print what this JMESPath expression makes of the result."),
    VALUE("--profile", "NAME", profile, NULL, "Use this profile of the AWS files."),
    VALUE("--region", "NAME", region, NULL, "The AWS region."),
    VALUE("--color", "on|off|auto", color, color_choices, "Colours in tables."),
    FLAG("--no-sign-request", no_sign_request, "Send the request unsigned, without credentials."),
    VALUE("--ca-bundle", "FILE", ca_bundle, NULL, "Trust the certificates in this file only."),
    VALUE("--cli-read-timeout", "SECONDS", cli_read_timeout, NULL, "How long to wait for data; 0: for ever."),
    VALUE("--cli-connect-timeout", "SECONDS", cli_connect_timeout, NULL, "How long to wait for a connection."),
    VALUE("--cli-binary-format", "FORMAT", cli_binary_format, binary_choices, "Accepted; no operation has use for it."),
    FLAG("--no-cli-pager", no_cli_pager, "Write to the terminal without a pager."),
    FLAG("--cli-auto-prompt", cli_auto_prompt, "Not supported: there is no prompt."),
    FLAG("--no-cli-auto-prompt", no_cli_auto_prompt, "Accepted."),
    VALUE("--cli-error-format", "FORMAT", cli_error_format, error_choices,
          "legacy, enhanced, json, yaml, text or table."),
    FLAG("--version", version, "Print the version."),
};
const size_t global_option_count = sizeof global_options / sizeof *global_options;

static void fill_table(struct argument *table)
{
    for (size_t i = 0; i < global_option_count; i++) {
        const struct global_option *option = &global_options[i];
        table[i] = (struct argument){.name = option->name,
                                     .arity = option->value != NULL ? ARGUMENT_ONE : ARGUMENT_NONE,
                                     .choices = option->choices,
                                     .stops = strcmp(option->name, "--version") == 0};
    }
}

static void store(const struct argument *table, struct options *out)
{
    for (size_t i = 0; i < global_option_count; i++) {
        // Each offset is that of a field of the kind that the option's value says.
        char *field = (char *)out + global_options[i].offset;
        const char *value = argument_value(&table[i]);
        if (global_options[i].value == NULL)
            memcpy(field, &(bool){table[i].given}, sizeof(bool));
        else
            memcpy(field, &value, sizeof value);
    }
}

/** The AWS CLI first looks for these two alone, over the whole line. */
static bool look_early(struct words line, struct arena *arena, struct options *out, struct error *error)
{
    struct argument table[] = {{.name = "--profile"}, {.name = "--debug", .arity = ARGUMENT_NONE}};
    struct words rest;
    ERROR_AUTO found = {0};
    if (arguments_parse(table, sizeof table / sizeof *table, line, arena, &rest, &found)) {
        out->profile = argument_value(&table[0]);
        return true;
    }
    return error_set(error, ERROR_USAGE, "FirstPass", "%s", found.message);
}

bool globals_take(struct words line, const char *const *commands, struct arena *arena, struct options *out,
                  const char **command, struct words *rest, struct error *error)
{
    struct argument table[sizeof global_options / sizeof *global_options + 1];
    fill_table(table);
    table[global_option_count] = (struct argument){.name = "command", .choices = commands, .required = true};
    if (!arguments_parse(table, global_option_count + 1, line, arena, rest, error))
        return false;
    store(table, out);
    *command = out->version ? NULL : argument_value(&table[global_option_count]);
    return true;
}

bool globals_parse(struct words line, const char *const *commands, struct arena *arena, struct options *out,
                   const char **command, struct words *rest, struct error *error)
{
    return look_early(line, arena, out, error) && globals_take(line, commands, arena, out, command, rest, error);
}
