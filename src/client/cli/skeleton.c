// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cli/skeleton.h"

struct skeleton {
    bool names; /**< Texts are member names, not values to fill in. */
    const char *moment;
};

static json_t *make(const struct skeleton *skeleton, const struct api_shape *shape, const char *name);

static json_t *make_text(const struct skeleton *skeleton, const struct api_shape *shape, const char *name)
{
    if (skeleton->names)
        return json_string(name);
    return json_string(shape->values != NULL ? shape->values[0] : "");
}

static json_t *make_structure(const struct skeleton *skeleton, const struct api_shape *shape)
{
    json_t *object = json_object();
    for (size_t i = 0; i < shape->member_count; i++) {
        const struct api_member *member = &shape->members[i];
        (void)json_object_set_new(object, member->name, make(skeleton, member->shape, member->name));
    }
    return object;
}

static json_t *make(const struct skeleton *skeleton, const struct api_shape *shape, const char *name)
{
    switch (shape->type) {
    case API_STRING:
        return make_text(skeleton, shape, name);
    case API_INTEGER:
    case API_LONG:
        return json_integer(0);
    case API_BOOLEAN:
        return json_true();
    case API_TIMESTAMP:
        return json_string(skeleton->moment);
    case API_LIST:
        return json_pack("[o]", make(skeleton, shape->element, name));
    case API_STRUCTURE:
        break;
    }
    return make_structure(skeleton, shape);
}

json_t *skeleton_input(const struct api_shape *shape)
{
    return make(&(struct skeleton){.moment = SKELETON_MOMENT}, shape, "");
}

json_t *skeleton_output(const struct api_shape *shape, const char *moment)
{
    return make(&(struct skeleton){.names = true, .moment = moment}, shape, "");
}
