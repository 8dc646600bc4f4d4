// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Fuzzes src/client/jmespath. The input is an expression, a line end, and a document (an own one when that is no
 * JSON). Whatever is found must be printable, the document must be as it was, and an error must say something.
 */
#include "client/jmespath/jmespath.h"
#include "base/json.h"
#include "client/cli/output.h"

#include <stdint.h>
#include <stdlib.h>

/** A short expression can double its result again and again, by [@, @] | [@, @]. */
#define EXPRESSION_MAX 96
#define DOCUMENT_MAX 512

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool condition)
{
    if (!condition)
        abort();
}

static json_t *read_document(struct slice text)
{
    json_t *document = json_parse(slice_part(text, 0, DOCUMENT_MAX), NULL);
    return document != NULL
               ? document
               : json_parse(
                     SLICE("{\"a\":[{\"a\":1,\"b\":\"x\"},{\"a\":2.5,\"b\":\"y\"}],\"b\":[3,1,-2],\"c\":\"\xc3\xa9\"}"),
                     NULL);
}

static void search(const struct jmespath *expression, json_t *document)
{
    ERROR_AUTO error = {0};
    BUFFER_AUTO before = {0};
    BUFFER_AUTO after = {0};
    BUFFER_AUTO printed = {0};
    json_write(&before, document, 0);
    JSON_AUTO *found = jmespath_search(expression, document, &error);
    json_write(&after, document, 0);
    must(slice_equal(buffer_slice(&before), buffer_slice(&after)));
    must((found == NULL) == (error.class == ERROR_INTERNAL && error.message[0] != '\0'));
    if (found != NULL) {
        json_write(&printed, found, 4);
        output_write_text(&printed, found);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct slice line = {0};
    ERROR_AUTO error = {0};
    (void)slice_cut(&rest, '\n', &line);
    if (line.size > EXPRESSION_MAX)
        return -1;
    struct jmespath *expression = jmespath_compile(line, &error);
    must((expression == NULL) == (error.class == ERROR_PARAMETER && error.message[0] != '\0'));
    JSON_AUTO *document = read_document(rest);
    if (expression != NULL)
        search(expression, document);
    jmespath_free(expression);
    return 0;
}
