// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/text.h"
#include "base/timestamp.h"
#include "client/cache/token_text.h"
#include "client/doctor/shadow.h"

#include <string.h>

bool shadow_is_ours(const struct doctor *doctor, struct slice url)
{
    const char *text = arena_copy(doctor->arena, url.size > 0 ? url.data : "", url.size);
    struct endpoint_url read;
    struct endpoint_url wanted;
    struct target target;
    if (doctor->url == NULL)
        return target_find(text, doctor->options, doctor->environment, doctor->arena, &target, NULL) == TARGET_FOUND;
    return endpoint_url_read(url, &read) && endpoint_url_read(slice_of(doctor->url), &wanted) &&
           strcmp(read.host, wanted.host) == 0;
}

/** The token in what a file or a variable holds: as it stands, behind a user or a scheme, within quotes. */
static struct slice find_token(struct slice secret)
{
    static const char *const before[] = {"aws:", "Bearer ", "Basic "};
    secret = slice_trim(secret);
    if (secret.size > 1 && (secret.data[0] == '"' || secret.data[0] == '\''))
        secret = slice_part(secret, 1, secret.size - 2);
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (slice_starts_with(secret, slice_of(before[i])))
            secret = slice_part(secret, strlen(before[i]), secret.size);
    return secret;
}

void shadow_tell(struct doctor *doctor, const struct shadow *shadow)
{
    int64_t issued;
    int64_t ends;
    BUFFER_AUTO end = {0};
    BUFFER_AUTO pair = {0};
    struct slice token = find_token(shadow->secret);
    bool known = token_text_read_life(token, &issued, &ends);
    // npm's _auth and yarn's npmAuthIdent have user and token together.
    if (!known && text_base64_decode(token, &pair))
        known = token_text_read_life(find_token(buffer_slice(&pair)), &issued, &ends);
    if (known)
        timestamp_format_utc(&end, ends, false);
    if (known && ends > timestamp_now())
        report_note(&doctor->report, shadow->subject,
                    "%s holds a token that ends at %s, and is taken before jeton is asked", shadow->what,
                    buffer_text(&end));
    else if (known)
        report_bad(&doctor->report, shadow->subject, shadow->mend,
                   "%s holds a token that has ended at %s, and is taken before jeton is asked", shadow->what,
                   buffer_text(&end));
    else if (shadow->certain)
        report_bad(&doctor->report, shadow->subject, shadow->mend,
                   "%s holds a credential, which is taken before jeton is asked", shadow->what);
    else
        report_note(&doctor->report, shadow->subject,
                    "%s is set, and taken before jeton is asked; unless it is of now: %s", shadow->what, shadow->mend);
}

void doctor_check_shadows(struct doctor *doctor)
{
    size_t before = doctor->report.bad;
    shadow_check_files(doctor);
    shadow_check_variables(doctor);
    if (doctor->report.bad == before)
        report_good(&doctor->report, "files", "no file or variable holds a credential that goes before jeton");
}
