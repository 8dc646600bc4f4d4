// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the search in files and that in variables have in common. */
#ifndef JETON_CLIENT_DOCTOR_SHADOW_H
#define JETON_CLIENT_DOCTOR_SHADOW_H

#include "client/doctor/doctor.h"

/** With a URL to look at, whether it is of that host; without one, whether it is of any repository of ours. */
bool shadow_is_ours(const struct doctor *doctor, struct slice url);

/** A credential that goes before jeton. */
struct shadow {
    const char *subject; /**< Whose line of the report it is. */
    const char *what;    /**< "FILE, line N: KEY", "it". */
    const char *mend;
    struct slice secret; /**< As it was found; empty: not read. */
    bool certain;        /**< It is known to be for a repository of ours. */
};

/**
 * Reports it. A token of CodeArtifact says itself when it ends: one that lives is something to know, one that has ended
 * is wrong, for whatever it is. What does not say it is wrong when it is certainly for ours.
 */
void shadow_tell(struct doctor *doctor, const struct shadow *shadow);

/** Looks through files, and variables. */
void shadow_check_files(struct doctor *doctor);
void shadow_check_variables(struct doctor *doctor);

#endif
