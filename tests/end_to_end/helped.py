# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A home in which package managers get their tokens from jeton: links in PATH, the file hosts, a service that issues.

The caller's session ends in minutes, and tokens with it: so near to their end jeton never gives one out twice. So a
token that the registry has begun to refuse, as it does when one has expired, is not met again, and no test waits.
"""
import os

from harness import DOMAIN, ACCOUNT, JETON, ROOT, SCRATCH, Data, Service, environment, new_folder, run
from stub_registry import Registry

DATA = Data()
SERVICE = Service(DATA)
CONTRIB = ROOT / "contrib"
LINKS = ("bazel-credential-jeton", "cargo-credential-jeton", "docker-credential-jeton", "git-credential-jeton", "jeton",
         "keyring", "nuget-plugin-jeton", "pnpm-token-jeton")
SESSION_SECONDS = 540

_FOLDER = new_folder("links")
for _name in LINKS:
    os.symlink(JETON, _FOLDER / _name)
REGISTRY = Registry(DATA.opens)
opens = DATA.opens


def link(name, to="jeton"):
    """One more name of jeton in PATH; where it is."""
    place = _FOLDER / name
    if not place.is_symlink():
        os.symlink(to, place)
    return place


class Home:
    """A person's home, with credentials of a session, and jeton's links first in PATH."""

    def __init__(self, hosts="", seconds=SESSION_SECONDS):
        self.path = new_folder("home")
        self.key = DATA.session(seconds)[0] if seconds else DATA.key()
        life = "duration-seconds = 0\n" if seconds else ""
        self.write(".config/jeton/hosts", f"[DEFAULT]\ndomain = {DOMAIN}\n{life}[{REGISTRY.authority}]\ndomain = {DOMAIN}\n"
                                          f"domain-owner = {ACCOUNT}\nendpoint-url = {SERVICE.url}\n{hosts}")

    def write(self, name, text):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place

    def env(self, path="/usr/bin:/bin", **more):
        values = {"HOME": self.path, "PATH": f"{_FOLDER}:{path}", "AWS_REGION": DATA.region,
                  "AWS_ENDPOINT_URL_CODEARTIFACT": SERVICE.url, **self.key.env(), **more}
        return environment(**values)

    def run(self, program, *words, cwd=None, stdin=None, path="/usr/bin:/bin", **more):
        given = {} if stdin is None else {"stdin": _file(stdin)}
        return run(program, *words, env=self.env(path, **more), cwd=cwd or self.path, **given)


def _file(text):
    place = new_folder("stdin") / "text"
    place.write_text(text)
    return open(place, "rb")


def link_path(name):
    return _FOLDER / name


def expire():
    """The registry refuses from now on what it was given since the last time; those tokens."""
    tokens = set(REGISTRY.used)
    assert tokens, "no token was used"
    REGISTRY.used.clear()
    REGISTRY.refused |= tokens
    return tokens


def twice(install):
    """Installs; then again, when what was given the first time is refused: by other tokens."""
    REGISTRY.used.clear()
    install("first")
    first = expire()
    install("second")
    assert not first & expire(), "a token of the first time has come again"
