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

/** What an error says is a finding, unless the file was only locked. @return true when it was one. */
bool inspect_find_error(const struct inspection *inspection, const struct error *found, struct error *error);

/**
 * Looks through the pages of the source's store.
 * @param remedy what the finding tells to do.
 * @param sound  gets whether the rest can be looked at too.
 */
bool inspect_pages(const struct inspection *inspection, const char *noun, const char *remedy, bool *sound,
                   struct error *error);

/** Looks through the revocations. */
bool inspect_revocations(const struct inspection *inspection, struct error *error);
/** Looks through the policies, and for users and roles who can do nothing. */
bool inspect_policies(const struct inspection *inspection, struct error *error);

#endif
