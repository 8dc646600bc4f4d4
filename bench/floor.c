// SPDX-FileCopyrightText: The jeton authors
// SPDX-License-Identifier: Apache-2.0

/*
 * The least that a client can do: one connection, one handshake with the peer verified against the system's hashed
 * certificate directory, one request that was signed before, the answer's body on standard output.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int fail(const char *what)
{
    perror(what);
    ERR_print_errors_fp(stderr);
    return 1;
}

static SSL *handshake(SSL_CTX *context, const char *address, const char *port)
{
    struct sockaddr_in peer = {.sin_family = AF_INET, .sin_port = htons((uint16_t)strtoul(port, NULL, 10))};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1; // as every HTTP client: the request does not wait for the acknowledgement of the handshake
    if (descriptor < 0 || setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) != 0 ||
        inet_pton(AF_INET, address, &peer.sin_addr) != 1 ||
        connect(descriptor, (struct sockaddr *)&peer, sizeof peer) != 0)
        return NULL;
    SSL *connection = SSL_new(context);
    if (connection == NULL || SSL_set_fd(connection, descriptor) != 1 ||
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), address) != 1 || SSL_connect(connection) != 1)
        return NULL;
    return connection;
}

/** The bytes of the answer that must come, by its Content-Length; 0 while its head is not complete. */
static size_t expected_size(const char *answer)
{
    const char *head_end = strstr(answer, "\r\n\r\n");
    const char *length = strcasestr(answer, "\r\ncontent-length:");
    if (head_end == NULL || length == NULL || length > head_end)
        return 0;
    return (size_t)(head_end - answer) + 4 + strtoul(length + 17, NULL, 10);
}

int main(int argc, char **argv)
{
    static char request[16384];
    static char answer[16384];
    FILE *file = argc == 4 ? fopen(argv[3], "rb") : NULL;
    if (file == NULL) {
        (void)fprintf(stderr, "usage: floor ADDRESS PORT REQUEST-FILE\n");
        return 2;
    }
    size_t request_size = fread(request, 1, sizeof request, file);
    (void)fclose(file);

    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    X509_LOOKUP *lookup =
        context == NULL ? NULL : X509_STORE_add_lookup(SSL_CTX_get_cert_store(context), X509_LOOKUP_hash_dir());
    if (lookup == NULL || X509_LOOKUP_add_dir(lookup, "/etc/ssl/certs", X509_FILETYPE_PEM) != 1)
        return fail("certificates");
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    SSL *connection = handshake(context, argv[1], argv[2]);
    if (connection == NULL)
        return fail("handshake");
    if (SSL_write(connection, request, (int)request_size) != (int)request_size)
        return fail("write");

    size_t size = 0;
    while (size + 1 < sizeof answer && (expected_size(answer) == 0 || size < expected_size(answer))) {
        int got = SSL_read(connection, answer + size, (int)(sizeof answer - 1 - size));
        if (got <= 0)
            return fail("read");
        size += (size_t)got;
    }
    if (strncmp(answer, "HTTP/1.1 200 ", 13) != 0)
        return fail("status");
    (void)fputs(strstr(answer, "\r\n\r\n") + 4, stdout);
    return 0;
}
