# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A home in which `jeton exec` runs package managers, before a registry that takes the tokens of a stand-in."""
from harness import JETON, environment, equal, lacks, new_folder, run
from stub_registry import Registry
from token_stub import TokenStub

STUB = TokenStub()
REGISTRY = Registry(lambda token: token.startswith("stub."))
STUB.repository = REGISTRY.url


class Home:
    """A home of its own, and jeton in it."""

    def __init__(self):
        self.path = new_folder("home")
        self.project = self.path / "project"
        self.project.mkdir()

    def env(self, **changes):
        return environment(**{"HOME": self.path, "AWS_ENDPOINT_URL": STUB.url, "AWS_REGION": "us-west-2",
                              "AWS_ACCESS_KEY_ID": "AKIAFIRST", "AWS_SECRET_ACCESS_KEY": "secret",
                              "AWS_MAX_ATTEMPTS": "1", **changes})

    def write(self, name, text):
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def exec(self, *command, options=(), before=(), **changes):
        return run(*before, JETON, "exec", "--domain", "demo", "--repository", "repo", *options, "--", *command,
                   env=self.env(**changes), cwd=self.project, timeout=300)

    def run(self, *command):
        """A program that has to succeed."""
        result = run(command[0], *command[1:], env=self.env(), cwd=self.project)
        equal(result.code, 0, f"{result!r}")

    def jeton(self, *words, before=(), **changes):
        return run(*before, JETON, *words, env=self.env(**changes), cwd=self.project)

    def jeton_shell(self, script):
        """What the environment is after a shell has read the script."""
        return run("/bin/sh", script, env=self.env(), cwd=self.project).ok().out

    def token(self, **changes):
        """The token that all of this home get."""
        return self.jeton("get-authorization-token", "--domain", "demo", "--cached", "--query", "authorizationToken",
                          "--output", "text", **changes).ok().out.strip()

    def holds_no_token(self, token):
        """No file in the home holds the token but that of the cache."""
        for path in self.path.rglob("*"):
            if path.is_file() and not path.is_symlink() and ".cache/jeton/tokens" not in str(path):
                lacks(path.read_bytes().decode("utf-8", "replace"), token, str(path))


def works(home, result):
    """It ended well, by this home's token, which it neither said nor left anywhere."""
    equal(result.code, 0, f"{result!r}")
    token = home.token()
    equal(REGISTRY.take_used(), token, "the token that was used")
    lacks(result.out + result.err, token, "what it said")
    home.holds_no_token(token)
