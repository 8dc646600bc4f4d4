// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/**
 * libcurl, loaded at the first request: with the thirty libraries that it needs it costs a start some three
 * milliseconds, which help, a refused line or an answer from a cache need not pay, nor a service that fetches nothing.
 */
#ifndef JETON_BASE_CURL_LIBRARY_H
#define JETON_BASE_CURL_LIBRARY_H

#include "base/error.h"

#include <curl/curl.h>

/** The functions that are used, each with libcurl's own type. */
struct curl_library {
    __typeof__(curl_easy_cleanup) *easy_cleanup;
    /** Not the macro of <curl/curl.h>, which checks types by the function's name. */
    __typeof__(curl_easy_getinfo) *easy_getinfo;
    __typeof__(curl_easy_init) *easy_init;
    __typeof__(curl_easy_pause) *easy_pause;
    __typeof__(curl_easy_perform) *easy_perform;
    __typeof__(curl_easy_setopt) *easy_setopt; /**< As easy_getinfo. */
    __typeof__(curl_easy_strerror) *easy_strerror;
    __typeof__(curl_global_cleanup) *global_cleanup;
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_multi_add_handle) *multi_add_handle;
    __typeof__(curl_multi_cleanup) *multi_cleanup;
    __typeof__(curl_multi_info_read) *multi_info_read;
    __typeof__(curl_multi_init) *multi_init;
    __typeof__(curl_multi_perform) *multi_perform;
    __typeof__(curl_multi_poll) *multi_poll;
    __typeof__(curl_multi_remove_handle) *multi_remove_handle;
    __typeof__(curl_multi_setopt) *multi_setopt; /**< As easy_getinfo. */
    __typeof__(curl_multi_wakeup) *multi_wakeup;
    __typeof__(curl_slist_append) *slist_append;
    __typeof__(curl_slist_free_all) *slist_free_all;
    __typeof__(curl_version) *version;
};

/**
 * Loads it, once for the process. Not for two threads at a time.
 * @return a constant; NULL with ERROR_CONFIGURATION when the system has none.
 */
const struct curl_library *curl_library_load(struct error *error);

#endif
