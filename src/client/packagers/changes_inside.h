// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Inside of changes.h: what its files know of each other. */
#ifndef JETON_CLIENT_PACKAGERS_CHANGES_INSIDE_H
#define JETON_CLIENT_PACKAGERS_CHANGES_INSIDE_H

#include "base/file_batch.h"
#include "client/packagers/change_record.h"
#include "client/packagers/changes.h"

/** A file on its way. */
struct changes_file {
    char *path;   // as it was asked for
    char *target; // where it is: links are followed, since a rename would replace the link
    struct buffer text;
    struct buffer old;
    bool exists;
    bool undone; // something was taken out again
    bool set;    // something was to be put in, if only what is there already
    bool program;
    struct changes_file *next;
};

struct changes {
    struct changes_file *files;
    json_t *record;
    struct buffer notes;
    struct change_secret secret;
    bool blank;               // no file is read
    struct file_batch *batch; // NULL until all is worked out
};

/** The file, read when this is the first time. NULL on failure. */
struct changes_file *changes_open(struct changes *changes, const char *path, struct error *error);

/** Makes the message say of which file it is. @return false. */
bool changes_name_file(const char *file, struct error *error);

#endif
