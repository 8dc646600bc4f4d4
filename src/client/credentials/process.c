// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/memory.h"
#include "base/timestamp.h"
#include "client/credentials/identity.h"
#include "client/credentials/process_output.h"
#include "client/credentials/process_run.h"
#include "client/credentials/providers.h"
#include "client/debug.h"
#include "client/profile/words.h"

static bool split(const struct credentials_search *search, const char *command, struct arena *arena, char ***words,
                  struct error *error)
{
    size_t count = 0;
    switch (words_split(slice_of(command), arena, words, &count)) {
    case WORDS_SPLIT:
        break;
    case WORDS_OPEN_QUOTE:
        return error_set(error, ERROR_INTERNAL, NULL, "No closing quotation");
    case WORDS_OPEN_ESCAPE:
        return error_set(error, ERROR_INTERNAL, NULL, "No escaped character");
    }
    return count > 0 ||
           error_set(error, ERROR_INTERNAL, NULL,
                     "The credential_process of the profile \"%s\" is empty; write the command that prints "
                     "the credentials there, or remove the key",
                     search->profile);
}

static bool retrieve(const struct credentials_search *search, char *const *words, struct credentials *out,
                     struct error *error)
{
    PROCESS_RESULT_AUTO result = {0};
    if (!process_run(words, &result, error))
        return false;
    debug_line(search->settings, "credentials: %s ended with status %d", words[0], result.status);
    if (result.status != 0)
        return process_output_fail(buffer_slice(&result.errors), error);
    return process_output_read(buffer_slice(&result.output), out, error);
}

/** What has ended already is asked for once more, as the AWS CLI does: the command may keep what it printed before. */
static bool retrieve_fresh(const struct credentials_search *search, char *const *words, struct credentials *out,
                           struct error *error)
{
    if (!retrieve(search, words, out, error))
        return false;
    if (credentials_check_expiration(out, NULL))
        return true;
    credentials_free(out);
    return retrieve(search, words, out, error) && credentials_check_expiration(out, error);
}

static enum credentials_result find(const struct credentials_provider *provider,
                                    const struct credentials_search *search, struct credentials *out,
                                    struct error *error)
{
    (void)provider;
    const struct profile_set *profiles = search->settings->profiles;
    const char *command = profile_get(profiles, search->profile, "credential_process");
    if (command == NULL)
        return CREDENTIALS_NONE;
    ARENA_AUTO *arena = arena_new();
    char **words;
    CREDENTIALS_AUTO found = {0};
    if (!split(search, command, arena, &words, error) || !retrieve_fresh(search, words, &found, error))
        return CREDENTIALS_FAILED;
    const char *account = profile_get(profiles, search->profile, "aws_account_id");
    if (found.account_id == NULL && account != NULL)
        found.account_id = memory_copy(account, strlen(account));
    *out = found;
    found = (struct credentials){0};
    return CREDENTIALS_FOUND;
}

/** What the command would print, only running it can tell; the command itself stands for that. */
static enum credentials_result identify(const struct credentials_provider *provider,
                                        const struct credentials_search *search, struct buffer *identity,
                                        struct error *error)
{
    (void)error;
    const char *command = profile_get(search->settings->profiles, search->profile, "credential_process");
    if (command == NULL)
        return CREDENTIALS_NONE;
    identity_write(identity, provider->name, command);
    return CREDENTIALS_FOUND;
}

const struct credentials_provider credentials_process = {
    .name = "custom-process", .lacks = "the profile has no credential_process", .find = find, .identify = identify};
