# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Recorded HTTP traffic over real sockets: each address that a case was recorded with is served, and answers in order.

Names lead here by proxy (HTTP, and CONNECT for HTTPS with a certificate for every name); the addresses that no proxy
is asked for, those beside an instance or a container, need a network namespace: see namespace.py.
"""
import http.server
import json
import pathlib
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.parse

from harness import check, equal
from sts import PKI, check_signer

# What stands beside an instance or a container, and names that a test of endpoints goes to.
BESIDE = ("169.254.169.254", "169.254.169.200", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23")
NAMES = ("override", "mypersonalsite", "custom")
LISTENERS = [(address, 80, False) for address in BESIDE] + \
    [("127.0.0.1", 456, False), ("127.0.0.1", 443, True), ("127.0.0.1", 8080, True)]
OPERATION_PATH = "/v1/authorization-token"


def prepare_namespace(folder):
    """The addresses and names, in a network namespace: nothing of it is seen outside."""
    run = lambda *words: subprocess.run(words, check=True, capture_output=True)
    run("ip", "link", "set", "lo", "up")
    for address in BESIDE:
        run("ip", "address", "add", address + ("/128" if ":" in address else "/32"), "dev", "lo")
    hosts = pathlib.Path(folder) / "hosts"
    hosts.write_text("127.0.0.1 localhost " + " ".join(NAMES) + "\n")
    run("mount", "--bind", hosts, "/etc/hosts")


def certificate(names):
    """A certificate chain and key for these names, of the authority that the stub of STS has."""
    folder = pathlib.Path(tempfile.mkdtemp(dir=PKI.parent))
    run = lambda *words: subprocess.run(words, check=True, capture_output=True, cwd=folder)
    (folder / "names").write_text("subjectAltName=" + ",".join(f"DNS:{name}" for name in sorted(names)))
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key", "-out", "request", "-subj", "/CN=recorded")
    run("openssl", "x509", "-req", "-in", "request", "-CA", PKI / "ca.pem", "-CAkey", PKI / "ca.key", "-CAcreateserial",
        "-out", "certificate", "-days", "30", "-extfile", "names")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context


class Exchange:
    """A request and its answer."""

    def __init__(self, method, uri):
        url = urllib.parse.urlsplit(uri)
        self.method, self.host, self.path = method, url.netloc, url.path or "/"
        self.query = sorted(urllib.parse.parse_qsl(url.query))
        self.action = None
        self.status, self.headers, self.body = 200, {}, b""

    def matches(self, request):
        asked = dict(urllib.parse.parse_qsl(request["body"])).get("Action")
        return (self.method, self.host, self.path, self.query, self.action) == \
            (request["method"], request["host"], request["path"],
             sorted(urllib.parse.parse_qsl(request["query"])), asked)


def read_traffic(text):
    """The exchanges of a recording, in order. A connection has one request each, and they came one by one."""
    exchanges = []
    for event in json.loads(text)["events"]:
        (kind, action), = event["action"].items()
        if kind == "Request":
            exchanges.append(Exchange(action["request"]["method"], action["request"]["uri"]))
        elif kind == "Response":
            exchanges[-1].status = action["response"]["Ok"]["status"]
        elif kind == "Data" and action["direction"] == "Response":
            exchanges[-1].body += action["data"]["Utf8"].encode()
        elif kind == "Data":
            exchanges[-1].action = dict(urllib.parse.parse_qsl(action["data"]["Utf8"])).get("Action")
    return exchanges


class Recorded:
    """The servers. What they were asked since expect() is in `requests`, what did not fit in `strange`.

    What came last in a recording is answered again as often as it is asked for; `repeated` counts that.
    """

    def __init__(self, names, beside):
        self.lock = threading.Lock()
        self.expect([])
        self.context = certificate(names)
        self.port = self.listen("127.0.0.1", 0, False)
        self.url = f"http://127.0.0.1:{self.port}"
        for listener in LISTENERS if beside else []:
            self.listen(*listener)

    def listen(self, address, port, tls):
        recorded = self

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            address_family = socket.AF_INET6 if ":" in address else socket.AF_INET

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            name = None  # of the host, when the connection is a proxy's tunnel

            def handle_one_request(self):
                try:
                    super().handle_one_request()
                except (OSError, ValueError):
                    self.close_connection = True

            def do_CONNECT(self):  # pylint: disable=invalid-name
                self.send_response_only(200)
                self.end_headers()
                self.connection = recorded.context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb", -1)
                self.wfile = self.connection.makefile("wb", 0)
                self.close_connection = False

            def do_GET(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                url = urllib.parse.urlsplit(self.path)
                status, answer = recorded.answer({
                    "method": self.command, "host": self.headers["host"], "path": url.path or "/", "query": url.query,
                    "headers": list(self.headers.items()), "body": body.decode()})
                self.send_response_only(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_POST = do_PUT = do_GET

            def log_message(self, *_):
                pass
        server = Server((address, port), Handler)
        if tls:
            server.socket = self.context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_address[1]

    def expect(self, exchanges):
        """From now on, these come, in this order."""
        with self.lock:
            self.exchanges, self.requests, self.strange = list(exchanges), [], []
            self.last, self.repeated = None, 0

    def answer(self, request):
        with self.lock:
            self.requests.append(request)
            if request["path"] == OPERATION_PATH and request["host"] == f"127.0.0.1:{self.port}":
                return 200, b'{"authorizationToken": "the-token", "expiration": 1700000000.0}'
            if self.exchanges and self.exchanges[0].matches(request):
                self.last = self.exchanges.pop(0)
                return self.last.status, self.last.body
            if self.last and not self.exchanges and self.last.matches(request):
                self.repeated += 1
                return self.last.status, self.last.body
            self.strange.append(f"{request['method']} {request['host']}{request['path']}")
            return 404, b"not recorded"

    def check_token_request(self, key):
        """The token was asked for, once, and signed by that key."""
        asked = [request for request in self.requests if request["path"] == OPERATION_PATH]
        equal(len(asked), 1, f"requests for the token among {self.requests}")
        check_signer(asked[0], key, "codeartifact")

    def check_known(self):
        """Nothing was asked for that was not recorded, but the instance, which comes last in the AWS CLI's chain."""
        odd = [what for what in self.strange if " 169.254.169.254/" not in what]
        check(not odd, f"asked for, but not recorded: {odd}")

    def check_done(self):
        """All that was recorded was asked for."""
        equal([exchange.path for exchange in self.exchanges], [], "recorded, but not asked for")
