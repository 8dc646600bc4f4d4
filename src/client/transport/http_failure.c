// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

#include "client/transport/http_failure.h"
#include "client/transport/proxy.h"

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <string.h>

/**
 * The codes that say all there is to say; those that need a closer look are in classify(). The rest are answers broken
 * off or malformed; an oversized header, for which libcurl says that it has no memory, is among them.
 */
static const struct {
    CURLcode code;
    enum http_result result;
} results[] = {
    {CURLE_COULDNT_RESOLVE_HOST, HTTP_NO_CONNECTION},
    {CURLE_COULDNT_RESOLVE_PROXY, HTTP_NO_PROXY},
    {CURLE_PROXY, HTTP_NO_PROXY},
    {CURLE_PEER_FAILED_VERIFICATION, HTTP_UNTRUSTED},
    {CURLE_SSL_CONNECT_ERROR, HTTP_NO_TLS},
    {CURLE_SSL_CACERT_BADFILE, HTTP_UNTRUSTED},
    {CURLE_SSL_ISSUER_ERROR, HTTP_UNTRUSTED},
    {CURLE_SSL_CIPHER, HTTP_UNTRUSTED},
    {CURLE_FILESIZE_EXCEEDED, HTTP_TOO_LARGE},
    {CURLE_URL_MALFORMAT, HTTP_INVALID},
};

/** What OpenSSL said of the certificate; X509_V_ERR_UNSPECIFIED is libcurl's "not even looked at". */
static long verification(const struct http_failure *failure)
{
    long verified = X509_V_ERR_UNSPECIFIED;
    (void)failure->curl->easy_getinfo(failure->easy, CURLINFO_SSL_VERIFYRESULT, &verified);
    return verified;
}

static bool is_handshake(CURLcode code)
{
    return code == CURLE_SSL_CONNECT_ERROR || code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR;
}

/**
 * A handshake during which the connection ended: where OpenSSL has a reason ("error:0A00010B:SSL routines::..."),
 * libcurl gives that, else the socket's (lib/vtls/openssl.c). From some version between 7.88 and 8.14 on, the end is a
 * reason of OpenSSL's too. To the AWS CLI both are a closed connection.
 */
static bool is_cut_off(const struct http_failure *failure)
{
    return strstr(failure->reason, "error:") == NULL || strstr(failure->reason, "unexpected eof while reading") != NULL;
}

static enum http_result classify(const struct http_failure *failure)
{
    curl_off_t sent = 0;
    long connect_status = 0;
    (void)failure->curl->easy_getinfo(failure->easy, CURLINFO_PRETRANSFER_TIME_T, &sent);
    (void)failure->curl->easy_getinfo(failure->easy, CURLINFO_HTTP_CONNECTCODE, &connect_status);
    if (failure->code == CURLE_OPERATION_TIMEDOUT)
        return sent > 0 ? HTTP_READ_TIMEOUT : HTTP_CONNECT_TIMEOUT;
    if (failure->code == CURLE_COULDNT_CONNECT)
        return failure->proxy == NULL ? HTTP_NO_CONNECTION : HTTP_NO_PROXY;
    // A proxy that answers CONNECT with anything but 200 has refused.
    if (failure->proxy != NULL && connect_status != 0 && connect_status / 100 != 2)
        return HTTP_NO_PROXY;
    // Before the tunnel stands, the handshake is the proxy's own.
    if (failure->proxy != NULL && connect_status == 0 && is_handshake(failure->code))
        return HTTP_NO_PROXY;
    if (failure->code == CURLE_SSL_CONNECT_ERROR && verification(failure) > X509_V_ERR_UNSPECIFIED)
        return HTTP_UNTRUSTED;
    if (failure->code == CURLE_SSL_CONNECT_ERROR && is_cut_off(failure))
        return HTTP_CLOSED;
    for (size_t i = 0; i < sizeof results / sizeof *results; i++)
        if (results[i].code == failure->code)
            return results[i].result;
    return HTTP_CLOSED;
}

static void set_no_tls(const struct http_failure *failure, struct error *error)
{
    long verified = verification(failure);
    if (failure->code == CURLE_SSL_CACERT_BADFILE)
        (void)error_set(error, ERROR_TRANSPORT, NULL,
                        "SSL validation failed for %s [X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl found",
                        failure->url);
    else if (failure->code == CURLE_PEER_FAILED_VERIFICATION && verified > X509_V_ERR_UNSPECIFIED)
        (void)error_set(error, ERROR_TRANSPORT, NULL,
                        "SSL validation failed for %s [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: %s",
                        failure->url, X509_verify_cert_error_string(verified));
    else
        (void)error_set(error, ERROR_TRANSPORT, NULL, "SSL validation failed for %s %s", failure->url,
                        failure->reason[0] != '\0' ? failure->reason : failure->curl->easy_strerror(failure->code));
}

static void set_no_proxy(const struct http_failure *failure, struct error *error)
{
    BUFFER_AUTO proxy = {0};
    if (failure->proxy != NULL)
        proxy_write_masked(&proxy, failure->proxy);
    (void)error_set(error, ERROR_TRANSPORT, NULL, "Failed to connect to proxy URL: \"%s\"", buffer_text(&proxy));
}

enum http_result http_failure_read(const struct http_failure *failure, struct error *error)
{
    enum http_result result = classify(failure);
    switch (result) {
    case HTTP_NO_CONNECTION:
        (void)error_set(error, ERROR_TRANSPORT, NULL, "Could not connect to the endpoint URL: \"%s\"", failure->url);
        break;
    case HTTP_CONNECT_TIMEOUT:
        (void)error_set(error, ERROR_TRANSPORT, NULL, "Connect timeout on endpoint URL: \"%s\"", failure->url);
        break;
    case HTTP_READ_TIMEOUT:
        (void)error_set(error, ERROR_TRANSPORT, NULL, "Read timeout on endpoint URL: \"%s\"", failure->url);
        break;
    case HTTP_NO_TLS:
    case HTTP_UNTRUSTED:
        set_no_tls(failure, error);
        break;
    case HTTP_NO_PROXY:
        set_no_proxy(failure, error);
        break;
    case HTTP_TOO_LARGE:
        (void)error_set(error, ERROR_TRANSPORT, NULL,
                        "The answer from endpoint URL \"%s\" is larger than %zu bytes, which no answer should be",
                        failure->url, HTTP_ANSWER_LIMIT);
        break;
    case HTTP_INVALID:
        (void)error_set(error, ERROR_INTERNAL, NULL, "The request to \"%s\" cannot be sent: %s", failure->url,
                        failure->reason[0] != '\0' ? failure->reason : failure->curl->easy_strerror(failure->code));
        break;
    case HTTP_CLOSED:
    case HTTP_ANSWERED:
        (void)error_set(error, ERROR_TRANSPORT, NULL,
                        "Connection was closed before we received a valid response from endpoint URL: \"%s\".",
                        failure->url);
        break;
    }
    return result;
}
