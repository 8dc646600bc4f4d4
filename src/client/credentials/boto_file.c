// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** The configuration file of boto, the AWS CLI's forerunner: [Credentials]. botocore/credentials.py, BotoProvider. */
#include "base/file.h"
#include "client/credentials/providers.h"
#include "client/expand.h"
#include "client/profile/ini.h"

#include <sys/stat.h>

#define FILE_LIMIT ((size_t)1 << 20)

/** What the file says of a key: in the section, or in [DEFAULT], which feeds it. */
static const char *find_key(const struct ini *ini, const struct ini_section *section, const char *key)
{
    const struct ini_entry *entry = ini_find(section->entries, key);
    if (entry == NULL)
        entry = ini_find(ini->defaults, key);
    return entry == NULL ? NULL : entry->value;
}

static enum credentials_result read_keys(const struct credentials_provider *provider, const struct ini *ini,
                                         struct credentials *out, struct error *error)
{
    const struct ini_section *section = ini->sections;
    while (section != NULL && !slice_is(slice_of(section->name), "Credentials"))
        section = section->next;
    const char *key = section == NULL ? NULL : find_key(ini, section, "aws_access_key_id");
    if (key == NULL)
        return CREDENTIALS_NONE;
    const char *secret = find_key(ini, section, "aws_secret_access_key");
    if (secret == NULL) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "Partial credentials found in %s, missing: aws_secret_access_key",
                        provider->name);
        return CREDENTIALS_FAILED;
    }
    credentials_set(out, key, secret, NULL);
    return CREDENTIALS_FOUND;
}

/** A file that is missing, no plain file or not readable is passed over, as with the profiles. */
static enum credentials_result look_into(const struct credentials_provider *provider, const char *path,
                                         struct credentials *out, struct error *error)
{
    struct stat status;
    BUFFER_AUTO text = {0};
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode) || file_read(path, FILE_LIMIT, &text, NULL) != FILE_READ)
        return CREDENTIALS_NONE;
    ARENA_AUTO *arena = arena_new();
    struct ini ini = {0};
    struct ini_fault fault = {0};
    if (!ini_parse(&text, INI_NESTS, arena, &ini, &fault)) {
        (void)error_set(error, ERROR_INTERNAL, NULL, "Unable to parse config file: %s, line %zu: %s", path, fault.line,
                        fault.what);
        return CREDENTIALS_FAILED;
    }
    return read_keys(provider, &ini, out, error);
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    environment_function *environment = search->settings->environment;
    const char *given[] = {environment("BOTO_CONFIG"), NULL};
    const char *usual[] = {"/etc/boto.cfg", "~/.boto", NULL};
    enum credentials_result result = CREDENTIALS_NONE;
    for (const char *const *at = given[0] != NULL ? given : usual; result == CREDENTIALS_NONE && *at != NULL; at++) {
        BUFFER_AUTO path = {0};
        if (expand_path(&path, slice_of(*at), environment))
            result = look_into(provider, buffer_text(&path), out, error);
    }
    if (result == CREDENTIALS_NONE)
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "no [Credentials] with aws_access_key_id in %s",
                        given[0] != NULL ? given[0] : "/etc/boto.cfg or ~/.boto");
    return result;
}

const struct credentials_provider credentials_boto_file = {
    .name = "boto-config", .lacks = "no boto configuration file has an aws_access_key_id", .find = find};
