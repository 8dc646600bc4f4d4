// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/credentials/token_file.h"
#include "base/file.h"
#include "client/python.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/** STS takes 20,000 characters. */
#define LIMIT ((size_t)1 << 20)

bool token_file_read(const char *path, struct buffer *out, struct error *error)
{
    struct stat status;
    ERROR_AUTO reason = {0};
    if (stat(path, &status) != 0 || access(path, R_OK) != 0)
        return python_fail_system(errno, path, error);
    if (S_ISDIR(status.st_mode))
        return python_fail_system(EISDIR, path, error);
    return file_read(path, LIMIT, out, &reason) == FILE_READ ||
           error_set(error, ERROR_INTERNAL, NULL, "%s", reason.message);
}
