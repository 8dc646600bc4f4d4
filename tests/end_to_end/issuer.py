# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""OpenID Connect issuers on one HTTPS server of one's own; their keys and tokens are made by the program `jose`."""
import base64
import http.server
import json
import ssl
import subprocess
import threading

from harness import equal, new_folder
from pki import certificates

JOSE = "/usr/bin/jose"


def jose(*arguments, stdin=""):
    done = subprocess.run([JOSE, *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=60)
    equal(done.returncode, 0, f"jose {arguments}: {done.stderr!r}")
    return done.stdout


def make_key(algorithm="ES256", kid="a", **more):
    """A private JWK."""
    return json.loads(jose("jwk", "gen", "-i", json.dumps({"alg": algorithm, "kid": kid, **more})))


def public(key):
    return json.loads(jose("jwk", "pub", "-i", "-", stdin=json.dumps(key)))


def encode(data):
    text = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def sign(key, claims, **header):
    """A token in compact form; a header member None is left out."""
    protected = {"alg": key["alg"], "kid": key.get("kid"), "typ": "JWT", **header}
    template = {"protected": {name: value for name, value in protected.items() if value is not None}}
    folder = new_folder("token")
    (folder / "key").write_text(json.dumps(key))
    (folder / "claims").write_text(json.dumps(claims))
    return jose("jws", "sig", "-I", str(folder / "claims"), "-k", str(folder / "key"), "-s", json.dumps(template), "-c",
                "-o", "-").strip()


class Issuer:
    """One issuer: what it answers, and what it was asked. Both documents can be replaced, by an object or by bytes."""

    def __init__(self, server, name, *keys):
        self.url = f"{server.url}/{name}"
        self.path = f"/{name}"
        self.keys = list(keys)
        self.status = {}            # by document: another status than 200
        self.headers = {}           # by document: further headers
        self.discovery = {}         # members that differ
        self.documents = {}         # by document: what is sent instead
        self.asked = []             # the documents that were asked for
        self.open = threading.Event()  # answers wait for it
        self.open.set()
        self.waiting = threading.Event()  # set when an answer does

    def answer(self, document):
        if document in self.documents:
            content = self.documents[document]
            return content if isinstance(content, bytes) else json.dumps(content).encode()
        if document == "keys":
            return json.dumps({"keys": [public(key) for key in self.keys]}).encode()
        return json.dumps({"issuer": self.url, "jwks_uri": f"{self.url}/keys", **self.discovery}).encode()

    def count(self, document="keys"):
        return self.asked.count(document)


class Server:
    """HTTPS on a free port of localhost, with any number of issuers by path."""

    def __init__(self, certificate="leaf"):
        folder = certificates()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / f"{certificate}.pem", folder / "leaf.key")
        self.issuers = {}
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                outer.serve(self)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def finish_request(self, request, client_address):
                # The handshake is the handler's thread's, so that nobody can hold up the others.
                try:
                    super().finish_request(context.wrap_socket(request, server_side=True), client_address)
                except OSError:
                    pass  # who does not trust us, or does not wait

        self._listener = Listener(("127.0.0.1", 0), Handler)
        self.port = self._listener.server_address[1]
        self.url = f"https://localhost:{self.port}"
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()

    def issuer(self, *keys):
        made = Issuer(self, f"issuer{len(self.issuers)}", *keys)
        self.issuers[made.path] = made
        return made

    def serve(self, request):
        path = "/" + request.path.split("/")[1]
        issuer = self.issuers.get(path)
        document = {f"{path}/.well-known/openid-configuration": "discovery", f"{path}/keys": "keys"}.get(request.path)
        if issuer is None or document is None:
            request.send_error(404)
            return
        issuer.asked.append(document)
        if not issuer.open.is_set():
            issuer.waiting.set()
            issuer.open.wait(60)
        body = issuer.answer(document)
        request.send_response(issuer.status.get(document, 200))
        for name, value in {"Content-Length": str(len(body)), **issuer.headers.get(document, {})}.items():
            if value is not None:
                request.send_header(name, value)
        request.end_headers()
        try:
            request.wfile.write(body)
        except OSError:
            pass  # the body was too large for who asked

    def close(self):
        self._listener.shutdown()
        self._listener.server_close()
