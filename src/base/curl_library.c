// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "base/curl_library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/** The ABI that <curl/curl.h> of version 7.16 and later describes, as Linux systems name it. */
#define LIBRARY "libcurl.so.4"

static const struct {
    const char *name;
    size_t offset;
} functions[] = {
    {"curl_easy_cleanup", offsetof(struct curl_library, easy_cleanup)},
    {"curl_easy_getinfo", offsetof(struct curl_library, easy_getinfo)},
    {"curl_easy_init", offsetof(struct curl_library, easy_init)},
    {"curl_easy_pause", offsetof(struct curl_library, easy_pause)},
    {"curl_easy_perform", offsetof(struct curl_library, easy_perform)},
    {"curl_easy_setopt", offsetof(struct curl_library, easy_setopt)},
    {"curl_easy_strerror", offsetof(struct curl_library, easy_strerror)},
    {"curl_global_cleanup", offsetof(struct curl_library, global_cleanup)},
    {"curl_global_init", offsetof(struct curl_library, global_init)},
    {"curl_multi_add_handle", offsetof(struct curl_library, multi_add_handle)},
    {"curl_multi_cleanup", offsetof(struct curl_library, multi_cleanup)},
    {"curl_multi_info_read", offsetof(struct curl_library, multi_info_read)},
    {"curl_multi_init", offsetof(struct curl_library, multi_init)},
    {"curl_multi_perform", offsetof(struct curl_library, multi_perform)},
    {"curl_multi_poll", offsetof(struct curl_library, multi_poll)},
    {"curl_multi_remove_handle", offsetof(struct curl_library, multi_remove_handle)},
    {"curl_multi_setopt", offsetof(struct curl_library, multi_setopt)},
    {"curl_multi_wakeup", offsetof(struct curl_library, multi_wakeup)},
    {"curl_slist_append", offsetof(struct curl_library, slist_append)},
    {"curl_slist_free_all", offsetof(struct curl_library, slist_free_all)},
    {"curl_version", offsetof(struct curl_library, version)},
};

static bool fail(struct error *error)
{
    const char *reason = dlerror();
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "libcurl, which sends the requests, cannot be loaded: %s; install it (Debian's libcurl4)",
                     reason == NULL ? LIBRARY : reason);
}

/** POSIX has an object pointer stand for a function's, dlsym(). */
static bool find(void *handle, struct curl_library *out, struct error *error)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *function = dlsym(handle, functions[i].name);
        if (function == NULL)
            return fail(error);
        memcpy((char *)out + functions[i].offset, &function, sizeof function);
    }
    return true;
}

const struct curl_library *curl_library_load(struct error *error)
{
    static struct curl_library library;
    static bool loaded;
    if (loaded)
        return &library;
    // It stays until the end: its own libraries are not made to be unloaded.
    void *handle = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    if (handle == NULL) {
        (void)fail(error);
        return NULL;
    }
    loaded = find(handle, &library, error);
    return loaded ? &library : NULL;
}
