// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "ground.h"
#include "../../support/temporary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct ground *ground_new(const char *account, const char *region)
{
    struct ground *ground = memory_new(1, sizeof *ground);
    ground->directory = temporary_make();
    ground->path = temporary_path(ground->directory, "store.sqlite");
    ground->arena = arena_new();
    const struct store_settings settings = {.account = account, .region = region};
    assert_true(store_create(ground->path, &settings, &ground->error));
    ground->store = store_open(ground->path, &ground->error);
    assert_non_null(ground->store);
    return ground;
}

void ground_free(struct ground *ground)
{
    store_close(ground->store);
    arena_free(ground->arena);
    error_free(&ground->error);
    temporary_remove(ground->directory);
    free(ground->directory);
    free(ground->path);
    free(ground);
}
