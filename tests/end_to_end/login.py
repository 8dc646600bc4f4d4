# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Homes in which package managers are logged in, to a service that names a registry of ours as the repositories'."""
import pathlib
import re
import shutil

from harness import AWS, DOMAIN, JETON, ROOT, Data, Service, check, environment, equal, jeton_as_aws, new_folder, run
from stub_registry import Registry

DATA = Data()
_INSTALLED = []
REGISTRY = Registry(DATA.opens)
SERVICE = Service(DATA, "--endpoint-base", REGISTRY.root)
REPOSITORIES = ("repo", "other")
for _name in REPOSITORIES:
    run(JETON, "codeartifact", "create-repository", "--domain", DOMAIN, "--repository", _name, "--endpoint-url",
        SERVICE.url, env=DATA.env()).json()
PATH = "/usr/bin:/bin"
TOKEN = re.compile(r"eyJ2ZX[\w-]+(?:\.[\w-]+){4}")


class Home:
    """A person's home."""

    def __init__(self, files=None):
        self.path = new_folder("home")
        self.work = self.path / "work"
        self.work.mkdir()
        for name, text in (files or {}).items():
            self.write(name, text)

    def write(self, name, text):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    def read(self, name):
        return (self.path / name).read_text()

    def env(self, **more):
        keys = {"AWS_CONFIG_FILE": DATA.path / "config", "AWS_SHARED_CREDENTIALS_FILE": DATA.path / "credentials"}
        return environment(**{"HOME": self.path, "PATH": PATH, **keys, **more})

    def run(self, program, *words, cwd=None, **more):
        return run(program, *words, env=self.env(**more), cwd=cwd or self.work)

    def login(self, *tools, program=JETON, options=(), repository="repo", url=None, **more):
        named = [word for tool in tools for word in ("--tool", tool)]
        return self.run(program, "codeartifact", "login", *named, "--domain", DOMAIN, "--repository", repository,
                        *options, "--endpoint-url", url or SERVICE.url, **more)

    def logout(self, *tools, options=(), **more):
        named = [word for tool in tools for word in ("--tool", tool)]
        return self.run(JETON, "codeartifact", "logout", *named, *options, **more)

    def files(self, *beside):
        """Every file and its content, but for the list of logins, the token cache and what the tools keep BESIDE."""
        left = (".local/state/jeton/", ".cache/", ".aws/", "work/", *beside)
        found = {}
        for place in sorted(self.path.rglob("*")):
            name = str(place.relative_to(self.path))
            if place.is_file() and not place.is_symlink() and not name.startswith(left):
                found[name] = place.read_bytes()
        return found


def installed():
    """jeton as it is installed: its program with the links, and its files; the folder of programs."""
    if not _INSTALLED:
        top = new_folder("installed")
        for name in ("bin", "share", "libexec/jeton"):
            (top / name).mkdir(parents=True)
        shutil.copy2(JETON, top / "bin" / "jeton")
        for name in ("cargo-credential-jeton", "nuget-plugin-jeton", "pnpm-token-jeton", "bazel-credential-jeton"):
            (top / "bin" / name).symlink_to("jeton")
        (top / "libexec/jeton/keyring").symlink_to(top / "bin" / "jeton")
        (top / "share" / "jeton").symlink_to(ROOT / "contrib")
        _INSTALLED.append(top)
    return _INSTALLED[0]


def masked(text):
    """TEXT without its tokens: two logins get two."""
    return TOKEN.sub("TOKEN", text.decode() if isinstance(text, bytes) else text)


def token_of(home, name):
    """The only token in a file."""
    found = set(TOKEN.findall(home.read(name)))
    equal(len(found), 1, f"tokens in {name}")
    return found.pop()


def holders(home):
    """The files in a home that hold a token, but for the token cache's."""
    return sorted(str(place.relative_to(home.path)) for place in home.path.rglob("*")
                  if place.is_file() and not place.is_symlink() and "cache/jeton/tokens" not in str(place)
                  and TOKEN.search(place.read_bytes().decode("utf-8", "replace")))


def recorders(*names):
    """A folder of programs that write down with what they were called; the folder and where they write."""
    folder = new_folder("recorders")
    log = folder / "log"
    for name in names:
        place = folder / name
        place.write_text(f"#!/bin/sh\ntr '\\0' ' ' </proc/$$/cmdline >>{log}\nprintf '\\n' >>{log}\n")
        place.chmod(0o755)
    return folder, log


__all__ = ["AWS", "DATA", "DOMAIN", "Home", "JETON", "PATH", "REGISTRY", "SERVICE", "TOKEN", "check", "equal",
           "holders", "installed", "jeton_as_aws", "masked", "new_folder", "pathlib", "recorders", "token_of"]
