// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Whether git keeps a file: then a secret in it may be pushed with the next commit. git itself is not run. */
#ifndef JETON_CLIENT_PACKAGERS_WORK_TREE_H
#define JETON_CLIENT_PACKAGERS_WORK_TREE_H

/**
 * The folder of the work tree that keeps the file, or NULL; free() it.
 * @param path   as it was asked for. When it is a link into another folder, being in the work tree is enough: such
 *               folders are kept for being shared. Else the file has to be in git's index.
 * @param target what the links lead to.
 */
char *work_tree_find(const char *path, const char *target);

#endif
