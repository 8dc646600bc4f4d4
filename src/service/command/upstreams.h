// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The options of `jetond serve` about the servers that it passes requests on to. */
#ifndef JETON_SERVICE_COMMAND_UPSTREAMS_H
#define JETON_SERVICE_COMMAND_UPSTREAMS_H

#include "base/error.h"
#include "service/caller/site.h"
#include "service/command/arguments.h"
#include "service/upstream/carrier.h"
#include "service/upstream/table.h"

#include <stdbool.h>

/** The words of the command line. */
struct upstream_choices {
    struct argument_list words;
    const char *credentials;
    const char *trusted;
    const char *patience;
};

/** Their rows in the table of options. */
#define ARGUMENTS_UPSTREAM(choices)                                                                                    \
    {.name = "upstream",                                                                                               \
     .value = "NAME=URL",                                                                                              \
     .list = &(choices)->words,                                                                                        \
     .help = "Pass allowed requests for a repository on to this server;\nNAME is FORMAT/REPOSITORY or "                \
             "FORMAT/DOMAIN/REPOSITORY.\nMay be given several times."},                                                \
        {.name = "upstream-credentials",                                                                               \
         .value = "FILE",                                                                                              \
         .text = &(choices)->credentials,                                                                              \
         .help = "What these servers want to see of us: a line each,\n\"NAME basic USER:PASSWORD\", \"NAME bearer "    \
                 "TOKEN\"\nor \"NAME apikey KEY\"."},                                                                  \
        {.name = "upstream-ca",                                                                                        \
         .value = "FILE",                                                                                              \
         .text = &(choices)->trusted,                                                                                  \
         .help = "Certificates (PEM) that these servers are held against,\nin place of the system's."},                \
    {                                                                                                                  \
        .name = "upstream-timeout", .value = "SECONDS", .text = &(choices)->patience,                                  \
        .help = "How long they may take to go on (default: 60)."                                                       \
    }

/** The same, understood. All zero before; upstream_plan_free() ends it. */
struct upstream_plan {
    struct upstream_table *table; /**< NULL: the service is in front of nothing. */
    struct carrier_options options;
    struct buffer trusted;
};

/**
 * Understands them. A name without a domain means the only domain of the site's account.
 * @param error ERROR_USAGE, ERROR_CONFIGURATION
 */
bool upstream_plan_make(const struct upstream_choices *choices, const struct site *site, struct upstream_plan *plan,
                        struct error *error);
void upstream_plan_free(struct upstream_plan *plan);

#endif
