// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/cache/token_folder.h"
#include "base/memory.h"
#include "base/timestamp.h"
#include "client/expand.h"

#include <time.h>
#include <unistd.h>

#define FOLDER "/jeton/tokens"
#define TOKEN_END ".json"
#define LOCK_END ".lock"
/** Far more than a token takes. */
#define FILE_LIMIT ((size_t)1 << 16)
/** How long one waits for another that renews the token. */
#define PATIENCE (INT64_C(60) * TIMESTAMP_SECOND)
/** When a file that a crash left half-written, or a lock that nobody takes, is removed. */
#define ABANDONED (INT64_C(3600) * TIMESTAMP_SECOND)
#define NAME_SIZE ((size_t)DIGEST_HEX_SIZE - 1)

/** The name of a file: NAME and END. */
struct file_name {
    char text[DIGEST_HEX_SIZE + sizeof TOKEN_END];
};

static struct file_name file_name(const struct token_name *name, const char *end)
{
    struct file_name file;
    memcpy(file.text, name->text, NAME_SIZE);
    memcpy(file.text + NAME_SIZE, end, strlen(end) + 1);
    return file;
}

bool token_folder_locate(environment_function *environment, struct buffer *out)
{
    const char *base = environment("XDG_CACHE_HOME");
    // The XDG specification has relative paths ignored.
    if (base != NULL && *base == '/')
        buffer_append_text(out, base);
    else if (!expand_home(out, SLICE("~/.cache"), environment))
        return false;
    buffer_append_text(out, FOLDER);
    return true;
}

enum file_result token_folder_read(const struct private_folder *folder, const struct token_name *name,
                                   struct cached_token *out, struct error *error)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO reason = {0};
    const struct file_name file = file_name(name, TOKEN_END);
    enum file_result result = private_folder_read(folder, file.text, FILE_LIMIT, &text, error);
    if (result != FILE_READ)
        return result;
    if (cached_token_read(buffer_slice(&text), out, &reason))
        return FILE_READ;
    cached_token_free(out);
    (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s/%s is no cached token: %s", folder->path, file.text,
                    reason.message);
    return FILE_FAILED;
}

// ------------------------------------------------------------------ cleaning up

bool token_folder_is_token(const char *file, struct token_name *out)
{
    struct slice name = slice_of(file);
    if (name.size != NAME_SIZE + sizeof TOKEN_END - 1 || !slice_ends_with(name, SLICE(TOKEN_END)))
        return false;
    memcpy(out->text, file, NAME_SIZE);
    out->text[NAME_SIZE] = '\0';
    return true;
}

struct sweep {
    const struct private_folder *folder;
    struct cached_clocks now;
    const char *machine;
};

/** Whether the token is of no more use; one that cannot be read is left for whoever looks for it, and is told. */
static bool has_ended(const struct sweep *sweep, const struct token_name *name)
{
    CACHED_TOKEN_AUTO token = {0};
    ERROR_AUTO ignored = {0};
    return token_folder_read(sweep->folder, name, &token, &ignored) == FILE_READ &&
           cached_token_state(&token, &sweep->now, sweep->machine) == CACHED_ENDED;
}

/** A lock is removed by who has it. */
static bool is_free_lock(const struct sweep *sweep, const char *file, int *lock)
{
    bool waited;
    ERROR_AUTO ignored = {0};
    return slice_ends_with(slice_of(file), SLICE(LOCK_END)) &&
           private_folder_lock(sweep->folder, file, 0, lock, &waited, &ignored) && *lock >= 0;
}

static void sweep_file(void *context, const char *file)
{
    const struct sweep *sweep = context;
    struct token_name name;
    ERROR_AUTO ignored = {0};
    DESCRIPTOR_AUTO lock = -1;
    bool is_token = token_folder_is_token(file, &name);
    bool is_lock = slice_ends_with(slice_of(file), SLICE(LOCK_END));
    bool abandoned = sweep->now.wall - private_folder_changed(sweep->folder, file) > ABANDONED;
    if (is_token ? has_ended(sweep, &name) : abandoned && (!is_lock || is_free_lock(sweep, file, &lock)))
        (void)private_folder_remove(sweep->folder, file, &ignored);
}

bool token_folder_write(const struct private_folder *folder, const struct token_name *name,
                        const struct cached_token *token, struct error *error)
{
    BUFFER_AUTO text = {0};
    ERROR_AUTO ignored = {0};
    char machine[65];
    struct sweep sweep = {folder, token_folder_clocks(), token_folder_machine(machine)};
    const struct file_name file = file_name(name, TOKEN_END);
    cached_token_write(token, &text);
    (void)private_folder_walk(folder, sweep_file, &sweep, &ignored);
    return private_folder_write(folder, file.text, buffer_slice(&text), error);
}

bool token_folder_remove(const struct private_folder *folder, const struct token_name *name, struct error *error)
{
    const struct file_name file = file_name(name, TOKEN_END);
    return private_folder_remove(folder, file.text, error);
}

struct clearing {
    const struct private_folder *folder;
    const struct token_filter *filter;
    size_t *count;
    bool good;
    struct error *error;
};

static bool fits(const char *wanted, const char *has)
{
    return wanted == NULL || (has != NULL && strcmp(wanted, has) == 0);
}

bool token_filter_fits(const struct token_filter *filter, const struct cached_token *token)
{
    return fits(filter->domain, token->domain) && fits(filter->domain_owner, token->domain_owner) &&
           fits(filter->profile, token->profile);
}

static bool is_meant(const struct clearing *clearing, const char *file)
{
    const struct token_filter *filter = clearing->filter;
    struct token_name name;
    CACHED_TOKEN_AUTO token = {0};
    ERROR_AUTO ignored = {0};
    if (filter->domain == NULL && filter->domain_owner == NULL && filter->profile == NULL)
        return true;
    return token_folder_is_token(file, &name) &&
           token_folder_read(clearing->folder, &name, &token, &ignored) == FILE_READ &&
           token_filter_fits(filter, &token);
}

static void clear_file(void *context, const char *file)
{
    struct clearing *clearing = context;
    struct token_name name;
    bool is_lock = slice_ends_with(slice_of(file), SLICE(LOCK_END));
    // Who renews a token now is left alone with its lock, which holds nothing.
    if (is_lock || !clearing->good || !is_meant(clearing, file))
        return;
    clearing->good = private_folder_remove(clearing->folder, file, clearing->error);
    *clearing->count += clearing->good && token_folder_is_token(file, &name);
}

bool token_folder_clear(const struct private_folder *folder, const struct token_filter *filter, size_t *count,
                        struct error *error)
{
    struct clearing clearing = {folder, filter, count, true, error};
    *count = 0;
    return private_folder_walk(folder, clear_file, &clearing, error) && clearing.good;
}

bool token_folder_lock(const struct private_folder *folder, const struct token_name *name, int *lock, bool *waited,
                       struct error *error)
{
    const struct file_name file = file_name(name, LOCK_END);
    return private_folder_lock(folder, file.text, PATIENCE, lock, waited, error);
}

bool token_folder_try_lock(const struct private_folder *folder, const struct token_name *name, int *lock,
                           struct error *error)
{
    bool waited;
    const struct file_name file = file_name(name, LOCK_END);
    return private_folder_lock(folder, file.text, 0, lock, &waited, error);
}

// ------------------------------------------------------------------ clocks

struct cached_clocks token_folder_clocks(void)
{
    struct timespec uptime = {0};
    (void)clock_gettime(CLOCK_BOOTTIME, &uptime);
    return (struct cached_clocks){timestamp_now(), (int64_t)uptime.tv_sec * TIMESTAMP_SECOND + uptime.tv_nsec / 1000};
}

const char *token_folder_machine(char out[static 65])
{
    if (gethostname(out, 65) != 0 || out[0] == '\0')
        memcpy(out, "?", 2);
    out[64] = '\0';
    return out;
}
