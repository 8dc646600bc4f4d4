// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What the files of STS's table share. Only for those files. */
#ifndef JETON_API_STS_TABLE_H
#define JETON_API_STS_TABLE_H

#include "api/sts.h"
#include "api/table.h"

extern const struct api_shape api_sts_text;
extern const struct api_shape api_sts_arn;
extern const struct api_shape api_sts_access_key_id;
extern const struct api_shape api_sts_serial_number;
extern const struct api_shape api_sts_token_code;
/** A key, its secret, the session token and when they end. */
extern const struct api_shape api_sts_credentials;

extern const char *const api_sts_no_members[];
extern const struct api_error api_sts_region_disabled;

extern const struct api_operation api_sts_get_access_key_info;
extern const struct api_operation api_sts_get_session_token;

#endif
