// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/administration/circles.h"

#include "base/json.h"

/** A repository on the way from the first, and which of its upstreams is next. */
struct step {
    const char *name;
    const json_t *upstreams;
    size_t next;
};

/** How long the way can get is up to the record, so it is no recursion. */
struct walk {
    json_t *upstreams; /**< By repository; what is done with is gone from it. Borrows the lists. */
    struct step *steps;
    size_t count;
};

/** Where a repository stands on the way; COUNT: nowhere. */
static size_t find_step(const struct walk *walk, const char *name)
{
    size_t place = 0;
    while (place < walk->count && strcmp(walk->steps[place].name, name) != 0)
        place++;
    return place;
}

static void enter(struct walk *walk, const char *name)
{
    walk->steps[walk->count++] = (struct step){name, json_object_get(walk->upstreams, name), 0};
}

static const char *describe(const struct walk *walk, size_t from, struct arena *arena)
{
    BUFFER_AUTO text = {0};
    for (size_t i = from; i < walk->count; i++)
        buffer_append_format(&text, "%s -> ", walk->steps[i].name);
    buffer_append_text(&text, walk->steps[from].name);
    return arena_copy(arena, buffer_text(&text), text.size);
}

/** Follows all upstreams from a repository on. */
static const char *follow(struct walk *walk, const char *first, struct arena *arena)
{
    enter(walk, first);
    while (walk->count > 0) {
        struct step *step = &walk->steps[walk->count - 1];
        const char *name = json_string_value(json_array_get(step->upstreams, step->next++));
        if (step->next > json_array_size(step->upstreams)) {
            // Whoever comes here again finds nothing new.
            (void)json_object_del(walk->upstreams, step->name);
            walk->count--;
        } else if (name != NULL && json_object_get(walk->upstreams, name) != NULL) {
            size_t place = find_step(walk, name);
            if (place < walk->count)
                return describe(walk, place, arena);
            enter(walk, name);
        }
    }
    return NULL;
}

const char *circles_find(const json_t *domain, struct arena *arena)
{
    const json_t *repositories = json_object_get(domain, "repositories");
    size_t count = json_array_size(repositories);
    JSON_AUTO *upstreams = json_object();
    struct walk walk = {.upstreams = upstreams, .steps = arena_allocate(arena, count + 1, sizeof *walk.steps)};
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        json_t *repository = json_array_get(repositories, i);
        const char *name = json_member_text(repository, "name").data;
        json_t *list = json_object_get(repository, "upstreams");
        if (name != NULL && list != NULL)
            (void)json_object_set(upstreams, name, list);
    }
    for (size_t i = 0; i < count && found == NULL; i++) {
        const char *name = json_member_text(json_array_get(repositories, i), "name").data;
        if (name != NULL && json_object_get(upstreams, name) != NULL)
            found = follow(&walk, name, arena);
    }
    return found;
}
