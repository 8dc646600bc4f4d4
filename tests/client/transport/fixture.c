// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "fixture.h"
#include "api/codeartifact.h"
#include "api/sts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static char key[] = "AKIDEXAMPLE";
static char secret[] = "SECRETEXAMPLE";

static const char *no_variable(const char *name)
{
    (void)name;
    return NULL;
}

void begin(struct fixture *fixture, const struct stub_step *steps)
{
    *fixture = (struct fixture){.arena = arena_new(), .stub = stub_start(steps)};
    fixture->settings = (struct settings){
        .environment = no_variable,
        .region = "us-west-2",
        .endpoint_url = arena_format(fixture->arena, "http://127.0.0.1:%u", stub_port(fixture->stub)),
        .verify = true,
        .sign = true,
        .connect_timeout = 5,
        .read_timeout = 5,
        .max_attempts = 3,
    };
    fixture->credentials = (struct credentials){.access_key_id = key, .secret_access_key = secret, .source = "test"};
}

bool call(struct fixture *fixture, const struct api_service *service, const char *name)
{
    if (fixture->transport == NULL)
        fixture->transport = transport_new(&fixture->settings, service, &fixture->credentials, &fixture->error);
    if (fixture->transport == NULL)
        return false;
    json_decref(fixture->output);
    fixture->output = NULL;
    json_t *input = service == &api_sts ? json_object() : json_pack("{ss}", "domain", "my-dom");
    bool good = transport_call(fixture->transport, api_find_operation_by_name(service, slice_of(name)), input,
                               &fixture->output, &fixture->error);
    json_decref(input);
    return good;
}

bool get_token(struct fixture *fixture)
{
    return call(fixture, &api_codeartifact, "GetAuthorizationToken");
}

void stop(struct fixture *fixture)
{
    transport_free(fixture->transport);
    fixture->transport = NULL;
    stub_stop(fixture->stub, &fixture->received, &fixture->connections);
}

void forget(struct fixture *fixture)
{
    json_decref(fixture->output);
    error_free(&fixture->error);
    buffer_free(&fixture->received);
    arena_free(fixture->arena);
}

const char *with_port(struct fixture *fixture, const char *text)
{
    const char *mark = strstr(text, "{PORT}");
    if (mark == NULL)
        return text;
    return arena_format(fixture->arena, "%.*s%u%s", (int)(mark - text), text, stub_port(fixture->stub), mark + 6);
}

void assert_message(struct fixture *fixture, const char *format)
{
    assert_non_null(fixture->error.message);
    assert_string_equal(fixture->error.message, with_port(fixture, format));
}

size_t count_of(const struct fixture *fixture, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(buffer_text(&fixture->received), word); at != NULL; at = strstr(at + 1, word))
        count++;
    return count;
}
