// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Package managers: what each has to be told to use a repository, by the contract of its own files. One file a package
 * manager, and one row of the table.
 * Source of what each reads: ../shared/reference/package-managers.md, section by section.
 */
#ifndef JETON_CLIENT_PACKAGERS_PACKAGER_H
#define JETON_CLIENT_PACKAGERS_PACKAGER_H

#include "base/memory.h"
#include "client/packagers/changes.h"
#include "client/variables.h"

struct packager;

/** What one login is to bring about. The strings live as long as the arena. */
struct login {
    const struct packager *packager;
    const char *endpoint; /**< As the service says it, with a slash at the end. */
    const char *scheme;   /**< "https" */
    const char *netloc;   /**< Host, and port if there is one. */
    const char *host;     /**< Without port. */
    const char *path;     /**< "/npm/repo/" */
    const char *token;    /**< NULL when jeton is asked for it each time (helper). */
    const char *domain;
    const char *repository;
    const char *namespace;   /**< NULL: none was given. */
    bool further;            /**< Not the first of the repositories that were named. */
    bool extra_index;        /**< Beside the default index, not in its place. */
    bool helper;             /**< Write no token, name jeton. */
    bool is_aws;             /**< Called by the AWS CLI's name. */
    bool strays;             /**< Set what the AWS CLI and the tools would leave too: it is looked for (strays.h). */
    bool updates;            /**< Out: a source of NuGet was there already. */
    const char *source_name; /**< NuGet's name for it, when known; out. */
    const char *owner;       /**< Of the domain; NULL: not said. */
    const char *profile;     /**< What --profile said; NULL: nothing. */
    const char *region;      /**< NULL: none. */
    const char *service_url; /**< Where tokens are asked for, if not at AWS; NULL. */
    const char *duration;    /**< Seconds; NULL: not said. */
    environment_function *environment;
    struct arena *arena;
    struct changes *changes;
};

struct packager {
    const char *name;
    const char *format;        /**< Of the repository's endpoint: "npm". */
    const char *said;          /**< Its name in the last sentence; NULL: the same. The AWS CLI says nuget for dotnet. */
    bool is_aws;               /**< The AWS CLI knows it. */
    bool takes_namespace;      /**< --namespace */
    bool takes_extra;          /**< --extra-index */
    bool takes_helper;         /**< --helper */
    bool is_single;            /**< It has room for one repository, or for one of each namespace. */
    const char *const *signs;  /**< Files of a project that uses it, NULL-terminated; a name that begins with `*` is an
                                    ending. NULL: no project says so. */
    const char *const *unless; /**< Files that say that it is another one all the same; or NULL. */
    const char *const *overrides; /**< Variables that go before what is written, NULL-terminated; or NULL. */
    const char *program;          /**< What the AWS CLI would run; NULL: it runs nothing. */
    bool source_list;             /**< It runs that for a dry run too, for a list of sources. */
    /** Checks what the AWS CLI checks before it does anything; NULL: nothing. */
    bool (*check)(const struct login *login, struct error *error);
    /** Works the changes out. @param out what the AWS CLI says before the last sentence. */
    bool (*apply)(struct login *login, struct buffer *out, struct error *error);
    /** Appends what the AWS CLI's dry run says; NULL: the changes are shown. */
    bool (*dry_run)(struct login *login, struct buffer *out, struct error *error);
};

/** All of them, NULL-terminated; the AWS CLI's first, in its order. */
extern const struct packager *const packagers[];

/** Their names and "auto", NULL-terminated. */
extern const char *const packager_names[];

/** The one of that name, or NULL. */
const struct packager *packager_find(const char *name);

/**
 * Whether the project in FOLDER uses it: by the package manager that its package.json or pyproject.toml names
 * (`packageManager`, `[tool.NAME]`), else by its files.
 */
bool packager_is_used(const struct packager *packager, const char *folder);

/** Takes the endpoint apart. @param error it is no URL. */
bool packager_set_endpoint(struct login *login, const char *endpoint, struct error *error);

/** A path below the home folder. @param error there is no home. */
const char *packager_home(const struct login *login, const char *below, struct error *error);

/**
 * The file that one of VARIABLES (NULL-terminated) names by an absolute path, the first that does.
 * @param file  out: NULL when none does.
 * @param error the variable names a device, a pipe or a socket, which is no place for a token.
 */
bool packager_named_file(const struct login *login, const char *const *variables, const char **file,
                         struct error *error);

/** A path below the XDG folder that VARIABLE names, or FALLBACK below the home folder. */
const char *packager_xdg(const struct login *login, const char *variable, const char *fallback, const char *below,
                         struct error *error);

/** Whether a URL, whatever its user, is of the login's repository. */
bool packager_is_repository(const struct login *login, struct slice url);

/** `https://aws:TOKEN@host/path` with MORE behind it; without the password for a helper, or without a user. */
const char *packager_url(const struct login *login, const char *user, const char *more);

/** Notes that a variable of the environment goes before what was written. */
void packager_note_overrides(const struct login *login);

/** The full path of a program that jeton is called by, beside jeton itself; its bare name where it is not there. */
const char *packager_link(const struct login *login, const char *name);

/** Whether a folder of PATH has a program of that name. */
bool packager_is_on_path(const char *program, environment_function *environment);

/**
 * A file that comes with jeton, and runs the command `jeton`: "keyring/jeton_keyring.py". A note says when that command
 * is in no folder of PATH.
 * @param error it is not there.
 */
const char *packager_own_file(const struct login *login, const char *name, struct error *error);

/** For --helper: whose tokens the repository's host gets, in the file hosts, where the host does not say it itself. */
bool packager_set_host(struct login *login, struct error *error);

/** For --helper: Python's keyring library gets its passwords from jeton. */
bool packager_set_keyring(struct login *login, struct error *error);

/** For --helper: says that the command `keyring` has to be jeton's, where it is not. */
void packager_note_keyring(const struct login *login);

/** Takes out an old credential of the repository, and says so; a name of a user is put back by a logout. */
void packager_drop(struct login *login, const char *file, const struct edit_place *place);

/** Whether a URL is of a login: its user is aws. */
bool packager_is_ours(struct slice url);

/** Whether a URL has a password in it. */
bool packager_has_password(struct slice url);

/** What is said of a secret that was taken out. */
#define PACKAGER_NOT_KEPT "; a logout does not put it back, since no secret is kept"

/** One value to set. */
struct packager_value {
    const char *file;
    struct edit_place place;
    const char *value; /**< NULL: nothing to set here. */
};

/** Sets all of them. */
bool packager_set_all(struct login *login, const struct packager_value *values, size_t count, struct error *error);

/**
 * Adds ITEM, a URL of the repository, to a list: in the place of an old one of the repository, or as the last. Further
 * old ones go.
 */
bool packager_set_item(struct login *login, const char *file, const struct edit_place *place, const char *item,
                       struct error *error);

/** Takes the repository's URLs out of a list. @return whether there were any. */
bool packager_drop_items(struct login *login, const char *file, const struct edit_place *place);

/** Ends a file that was made anew as Python's configparser does, which pip and the AWS CLI write by: an empty line. */
bool packager_end_section(struct login *login, const char *file, struct error *error);

/** A name for the repository where a tool wants one of its own: "DOMAIN-REPOSITORY", no dots in it. */
const char *packager_label(const struct login *login);

/**
 * Takes an old line with a token out of .netrc, which would go before the helper; a line of somebody else's for the
 * host stays, and is said.
 */
bool packager_drop_netrc(struct login *login, struct error *error);

extern const struct packager packager_npm;
extern const struct packager packager_pip;
extern const struct packager packager_twine;
extern const struct packager packager_nuget;
extern const struct packager packager_dotnet;
extern const struct packager packager_swift;
extern const struct packager packager_yarn;
extern const struct packager packager_yarn_berry;
extern const struct packager packager_pnpm;
extern const struct packager packager_bun;
extern const struct packager packager_uv;
extern const struct packager packager_poetry;
extern const struct packager packager_pdm;
extern const struct packager packager_maven;
extern const struct packager packager_gradle;
extern const struct packager packager_sbt;
extern const struct packager packager_cargo;
extern const struct packager packager_gem;
extern const struct packager packager_bundler;
extern const struct packager packager_netrc;
extern const struct packager packager_bazel;

#endif
