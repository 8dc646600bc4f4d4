// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/arn.h"

static const char *const types[] = {
    [STORE_ROOT] = "root",   [STORE_USER] = "user",     [STORE_ROLE] = "role",
    [STORE_GROUP] = "group", [STORE_POLICY] = "policy", [STORE_PROVIDER] = "oidc-provider",
};
#define TYPES (sizeof types / sizeof types[0])
static const struct slice prefix = {"arn:aws:iam::", 13};

const char *arn_write(struct arena *arena, enum store_kind kind, const char *account, const char *path,
                      const char *name)
{
    if (kind == STORE_ROOT)
        return arena_format(arena, "arn:aws:iam::%s:root", account);
    return arena_format(arena, "arn:aws:iam::%s:%s%s%s", account, types[kind], path, name);
}

/** A provider's name is an address and may have slashes; the name of anything else begins after the last one. */
static size_t name_start(enum store_kind kind, struct slice path_and_name)
{
    size_t start = 1;
    for (size_t i = 1; kind != STORE_PROVIDER && i < path_and_name.size; i++)
        if (path_and_name.data[i] == '/')
            start = i + 1;
    return start;
}

bool arn_read(struct slice text, struct arn_parts *out)
{
    struct slice rest = slice_part(text, prefix.size, text.size);
    struct slice account;
    if (!slice_starts_with(text, prefix) || !slice_cut(&rest, ':', &account) || account.size == 0)
        return false;
    size_t slash = slice_find(rest, '/', 0);
    size_t kind = 0;
    while (kind < TYPES && !slice_is(slice_part(rest, 0, slash), types[kind]))
        kind++;
    if (kind == TYPES || (kind == STORE_ROOT) != (slash == rest.size))
        return false;
    *out = (struct arn_parts){.kind = (enum store_kind)kind, .account = account, .path = SLICE("/"), .name = SLICE("")};
    if (kind == STORE_ROOT)
        return true;
    struct slice path_and_name = slice_part(rest, slash, rest.size);
    size_t start = name_start(out->kind, path_and_name);
    out->path = slice_part(path_and_name, 0, start);
    out->name = slice_part(path_and_name, start, path_and_name.size);
    return out->name.size > 0;
}
