# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A server behind a gate, which says to each request the same and remembers what reached it."""
import contextlib
import socketserver
import threading

BODY = b"the upstream has answered\n"


class _Handler(socketserver.StreamRequestHandler):
    """Reads requests as RFC 9112 has them, bodies of both kinds included, so that no body is taken for a request."""

    def handle(self):
        with contextlib.suppress(ConnectionError, ValueError):
            while self.one():
                pass

    def one(self):
        line = self.rfile.readline(65536)
        if not line.strip():
            return False
        headers = []
        for field in iter(lambda: self.rfile.readline(65536).rstrip(b"\r\n"), b""):
            name, _, value = field.partition(b":")
            headers.append((name.strip().lower().decode("latin-1"), value.strip().decode("latin-1")))
        named = dict(headers)
        body = self.chunks() if "chunked" in named.get("transfer-encoding", "") else self.rfile.read(
            int(named.get("content-length", 0)))
        words = line.decode("latin-1").split(" ")
        self.server.seen.append((words[0], words[1] if len(words) > 1 else "", headers, body))
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY)
        self.wfile.write(answer if words[0] == "HEAD" else answer + BODY)
        return named.get("connection", "").lower() != "close"

    def chunks(self):
        body = b""
        while size := int(self.rfile.readline(100).split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline(3)
        self.rfile.readline(3)
        return body


class Upstream(socketserver.ThreadingTCPServer):
    """Listens on a free port; `seen` has (method, target, headers, body) of each request."""
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen = []
        self.place = f"127.0.0.1:{self.server_address[1]}"
        self.url = f"http://{self.place}"
        threading.Thread(target=self.serve_forever, daemon=True).start()
