# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the tests of jetond as a front share: a service before a recording server, and requests as bytes."""
import http.client
import socket
import ssl

from harness import Data, Service, environment
from pki import certificates
from recording import Upstream
from signing import Answer, read_answer

REPOSITORY = "store"
PREFIX = f"/generic/d/demo-111122223333/{REPOSITORY}"
ASSET = f"{PREFIX}/space/package/1.0/"


class Front:
    """A service with one repository, passed on to a recording server, and a token of its administrator."""

    def __init__(self, *options, path="/base", upstream=None, format="generic", env=None, prefix=PREFIX):
        self.data, self.upstream, self.prefix = Data(), upstream or Upstream(), prefix
        self.service = Service(self.data, "--upstream", f"{format}/{REPOSITORY}={self.upstream.url}{path}", *options,
                               env=env or environment())
        self.aws("codeartifact", "create-repository", "--domain", "demo", "--repository", REPOSITORY)
        self.token = self.aws("codeartifact", "get-authorization-token", "--domain", "demo")["authorizationToken"]

    def aws(self, *arguments):
        return self.service.aws(*arguments).json()

    def head(self, method, target, *lines, token=True, version="HTTP/1.1", host="front.example"):
        """The head of a request. A target without a slash is an asset of the repository."""
        target = target if target.startswith("/") else f"{ASSET}{target}"
        lines = [f"{method} {target} {version}", *([f"Host: {host}"] if host else []), *lines]
        if token:
            lines.append(f"Authorization: Bearer {self.token}")
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"

    def connect(self, timeout=30):
        return socket.create_connection((self.service.host, self.service.port), timeout)

    def send(self, data, method="GET", timeout=30):
        """Sends bytes over a connection of their own, and reads the answer."""
        with self.connect(timeout) as connection:
            try:
                connection.sendall(data)
            except ConnectionError:
                pass
            return read_answer(connection, method)

    def ask(self, method, target, *lines, body=b"", timeout=30, **options):
        if body and not any(line.lower().startswith("transfer-encoding") for line in lines):
            lines = (*lines, f"Content-Length: {len(body)}")
        return self.send(self.head(method, target, *lines, **options) + body, method, timeout)


def secure_options():
    """What makes a service speak TLS."""
    return "--tls-cert", certificates() / "leaf.pem", "--tls-key", certificates() / "leaf.key"


class SecureFront(Front):
    """The same over TLS, to clients that trust the authority of the tests alone."""

    def __init__(self, *options, version=None, **more):
        self.trusted = certificates() / "ca.pem"
        self.context = ssl.create_default_context(cafile=self.trusted)
        if version:
            self.context.minimum_version = self.context.maximum_version = version
        super().__init__(*secure_options(), *options, **more)

    def aws(self, *arguments):
        return self.service.aws(*arguments, AWS_CA_BUNDLE=self.trusted).json()

    def connect(self, timeout=30):
        return self.context.wrap_socket(super().connect(timeout), server_hostname=self.service.host)


def read_whole(connection):
    """An answer whose body broke off raises; its status, its headers and its body."""
    response = http.client.HTTPResponse(connection)
    response.begin()
    return Answer(response.status, dict(response.getheaders()), response.read())


def chunked(*parts, trailer=b""):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n" + trailer + b"\r\n"
