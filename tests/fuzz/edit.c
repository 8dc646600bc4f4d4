// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The editors, with a place of each format by the first byte: what was set is found again, setting it twice is setting
 * it once, and what is taken out is gone: nothing is left in its place that could be set.
 */
#include "client/edit/edit.h"

#include <stdint.h>
#include <stdlib.h>

static const struct edit_place places[] = {
    {.format = EDIT_NPMRC, .key = "k"},
    {.format = EDIT_PIP, .path = {"s"}, .key = "k-e"},
    {.format = EDIT_INI, .path = {"s"}, .key = "k"},
    {.format = EDIT_PROPERTIES, .key = "k"},
    {.format = EDIT_NETRC, .path = {"h"}},
    {.format = EDIT_TOML, .path = {"s", "t"}, .key = "k"},
    {.format = EDIT_TOML, .path = {"s"}, .select_key = "n", .select = "v", .key = "k"},
    {.format = EDIT_TOML, .key = "k"},
    {.format = EDIT_YAML, .path = {"s", "//h"}, .key = "k"},
    {.format = EDIT_YAML, .key = "k"},
    {.format = EDIT_XML, .path = {"r", "s", "t"}, .select_key = "n", .select = "v", .key = "k"},
    {.format = EDIT_NUGET, .path = {"r", "s"}, .key = "k"},
    {.format = EDIT_YAML_LIST, .key = "k"},
    {.format = EDIT_XML, .path = {"r", "s", "t"}, .select_key = "n", .select = "v", .key = "k", .first = true},
    {.format = EDIT_JSON, .path = {"s"}, .key = "k"},
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth)
{
    if (!truth)
        abort();
}

/** For lists of items: what was added is among them, once. */
static void edit_items(struct buffer *text, const struct edit_place *place)
{
    BUFFER_AUTO once = {0};
    if (!edit_add_item(text, place, SLICE("item"), NULL))
        return;
    buffer_append_slice(&once, buffer_slice(text));
    check(edit_add_item(text, place, SLICE("item"), NULL) && slice_equal(buffer_slice(&once), buffer_slice(text)));
    if (edit_replace_item(text, place, SLICE("item"), SLICE("with")))
        check(edit_replace_item(text, place, SLICE("with"), SLICE("item")));
    while (edit_remove_item(text, place, SLICE("item")))
        continue;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    BUFFER_AUTO text = {0};
    BUFFER_AUTO value = {0};
    BUFFER_AUTO once = {0};
    if (size == 0)
        return 0;
    const struct edit_place *place = &places[data[0] % (sizeof places / sizeof *places)];
    buffer_append(&text, data + 1, size - 1);
    (void)edit_find_nth(buffer_slice(&text), place, 1, &value);
    if (place->format == EDIT_YAML_LIST || place->format == EDIT_INI)
        edit_items(&text, place);
    if (place->format == EDIT_NUGET)
        (void)edit_find_key(buffer_slice(&text), place, SLICE("u"), &value);
    buffer_clear(&value);
    struct slice wanted = place->format == EDIT_NETRC  ? SLICE("a b")
                          : place->format == EDIT_JSON ? SLICE("{\"a\":1}")
                                                       : SLICE("a&b\\c");
    if (!edit_set(&text, place, wanted, NULL))
        return 0;
    check(edit_find(buffer_slice(&text), place, &value));
    check(slice_equal(buffer_slice(&value), wanted));
    buffer_append_slice(&once, buffer_slice(&text));
    check(edit_set(&text, place, wanted, NULL));
    check(slice_equal(buffer_slice(&once), buffer_slice(&text)));
    // Taking it out takes all of that name; XML one at a time.
    while (edit_remove(&text, place))
        continue;
    buffer_clear(&value);
    // A broken file may show another value then, written in a way that is left alone.
    check(!edit_find(buffer_slice(&text), place, &value) || !edit_set(&text, place, wanted, NULL));
    return 0;
}
