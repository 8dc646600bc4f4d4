// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whether a listing is gone through page by page for the person, who may have said otherwise in three ways:
 * --no-paginate, the options of the service's own paging, and the members of a document.
 * Source: awscli's paginate customization, as observed.
 */
#ifndef JETON_CLIENT_COMMAND_PAGING_CHOICE_H
#define JETON_CLIENT_COMMAND_PAGING_CHOICE_H

#include "client/cli/operation_options.h"

#include <jansson.h>
#include <stdbool.h>

/**
 * What the options alone say.
 * @param paged false for what is no listing, too.
 * @param error ERROR_PARAMETER: paging options where nothing is paged.
 */
bool paging_choose_by_options(const struct operation_options *options, bool no_paginate, bool *paged,
                              struct error *error);

/**
 * What the whole input says, a document's members among it, of a listing that the options left to be paged.
 * Where paging options are left over they are in the way of the input's check; the AWS CLI's word for them is put
 * into VALUES, as a member that the operation does not have.
 */
void paging_choose_by_input(const struct operation_options *options, json_t *values, bool *paged);

#endif
