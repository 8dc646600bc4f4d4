// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/file.h"
#include "base/memory.h"
#include "service/administration/inspect.h"
#include "service/command/arguments.h"
#include "service/command/command.h"
#include "service/command/data_directory.h"
#include "service/store/upkeep.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** The words of the command line. */
struct choices {
    const char *data;
    const char *file;
    bool overwrite;
};

static bool parse(int argc, char **argv, struct choices *choices, bool *help, struct error *error)
{
    const struct argument_option options[] = {
        ARGUMENT_DATA(&choices->data),
        {.name = "overwrite", .flag = &choices->overwrite, .help = "Replace FILE if it is there."},
    };
    const struct argument_command command = {
        .name = "jetond backup",
        .summary = "Copies the store to FILE, as it is at one moment, while the service goes on. The copy is\n"
                   "checked before it gets its name. A backup is whole with a copy of master.key, which\n"
                   "never changes: keep that elsewhere.",
        .options = options,
        .option_count = sizeof options / sizeof options[0],
        .word = "FILE",
        .word_text = &choices->file,
    };
    return arguments_read(&command, argc, argv, help, error);
}

static bool fail(struct error *error, const char *what, const char *path)
{
    return error_set(error, ERROR_CONFIGURATION, NULL, "cannot %s %s: %s", what, path, strerror(errno));
}

/** Takes the copy and what SQLite may have put beside it away. */
static void discard(const char *path)
{
    static const char *const suffixes[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
        MEMORY_AUTO char *file = memory_format("%s%s", path, suffixes[i]);
        (void)unlink(file);
    }
}

static void keep_damage(void *context, bool note, const char *text)
{
    char **first = context;
    if (!note && *first == NULL)
        *first = memory_copy(text, strlen(text));
}

/** A copy of a damaged store is damaged; who relies on it should learn that now. */
static bool check_copy(const char *path, struct error *error)
{
    MEMORY_AUTO char *damage = NULL;
    if (!inspect_store(path, NULL, keep_damage, &damage, error))
        return false;
    if (damage == NULL)
        return true;
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "no backup was made, because the copy is not sound: %s; see jetond check", damage);
}

/** Gives the copy its name; without leave to overwrite, only one that nothing has. */
static bool publish(const char *copy, const struct choices *choices, struct error *error)
{
    if (choices->overwrite)
        return rename(copy, choices->file) == 0 || fail(error, "rename the backup to", choices->file);
    if (link(copy, choices->file) == 0)
        return true;
    if (errno != EEXIST)
        return fail(error, "write", choices->file);
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "%s is there already; give another name, or --overwrite to replace it", choices->file);
}

static bool flush(const char *file, struct error *error)
{
    MEMORY_AUTO char *copy = memory_copy(file, strlen(file));
    return file_sync_directory(dirname(copy), error);
}

static bool copy_store(const struct choices *choices, const char *from, const char *copy, struct error *error)
{
    // A backup may be made because a newer jetond is about to change the schema.
    size_t behind = 0;
    struct store *store = store_open_unchanged(from, &behind, error);
    bool done = store != NULL && store_copy(store, copy, error);
    store_close(store);
    return done && check_copy(copy, error) && publish(copy, choices, error) && flush(choices->file, error);
}

/** A copy in the place of the store would take from a running service what it writes; in that of the key, all. */
static bool check_own(const struct data_directory *directory, const char *file, struct error *error)
{
    const char *const own[] = {directory->store, directory->master_key, directory->tokens, directory->credentials,
                               directory->config};
    struct stat target;
    struct stat status;
    if (stat(file, &target) != 0)
        return true;
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (stat(own[i], &status) == 0 && status.st_dev == target.st_dev && status.st_ino == target.st_ino)
            return error_set(error, ERROR_USAGE, NULL,
                             "%s is the service's own file, which a backup would destroy; give another name", file);
    return true;
}

bool command_backup(int argc, char **argv, struct error *error)
{
    struct choices choices = {0};
    bool help = false;
    if (!parse(argc, argv, &choices, &help, error) || help)
        return help;
    DATA_DIRECTORY_AUTO directory = {0};
    data_directory_set(&directory, choices.data);
    if (!check_own(&directory, choices.file, error))
        return false;
    if (!choices.overwrite && access(choices.file, F_OK) == 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s is there already; give another name, or --overwrite to replace it", choices.file);
    MEMORY_AUTO char *copy = memory_format("%s.XXXXXX", choices.file);
    int descriptor = mkostemp(copy, O_CLOEXEC);
    if (descriptor < 0)
        return fail(error, "write a file beside", choices.file);
    (void)close(descriptor);
    bool done = copy_store(&choices, directory.store, copy, error);
    discard(copy);
    if (done)
        (void)printf("The store is in %s. Its secrets open only with %s: keep a copy of that too, elsewhere.\n"
                     "To restore, stop the service, put both into its data directory as store.sqlite and master.key "
                     "(mode 0600),\nand take store.sqlite-wal and store.sqlite-shm away.\n",
                     choices.file, directory.master_key);
    return done;
}
