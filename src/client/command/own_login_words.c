// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/json.h"
#include "base/timestamp.h"
#include "client/cli/local_time.h"
#include "client/command/own_login.h"
#include "client/packagers/packager.h"

#include <inttypes.h>

#define MINUTE 60
#define HOUR ((int64_t)60 * MINUTE)
#define DAY (24 * HOUR)
/** What the AWS CLI adds, so that a token of 12 hours does not end in 11 hours and 59 minutes. */
#define ROUNDING 30

/** "11 hours and 59 minutes": the first unit that is not 0, and the next if that is not (section 12 of the reference).
 */
static void write_remaining(struct buffer *out, int64_t seconds)
{
    const struct {
        const char *name;
        int64_t value;
    } units[] = {{"day", seconds / DAY}, {"hour", seconds % DAY / HOUR}, {"minute", seconds % HOUR / MINUTE}};
    size_t count = sizeof units / sizeof *units;
    size_t i = 0;
    while (i < count && units[i].value <= 0)
        i++;
    for (size_t k = i; k < count && k <= i + 1 && units[k].value > 0; k++)
        buffer_append_format(out, "%s%" PRId64 " %s%s", k > i ? " and " : "", units[k].value, units[k].name,
                             units[k].value == 1 ? "" : "s");
}

/** "Login expires in 12 hours at 2026-11-24 22:00:00+00:00" */
static bool say_end(struct buffer *out, int64_t expiration, struct error *error)
{
    BUFFER_AUTO moment = {0};
    JSON_AUTO *seconds = json_real((double)expiration / (double)TIMESTAMP_SECOND);
    if (!local_time_write(&moment, seconds, error))
        return false;
    for (size_t i = 0; i < moment.size; i++)
        moment.data[i] = moment.data[i] == 'T' ? ' ' : moment.data[i];
    buffer_append_text(out, "Login expires in ");
    write_remaining(out, (expiration - timestamp_now()) / TIMESTAMP_SECOND + ROUNDING);
    buffer_append_format(out, " at %s\n", buffer_text(&moment));
    return true;
}

bool login_words_write(struct buffer *out, const struct login *login, const struct live_token *token,
                       struct error *error)
{
    const struct packager *tool = login->packager;
    buffer_append_format(out, "Successfully configured %s to use AWS CodeArtifact repository %s \n",
                         tool->said != NULL ? tool->said : tool->name, login->endpoint);
    if (login->helper)
        buffer_append_format(out, "%s asks jeton for a token whenever it needs one\n", tool->name);
    return token->expiration == 0 || say_end(out, token->expiration, error);
}
