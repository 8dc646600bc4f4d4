# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A server behind the front that keeps what it is sent, byte for byte, and answers as the test says.

The last part of a path names a function of the test, by `Upstream.on()`; it gets the request and the connection.
"""
import socket
import ssl
import threading


class Request:
    """What came: the head as it was, and how to read the body."""

    def __init__(self, head, rest, connection):
        self.raw, self.rest, self.connection = head, rest, connection
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, self.version = lines[0].split(" ")
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines[1:] if line]

    def all(self, name):
        """The values of a header."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name):
        """The only value of a header, or None."""
        values = self.all(name)
        assert len(values) < 2, f"{name} stands {len(values)} times"
        return values[0] if values else None

    def receive(self, size=65536):
        """Bytes as they come, b"" at the end."""
        if self.rest:
            data, self.rest = self.rest[:size], self.rest[size:]
            return data
        return self.connection.recv(size)

    def line(self):
        data = b""
        while not data.endswith(b"\r\n"):
            byte = self.receive(1)
            if not byte:
                raise ConnectionError("the body broke off")
            data += byte
        return data[:-2]

    def exactly(self, size):
        while size > 0:
            data = self.receive(min(size, 1 << 20))
            if not data:
                raise ConnectionError("the body broke off")
            size -= len(data)
            yield data

    def chunks(self):
        """The body in parts, whatever its framing."""
        if self.get("transfer-encoding") == "chunked":
            while size := int(self.line().split(b";")[0], 16):
                yield from self.exactly(size)
                self.line()
            while self.line():
                pass
        else:
            yield from self.exactly(int(self.get("content-length") or 0))

    def body(self):
        return b"".join(self.chunks())


def respond(connection, status="200 OK", body=b"", headers=(), length=True):
    """Sends a whole answer."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers)]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


class Upstream:
    """Listens on a free port of the loopback; `requests` is what came so far."""

    def __init__(self, context=None):
        self.requests, self.context, self.connections = [], context, 0
        self._answers = {}
        self.arrived = threading.Condition()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self.listener.getsockname()[1]
        self.url = f"{'https' if context else 'http'}://127.0.0.1:{self.port}"
        threading.Thread(target=self._accept, daemon=True).start()

    def on(self, name):
        """Marks the function that answers requests for NAME."""
        def add(function):
            self._answers[name] = function
            return function
        return add

    def last(self):
        return self.requests[-1]

    def wait(self, count, seconds=30):
        """Until so many requests have come."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.requests) >= count, seconds)

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            rest = b""
            while rest is not None:
                rest = self._exchange(connection, rest)
        except (OSError, ConnectionError, ssl.SSLError):
            pass
        finally:
            connection.close()

    def _exchange(self, connection, data):
        while b"\r\n\r\n" not in data:
            more = connection.recv(65536)
            if not more:
                return None
            data += more
        head, rest = data.split(b"\r\n\r\n", 1)
        request = Request(head, rest, connection)
        with self.arrived:
            self.requests.append(request)
            self.arrived.notify_all()
        name = request.target.partition("?")[0].rsplit("/", 1)[-1]
        answer = self._answers.get(name, self.plain)
        return None if answer(request, connection) is False else request.rest

    @staticmethod
    def plain(request, connection):
        """Reads the body, and says how long it was."""
        if request.get("expect"):
            connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        size = sum(map(len, request.chunks()))
        body = b"" if request.method == "HEAD" else f"{request.method} {size}\n".encode()
        respond(connection, body=body, headers=[("Content-Type", "text/plain")])

    def close(self):
        self.listener.close()
