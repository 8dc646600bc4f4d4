// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** An error answer: its code, message and modelled members. Pure. Behaviour document, section 6. */
#ifndef JETON_CLIENT_TRANSPORT_SERVICE_ERROR_H
#define JETON_CLIENT_TRANSPORT_SERVICE_ERROR_H

#include "api/api.h"
#include "base/bytes.h"
#include "base/error.h"
#include "client/transport/http.h"

#include <jansson.h>
#include <stdbool.h>

/** What an error answer says; service_error_free() frees it. All zero is empty. */
struct service_error {
    struct buffer code;
    struct buffer message;
    json_t *details; /**< The modelled members in model order; NULL: none. */
};

/** Whether an answer with that status is an error. 300 is one too, of which nothing is known. */
bool service_error_is(long status);

/**
 * Reads an error answer. OUT starts all zero.
 * @param error ERROR_TRANSPORT when even the error cannot be understood.
 */
bool service_error_read(const struct api_operation *operation, const struct http_answer *answer,
                        struct service_error *out, struct error *error);

/**
 * Puts it in the AWS CLI's words, as ERROR_SERVICE.
 * @param retries the number for "(reached max retries: N)", below 0: not said.
 * @return false always.
 */
bool service_error_report(const struct api_operation *operation, struct service_error *from, long retries,
                          struct error *error);

/** Frees what the error owns and makes it empty again. */
void service_error_free(struct service_error *service_error);
#define SERVICE_ERROR_AUTO __attribute__((cleanup(service_error_free))) struct service_error

#endif
