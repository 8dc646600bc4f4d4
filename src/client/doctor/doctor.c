// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/doctor/doctor.h"
#include "client/credentials/instance.h"

#include <string.h>

#define MEND_FILE "put right what the line says"

/** Whose URL it is, by its form and the file hosts. @return whether there is more to look at. */
static bool check_url(struct doctor *doctor)
{
    ERROR_AUTO error = {0};
    struct hosts hosts;
    if (!target_read_hosts(doctor->environment, doctor->arena, &hosts, &error)) {
        report_bad(&doctor->report, "hosts", MEND_FILE, "%s", error.message);
        return false;
    }
    if (doctor->url == NULL) {
        doctor->target = (struct target){.profile = doctor->options->profile,
                                         .region = doctor->options->region,
                                         .endpoint_url = doctor->options->endpoint_url,
                                         .format = ""};
        return true;
    }
    switch (target_find(doctor->url, doctor->options, doctor->environment, doctor->arena, &doctor->target, &error)) {
    case TARGET_FOUND:
        report_good(&doctor->report, "repository", "%s is of the domain %s%s%s", doctor->target.host,
                    doctor->target.domain, doctor->target.owner != NULL ? " of account " : "",
                    doctor->target.owner != NULL ? doctor->target.owner : "");
        return true;
    case TARGET_FAILED:
        report_bad(&doctor->report, "repository", MEND_FILE, "%s", error.message);
        return false;
    case TARGET_FOREIGN:
        break;
    }
    BUFFER_AUTO path = {0};
    if (!target_write_hosts_path(&path, doctor->environment))
        buffer_append_text(&path, "the file hosts");
    MEMORY_AUTO char *mend =
        memory_format("if it is one of yours, add `[HOST]` and `domain = NAME` for it to %s", buffer_text(&path));
    report_bad(&doctor->report, "repository", mend, "%s is no repository of CodeArtifact, and none that you have named",
               doctor->url);
    return false;
}

/** The settings for such calls; a broken file or profile is told. */
static bool read_settings(struct doctor *doctor, struct settings *settings)
{
    ERROR_AUTO error = {0};
    const struct target *target = &doctor->target;
    const struct options options = {
        .profile = target->profile, .region = target->region, .endpoint_url = target->endpoint_url};
    doctor->settings_options = options;
    if (!settings_begin(&options, doctor->environment, doctor->arena, settings, &error)) {
        report_bad(&doctor->report, "settings", MEND_FILE, "%s", error.message);
        return false;
    }
    if (settings_finish(&options, "CODEARTIFACT", doctor->arena, settings, &error) &&
        instance_find_region(settings, doctor->arena, &error))
        return true;
    report_bad(&doctor->report, "settings", "put it right in ~/.aws/config, or give another --profile", "%s",
               error.message);
    settings_free(settings);
    return false;
}

void doctor_examine(struct doctor *doctor)
{
    struct settings settings;
    bool ours = check_url(doctor);
    if (ours && read_settings(doctor, &settings)) {
        bool credentials = doctor_check_caller(doctor, &settings);
        if (credentials && doctor->url != NULL)
            doctor_check_token(doctor, &settings);
        settings_free(&settings);
    }
    doctor_check_shadows(doctor);
}
