// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/api.h"
#include "api/codeartifact.h"
#include "api/iam.h"
#include "api/jeton.h"
#include "api/sts.h"
#include "base/text.h"

#include <string.h>

const struct api_service *const api_services[] = {&api_codeartifact, &api_sts, NULL};
const struct api_service *const api_served[] = {&api_codeartifact, &api_iam, &api_jeton, &api_sts, NULL};

const struct api_service *api_find_service(struct slice cli_name)
{
    for (size_t i = 0; api_services[i] != NULL; i++)
        if (slice_is(cli_name, api_services[i]->cli_name))
            return api_services[i];
    return NULL;
}

const struct api_service *api_find_service_by_signing_name(struct slice signing_name)
{
    for (size_t i = 0; api_served[i] != NULL; i++)
        if (slice_is(signing_name, api_served[i]->signing_name))
            return api_served[i];
    return NULL;
}

const struct api_operation *api_find_operation(const struct api_service *service, struct slice cli_name)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        if (slice_is(cli_name, (*at)->cli_name))
            return *at;
    return NULL;
}

const struct api_operation *api_find_operation_by_name(const struct api_service *service, struct slice name)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        if (slice_is(name, (*at)->name))
            return *at;
    return NULL;
}

static const struct api_operation *find_route_in(const struct api_service *service, struct slice method,
                                                 struct slice path)
{
    for (const struct api_operation *const *at = service->operations; *at != NULL; at++)
        if (slice_is(path, (*at)->path) && slice_is(method, (*at)->method))
            return *at;
    return NULL;
}

const struct api_operation *api_find_route(struct slice method, struct slice path)
{
    for (size_t i = 0; api_served[i] != NULL; i++) {
        if (api_served[i]->protocol != API_REST_JSON)
            continue;
        const struct api_operation *operation = find_route_in(api_served[i], method, path);
        if (operation != NULL)
            return operation;
    }
    return NULL;
}

const struct api_member *api_find_member(const struct api_shape *structure, struct slice name)
{
    for (size_t i = 0; i < structure->member_count; i++)
        if (slice_is(name, structure->members[i].name))
            return &structure->members[i];
    return NULL;
}

const char *api_wire_name(const struct api_member *member)
{
    return member->wire_name == NULL ? member->name : member->wire_name;
}

const struct api_operation *api_widest(const struct api_operation *operation)
{
    return operation->wider == NULL ? operation : operation->wider;
}

const struct api_error *api_find_error(const struct api_operation *operation, const char *code)
{
    for (const struct api_error *const *at = operation->errors; *at != NULL; at++)
        if (strcmp((*at)->code, code) == 0)
            return *at;
    return NULL;
}

void api_option_name(struct buffer *out, const char *member_name)
{
    for (const char *at = member_name; *at != '\0'; at++) {
        if (text_lower(*at) != *at && at != member_name)
            buffer_append_char(out, '-');
        buffer_append_char(out, text_lower(*at));
    }
}
