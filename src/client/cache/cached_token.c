// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/cached_token.h"
#include "base/json.h"
#include "base/timestamp.h"

#define VERSION 1
#define ENDPOINTS "endpoints"
#define LEAST_MARGIN (INT64_C(10) * 60 * TIMESTAMP_SECOND)
/** No token lives longer: a file that says so was not written by us. */
#define LONGEST (INT64_C(43200) * TIMESTAMP_SECOND)

/** Where each member of the file is. */
static const struct {
    const char *name;
    size_t offset;
    bool required;
} texts[] = {
    {"endpoint", offsetof(struct cached_token, endpoint), true},
    {"domain", offsetof(struct cached_token, domain), true},
    {"domainOwner", offsetof(struct cached_token, domain_owner), false},
    {"durationSeconds", offsetof(struct cached_token, duration), false},
    {"profile", offsetof(struct cached_token, profile), true},
    {"machine", offsetof(struct cached_token, machine), true},
    {"token", offsetof(struct cached_token, text), true},
};

/** In microseconds. */
static const struct {
    const char *name;
    size_t offset;
} numbers[] = {
    {"issued", offsetof(struct cached_token, issued.wall)},
    {"uptime", offsetof(struct cached_token, issued.uptime)},
    {"life", offsetof(struct cached_token, life)},
    {"expiration", offsetof(struct cached_token, expiration)},
};
#define COUNT(table) (sizeof(table) / sizeof *(table))

int64_t cached_token_margin(int64_t life)
{
    return life / 10 > LEAST_MARGIN ? life / 10 : LEAST_MARGIN;
}

enum cached_state cached_token_state(const struct cached_token *token, const struct cached_clocks *now,
                                     const char *machine)
{
    int64_t elapsed = now->wall - token->issued.wall;
    // Be it of this start of the machine or of a later one: at least so much time has passed.
    int64_t running = slice_is(slice_of(token->machine), machine) ? now->uptime - token->issued.uptime : 0;
    if (elapsed < 0)
        return CACHED_ENDED;
    int64_t left = token->life - (running > elapsed ? running : elapsed);
    if (left <= 0)
        return CACHED_ENDED;
    return left <= cached_token_margin(token->life) ? CACHED_OLD : CACHED_FRESH;
}

static bool read_members(struct cached_token *out, struct error *error)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        const json_t *value = json_object_get(out->document, texts[i].name);
        const char *text = json_string_value(value);
        if (text == NULL ? texts[i].required || value != NULL : *text == '\0')
            return error_set(error, ERROR_CONFIGURATION, NULL, "it has no good \"%s\"", texts[i].name);
        *(const char **)((char *)out + texts[i].offset) = text;
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        const json_t *value = json_object_get(out->document, numbers[i].name);
        if (!json_is_integer(value) || json_integer_value(value) < 0)
            return error_set(error, ERROR_CONFIGURATION, NULL, "it has no good \"%s\"", numbers[i].name);
        *(int64_t *)((char *)out + numbers[i].offset) = json_integer_value(value);
    }
    return out->life <= LONGEST ||
           error_set(error, ERROR_CONFIGURATION, NULL, "it says that its token lives longer than any does");
}

static bool read_endpoints(struct cached_token *out, struct error *error)
{
    const char *key;
    json_t *value;
    json_t *found = json_object_get(out->document, ENDPOINTS);
    bool good = found == NULL || json_is_object(found);
    json_object_foreach(found, key, value) good = good && (json_is_string(value) || json_is_null(value));
    out->endpoints = found;
    return good || error_set(error, ERROR_CONFIGURATION, NULL, "it has no good \"" ENDPOINTS "\"");
}

bool cached_token_read(struct slice text, struct cached_token *out, struct error *error)
{
    ERROR_AUTO broken = {0};
    *out = (struct cached_token){.document = json_parse_unique(text, &broken)};
    if (!json_is_object(out->document))
        return error_set(error, ERROR_CONFIGURATION, NULL, "it is no JSON object");
    if (json_integer_value(json_object_get(out->document, "version")) != VERSION)
        return error_set(error, ERROR_CONFIGURATION, NULL, "it is of another version of this program");
    return read_members(out, error) && read_endpoints(out, error);
}

void cached_token_write(const struct cached_token *token, struct buffer *out)
{
    JSON_AUTO *document = json_object();
    (void)json_object_set_new(document, "version", json_integer(VERSION));
    for (size_t i = 0; i < COUNT(numbers); i++) {
        int64_t number = *(const int64_t *)((const char *)token + numbers[i].offset);
        (void)json_object_set_new(document, numbers[i].name, json_integer(number));
    }
    for (size_t i = 0; i < COUNT(texts); i++) {
        const char *text = *(const char *const *)((const char *)token + texts[i].offset);
        if (text != NULL)
            (void)json_object_set_new(document, texts[i].name, json_stringn_nocheck(text, strlen(text)));
    }
    if (token->endpoints != NULL)
        (void)json_object_set_new(document, ENDPOINTS, json_deep_copy(token->endpoints));
    json_write(out, document, 2);
    buffer_append_char(out, '\n');
}

void cached_token_free(struct cached_token *token)
{
    json_decref(token->document);
    *token = (struct cached_token){0};
}
