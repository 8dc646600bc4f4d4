# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A registry of every format in one server, for tests of credentials: nothing is given out but for a token that opens.

What stands at a path is a table. A request's credential must be of the scheme that the format takes (for AWS's formats
the one that AWS documents) and a token that CHECK lets through; REFUSED holds tokens that do not open any more.
"""
import base64
import hashlib
import http.server
import io
import json
import ssl
import tarfile
import threading
import zipfile

from receiver import index_path, published_crate

OWN = "demo-111122223333"
SWIFT_PACKAGE = """\
// swift-tools-version:5.7
import PackageDescription
let package = Package(name: "hello", products: [.library(name: "hello", targets: ["hello"])],
                      targets: [.target(name: "hello")])
"""


def _zip(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def _tar(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text.encode()))
    return out.getvalue()


def _wheel(name, version):
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    return _zip({f"{name}.py": "", f"{info}/METADATA": metadata, f"{info}/RECORD": "",
                 f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"})


class Registry:
    # Of all others: Basic, with the user aws.
    schemes = {"npm": ("Bearer",), "cargo": ("",), "ruby": ("Basic", "Bearer"), "swift": ("Bearer",)}
    # swift waits for ever when it is asked for Basic; npm and cargo do not look at what they are asked for.
    challenges = {"swift": 'Bearer realm="demo/repo"'}

    def __init__(self, check, certificates=None):
        """CERTIFICATES: a folder of pki.py, for a registry with TLS."""
        self.check = check
        self.refused = set()
        self.used = []   # tokens that opened something, in order, each once in a row
        self.asked = []  # (method, path, status)
        self.paths = {}  # path: (type, content)
        self.programs = {}  # beginning of paths: function(method, target, headers, body) -> (status, type, content)
        self.lock = threading.Lock()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.authority = f"127.0.0.1:{self.server.server_port}"
        self.root = f"{'https' if certificates else 'http'}://{self.authority}"
        if certificates:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates / "leaf.pem", certificates / "leaf.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        for fill in (self._fill_pypi, self._fill_npm, self._fill_cargo, self._fill_maven, self._fill_docker, self._fill_swift):
            fill()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, kind):
        """Where the repository of a format is, in the path form, with a slash at its end."""
        return f"{self.root}/{kind}/d/{OWN}/repo/"

    def path(self, kind):
        return self.url(kind)[len(self.root):]

    def take_used(self):
        """The token that was used since the last time; there must be one, and no other."""
        with self.lock:
            used, self.used = self.used, []
        assert len(used) == 1, f"wanted one token to have been used, not {len(used)}"
        return used[0]

    def uploaded(self, kind, part):
        """Takes out what was put below the repository of a format, whose path ends with PART; None: there is none."""
        with self.lock:
            for path in list(self.paths):
                if path.startswith(self.path(kind)) and path.endswith(f"{part}#uploaded"):
                    return self.paths.pop(path)[1]
        return None

    # -------------------------------------------------------------- content

    def _fill_pypi(self):
        wheel = _wheel("hello_jeton", "1.0")
        base = self.path("pypi")
        link = f'<a href="{self.root}{base}hello_jeton-1.0-py3-none-any.whl#sha256={hashlib.sha256(wheel).hexdigest()}">'
        page = f"<!DOCTYPE html><html><body>{link}hello_jeton-1.0-py3-none-any.whl</a></body></html>"
        self.paths[f"{base}simple/hello-jeton/"] = ("text/html", page.encode())
        self.paths[f"{base}hello_jeton-1.0-py3-none-any.whl"] = ("application/zip", wheel)

    def _fill_npm(self):
        self.add_npm("hello-jeton")
        self.add_npm("@acme/hello")

    def add_npm(self, name):
        """Version 1.0.0 of a package; one of a scope is asked for with its slash encoded."""
        package = {"name": name, "version": "1.0.0"}
        tarball = _tar({"package/package.json": json.dumps(package)})
        file = f"{name}/-/{name.rpartition('/')[2]}-1.0.0.tgz"
        dist = {"tarball": self.url("npm") + file, "shasum": hashlib.sha1(tarball).hexdigest(),
                "integrity": "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()}
        whole = {"name": name, "dist-tags": {"latest": "1.0.0"}, "versions": {"1.0.0": {**package, "dist": dist}}}
        base = self.path("npm")
        for encoded in (name, name.replace("/", "%2f"), name.replace("/", "%2F")):
            self.paths[base + encoded] = ("application/json", json.dumps(whole).encode())
        self.paths[base + file] = ("application/octet-stream", tarball)

    def _fill_cargo(self):
        manifest = '[package]\nname = "hello-jeton"\nversion = "1.0.0"\nedition = "2021"\n'
        crate = _tar({"hello-jeton-1.0.0/Cargo.toml": manifest, "hello-jeton-1.0.0/src/lib.rs": ""})
        line = {"name": "hello-jeton", "vers": "1.0.0", "deps": [], "features": {}, "yanked": False,
                "cksum": hashlib.sha256(crate).hexdigest()}
        base = self.path("cargo")
        api = self.url("cargo").rstrip("/")
        config = {"dl": f"{api}/api/v1/crates", "api": api, "auth-required": True}
        self.paths[f"{base}config.json"] = ("application/json", json.dumps(config).encode())
        self.paths[f"{base}he/ll/hello-jeton"] = ("text/plain", json.dumps(line).encode() + b"\n")
        self.paths[f"{base}api/v1/crates/hello-jeton/1.0.0/download"] = ("application/gzip", crate)

    def _list_crate(self, body):
        """What was published stands in the index, which cargo waits for."""
        name, line, _ = published_crate(body)
        self.paths[f"{self.path('cargo')}{index_path(name)}"] = ("text/plain", line)

    def _fill_maven(self):
        base = self.path("maven") + "com/example/hello-jeton/1.0/hello-jeton-1.0"
        pom = ("<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>"
               "<artifactId>hello-jeton</artifactId><version>1.0</version></project>")
        self.paths[f"{base}.pom"] = ("text/xml", pom.encode())
        self.paths[f"{base}.jar"] = ("application/java-archive", _zip({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0\n"}))

    def _fill_docker(self):
        kind = "application/vnd.docker.distribution.manifest.v2+json"
        digest = "sha256:" + hashlib.sha256(b"{}").hexdigest()
        config = {"mediaType": "application/vnd.docker.container.image.v1+json", "size": 2, "digest": digest}
        manifest = {"schemaVersion": 2, "mediaType": kind, "config": config, "layers": []}
        self.paths["/v2/"] = ("application/json", b"{}")
        self.paths["/v2/hello/manifests/1"] = (kind, json.dumps(manifest).encode())
        self.paths[f"/v2/hello/blobs/{digest}"] = ("application/octet-stream", b"{}")

    def _fill_swift(self):
        archive = _zip({"hello/Package.swift": SWIFT_PACKAGE, "hello/Sources/hello/hello.swift": "public let hello = 1\n"})
        base = self.path("swift") + "acme/hello"
        source = {"name": "source-archive", "type": "application/zip", "checksum": hashlib.sha256(archive).hexdigest()}
        release = {"id": "acme.hello", "version": "1.0.0", "resources": [source], "metadata": {}}
        releases = {"releases": {"1.0.0": {"url": f"{self.root}{base}/1.0.0"}}}
        self.paths[base] = ("application/json", json.dumps(releases).encode())
        self.paths[f"{base}/1.0.0"] = ("application/json", json.dumps(release).encode())
        self.paths[f"{base}/1.0.0/Package.swift"] = ("text/x-swift", SWIFT_PACKAGE.encode())
        self.paths[f"{base}/1.0.0.zip"] = ("application/zip", archive)

    def add_files(self, prefix, folder):
        """Every file of a folder."""
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                self.paths[f"{prefix}{file.relative_to(folder)}"] = ("application/octet-stream", file.read_bytes())

    # -------------------------------------------------------------- requests

    def _token(self, kind, header):
        """The token of an Authorization header of a scheme that this format takes, or None."""
        schemes = self.schemes.get(kind, ("Basic",))
        scheme, _, value = header.partition(" ") if " " in header else ("", "", header)
        if scheme not in schemes or not value:
            return None
        if scheme != "Basic":
            return value
        user, _, password = base64.b64decode(value).decode().partition(":")
        return password if user == "aws" else None

    def _judge(self, path, header):
        token = self._token(path.split("/")[1], header)
        with self.lock:
            good = token is not None and token not in self.refused and self.check(token)
            if good and token not in self.used[-1:]:
                self.used.append(token)
        return good

    def _program(self, path):
        return next((program for place, program in self.programs.items() if path.startswith(place)), None)

    def _handler(registry):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            default_request_version = "HTTP/1.0"  # docker tries TLS first, and takes an answer in plain HTTP for what it is

            def answer(self, status, kind="text/plain", content=b"", **headers):
                registry.asked.append((self.command, self.path, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(content)))
                if self.path.startswith("/swift/"):
                    self.send_header("Content-Version", "1")
                if self.path.startswith("/v2/"):
                    self.send_header("Docker-Content-Digest", "sha256:" + hashlib.sha256(content).hexdigest())
                    self.send_header("Docker-Distribution-API-Version", "registry/2.0")  # docker 20 asks for it
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            def serve(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                path = self.path.partition("?")[0]
                kind = path.split("/")[1]
                if not registry._judge(path, self.headers.get("Authorization", "")):
                    self.answer(401, WWW_Authenticate=registry.challenges.get(kind, 'Basic realm="demo/repo"'))
                elif program := registry._program(path):
                    self.answer(*program(self.command, self.path, self.headers, body))
                elif self.command in ("POST", "PUT"):
                    registry.paths[f"{path}#uploaded"] = ("", body)
                    if path == registry.path("cargo") + "api/v1/crates/new":
                        registry._list_crate(body)
                    self.answer(201 if (self.command, kind) == ("PUT", "swift") else 200)
                elif path in registry.paths:
                    self.answer(200, *registry.paths[path])
                else:
                    self.answer(404)

            do_GET = do_HEAD = do_POST = do_PUT = serve

            def log_message(self, *_):
                pass

        return Handler
