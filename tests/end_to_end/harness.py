# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the end-to-end tests share: cases and checks, programs run in a clean environment, a service of one's own.

A test is an executable that imports this, marks functions with @case, and ends with main(). Every case says
what holds; it fails by raising. The last line printed is "N passed, N failed".
"""
import atexit
import configparser
import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build"))
JETON = pathlib.Path(os.environ.get("JETON", BUILD / "jeton")).resolve()
JETOND = pathlib.Path(os.environ.get("JETOND", BUILD / "jetond")).resolve()
SHARED = pathlib.Path(os.environ.get("SHARED", ROOT / ".." / "shared")).resolve()
SUPPORT = BUILD.resolve() / "tests" / "support"
AWS = "/usr/bin/aws"

ACCOUNT = "111122223333"
REGION = "us-west-2"
DOMAIN = "demo"

SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="jeton-end-to-end-"))
_CASES = []
_SERVICES = []


# ------------------------------------------------------------------ cases and checks

def case(name):
    """Marks a function as a case: a sentence of what holds."""
    def add(function):
        _CASES.append((name, function))
        return function
    return add


def cases(table):
    """Marks a function as one case a row; the first value of a row names it, the rest are the arguments."""
    def add(function):
        for row in table:
            _CASES.append((row[0], lambda row=row: function(*row[1:])))
        return function
    return add


def check(truth, what):
    if not truth:
        raise AssertionError(what)


def equal(got, want, what="value"):
    if got != want:
        raise AssertionError(f"{what}: wanted {want!r}, got {got!r}")


def contains(text, part, what="text"):
    if part not in text:
        raise AssertionError(f"{what}: wanted {part!r} in {text!r}")


def lacks(text, part, what="text"):
    if part in text:
        raise AssertionError(f"{what}: did not want {part!r} in {text!r}")


def matches(text, pattern, what="text"):
    found = re.fullmatch(pattern, text, re.DOTALL)
    if not found:
        raise AssertionError(f"{what}: wanted {pattern!r}, got {text!r}")
    return found


def _end():
    for service in list(_SERVICES):
        service.kill()
    shutil.rmtree(SCRATCH, ignore_errors=True)


atexit.register(_end)


def main(counts=None):
    """Runs every case, or those whose name holds the first argument, and reports.

    COUNTS may get passed and failed cases that another program counted: they are added.
    """
    only = sys.argv[1] if len(sys.argv) > 1 else ""
    passed = failed = 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for name, function in _CASES:
        if only not in name:
            continue
        try:
            function()
            passed += 1
        except Exception:  # a case may fail in any way; the others still say what they have to say
            failed += 1
            print(f"FAILED: {name}\n{traceback.format_exc()}", flush=True)
    for service in list(_SERVICES):
        try:
            service.stop()
        except Exception:
            failed += 1
            print(f"FAILED: the service ends well\n{traceback.format_exc()}", flush=True)
    if counts:
        passed, failed = passed + counts[0], failed + counts[1]
    print(f"{passed} passed, {failed} failed", flush=True)
    sys.exit(1 if failed else 0)


# ------------------------------------------------------------------ programs

class Result:
    """How a program ended and what it said."""

    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.out, self.err = arguments, code, out, err

    def __repr__(self):
        return f"{self.arguments} -> {self.code}\nstdout: {self.out!r}\nstderr: {self.err!r}"

    def ok(self):
        """The result itself, when the program succeeded and had nothing to complain of."""
        check(self.code == 0 and self.err == "", f"wanted success of {self!r}")
        return self

    def json(self):
        return json.loads(self.ok().out)


def environment(**changes):
    """A clean environment; None removes a variable. Sanitizer options pass through."""
    env = {"PATH": "/usr/bin:/bin", "HOME": str(SCRATCH), "LANG": "C.UTF-8", "TZ": "UTC",
           "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": ""}
    env.update({k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")})
    env.update(changes)
    return {k: str(v) for k, v in env.items() if v is not None}


def run(program, *arguments, env=None, stdin=subprocess.DEVNULL, timeout=120, cwd=None):
    """Runs a program to its end: a file, or what runs one in another way (forked.py)."""
    if not isinstance(program, (str, os.PathLike)):
        return program.run(*arguments, env=env or environment())
    command = [str(program), *map(str, arguments)]
    done = subprocess.run(command, env=env or environment(), stdin=stdin, capture_output=True, timeout=timeout,
                          cwd=cwd or SCRATCH, check=False)
    return Result(command, done.returncode, done.stdout.decode("utf-8", "backslashreplace"),
                  done.stderr.decode("utf-8", "backslashreplace"))


def is_here(*programs):
    """Whether all of these programs are on this machine; where not, what is left out for that is said."""
    missing = [program for program in programs if not os.path.exists(program)]
    if missing:
        print(f"not here: {', '.join(missing)}; the cases of it are left out", flush=True)
    return not missing


def support(name, *arguments):
    """Runs a support program of the tests; its output."""
    return run(SUPPORT / name, *arguments).ok().out


def new_folder(prefix="d"):
    return pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=SCRATCH))


_LINKS = {}


def jeton_as_aws():
    """jeton under the name aws."""
    if "aws" not in _LINKS:
        _LINKS["aws"] = new_folder("link") / "aws"
        os.symlink(JETON, _LINKS["aws"])
    return _LINKS["aws"]


# ------------------------------------------------------------------ a service

_SECRETS = set()


class Key:
    """An access key. Its secrets must not turn up in the log of any service."""

    def __init__(self, id, secret, token=None):
        self.id, self.secret, self.token = id, secret, token
        _SECRETS.update(text for text in (secret, token) if text and len(text) > 20)

    def env(self):
        return {"AWS_ACCESS_KEY_ID": self.id, "AWS_SECRET_ACCESS_KEY": self.secret, "AWS_SESSION_TOKEN": self.token}


class Data:
    """A data directory made by `jetond init`."""

    def __init__(self, account=ACCOUNT, region=REGION, domain=DOMAIN, place=None):
        self.path = (place or new_folder()) / "data"
        self.account, self.region, self.domain = account, region, domain
        self._opened = {}
        options = ["--data", self.path, "--account", account, "--region", region]
        self.result = run(JETOND, "init", *options, *(["--domain", domain] if domain else []))
        equal(self.result.code, 0, f"exit code of {self.result!r}")

    def key(self, profile="default"):
        parser = configparser.RawConfigParser()
        parser.read(self.path / "credentials")
        section = parser[profile]
        return Key(section["aws_access_key_id"], section["aws_secret_access_key"])

    def env(self, **changes):
        """The environment in which an AWS client is the administrator."""
        return environment(AWS_CONFIG_FILE=self.path / "config", AWS_SHARED_CREDENTIALS_FILE=self.path / "credentials",
                           **changes)

    def principal(self, name, *statements, account=None):
        """Makes a user with these statements as its policy; its key. A statement: (effect, action, resource), or
        with a condition behind them. The user is of the account of the service, or of another one."""
        policy = {"Version": "2012-10-17", "Statement": [
            dict(zip(("Effect", "Action", "Resource", "Condition"), statement)) for statement in statements]}
        made = json.loads(support("make-principal", self.path, name, json.dumps(policy),
                                  *([account] if account else [])))
        return Key(made["AccessKeyId"], made["SecretAccessKey"])

    def session(self, seconds, user="admin"):
        """Temporary credentials of a user, that end in so many seconds; the key and the second of their end."""
        made = json.loads(support("mint-session", self.path, user, seconds))
        return Key(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"]), made["Expiration"]

    def opens(self, token):
        """Whether the service has issued the token, and it has not ended."""
        if token not in self._opened:
            now = run("/bin/date", "+%s").out.strip()
            self._opened[token] = "principal" in json.loads(support("open-token", self.path, now, token))
        return self._opened[token]


def built_with(sanitizer):
    """Whether the service was built with "asan" or "tsan": it needs more time then, and more memory."""
    return f"__{sanitizer}_init".encode() in JETOND.read_bytes()


class Service:
    """A running `jetond serve`; ends with the with-block or with the test."""

    def __init__(self, data, *options, listen="127.0.0.1:0", env=None):
        self.data = data
        self.client = AWS
        self.lines = []
        self._listening = threading.Event()
        self.process = subprocess.Popen(
            [str(JETOND), "serve", "--data", str(data.path), "--listen", listen, *map(str, options)],
            env=env or environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        _SERVICES.append(self)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        check(self._listening.wait(30), "the service did not answer in time")
        said = [found for found in (re.match(r"listening on (https?)://(.+):(\d+)$", line) for line in self.lines)
                if found]
        if not said:
            self.kill()
        check(said, f"the service did not start: {self.lines}")
        self.scheme, self.host, self.port = said[0][1], said[0][2], int(said[0][3])
        self.url = f"{self.scheme}://{self.host}:{self.port}"

    def _read(self):
        for line in self.process.stderr:
            self.lines.append(line.decode("utf-8", "backslashreplace").rstrip("\n"))
            if self.lines[-1].startswith("listening on "):
                self._listening.set()
        self._listening.set()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends it as an administrator would, and checks that it ends well."""
        if self not in _SERVICES:
            return
        _SERVICES.remove(self)
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            equal(self.process.wait(20 if built_with("tsan") else 5), 0, f"exit code of the service, which said {self.lines[-20:]}")
        finally:
            self.kill()
        self._reader.join(5)
        equal(self.process.stdout.read(), b"", "standard output of the service")
        said = "\n".join(self.lines)
        for secret in _SECRETS:
            check(secret not in said, "the log holds a secret")
        check(not re.search(r"eyJ2ZX[\w-]{20}", said), "the log holds a token")
        check(not re.search(r"Signature=[0-9a-f]{16}", said), "the log holds a signature")

    def kill(self):
        """Ends it at once, if it is still there."""
        if self in _SERVICES:
            _SERVICES.remove(self)
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def join(self):
        """After its end: until all that it said has been read."""
        self._reader.join(30)

    def requests(self):
        """The log: one object a request."""
        return [json.loads(line) for line in self.lines if not line.startswith("listening on ")]

    def aws(self, *arguments, program=None, env=None, **changes):
        """The AWS CLI, or what stands in for it, as the administrator of this service."""
        return run(program or self.client, *arguments, "--endpoint-url", self.url, env=env or self.data.env(**changes))

    def as_key(self, key, *arguments, program=None, region=None, **changes):
        """The same with a key in the environment and no files."""
        return run(program or self.client, *arguments, "--endpoint-url", self.url,
                   env=environment(AWS_DEFAULT_REGION=region or self.data.region, **key.env(), **changes))
