// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/upstreams.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "service/store/store.h"

#define TRUSTED_MAX ((size_t)4 * 1024 * 1024)
#define PATIENCE_DEFAULT 60
#define PATIENCE_MAX 3600

void upstream_plan_free(struct upstream_plan *plan)
{
    upstream_table_free(plan->table);
    buffer_free(&plan->trusted);
    *plan = (struct upstream_plan){0};
}

/** An option that says how upstreams are met, where there is none, means that one was forgotten. */
static bool check_lonely(const struct upstream_choices *choices, struct error *error)
{
    const struct {
        const char *name;
        const char *text;
    } others[] = {{"credentials", choices->credentials}, {"ca", choices->trusted}, {"timeout", choices->patience}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].text != NULL)
            return error_set(error, ERROR_USAGE, NULL, "--upstream-%s is of no use without --upstream", others[i].name);
    return true;
}

/** The domain that a name without one means: the only one. */
static bool find_usual(const struct site *site, struct arena *arena, struct upstream_domain *out, struct error *error)
{
    const struct store_page two = {.limit = 2};
    struct store *store = store_open(site->store_path, error);
    struct store_domain *domains;
    size_t count;
    bool found =
        store != NULL && store_list_domains(store, slice_of(site->account), &two, arena, &domains, &count, error);
    store_close(store);
    if (!found)
        return false;
    out->owner = slice_of(site->account);
    out->domain = count == 1 ? slice_of(domains[0].name) : (struct slice){0};
    return true;
}

static bool add_words(const struct upstream_choices *choices, const struct site *site, struct upstream_plan *plan,
                      struct error *error)
{
    ARENA_AUTO *arena = arena_new();
    struct upstream_domain usual;
    if (!find_usual(site, arena, &usual, error))
        return false;
    for (size_t i = 0; i < choices->words.count; i++)
        if (!upstream_table_add(plan->table, choices->words.items[i], &usual, error))
            return false;
    return true;
}

static bool read_patience(const struct upstream_choices *choices, struct upstream_plan *plan, struct error *error)
{
    uint64_t seconds = PATIENCE_DEFAULT;
    if (choices->patience != NULL &&
        (!text_parse_unsigned(slice_of(choices->patience), &seconds) || seconds < 1 || seconds > PATIENCE_MAX))
        return error_set(error, ERROR_USAGE, NULL, "--upstream-timeout %s: give a number from 1 to %d",
                         choices->patience, PATIENCE_MAX);
    plan->options.patience = (int64_t)seconds * 1000;
    return true;
}

static bool read_trusted(const struct upstream_choices *choices, struct upstream_plan *plan, struct error *error)
{
    if (choices->trusted == NULL)
        return true;
    if (file_read(choices->trusted, TRUSTED_MAX, &plan->trusted, error) != FILE_READ)
        return false;
    plan->options.trusted = buffer_slice(&plan->trusted);
    return strstr(buffer_text(&plan->trusted), "-----BEGIN CERTIFICATE-----") != NULL ||
           error_set(error, ERROR_CONFIGURATION, NULL, "%s holds no certificate in PEM form", choices->trusted);
}

bool upstream_plan_make(const struct upstream_choices *choices, const struct site *site, struct upstream_plan *plan,
                        struct error *error)
{
    if (choices->words.count == 0)
        return check_lonely(choices, error);
    plan->table = upstream_table_new();
    return read_patience(choices, plan, error) && read_trusted(choices, plan, error) &&
           add_words(choices, site, plan, error) &&
           (choices->credentials == NULL || upstream_table_read_credentials(plan->table, choices->credentials, error));
}
