// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** Why a tool is not let in: each step from the credentials to the registry's answer, and what stands in its way. */
#ifndef JETON_CLIENT_DOCTOR_DOCTOR_H
#define JETON_CLIENT_DOCTOR_DOCTOR_H

#include "base/memory.h"
#include "client/doctor/report.h"
#include "client/repository/target.h"
#include "client/settings.h"
#include "client/variables.h"

/** An examination. */
struct doctor {
    const char *url; /**< What is not let in; NULL: whatever is ours. */
    const struct target_options *options;
    environment_function *environment;
    struct arena *arena;
    struct report report;
    struct target target; /**< Set by doctor_examine(). */
    struct options settings_options;
};

/** Does all of it; the report holds what was found. */
void doctor_examine(struct doctor *doctor);

/** Which credentials are used, and whose they are. @return whether there are any. */
bool doctor_check_caller(struct doctor *doctor, const struct settings *settings);

/** Whether a token can be had, how long it lives, and what the endpoint says to it. */
void doctor_check_token(struct doctor *doctor, const struct settings *settings);

/** Which files and variables hold a credential that a tool takes before it asks jeton. */
void doctor_check_shadows(struct doctor *doctor);

#endif
