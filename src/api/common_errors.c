// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "api/api.h"

#include <string.h>

/**
 * REST names and statuses: service-semantics.md section 4 of the project's reference; query names: the
 * common errors of STS and IAM.
 */
static const struct api_common_error errors[] = {
    {"AccessDenied", "AccessDeniedException", 403, "AccessDenied", 403},
    {"ExpiredToken", "ExpiredTokenException", 403, "ExpiredToken", 403},
    {"IncompleteSignature", "IncompleteSignatureException", 400, "IncompleteSignature", 400},
    {"InternalFailure", "InternalServerException", 500, "InternalFailure", 500},
    {"InvalidParameterValue", "ValidationException", 400, "InvalidParameterValue", 400},
    {"InvalidSignature", "InvalidSignatureException", 403, "SignatureDoesNotMatch", 403},
    {"MissingAuthenticationToken", "MissingAuthenticationTokenException", 403, "MissingAuthenticationToken", 403},
    {"RequestTooLarge", "RequestEntityTooLargeException", 413, "RequestEntityTooLarge", 413},
    {"Serialization", "SerializationException", 400, "MalformedQueryString", 400},
    {"ServiceUnavailable", "ServiceUnavailableException", 503, "ServiceUnavailable", 503},
    {"Throttling", "ThrottlingException", 429, "Throttling", 400},
    {"UnknownOperation", "UnknownOperationException", 404, "InvalidAction", 400},
    {"UnrecognizedClient", "UnrecognizedClientException", 403, "InvalidClientTokenId", 403},
    {"ValidationError", "ValidationException", 400, "ValidationError", 400},
};

const struct api_common_error *api_find_common_error(const char *code)
{
    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (strcmp(errors[i].code, code) == 0)
            return &errors[i];
    return NULL;
}
