// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/store/seal.h"

#include "base/file.h"
#include "base/memory.h"
#include "base/secret.h"
#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

/** The first byte of what is sealed: AES-256-GCM with a 12-byte nonce before and a 16-byte tag behind. */
#define FORMAT 1
#define NONCE_SIZE 12
#define TAG_SIZE 16
#define OVERHEAD (1 + NONCE_SIZE + TAG_SIZE)
/** Nothing that is sealed comes near it. */
#define SECRET_LIMIT ((size_t)65536)
/** A key file is 65 bytes; reading some more tells one that is too long. */
#define KEY_FILE_LIMIT ((size_t)128)

static void free_context(EVP_CIPHER_CTX **context)
{
    EVP_CIPHER_CTX_free(*context);
}
#define CONTEXT_AUTO __attribute__((cleanup(free_context))) EVP_CIPHER_CTX

bool seal_key_create(const char *path, struct seal_key *out, struct error *error)
{
    struct stat status;
    if (lstat(path, &status) == 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "there is a master key %s already; a new one would make its secrets unreadable", path);
    if (!secret_random(out->bytes, sizeof out->bytes))
        return error_set(error, ERROR_INTERNAL, NULL, "the system gives no random numbers for a master key");
    BUFFER_AUTO content = {0};
    buffer_reserve(&content, sizeof out->bytes * 2 + 1);
    text_hex_encode(&content, out->bytes, sizeof out->bytes);
    buffer_append_char(&content, '\n');
    return file_write(path, buffer_slice(&content), error);
}

/** Root may own it too, since root can read it anyway; this lets a supervisor hand the key in. */
static bool check_key_file(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "cannot read the master key %s: %s; restore it from your copy, or make a new service with "
                         "jetond init",
                         path, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return error_set(error, ERROR_CONFIGURATION, NULL, "the master key %s is not a file", path);
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "the master key %s belongs to user %lu, who could replace it; run: chown %lu %s", path,
                         (unsigned long)status.st_uid, (unsigned long)geteuid(), path);
    if ((status.st_mode & 077) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "the master key %s is open to other users (mode %04o); run: chmod 600 %s", path,
                         (unsigned)(status.st_mode & 07777), path);
    return true;
}

bool seal_key_read(const char *path, struct seal_key *out, struct error *error)
{
    BUFFER_AUTO content = {0};
    if (!check_key_file(path, error) || file_read(path, KEY_FILE_LIMIT, &content, error) != FILE_READ)
        return false;
    struct slice text = buffer_slice(&content);
    if (slice_ends_with(text, SLICE("\n")))
        text.size--;
    if (text_hex_decode(text, out->bytes, sizeof out->bytes))
        return true;
    secret_wipe(out, sizeof *out);
    return error_set(error, ERROR_CONFIGURATION, NULL,
                     "the master key %s is not 64 hexadecimal digits on one line; restore it from your copy", path);
}

static bool encrypt(EVP_CIPHER_CTX *context, const struct seal_key *key, struct slice label, struct slice secret,
                    const unsigned char *nonce, unsigned char *ciphertext)
{
    int size = 0;
    return EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, nonce) == 1 &&
           EVP_EncryptUpdate(context, NULL, &size, (const unsigned char *)label.data, (int)label.size) == 1 &&
           EVP_EncryptUpdate(context, ciphertext, &size, (const unsigned char *)secret.data, (int)secret.size) == 1 &&
           EVP_EncryptFinal_ex(context, ciphertext + size, &size) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, TAG_SIZE, ciphertext + secret.size) == 1;
}

bool seal_close(const struct seal_key *key, struct slice label, struct slice secret, struct buffer *out,
                struct error *error)
{
    if (label.size == 0 || label.size > INT_MAX || secret.size == 0 || secret.size > SECRET_LIMIT)
        return error_set(error, ERROR_INTERNAL, NULL, "a secret of %zu bytes cannot be sealed", secret.size);
    buffer_reserve(out, OVERHEAD + secret.size);
    unsigned char *start = (unsigned char *)out->data + out->size;
    unsigned char *nonce = start + 1;
    start[0] = FORMAT;
    CONTEXT_AUTO *context = EVP_CIPHER_CTX_new();
    if (context == NULL || !secret_random(nonce, NONCE_SIZE) ||
        !encrypt(context, key, label, secret, nonce, nonce + NONCE_SIZE)) {
        out->data[out->size] = '\0';
        return error_set(error, ERROR_INTERNAL, NULL, "%.*s cannot be sealed: AES-256-GCM failed", SLICE_ARGS(label));
    }
    out->size += OVERHEAD + secret.size;
    out->data[out->size] = '\0';
    return true;
}

static bool decrypt(EVP_CIPHER_CTX *context, const struct seal_key *key, struct slice label,
                    const unsigned char *sealed, size_t size, unsigned char *secret)
{
    const unsigned char *nonce = sealed + 1;
    const unsigned char *ciphertext = nonce + NONCE_SIZE;
    unsigned char tag[TAG_SIZE];
    memcpy(tag, ciphertext + size, sizeof tag);
    int done = 0;
    return EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key->bytes, nonce) == 1 &&
           EVP_DecryptUpdate(context, NULL, &done, (const unsigned char *)label.data, (int)label.size) == 1 &&
           EVP_DecryptUpdate(context, secret, &done, ciphertext, (int)size) == 1 &&
           EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, TAG_SIZE, tag) == 1 &&
           EVP_DecryptFinal_ex(context, secret + done, &done) == 1;
}

bool seal_open(const struct seal_key *key, struct slice label, struct slice sealed, struct buffer *out,
               struct error *error)
{
    const unsigned char *bytes = (const unsigned char *)sealed.data;
    if (label.size == 0 || label.size > INT_MAX || sealed.size <= OVERHEAD || sealed.size > OVERHEAD + SECRET_LIMIT ||
        bytes[0] != FORMAT)
        return error_set(error, ERROR_INTERNAL, NULL,
                         "the secret of %.*s is damaged, or sealed by a newer jetond; restore a copy of the store",
                         SLICE_ARGS(label));
    size_t size = sealed.size - OVERHEAD;
    buffer_reserve(out, size);
    CONTEXT_AUTO *context = EVP_CIPHER_CTX_new();
    bool opened = context != NULL && decrypt(context, key, label, bytes, size, (unsigned char *)out->data + out->size);
    if (!opened) {
        // What GCM deciphers before it has seen the tag is not to be used.
        secret_wipe(out->data + out->size, size);
        return error_set(error, ERROR_INTERNAL, NULL,
                         "the secret of %.*s does not open: the master key is not the one of this store, or the "
                         "store was changed by hand; restore both from the same copy",
                         SLICE_ARGS(label));
    }
    out->size += size;
    out->data[out->size] = '\0';
    return true;
}
