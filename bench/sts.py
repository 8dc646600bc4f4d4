# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for STS behind an HTTPS proxy, as a program of its own: every role is given the session that it is told.

The proxy is there because that AWS CLI knows no other address for STS than AWS's own.
usage: sts.py CERTIFICATE KEY ACCESS_KEY_ID SECRET    prints the port that it listens on
"""

import datetime
import socketserver
import ssl
import sys

HOST = 'sts.{}.amazonaws.com'


def answer(key, secret):
    end = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)).strftime('%Y-%m-%dT%H:%M:%SZ')
    body = ('<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser>'
            '<AssumedRoleId>AROA:bench</AssumedRoleId><Arn>arn:aws:sts::111122223333:assumed-role/bench/bench</Arn>'
            f'</AssumedRoleUser><Credentials><AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}'
            f'</SecretAccessKey><SessionToken></SessionToken><Expiration>{end}</Expiration></Credentials>'
            '</AssumeRoleResult><ResponseMetadata><RequestId>bench</RequestId></ResponseMetadata>'
            '</AssumeRoleResponse>').encode()
    return (b'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n' % len(body)
            + body)


def read_head(connection):
    head = b''
    while b'\r\n\r\n' not in head:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError
        head += more
    return head


def serve(connection, context, key, secret):
    """One request: the tunnel, then what goes through it; its body is read with its head or after it."""
    read_head(connection)
    connection.sendall(b'HTTP/1.1 200 Connection established\r\n\r\n')
    with context.wrap_socket(connection, server_side=True) as tunnel:
        head, _, body = read_head(tunnel).partition(b'\r\n\r\n')
        size = next(int(line.split(b':')[1]) for line in head.split(b'\r\n') if line.lower().startswith(b'content-l'))
        while len(body) < size:
            body += tunnel.recv(65536)
        tunnel.sendall(answer(key, secret))


def main():
    certificate, private_key, key, secret = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, private_key)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            try:
                serve(self.request, context, key, secret)
            except (ConnectionError, ssl.SSLError):
                pass  # the client will say so

    with socketserver.ThreadingTCPServer(('127.0.0.1', 0), Handler) as server:
        server.daemon_threads = True
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == '__main__':
    main()
