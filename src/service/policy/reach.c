// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/policy/reach.h"

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "service/policy/reach_actions.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/** A resource of each kind that there can be, and what is asked where there is none. */
static const struct {
    unsigned kind;
    const char *start;
    bool region; /**< The region stands before the account. */
    const char *rest;
} resources[] = {
    {REACH_DOMAIN, "arn:aws:codeartifact:", true, ":domain/*"},
    {REACH_REPOSITORY, "arn:aws:codeartifact:", true, ":repository/*"},
    {REACH_PACKAGE, "arn:aws:codeartifact:", true, ":package/*"},
    {REACH_PACKAGE_GROUP, "arn:aws:codeartifact:", true, ":package-group/*"},
    {REACH_ENTITY, "arn:aws:iam::", false, ":*"},
    {REACH_ROLE, "arn:aws:iam::", false, ":role/*"},
    {REACH_PRINCIPAL, "arn:aws:iam::", false, ":*"},
    {REACH_PRINCIPAL, "arn:aws:sts::", false, ":assumed-role/*"},
    {REACH_TOKEN, "arn:aws:jeton:", true, ":token/*"},
};

/** What is being looked through. */
struct search {
    const struct reach_place *place;
    struct arena *arena;
    reach_report *report;
    void *context;
    size_t statement;
};

bool reach_globs_meet(struct slice one, struct slice other)
{
    size_t width = other.size + 1;
    // Row I says for each J whether what is left of ONE from I and of OTHER from J can meet; only two rows are needed.
    MEMORY_AUTO bool *rows = memory_new(2 * width, sizeof *rows);
    for (size_t i = one.size + 1; i-- > 0;) {
        bool *row = rows + (i % 2) * width;
        const bool *below = rows + ((i + 1) % 2) * width;
        char a = i < one.size ? one.data[i] : '\0';
        for (size_t j = width; j-- > 0;) {
            char b = j < other.size ? other.data[j] : '\0';
            bool left = i < one.size;
            bool right = j < other.size;
            row[j] = (!left && !right) || (left && a == '*' && (below[j] || (right && row[j + 1]))) ||
                     (right && b == '*' && (row[j + 1] || (left && below[j]))) ||
                     (left && right && a != '*' && b != '*' && (a == b || a == '?' || b == '?') && below[j + 1]);
        }
    }
    return rows[0];
}

/** With `*` in the place of each variable, in small letters where LOWER. */
static struct slice open_variables(const struct search *search, struct slice text, bool lower)
{
    char *out = arena_copy(search->arena, text.data, text.size);
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        bool variable = text.data[i] == '$' && i + 1 < text.size && text.data[i + 1] == '{';
        out[size++] = lower ? text_lower(text.data[i]) : text.data[i];
        if (!variable)
            continue;
        out[size - 1] = '*';
        i = slice_find(text, '}', i);
    }
    return (struct slice){out, size};
}

/** The kinds of resources that an action is asked for; 0 when there is no such action. */
static unsigned kinds_of_action(const struct search *search, struct slice action)
{
    struct slice pattern = open_variables(search, action, true);
    unsigned kinds = 0;
    for (size_t i = 0; i < reach_action_count; i++) {
        struct slice name = open_variables(search, slice_of(reach_actions[i].name), true);
        if (reach_globs_meet(pattern, name))
            kinds |= reach_actions[i].kinds;
    }
    return kinds;
}

/** The kinds of resources that a pattern may match. */
static unsigned kinds_of_resource(const struct search *search, struct slice resource)
{
    struct slice pattern = open_variables(search, resource, false);
    // Only what begins with a star matches the star that is asked where there is no resource.
    unsigned kinds = reach_globs_meet(pattern, SLICE("\x01")) ? REACH_NOTHING : 0;
    for (size_t i = 0; i < COUNT_OF(resources); i++) {
        const char *region = resources[i].region ? search->place->region : "";
        const char *arn = arena_format(search->arena, "%s%s%s%s%s", resources[i].start, region,
                                       resources[i].region ? ":" : "", search->place->account, resources[i].rest);
        if (reach_globs_meet(pattern, slice_of(arn)))
            kinds |= resources[i].kind;
    }
    if (reach_globs_meet(pattern, SLICE("arn:aws:iam::aws:policy/*")))
        kinds |= REACH_ENTITY;
    return kinds;
}

static size_t count_of(const json_t *value)
{
    return json_is_array(value) ? json_array_size(value) : json_is_string(value);
}

static struct slice text_at(const json_t *value, size_t index)
{
    const json_t *text = json_is_array(value) ? json_array_get(value, index) : value;
    return (struct slice){json_string_value(text), json_string_length(text)};
}

/** Reports the texts whose kinds have nothing of OTHERS. */
static void report_unfit(const struct search *search, const json_t *texts, const unsigned *kinds, unsigned others,
                         enum reach_problem problem)
{
    for (size_t i = 0; i < count_of(texts); i++) {
        // An action that is none has been reported as such.
        bool unknown = problem == REACH_ACTION_RESOURCE && kinds[i] == 0;
        if ((kinds[i] & others) == 0 && !unknown)
            search->report(search->context, search->statement, problem, text_at(texts, i));
    }
}

static void check_statement(const struct search *search, const json_t *statement)
{
    const json_t *actions = json_object_get(statement, "Action");
    const json_t *texts = json_object_get(statement, "Resource");
    size_t action_count = count_of(actions);
    size_t resource_count = count_of(texts);
    unsigned *of_actions = arena_allocate(search->arena, action_count + 1, sizeof *of_actions);
    unsigned *of_resources = arena_allocate(search->arena, resource_count + 1, sizeof *of_resources);
    // What is said by exclusion leaves more than can be listed.
    unsigned all_actions = actions == NULL ? ~0U : 0;
    unsigned all_resources = texts == NULL ? ~0U : 0;
    for (size_t i = 0; i < action_count; i++) {
        of_actions[i] = kinds_of_action(search, text_at(actions, i));
        all_actions |= of_actions[i];
        if (of_actions[i] == 0)
            search->report(search->context, search->statement, REACH_UNKNOWN_ACTION, text_at(actions, i));
    }
    for (size_t i = 0; i < resource_count; i++) {
        of_resources[i] = kinds_of_resource(search, text_at(texts, i));
        all_resources |= of_resources[i];
    }
    report_unfit(search, actions, of_actions, all_resources, REACH_ACTION_RESOURCE);
    if (all_actions != 0)
        report_unfit(search, texts, of_resources, all_actions, REACH_RESOURCE);
}

void reach_check(struct slice document, const struct reach_place *place, reach_report *report, void *context)
{
    JSON_AUTO *parsed = json_parse(document, NULL);
    ARENA_AUTO *arena = arena_new();
    struct search search = {.place = place, .arena = arena, .report = report, .context = context};
    const json_t *statements = json_object_get(parsed, "Statement");
    if (json_is_object(statements)) {
        check_statement(&search, statements);
        return;
    }
    for (; search.statement < json_array_size(statements); search.statement++)
        check_statement(&search, json_array_get(statements, search.statement));
}
