// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What several files of CodeArtifact's table share: types, constraints, errors. */
#include "api/codeartifact_table.h"

static const struct api_pattern domain_pattern = {"[a-z][a-z0-9\\-]{0,48}[a-z0-9]", "a-z", "a-z0-9-", "a-z0-9"};
static const struct api_pattern repository_pattern = {"[A-Za-z0-9][A-Za-z0-9._\\-]{1,99}", "A-Za-z0-9", "A-Za-z0-9._-",
                                                      "A-Za-z0-9._-"};
static const struct api_pattern account_pattern = {"[0-9]{12}", "0-9", "0-9", "0-9"};
static const struct api_pattern tag_key_pattern = {"\\P{C}+", "\\P{C}", "\\P{C}", "\\P{C}"};
static const struct api_pattern tag_value_pattern = {"\\P{C}*", "\\P{C}", "\\P{C}", "\\P{C}"};
static const struct api_pattern solid_pattern = {"\\S+", "\\S", "\\S", "\\S"};

/** A text with limits of length and a pattern. */
#define TEXT(low, high, pattern_)                                                                                      \
    {                                                                                                                  \
        .type = API_STRING, .has_min = true, .has_max = true, .min = (low), .max = (high), .pattern = (pattern_)       \
    }

const struct api_shape codeartifact_account_id = TEXT(12, 12, &account_pattern);
const struct api_shape codeartifact_arn = TEXT(1, 1011, &solid_pattern);
const struct api_shape codeartifact_domain_name = TEXT(2, 50, &domain_pattern);
const struct api_shape codeartifact_pagination_token = TEXT(1, 2000, &solid_pattern);
const struct api_shape codeartifact_repository_name = TEXT(2, 100, &repository_pattern);
const struct api_shape codeartifact_tag_key = TEXT(1, 128, &tag_key_pattern);
const struct api_shape codeartifact_text = {.type = API_STRING};
const struct api_shape codeartifact_timestamp = {.type = API_TIMESTAMP};
const struct api_shape codeartifact_max_results = {
    .type = API_INTEGER, .has_min = true, .has_max = true, .min = 1, .max = 1000};

STRING_SHAPE(tag_value, 0, 256, &tag_value_pattern, NULL);
static const struct api_member tag_members[] = {
    BODY_MEMBER("key", codeartifact_tag_key, REQUIRED, "The tag's key."),
    BODY_MEMBER("value", tag_value, REQUIRED, "The tag's value."),
};
STRUCTURE_SHAPE(tag, tag_members);
const struct api_shape codeartifact_tag_list = {
    .type = API_LIST, .has_min = true, .has_max = true, .max = 200, .element = &tag};

static const struct api_member one_domain_members[] = {
    DOMAIN("The domain's name."),
    DOMAIN_OWNER,
};
const struct api_shape codeartifact_one_domain = {
    .type = API_STRUCTURE, .members = one_domain_members, .member_count = COUNT(one_domain_members)};

static const struct api_member one_repository_members[] = {
    DOMAIN("The domain that holds the repository."),
    DOMAIN_OWNER,
    REPOSITORY("The repository's name."),
};
const struct api_shape codeartifact_one_repository = {
    .type = API_STRUCTURE, .members = one_repository_members, .member_count = COUNT(one_repository_members)};

// ------------------------------------------------------------------ errors

static const char *const resource_members[] = {"resourceId", "resourceType", NULL};
static const char *const throttling_members[] = {"retryAfterSeconds", NULL};
static const char *const validation_members[] = {"reason", NULL};
static const char *const no_members[] = {NULL};

static const struct api_error access_denied = {"AccessDeniedException", 403, no_members};
static const struct api_error conflict = {"ConflictException", 409, resource_members};
static const struct api_error internal_server = {"InternalServerException", 500, no_members};
static const struct api_error not_found = {"ResourceNotFoundException", 404, resource_members};
static const struct api_error quota_exceeded = {"ServiceQuotaExceededException", 402, resource_members};
static const struct api_error throttling = {"ThrottlingException", 429, throttling_members};
static const struct api_error validation = {"ValidationException", 400, validation_members};

const struct api_error *const codeartifact_read_errors[] = {&access_denied, &internal_server, &not_found,
                                                            &throttling,    &validation,      NULL};
const struct api_error *const codeartifact_list_errors[] = {&access_denied, &internal_server, &throttling, &validation,
                                                            NULL};
const struct api_error *const codeartifact_create_errors[] = {
    &access_denied, &conflict, &internal_server, &not_found, &quota_exceeded, &throttling, &validation, NULL};
const struct api_error *const codeartifact_delete_domain_errors[] = {&access_denied, &conflict,   &internal_server,
                                                                     &throttling,    &validation, NULL};
const struct api_error *const codeartifact_delete_errors[] = {
    &access_denied, &conflict, &internal_server, &not_found, &throttling, &validation, NULL};
const struct api_error *const codeartifact_tag_errors[] = {&access_denied, &not_found,  &quota_exceeded,
                                                           &throttling,    &validation, NULL};
const struct api_error *const codeartifact_untag_errors[] = {&access_denied, &not_found, &throttling, &validation,
                                                             NULL};
