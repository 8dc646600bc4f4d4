# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Takes uploads that a web server of files cannot: twine's forms, cargo's publish, gem's push. Puts each where nginx
serves it (registries.py). Nothing of the protocols but what these clients send; real registries check more."""
import gzip
import hashlib
import http.server
import io
import json
import pathlib
import re
import struct
import tarfile
import threading

from ruby_tools import index_gems


class Taken(Exception):
    """That version is there already."""


def _write(path, content):
    if path.exists():
        raise Taken(path.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def form_fields(content_type, body):
    """The parts of a form by name: {name: (file name or None, content)}."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)[1].encode()
    fields = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'[ ;]name="([^"]*)"', head)[1].decode()
        file = re.search(rb'filename="([^"]*)"', head)
        fields[name] = (file[1].decode() if file else None, content[:-2])
    return fields


def take_pypi(folder, content_type, body):
    fields = form_fields(content_type, body)
    name = re.sub(r"[-_.]+", "-", fields["name"][1].decode()).lower()
    file, content = fields["content"]
    _write(folder / "pypi" / "simple" / name / pathlib.Path(file).name, content)
    return b""


def index_path(name):
    """Where cargo's index has a crate: https://doc.rust-lang.org/cargo/reference/registry-index.html#index-files"""
    return {1: f"1/{name}", 2: f"2/{name}", 3: f"3/{name[0]}/{name}"}.get(len(name), f"{name[:2]}/{name[2:4]}/{name}")


def published_crate(body):
    """(name, line of the index, crate) of what `cargo publish` sends.
    https://doc.rust-lang.org/cargo/reference/registry-web-api.html#publish"""
    (length,) = struct.unpack_from("<I", body)
    said = json.loads(body[4:4 + length])
    crate = body[8 + length:]
    entry = {"name": said["name"], "vers": said["vers"], "deps": [], "cksum": hashlib.sha256(crate).hexdigest(),
             "features": {}, "yanked": False}
    return said["name"], json.dumps(entry).encode() + b"\n", crate


def take_cargo(folder, _, body):
    name, line, crate = published_crate(body)
    _write(folder / "cargo" / "api" / "v1" / "crates" / name / json.loads(line)["vers"] / "download", crate)
    index = folder / "cargo" / index_path(name)
    index.parent.mkdir(parents=True, exist_ok=True)
    with open(index, "ab") as file:
        file.write(line)
    return b'{"warnings": {"invalid_categories": [], "invalid_badges": [], "other": []}}'


def take_ruby(folder, _, body):
    with tarfile.open(fileobj=io.BytesIO(body)) as gem:
        text = gzip.decompress(gem.extractfile("metadata.gz").read()).decode()
    name, version = re.search(r"^name: (\S+)$", text, re.M)[1], re.search(r"^  version: '?([\w.]+)", text, re.M)[1]
    _write(folder / "ruby" / "gems" / f"{name}-{version}.gem", body)
    index_gems(folder / "ruby")
    return b"Successfully registered gem\n"


TAKES = {"/pypi": take_pypi, "/cargo": take_cargo, "/ruby": take_ruby}


class Receiver:
    """One HTTP server for all of TAKES, into one folder; an upload at a time."""

    def __init__(self, folder):
        lock = threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):  # pylint: disable=invalid-name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                try:
                    with lock:
                        self.reply(200, TAKES[self.path](folder, self.headers.get("Content-Type", ""), body))
                except Taken as file:
                    self.reply(409, f"{file} exists\n".encode())

            do_PUT = do_POST

            def reply(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        class Listener(http.server.ThreadingHTTPServer):
            daemon_threads = True

        self._listener = Listener(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._listener.server_address[1]}"
        threading.Thread(target=self._listener.serve_forever, daemon=True).start()
