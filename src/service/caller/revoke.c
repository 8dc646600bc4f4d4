// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/caller/revoke.h"

#include "base/text.h"
#include "base/timestamp.h"
#include "service/caller/revocations.h"
#include "service/store/arn.h"
#include "service/store/iam.h"

/** Base64url of 16 bytes. */
#define TOKEN_ID_SIZE ((size_t)22)
/** What a unique id may have, and a session's name (RoleSessionName of AssumeRole). */
#define ID_SIZE_MIN ((size_t)12)
#define ID_SIZE_MAX ((size_t)128)
#define SESSION_SIZE_MAX_NAME ((size_t)64)

bool revoke_is_token_id(struct slice text)
{
    BUFFER_AUTO bytes = {0};
    return text.size == TOKEN_ID_SIZE && text_base64url_decode(text, &bytes);
}

// ------------------------------------------------------------------ whose tokens

static bool refuse(struct error *error, struct slice text, const char *reason)
{
    return error_set(error, ERROR_PARAMETER, "ValidationError", "\"%.*s\" is %s", SLICE_ARGS(text), reason);
}

static bool is_session_name(struct slice text)
{
    for (size_t i = 0; i < text.size; i++)
        if (!text_is_alpha(text.data[i]) && !text_is_digit(text.data[i]) &&
            slice_find(SLICE("_+=,.@-"), text.data[i], 0) == SLICE("_+=,.@-").size)
            return false;
    return text.size >= 2 && text.size <= SESSION_SIZE_MAX_NAME;
}

/** "AIDA...", "AROA...", "AROA...:SESSION", an account's number. */
static bool is_unique_id(struct slice text)
{
    size_t colon = slice_find(text, ':', 0);
    for (size_t i = 0; i < colon; i++)
        if (!text_is_digit(text.data[i]) && (text.data[i] < 'A' || text.data[i] > 'Z'))
            return false;
    return colon >= ID_SIZE_MIN && colon <= ID_SIZE_MAX &&
           (colon == text.size || is_session_name(slice_part(text, colon + 1, text.size)));
}

static bool find_named(struct store *store, const struct arn_parts *parts, struct slice arn, struct arena *arena,
                       const char **id, struct error *error)
{
    struct store_entity entity;
    enum store_result result =
        store_find_entity(store, parts->kind, parts->account, parts->name, arena, &entity, error);
    // A session's ARN does not have its role's path.
    if (result == STORE_OK && parts->path.size > 0 && !slice_is(parts->path, entity.path))
        result = STORE_ABSENT;
    if (result == STORE_OK)
        *id = entity.id;
    return result == STORE_OK ||
           (result == STORE_ABSENT &&
            error_set(error, ERROR_PARAMETER, "ResourceNotFoundException",
                      "There is no %.*s; of one that was deleted give the unique id", SLICE_ARGS(arn)));
}

/** ROLE/SESSION */
static bool find_session(struct store *store, const char *account, struct slice text, struct slice arn,
                         struct arena *arena, const char **out, struct error *error)
{
    size_t slash = slice_find(text, '/', 0);
    const struct slice name = slice_part(text, slash + 1, text.size);
    const struct arn_parts role = {
        .kind = STORE_ROLE, .account = slice_of(account), .name = slice_part(text, 0, slash)};
    const char *id = NULL;
    if (!is_session_name(name))
        return refuse(error, arn, "the ARN of no session of a role");
    if (!find_named(store, &role, arn, arena, &id, error))
        return false;
    *out = arena_format(arena, "%s:%.*s", id, SLICE_ARGS(name));
    return true;
}

bool revoke_find_subject(struct store *store, const char *account, struct slice text, struct arena *arena,
                         const char **out, struct error *error)
{
    struct arn_parts parts;
    const struct slice sessions = slice_of(arena_format(arena, "arn:aws:sts::%s:assumed-role/", account));
    if (slice_starts_with(text, sessions))
        return find_session(store, account, slice_part(text, sessions.size, text.size), text, arena, out, error);
    if (is_unique_id(text)) {
        *out = arena_copy(arena, text.data, text.size);
        return true;
    }
    if (!arn_read(text, &parts) || parts.kind > STORE_ROLE || !slice_is(parts.account, account))
        return refuse(error, text,
                      "no principal of this account: give the ARN of a user, of a role or of a role's session, or a "
                      "unique id such as AIDAEXAMPLEEXAMPLE");
    if (parts.kind == STORE_ROOT) {
        *out = arena_copy(arena, parts.account.data, parts.account.size);
        return true;
    }
    return find_named(store, &parts, text, arena, out, error);
}

// ------------------------------------------------------------------ the revocation

/** What was issued in the present second is revoked with the rest: tokens are dated in seconds. */
static int64_t next_second(int64_t now)
{
    return (now / TIMESTAMP_SECOND + 1) * TIMESTAMP_SECOND;
}

static bool find_cutoff(const struct revoke_request *request, int64_t *out, struct error *error)
{
    const int64_t life = REVOCATIONS_LIFE * TIMESTAMP_SECOND;
    *out = request->has_before ? request->before : next_second(request->now);
    if (*out > next_second(request->now))
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "The moment must not be in the future: tokens are revoked that have been issued before it");
    if (*out <= request->now - life)
        return error_set(
            error, ERROR_PARAMETER, "ValidationError",
            "Nothing that was issued before that moment is alive any more: no token lives longer than %lld "
            "hours",
            (long long)(REVOCATIONS_LIFE / 3600));
    return true;
}

static bool find_what(struct store *store, const char *account, const struct revoke_request *request,
                      struct arena *arena, struct store_revocation *out, struct error *error)
{
    if ((request->token.size > 0) + (request->principal.size > 0) + request->all != 1)
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "Say what to revoke: the id of one token, a principal, or all");
    out->subject = "";
    if (request->all) {
        out->kind = STORE_REVOKED_ALL;
        return true;
    }
    if (request->principal.size > 0) {
        out->kind = STORE_REVOKED_PRINCIPAL;
        return revoke_find_subject(store, account, request->principal, arena, &out->subject, error);
    }
    out->kind = STORE_REVOKED_TOKEN;
    out->subject = arena_copy(arena, request->token.data, request->token.size);
    if (request->has_before)
        return error_set(error, ERROR_PARAMETER, "ValidationError",
                         "One token is revoked whenever it was issued: leave the moment out");
    return revoke_is_token_id(request->token) ||
           refuse(error, slice_part(request->token, 0, TOKEN_ID_SIZE),
                  "no token's id: give its 22 characters, never the token itself");
}

bool revoke_tokens(struct store *store, const char *account, const struct revoke_request *request, struct arena *arena,
                   struct store_revocation *out, struct error *error)
{
    *out = (struct store_revocation){.made = request->now};
    if (!find_what(store, account, request, arena, out, error) || !find_cutoff(request, &out->cutoff, error))
        return false;
    const int64_t from = out->kind == STORE_REVOKED_TOKEN ? request->now : out->cutoff;
    out->ends = from + REVOCATIONS_LIFE * TIMESTAMP_SECOND;
    return store_add_revocation(store, out, error);
}
