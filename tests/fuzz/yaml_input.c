// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what a person's YAML meets on its way into a request: --cli-input-yaml, the check of the input and what goes
 * to the transport, for every operation; and every form of output for what was read. What is written as YAML can be
 * read again and is the same.
 */
#include "api/api.h"
#include "base/json.h"
#include "client/cli/document.h"
#include "client/cli/input.h"
#include "client/cli/output.h"
#include "client/cli/validation.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Keeps every value that JSON lacks, as the input does. */
struct kept {
    struct arena *arena;
    const struct input_literal *literals;
};

static void keep(void *context, const json_t *place, struct slice text, const char *type)
{
    struct kept *kept = context;
    struct input_literal *literal = arena_allocate(kept->arena, 1, sizeof *literal);
    if (!json_is_real(place) || type == NULL)
        abort();
    *literal = (struct input_literal){place, arena_copy(kept->arena, text.data, text.size), type, kept->literals};
    kept->literals = literal;
}

static void refuse_foreign(void *context, const json_t *place, struct slice text, const char *type)
{
    (void)context;
    (void)place;
    (void)text;
    (void)type;
    abort();
}

/** Anchors and all, it is read as what it was. */
static void check_yaml(const json_t *value)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO text = {0};
    if (!yaml_write(&text, value, &error))
        abort();
    JSON_AUTO *again = yaml_read(buffer_slice(&text), refuse_foreign, NULL, &error);
    if (again == NULL || !json_equal(again, value))
        abort();
}

static void check_forms(const json_t *value)
{
    static const enum output_format formats[] = {OUTPUT_JSON, OUTPUT_TEXT, OUTPUT_TABLE, OUTPUT_YAML,
                                                 OUTPUT_YAML_STREAM};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        const struct output_style style = {.format = formats[i], .title = "Title", .width = 40, .color = i % 2 == 0};
        ERROR_AUTO error = {0};
        BUFFER_AUTO text = {0};
        if (!output_write(&text, &style, value, &error) && (formats[i] != OUTPUT_TABLE || text.size > 0))
            abort();
    }
}

static void check_operation(const struct api_operation *operation, json_t *document, const struct kept *kept)
{
    ERROR_AUTO error = {0};
    INPUT_AUTO input = {.values = json_incref(document), .literals = kept->literals};
    if (validation_check(operation->input, &input, &error) == (error.class != ERROR_NONE))
        abort();
    JSON_AUTO *wire = input_wire(&input);
    if (json_object_size(wire) != json_object_size(document))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ARENA_AUTO *arena = arena_new();
    struct kept kept = {.arena = arena};
    ERROR_AUTO error = {0};
    JSON_AUTO *document = document_parse_yaml((struct slice){(const char *)data, size}, keep, &kept, &error);
    if (document == NULL && error.class != ERROR_PARAMETER && error.class != ERROR_INTERNAL)
        abort();
    if (document == NULL)
        return 0;
    check_forms(document);
    if (kept.literals == NULL)
        check_yaml(document);
    for (const struct api_service *const *service = api_services; *service != NULL; service++)
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++)
            check_operation(*at, document, &kept);
    return 0;
}
