// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** STS's operations on keys: whose one is, and temporary ones for the caller itself. And what all of STS shares. */
#include "api/sts_table.h"

const struct api_shape api_sts_text = {.type = API_STRING};
PLAIN_SHAPE(moment, API_TIMESTAMP);
NUMBER_SHAPE(duration, API_INTEGER, 900, 129600);

/** A string of the model with limits of length, and characters of one class. */
#define SHARED_STRING(low, high, pattern_)                                                                             \
    {                                                                                                                  \
        .type = API_STRING, .has_min = true, .has_max = true, .min = (low), .max = (high), .pattern = (pattern_)       \
    }

const struct api_shape api_sts_arn = SHARED_STRING(20, 2048, NULL);
static const struct api_pattern key_pattern = {"[\\w]*", "A-Za-z0-9_", "A-Za-z0-9_", "A-Za-z0-9_"};
const struct api_shape api_sts_access_key_id = SHARED_STRING(16, 128, &key_pattern);
#define SERIAL "A-Za-z0-9_+=/:,.@-"
static const struct api_pattern serial_pattern = {"[\\w+=/:,.@-]*", SERIAL, SERIAL, SERIAL};
const struct api_shape api_sts_serial_number = SHARED_STRING(9, 256, &serial_pattern);
static const struct api_pattern code_pattern = {"[\\d]*", "0-9", "0-9", "0-9"};
const struct api_shape api_sts_token_code = SHARED_STRING(6, 6, &code_pattern);

static const struct api_member credentials_members[] = {
    BODY_MEMBER("AccessKeyId", api_sts_access_key_id, REQUIRED, "The id of the session's key."),
    BODY_MEMBER("SecretAccessKey", api_sts_text, REQUIRED, "What requests are signed with."),
    BODY_MEMBER("SessionToken", api_sts_text, REQUIRED, "What goes with every request."),
    BODY_MEMBER("Expiration", moment, REQUIRED, "When the session ends."),
};
const struct api_shape api_sts_credentials = {
    .type = API_STRUCTURE, .members = credentials_members, .member_count = COUNT(credentials_members)};

const char *const api_sts_no_members[] = {NULL};
const struct api_error api_sts_region_disabled = {"RegionDisabledException", 403, api_sts_no_members};

// ------------------------------------------------------------------ GetAccessKeyInfo

static const struct api_error *const no_errors[] = {NULL};

static const struct api_member get_access_key_info_request[] = {
    BODY_MEMBER("AccessKeyId", api_sts_access_key_id, REQUIRED, "The id of a key."),
};
STRUCTURE_SHAPE(get_access_key_info_input, get_access_key_info_request);

static const struct api_member get_access_key_info_result[] = {
    BODY_MEMBER("Account", api_sts_text, OPTIONAL, "The account that the key belongs to."),
};
STRUCTURE_SHAPE(get_access_key_info_output, get_access_key_info_result);

const struct api_operation api_sts_get_access_key_info = {
    .service = &api_sts,
    .name = "GetAccessKeyInfo",
    .cli_name = "get-access-key-info",
    .method = "POST",
    .path = "/",
    .input = &get_access_key_info_input,
    .output = &get_access_key_info_output,
    .errors = no_errors,
    .text = "Says to which account an access key belongs.",
};

// ------------------------------------------------------------------ GetSessionToken

static const struct api_error *const get_session_token_errors[] = {&api_sts_region_disabled, NULL};

static const struct api_member get_session_token_request[] = {
    BODY_MEMBER("DurationSeconds", duration, OPTIONAL, "How long the session lasts."),
    BODY_MEMBER("SerialNumber", api_sts_serial_number, OPTIONAL, "The caller's MFA device."),
    BODY_MEMBER("TokenCode", api_sts_token_code, OPTIONAL, "What the MFA device shows."),
};
STRUCTURE_SHAPE(get_session_token_input, get_session_token_request);

static const struct api_member get_session_token_result[] = {
    BODY_MEMBER("Credentials", api_sts_credentials, OPTIONAL, "The session's credentials."),
};
STRUCTURE_SHAPE(get_session_token_output, get_session_token_result);

const struct api_operation api_sts_get_session_token = {
    .service = &api_sts,
    .name = "GetSessionToken",
    .cli_name = "get-session-token",
    .method = "POST",
    .path = "/",
    .input = &get_session_token_input,
    .output = &get_session_token_output,
    .errors = get_session_token_errors,
    .text = "Gives temporary credentials for the caller itself.",
    .detail = "Needs long-term credentials and no permission. The session lasts 12 hours unless the duration says "
              "otherwise.",
};
