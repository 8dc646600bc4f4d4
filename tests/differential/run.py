# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Gives a case to one program, and notes all that it did.

A case is {"arguments": [...], "env": {...}, "files": {"~/path": text or {"base64", "mode"}}, "script": for the stub,
"proxy": whether HTTPS_PROXY is the stub, which then speaks for every host}. In all of it {HOME}, {PORT}, {CA} and
{NOW+seconds} stand for what a run has. Both programs get the same home, made anew, the same stub and the same moment.
"""
import base64
import datetime
import json
import os
import pathlib
import re
import shutil
import subprocess
import time

import signing

from .stub import Stub

FORKED = pathlib.Path(__file__).parent / "forked_awscli.py"
SECONDS = 60
AUTHORIZATION = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/,]+)/(\d{8})/([^,]+), SignedHeaders=([^,]+), "
                           r"Signature=([0-9a-f]{64})")
LEFT_OUT = re.compile(r"/\.aws/cli/cache/session\.db.*|/\.(out|err)")


class KeyOf:
    """The key of an id: by convention its secret is "SECRET/" and the id."""

    def __init__(self, id):
        self.secret = "SECRET/" + id


class Workshop:
    """What a worker needs for its cases: a folder, a stub, and the AWS CLI ready to fork."""

    def __init__(self, folder, jeton, certificates):
        self.folder = folder
        self.home = folder / "home"
        self.certificates = certificates
        self.stub = Stub(certificates)
        self.jeton = folder / "aws"
        os.symlink(jeton, self.jeton)
        # Where the AWS CLI caches, it knows when it is imported.
        self._forked = subprocess.Popen(
            ["/usr/bin/python3", str(FORKED)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(self.home),
                 "MODULES": str(folder / "modules")})
        if self._forked.stdout.readline() != "ready\n":
            raise RuntimeError("the forking AWS CLI did not start")

    def end(self):
        self._forked.stdin.close()
        self._forked.wait(10)

    # ------------------------------------------------------------------ the programs

    def forked_awscli(self, task):
        self._forked.stdin.write(json.dumps(task) + "\n")
        self._forked.stdin.flush()
        return int(self._forked.stdout.readline())

    def _program(self, path, task, more):
        with open(task["out"], "wb") as out, open(task["err"], "wb") as err:
            try:
                return subprocess.run([str(path), *task["arguments"]], env={**task["env"], **more}, cwd=task["cwd"],
                                      stdin=subprocess.DEVNULL, stdout=out, stderr=err, timeout=SECONDS,
                                      check=False).returncode
            except subprocess.TimeoutExpired:
                return "does not end"

    def real_awscli(self, task):
        return self._program("/usr/bin/aws", task, {})

    def own_jeton(self, task):
        return self._program(self.jeton, task, {name: value for name, value in os.environ.items()
                                                if name.endswith("SAN_OPTIONS")})

    # ------------------------------------------------------------------ a run

    def run(self, program, case, moment):
        """What PROGRAM, one of the three above, does with CASE."""
        def fill(value):
            return _fill(value, self, moment)
        shutil.rmtree(self.home, ignore_errors=True)
        self.home.mkdir(mode=0o700)
        given = {name: self._write(name, fill(content)) for name, content in case.get("files", {}).items()}
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true",
               "TZ": "UTC"}
        if case.get("proxy"):
            env.update(HTTPS_PROXY=f"http://127.0.0.1:{self.stub.port}", AWS_CA_BUNDLE=f"{self.certificates}/ca.pem")
        env.update(fill(case.get("env", {})))
        env = {name: value for name, value in env.items() if value is not None}
        self.stub.begin(fill(case.get("script", {})))
        task = {"arguments": fill(case["arguments"]), "env": env, "cwd": str(self.home), "seconds": SECONDS,
                "out": str(self.folder / "out"), "err": str(self.folder / "err")}
        begun = time.time()
        code = program(task)
        return {"code": code, "out": _text(self.folder / "out"), "err": _text(self.folder / "err"),
                "requests": [_request(request) for request in self.stub.requests()],
                "files": self._left(given), "begun": begun, "ended": time.time()}

    def _write(self, name, content):
        path = pathlib.Path(name.replace("~", str(self.home), 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        mode = 0o600
        if isinstance(content, dict):
            mode = content.get("mode", mode)
            content = base64.b64decode(content["base64"]) if "base64" in content else content["text"].encode()
        else:
            content = content.encode("utf-8", "surrogateescape")
        path.write_bytes(content)
        path.chmod(mode)
        return str(path), content

    def _left(self, given):
        """The files that were made or changed."""
        before = dict(given.values())
        left = {}
        for folder, _, names in os.walk(self.home):
            for path in (os.path.join(folder, name) for name in names):
                short = path.replace(str(self.home), "~", 1)
                if LEFT_OUT.fullmatch(short[1:]):
                    continue
                content = pathlib.Path(path).read_bytes()
                if before.get(path) != content:
                    left[short] = {"mode": oct(os.stat(path).st_mode & 0o777),
                                   "content": content.decode("utf-8", "backslashreplace")}
        return left


def _text(path):
    return path.read_bytes().decode("utf-8", "backslashreplace")


def _fill(value, workshop, moment):
    if isinstance(value, str):
        value = value.replace("{HOME}", str(workshop.home)).replace("{PORT}", str(workshop.stub.port))
        value = value.replace("{CA}", f"{workshop.certificates}/ca.pem")
        return re.sub(r"\{NOW([+-]\d+)\}",
                      lambda found: (moment + datetime.timedelta(seconds=int(found[1]))).strftime("%Y-%m-%dT%H:%M:%SZ"),
                      value)
    if isinstance(value, dict):
        return {_fill(key, workshop, moment): _fill(part, workshop, moment) for key, part in value.items()}
    if isinstance(value, list):
        return [_fill(part, workshop, moment) for part in value]
    return value


def _request(request):
    """A request without what differs from one run to the next."""
    headers = [(name, _header(name.lower(), value, request)) for name, value in request["headers"]]
    return {"method": request["method"], "target": request["target"], "host": request["authority"],
            "headers": headers, "answer": request["answer"],
            "body": re.sub(r"botocore-session-\d+", "botocore-session-{SECOND}", request["body"])}


def _header(name, value, request):
    if name == "x-amz-date":
        return re.sub(r"^\d{8}T\d{6}Z$", "{NOW}", value)
    found = AUTHORIZATION.fullmatch(value) if name == "authorization" else None
    if found is None:
        return value
    id, day, scope, signed, signature = found.groups()
    return f"AWS4-HMAC-SHA256 {id}/{{DAY}}/{scope} {signed} {_verify(request, id, day, scope, signed, signature)}"


def _verify(request, id, day, scope, signed, signature):
    """By our own arithmetic, not by that of the AWS CLI."""
    date = next((value for name, value in request["headers"] if name.lower() == "x-amz-date"), "")
    headers = [(name, value.encode("latin-1").decode("utf-8", "replace")) for name, value in request["headers"]]
    body = request["body"].encode("latin-1")
    payload = signing.hashlib.sha256(body).hexdigest()
    target = re.sub(r"^http://[^/?]*", "", request["target"])  # behind it, a proxy sends no more than the path
    canonical = signing.canonical(request["method"], target, headers, signed.split(";"), payload)
    right = signing.signature(KeyOf(id), f"{day}/{scope}", date, canonical)
    return "verified" if right == signature else "does not verify"


def new_moment():
    return datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)

