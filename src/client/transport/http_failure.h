// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/** What libcurl's failures are called here: the AWS CLI's sentences. Behaviour document, section 6. */
#ifndef JETON_CLIENT_TRANSPORT_HTTP_FAILURE_H
#define JETON_CLIENT_TRANSPORT_HTTP_FAILURE_H

#include "base/curl_library.h"
#include "base/error.h"
#include "client/transport/http.h"

/** A failed transfer; everything borrowed. */
struct http_failure {
    const struct curl_library *curl;
    CURL *easy;
    CURLcode code;
    const char *reason; /**< libcurl's own words, may be empty. */
    const char *url;
    const char *proxy; /**< NULL: it was direct. */
};

/** Classifies a failure and puts it in words; never HTTP_ANSWERED. */
enum http_result http_failure_read(const struct http_failure *failure, struct error *error);

#endif
