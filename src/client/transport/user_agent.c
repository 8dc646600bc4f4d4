// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/user_agent.h"
#include "base/text.h"

#include <string.h>
#include <sys/utsname.h>

/** botocore/useragent.py. */
static bool may_stand(char c)
{
    return text_is_alpha(c) || text_is_digit(c) || (c != '\0' && strchr("!$%&'*+-.^_`|~,", c) != NULL);
}

static void write_part(struct buffer *out, const char *label, const char *value)
{
    if (value == NULL)
        return;
    buffer_append_text(out, label);
    for (; *value != '\0'; value++)
        buffer_append_char(out, may_stand(*value) ? *value : '-');
    buffer_append_char(out, ' ');
}

void user_agent_write(struct buffer *out, const struct settings *settings, const struct api_operation *operation)
{
    struct utsname system;
    buffer_append_text(out, "jeton/" JETON_VERSION " os/linux ");
    write_part(out, "md/arch#", uname(&system) == 0 ? system.machine : NULL);
    write_part(out, "exec-env/", settings->execution_environment);
    write_part(out, "app/", settings->application_id);
    buffer_append_format(out, "md/command#%s.%s", operation->service->cli_name, operation->cli_name);
}
