// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "service/command/tls_files.h"

#include "base/file.h"

#include <errno.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>
#include <sys/stat.h>

#define PEM_SIZE_MAX ((size_t)256 * 1024)

/** A private key that others can read is no secret any more. */
static bool check_mode(const char *path, struct error *error)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL, "%s: %s", path, strerror(errno));
    if ((status.st_mode & (S_IWGRP | S_IRWXO)) != 0)
        return error_set(error, ERROR_CONFIGURATION, NULL,
                         "%s: others than its owner and group can use this private key; chmod 600 it", path);
    return true;
}

/** A service has nobody to ask for a password. */
static int give_no_password(char *out, int size, int writing, void *context)
{
    (void)out;
    (void)size;
    (void)writing;
    (void)context;
    return -1;
}

static X509 *parse_certificate(struct slice text)
{
    BIO *bio = BIO_new_mem_buf(text.data, (int)text.size);
    X509 *certificate = bio == NULL ? NULL : PEM_read_bio_X509(bio, NULL, give_no_password, NULL);
    BIO_free(bio);
    return certificate;
}

static EVP_PKEY *parse_key(struct slice text)
{
    BIO *bio = BIO_new_mem_buf(text.data, (int)text.size);
    EVP_PKEY *key = bio == NULL ? NULL : PEM_read_bio_PrivateKey(bio, NULL, give_no_password, NULL);
    BIO_free(bio);
    return key;
}

static bool check_pair(const char *certificate_path, struct slice certificate_text, const char *key_path,
                       struct slice key_text, struct error *error)
{
    X509 *certificate = parse_certificate(certificate_text);
    EVP_PKEY *key = parse_key(key_text);
    bool fits = false;
    if (certificate == NULL)
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s holds no certificate in PEM form", certificate_path);
    else if (key == NULL)
        (void)error_set(error, ERROR_CONFIGURATION, NULL, "%s holds no private key in PEM form without a password",
                        key_path);
    else if (!(fits = X509_check_private_key(certificate, key) == 1))
        (void)error_set(error, ERROR_CONFIGURATION, NULL,
                        "the private key in %s is not that of the first certificate in %s", key_path, certificate_path);
    X509_free(certificate);
    EVP_PKEY_free(key);
    ERR_clear_error();
    return fits;
}

bool tls_files_read(const char *certificate_path, const char *key_path, struct buffer *certificate, struct buffer *key,
                    struct error *error)
{
    return check_mode(key_path, error) && file_read(certificate_path, PEM_SIZE_MAX, certificate, error) == FILE_READ &&
           file_read(key_path, PEM_SIZE_MAX, key, error) == FILE_READ &&
           check_pair(certificate_path, buffer_slice(certificate), key_path, buffer_slice(key), error);
}
