// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/command/version.h"
#include "base/curl_library.h"

#include <jansson.h>
#include <sys/utsname.h>

/** The AWS CLI that the reference describes, and the Python that it ran on. */
#define AWS_VERSION "aws-cli/2.36.7 Python/3.11.2"
#define AWS_DISTRIBUTION "debian.12"

static void write_as_aws(struct buffer *out, const char *execution)
{
    struct utsname system;
    bool known = uname(&system) == 0;
    buffer_append_format(out, AWS_VERSION " Linux/%s ", known ? system.release : "unknown");
    if (execution != NULL)
        buffer_append_format(out, "exec-env/%s ", execution);
    buffer_append_format(out, "source/%s." AWS_DISTRIBUTION "\n", known ? system.machine : "unknown");
}

static void write_own(struct buffer *out)
{
    const struct curl_library *curl = curl_library_load(NULL);
    buffer_append_format(out, "jeton " JETON_VERSION "\n%s jansson/%s\n",
                         curl == NULL ? "without libcurl" : curl->version(), jansson_version_str());
}

void version_write(struct buffer *out, bool as_aws, const char *execution)
{
    if (as_aws)
        write_as_aws(out, execution);
    else
        write_own(out);
}
