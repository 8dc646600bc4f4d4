// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/secret_file.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_LIMIT ((size_t)1 << 20)
#define OTHERS (S_IRWXG | S_IRWXO)

/** Whether a folder on the way to PATH lets nobody through but its owner. PATH is absolute; it is taken apart. */
static bool is_shut_off(char *path)
{
    for (char *slash = strrchr(path, '/'); slash != NULL && slash != path; slash = strrchr(path, '/')) {
        struct stat status;
        *slash = '\0';
        if (stat(path, &status) == 0 && (status.st_mode & (S_IXGRP | S_IXOTH)) == 0)
            return true;
    }
    return false;
}

/** Who can read a session's secret can act as its owner. */
static bool check_private(const char *path, const char *what, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0 || (status.st_mode & OTHERS) == 0)
        return true;
    MEMORY_AUTO char *resolved = realpath(path, NULL);
    if (resolved != NULL && is_shut_off(resolved))
        return true;
    return error_set(error, ERROR_INTERNAL, NULL,
                     "The %s in %s can be read or written by others (mode %03o), so it may be known to them; remove "
                     "the file, or run chmod 600 on it when nobody has looked",
                     what, path, (unsigned)status.st_mode & 0777U);
}

bool secret_file_read(const char *path, const char *what, json_t **out, struct error *error)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    *out = NULL;
    enum file_result result = file_read(path, FILE_LIMIT, &text, &reason);
    if (result == FILE_ABSENT)
        return true;
    if (result == FILE_FAILED)
        return error_set(error, ERROR_INTERNAL, NULL, "The %s: %s", what, reason.message);
    if (!check_private(path, what, error))
        return false;
    JSON_AUTO *document = json_parse(buffer_slice(&text), &reason);
    if (!json_is_object(document))
        return error_set(error, ERROR_INTERNAL, NULL, "The %s in %s is no JSON object%s%s; remove that file", what,
                         path, document == NULL ? ": " : "", document == NULL ? reason.message : "");
    *out = json_incref(document);
    return true;
}

bool secret_file_write_cache(const char *path, const json_t *document, struct error *error)
{
    BUFFER_AUTO text = {0};
    json_write_python(&text, document);
    return file_make_folders(path, error) && file_write_cache(path, buffer_slice(&text), error);
}

bool secret_file_write(const char *path, const json_t *document, struct error *error)
{
    BUFFER_AUTO text = {0};
    json_write_python(&text, document);
    return file_make_folders(path, error) && file_write(path, buffer_slice(&text), error);
}
