// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/gate/action.h"

#include "base/text.h"
#include "service/gate/routes.h"

static bool refuse(struct error *error, const char *what)
{
    return error_set(error, ERROR_PARAMETER, "UnknownAction", "%s", what);
}

// ------------------------------------------------------------------ matching a row

/** How far a path is matched. */
struct walk {
    const struct gate_place *place;
    struct arena *arena;
    struct gate_access *access;
    size_t at; /**< The next part of the path. */
};

/** The parts that a template needs from its next element on, when each takes one. */
static size_t count_elements(struct slice template)
{
    size_t count = template.size > 0;
    for (size_t i = 0; i < template.size; i++)
        count += template.data[i] == '/';
    return count;
}

static struct slice decode(const struct walk *walk, struct slice part)
{
    BUFFER_AUTO text = {0};
    if (slice_find(part, '%', 0) == part.size || !text_percent_decode(&text, part, false))
        return part;
    return (struct slice){arena_copy(walk->arena, text.data, text.size), text.size};
}

/** npm's "name", "@scope/name" in two parts, or "@scope%2fname" in one. */
static bool take_npm_name(struct walk *walk)
{
    struct slice name = decode(walk, walk->place->parts[walk->at++]);
    if (slice_starts_with(name, SLICE("-")))
        return false;
    walk->access->package = name;
    if (!slice_starts_with(name, SLICE("@")))
        return true;
    size_t slash = slice_find(name, '/', 0);
    walk->access->namespace = slice_part(name, 1, slash - 1);
    walk->access->package = slice_part(name, slash + 1, name.size);
    if (slash == name.size && walk->at < walk->place->part_count)
        walk->access->package = decode(walk, walk->place->parts[walk->at++]);
    return walk->access->namespace.size > 0 && walk->access->package.size > 0;
}

/** Maven's group: all parts but those that the rest of the template needs, with dots between them. */
static bool take_group(struct walk *walk, struct slice rest)
{
    size_t needed = count_elements(rest);
    if (walk->place->part_count < walk->at + needed + 1)
        return false;
    BUFFER_AUTO group = {0};
    for (size_t first = walk->at; walk->at < walk->place->part_count - needed; walk->at++) {
        if (walk->at > first)
            buffer_append_char(&group, '.');
        buffer_append_slice(&group, decode(walk, walk->place->parts[walk->at]));
    }
    walk->access->namespace = (struct slice){arena_copy(walk->arena, group.data, group.size), group.size};
    return true;
}

/** A word of a template that stands for itself; with a star behind it for all that start so. */
static bool take_literal(struct walk *walk, struct slice word)
{
    struct slice part = walk->place->parts[walk->at++];
    if (!slice_ends_with(word, SLICE("*")))
        return slice_equal(part, word);
    return slice_starts_with(part, slice_part(word, 0, word.size - 1));
}

/** One element in braces; REST is the template behind it. */
static bool take_name(struct walk *walk, struct slice name, struct slice rest)
{
    if (slice_is(name, "{group}"))
        return take_group(walk, rest);
    if (slice_is(name, "{npm}"))
        return take_npm_name(walk);
    struct slice value = decode(walk, walk->place->parts[walk->at++]);
    if (slice_is(name, "{namespace}"))
        walk->access->namespace = value;
    else if (slice_is(name, "{package}"))
        walk->access->package = value;
    else if (slice_is(name, "{version}"))
        walk->access->version = value;
    else if (slice_is(name, "{snapshot}")) {
        walk->access->version = value;
        return slice_ends_with(value, SLICE("-SNAPSHOT"));
    }
    return true;
}

/** Whether the path is one of the template's; what it names is in WALK->access then. */
static bool matches(struct walk *walk, const char *template)
{
    struct slice rest = slice_of(template);
    struct slice element;
    *walk->access = (struct gate_access){0};
    walk->at = 0;
    if (rest.size == 0)
        return walk->place->part_count == 0;
    while (slice_cut(&rest, '/', &element)) {
        if (slice_is(element, "**"))
            return true;
        if (walk->at >= walk->place->part_count)
            return false;
        if (!(element.data[0] == '{' ? take_name(walk, element, rest) : take_literal(walk, element)))
            return false;
    }
    return walk->at == walk->place->part_count;
}

// ------------------------------------------------------------------ the query

static bool is_among(struct slice name, const char *list)
{
    struct slice rest = slice_of(list);
    struct slice one;
    while (slice_cut(&rest, ' ', &one))
        if (slice_equal(one, name))
            return true;
    return false;
}

/** What changes something has the parameters of its row alone: another might make another request of it. */
static bool check_query(const struct gate_route *route, struct slice query, struct error *error)
{
    struct slice rest = query;
    struct slice parameter;
    if (route->query == NULL || query.size == 0)
        return true;
    while (slice_cut(&rest, '&', &parameter))
        if (!is_among(slice_part(parameter, 0, slice_find(parameter, '=', 0)), route->query))
            return refuse(error, "The query has a parameter that a change of this kind does not have.");
    return true;
}

// ------------------------------------------------------------------ the whole

static unsigned find_method(struct slice method)
{
    static const struct {
        const char *name;
        unsigned bit;
    } methods[] = {
        {"GET", GATE_GET}, {"HEAD", GATE_HEAD}, {"PUT", GATE_PUT}, {"POST", GATE_POST}, {"DELETE", GATE_DELETE},
    };
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (slice_is(method, methods[i].name))
            return methods[i].bit;
    return 0;
}

bool gate_find_access(const struct gate_place *place, struct slice method, struct arena *arena, struct gate_access *out,
                      struct error *error)
{
    *out = (struct gate_access){0};
    const struct gate_route *routes = gate_find_routes(place->format);
    if (routes == NULL)
        return refuse(error, "The path names no format of packages.");
    unsigned bit = find_method(method);
    struct walk walk = {.place = place, .arena = arena, .access = out};
    for (const struct gate_route *route = routes; route->methods != 0; route++) {
        if ((route->methods & bit) == 0 || !matches(&walk, route->path))
            continue;
        out->actions[0] = route->actions[0];
        out->actions[1] = route->actions[1];
        return check_query(route, place->query, error);
    }
    *out = (struct gate_access){0};
    return refuse(error, bit == 0 ? "No client of packages uses this method."
                                  : "No client of this format uses this method at this path.");
}

static struct slice name_or(struct slice name, struct slice other)
{
    return name.size > 0 ? name : other;
}

const char *gate_resource_arn(const struct gate_place *place, const struct gate_access *access, const char *action,
                              struct slice region, struct arena *arena)
{
    // Two strings of a table that is compiled once, but maybe not into one.
    bool read = slice_is(slice_of(action), GATE_READ);
    const struct slice parts[] = {SLICE("arn:aws:codeartifact:"),
                                  region,
                                  SLICE(":"),
                                  place->owner,
                                  read ? SLICE(":repository/") : SLICE(":package/"),
                                  place->domain,
                                  SLICE("/"),
                                  place->repository,
                                  SLICE("/"),
                                  place->format,
                                  SLICE("/"),
                                  access->namespace,
                                  SLICE("/"),
                                  name_or(access->package, SLICE("*"))};
    return arena_join(arena, parts, read ? 8 : sizeof parts / sizeof parts[0]);
}
