// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes what a person's JSON meets on its way into a request: --cli-input-json, the check of the input and what
 * goes to the transport, for every operation; the same text as shorthand for every list and structure; and the
 * text output of whatever was read.
 */
#include "api/api.h"
#include "base/json.h"
#include "client/cli/document.h"
#include "client/cli/input.h"
#include "client/cli/output.h"
#include "client/cli/shorthand.h"
#include "client/cli/skeleton.h"
#include "client/cli/validation.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** What is written can be read again, and is the same. */
static void check_written(json_t *value)
{
    BUFFER_AUTO text = {0};
    json_write(&text, value, 4);
    JSON_AUTO *again = json_parse(buffer_slice(&text), NULL);
    if (again == NULL || !json_equal(again, value))
        abort();
}

static void check_operation(const struct api_operation *operation, json_t *document)
{
    ERROR_AUTO error = {0};
    INPUT_AUTO input = {.values = json_incref(document)};
    bool good = validation_check(operation->input, &input, &error);
    if (good == (error.class != ERROR_NONE))
        abort();
    JSON_AUTO *wire = input_wire(&input);
    if (!json_equal(wire, document))
        abort();
    JSON_AUTO *skeleton = skeleton_input(operation->input);
    check_written(skeleton);
}

static void check_shorthand(const struct api_shape *shape, struct slice text)
{
    ERROR_AUTO error = {0};
    JSON_AUTO *value = shorthand_parse(text, &error);
    if (value == NULL && error.class == ERROR_NONE)
        abort();
    if (value != NULL && shorthand_apply_types(value, shape, &error))
        check_written(value);
}

static void check_members(const struct api_operation *operation, struct slice text)
{
    for (size_t i = 0; i < operation->input->member_count; i++) {
        const struct api_shape *shape = operation->input->members[i].shape;
        if (shape->type == API_LIST && shape->element->type == API_STRUCTURE)
            check_shorthand(shape->element, text);
        if (shape->type == API_STRUCTURE)
            check_shorthand(shape, text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    ERROR_AUTO error = {0};
    JSON_AUTO *document = document_parse(text, &error);
    if (document == NULL && error.class != ERROR_PARAMETER)
        abort();
    BUFFER_AUTO printed = {0};
    if (document != NULL) {
        check_written(document);
        output_write_text(&printed, document);
    }
    for (const struct api_service *const *service = api_services; *service != NULL; service++) {
        for (const struct api_operation *const *at = (*service)->operations; *at != NULL; at++) {
            check_members(*at, text);
            if (document != NULL)
                check_operation(*at, document);
        }
    }
    return 0;
}
