// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the package managers that read .npmrc have in common: npm, yarn 1, pnpm, bun. */
#ifndef JETON_CLIENT_PACKAGERS_NPM_H
#define JETON_CLIENT_PACKAGERS_NPM_H

#include "client/packagers/packager.h"

/** "@scope"; NULL when no namespace was given. */
const char *npm_scope(const struct login *login);
/** @param error in the AWS CLI's words. */
bool npm_check(const struct login *login, struct error *error);
/** The user's .npmrc. */
const char *npm_file(const struct login *login, struct error *error);
struct edit_place npm_place(const char *key);
/** "//host/path/:NAME" */
const char *npm_key(const struct login *login, const char *name);
/** "registry" or "@scope:registry" */
const char *npm_registry_key(const struct login *login);
/** Takes out the keys of this registry that have these names, and says so. */
void npm_drop_stale(struct login *login, const char *file, const char *const *names);
bool npm_set_registry(struct login *login, const char *file, struct error *error);
bool npm_set_token(struct login *login, const char *file, struct error *error);

#endif
