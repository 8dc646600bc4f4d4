// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the files of the inspection share. */
#ifndef JETON_SERVICE_ADMINISTRATION_INSPECT_PARTS_H
#define JETON_SERVICE_ADMINISTRATION_INSPECT_PARTS_H

#include "service/administration/inspect.h"
#include "service/administration/record.h"

/** An inspection on its way. */
struct inspection {
    struct record_source source;
    inspect_report *report;
    void *context;
};

/** Reports one finding. */
void inspect_find(const struct inspection *inspection, bool note, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** Looks through the policies, and for users and roles who can do nothing. */
bool inspect_policies(const struct inspection *inspection, struct error *error);

#endif
