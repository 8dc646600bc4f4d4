// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The protocols in which package managers ask a program for a credential: one file each, and a table of them. Which one
 * is spoken is said by the name of the link by which jeton is called, or by the word behind `credential-helper`.
 *
 * What is the same in all of them: a URL that is not ours is answered as the protocol says "not mine". Standard input
 * is read only where it is the protocol's. Standard output carries the answer alone. What went wrong is one sentence.
 * Facts: ../shared/reference/package-managers.md, sections 3 to 9.
 */
#ifndef JETON_CLIENT_HELPERS_HELPER_H
#define JETON_CLIENT_HELPERS_HELPER_H

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "client/cli/arguments.h"
#include "client/repository/target.h"
#include "client/variables.h"

#include <stdbool.h>

/** A request to a helper. */
struct helper_call {
    struct words words;            /**< What the package manager and its configuration say, without our options. */
    struct target_options options; /**< Our options, which stood among the words. */
    bool bearer;                   /**< --bearer: the answer is a header's value, with its scheme. */
    bool silent;                   /**< The person must not be asked for anything: the package manager says so. */
    const char *name;              /**< What stands behind the protocol in the link's name; NULL: nothing. */
    environment_function *environment;
    struct arena *arena;
    int input; /**< Descriptors, for the protocols that hold a conversation or read a request. */
    int output;
    int exit_code; /**< Out: what the protocol wants beside an answer that is none. */
};

/** One protocol. */
struct helper {
    const char *protocol; /**< The word behind `credential-helper`. */
    const char *link;     /**< The name of the link; NULL: there is none. */
    bool named;           /**< The link may go on with `-NAME`. */
    /**
     * Answers.
     * @param out   the answer, for standard output; also on failure, where the protocol tells failures there.
     * @param error why there is none, for standard error.
     */
    bool (*run)(struct helper_call *call, struct buffer *out, struct error *error);
};

/** All of them; the last has no protocol. */
extern const struct helper helpers[];

/** The names of the protocols, NULL-terminated. */
extern const char *const helper_protocols[];

/** The helper of that word, or NULL. */
const struct helper *helper_find(struct slice protocol);

/**
 * The helper whose link has that name.
 * @param name gets what stands behind it; NULL: nothing.
 */
const struct helper *helper_find_link(const char *link, const char **name);

/** The rows of the table: each answers as struct helper says. */
bool helper_keyring(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_token(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_cargo_token(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_pnpm(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_git(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_docker(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_bazel(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_cargo(struct helper_call *call, struct buffer *out, struct error *error);
bool helper_nuget(struct helper_call *call, struct buffer *out, struct error *error);

#endif
