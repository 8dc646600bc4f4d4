// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/profile_files.h"
#include "base/file.h"
#include "client/expand.h"

#include <sys/stat.h>
#include <unistd.h>

/** A file larger than this is taken for a mistake. */
#define FILE_LIMIT ((size_t)16 << 20)

static const struct {
    const char *variable;
    const char *otherwise;
} places[] = {
    [PROFILE_CONFIG] = {"AWS_CONFIG_FILE", "~/.aws/config"},
    [PROFILE_CREDENTIALS] = {"AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"},
};

bool profile_files_locate(enum profile_file file, environment_function *environment, struct buffer *out)
{
    const char *given = environment(places[file].variable);
    BUFFER_AUTO path = {0};
    expand_variables(&path, slice_of(given != NULL ? given : places[file].otherwise), environment);
    return expand_home(out, buffer_slice(&path), environment);
}

bool profile_files_load(const char *path, struct buffer *text, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || access(path, R_OK) != 0)
        return true;
    ERROR_AUTO reason = {0};
    if (file_read(path, FILE_LIMIT, text, &reason) != FILE_FAILED)
        return true;
    return error_set(error, ERROR_INTERNAL, NULL, "Unable to parse config file: %s: %s", path, reason.message);
}

bool profile_files_read(struct profile_set *set, enum profile_file file, environment_function *environment,
                        struct error *error)
{
    BUFFER_AUTO path = {0};
    BUFFER_AUTO text = {0};
    if (!profile_files_locate(file, environment, &path))
        return true;
    return profile_files_load(buffer_text(&path), &text, error) &&
           profile_take(set, file, buffer_text(&path), &text, error);
}
