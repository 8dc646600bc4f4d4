// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what `jetond import` reads: src/service/administration. A document that is refused must be refused with words.
 * One that is taken is applied to a store, which is undone: it fits with words, or it has been made, and then applying
 * it again changes nothing, and neither does applying what the store is then.
 */
#include "base/json.h"
#include "service/administration/apply.h"
#include "support/temporary.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition)
        abort();
}

/** The store of all runs. */
static struct record_source open_source(void)
{
    const struct store_settings settings = {.account = "111122223333", .region = "us-west-2"};
    char *directory = temporary_make();
    char *path = temporary_path(directory, "store.sqlite");
    must(store_create(path, &settings, NULL));
    struct record_source source = {.store = store_open(path, NULL), .settings = settings};
    const struct store_entity root = {
        .id = settings.account, .kind = STORE_ROOT, .account = settings.account, .path = "/", .name = ""};
    must(source.store != NULL && store_add_entity(source.store, &root, NULL) == STORE_OK);
    // An open file outlives its name.
    temporary_remove(directory);
    free(path);
    free(directory);
    return source;
}

static size_t apply_again(const struct record_source *source, const json_t *whole)
{
    const struct apply_options options = {.now = 1};
    BUFFER_AUTO lines = {0};
    size_t changes = 0;
    must(apply_record(source, whole, &options, &lines, &changes, NULL));
    return changes;
}

static void apply_to(const struct record_source *source, const json_t *whole, bool prune)
{
    const struct apply_options options = {.prune = prune, .now = 1};
    BUFFER_AUTO lines = {0};
    ERROR_AUTO error = {0};
    size_t changes = 0;
    if (!apply_record(source, whole, &options, &lines, &changes, &error)) {
        must(error.message != NULL);
        return;
    }
    must(apply_again(source, whole) == 0);
    JSON_AUTO *made = record_of_store(source, &error);
    must(made != NULL);
    BUFFER_AUTO text = {0};
    json_write(&text, made, 2);
    JSON_AUTO *read = record_read(buffer_slice(&text), &error);
    must(read != NULL && apply_again(source, read) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct record_source source;
    ERROR_AUTO error = {0};
    if (source.store == NULL)
        source = open_source();
    JSON_AUTO *whole = record_read((struct slice){(const char *)data, size}, &error);
    if (whole == NULL) {
        must(error.message != NULL);
        return 0;
    }
    must(store_begin(source.store, true, NULL));
    apply_to(&source, whole, size % 2 == 0);
    must(store_end(source.store, false, NULL));
    return 0;
}
