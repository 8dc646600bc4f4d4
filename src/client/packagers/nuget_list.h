// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The sources that nuget and dotnet list. Only under the AWS CLI's name, which runs them for it. */
#ifndef JETON_CLIENT_PACKAGERS_NUGET_LIST_H
#define JETON_CLIENT_PACKAGERS_NUGET_LIST_H

#include "client/packagers/packager.h"

/**
 * Runs the tool, and finds the source of this URL or of the default name among what it lists: sets login->updates and
 * login->source_name.
 * @param error ERROR_INTERNAL in the AWS CLI's words: it was not found, or it failed.
 */
bool nuget_list_read(struct login *login, const char *url, struct error *error);

#endif
