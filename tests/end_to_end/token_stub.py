# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for the service that gives tokens: it counts, can be slow, refuse, and have a clock of its own."""
import http.server
import json
import re
import threading
import time
import urllib.parse
from email.utils import formatdate


ROLE = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
<AccessKeyId>ASIA{0}</AccessKeyId><SecretAccessKey>secret-role</SecretAccessKey><SessionToken>session</SessionToken>
<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""


class TokenStub:
    """Gives tokens "stub.NUMBER.KEY", where KEY is the access key id that signed, until it is told otherwise."""

    def __init__(self):
        self.lock = threading.Lock()
        self.count = 0       # requests for a token so far
        self.asked = []      # what each was for: the query, with the key
        self.roles = 0       # roles assumed so far
        self.endpoints = 0   # requests for the endpoint of a repository so far
        self.life = 43200    # seconds that a token lives, when the request does not say it
        self.delay = 0       # seconds before an answer
        self.refusing = None  # a status and a code, to refuse with
        self.clock = time.time
        self.repository = None
        self.unknown = ()    # formats that it does not know
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler(), bind_and_activate=False)
        self.server.request_queue_size = 256
        self.server.daemon_threads = True
        self.server.server_bind()
        self.server.server_activate()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def token(self, query, headers):
        found = re.search(r"Credential=([^/]+)/", headers.get("Authorization", ""))
        key = found[1] if found else "nobody"
        with self.lock:
            self.count += 1
            self.asked.append(dict(query, key=key))
            number = self.count
        time.sleep(self.delay)
        if self.refusing:
            status, code = self.refusing
            return status, {"x-amzn-errortype": code}, {"message": "refused by the test"}
        life = int(query.get("duration", 0)) or self.life
        return 200, {}, {"authorizationToken": f"stub.{number}.{key}", "expiration": int(self.clock()) + life}

    def endpoint(self, query):
        """GetRepositoryEndpoint, where a test has repositories: `repository` makes a URL of a format."""
        with self.lock:
            self.endpoints += 1
        if self.repository is None:
            return 404, {"message": "no such repository"}
        if query["format"] in self.unknown:
            return 400, {"message": "no such format"}
        return 200, {"repositoryEndpoint": self.repository(query["format"])}

    def role(self):
        """Credentials of a role, never the same ones."""
        with self.lock:
            self.roles += 1
            return ROLE.format(self.roles).encode()

    def _handler(stub):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                status, body = stub.endpoint(query)
                errors = {"x-amzn-errortype": "ValidationException"} if status == 400 else {}
                self.answer(status, {"Content-Type": "application/json", **errors}, json.dumps(body).encode())

            def do_POST(self):
                url = urllib.parse.urlsplit(self.path)
                asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if asked.startswith(b"Action=AssumeRole&"):
                    self.answer(200, {"Content-Type": "text/xml"}, stub.role())
                    return
                status, headers, body = stub.token(dict(urllib.parse.parse_qsl(url.query)), self.headers)
                self.answer(status, {"Content-Type": "application/json", **headers}, json.dumps(body).encode())

            def answer(self, status, headers, data):
                self.send_response_only(status)
                self.send_header("Date", formatdate(stub.clock(), usegmt=True))
                self.send_header("Content-Length", str(len(data)))
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        return Handler
