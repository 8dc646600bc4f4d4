# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""curl and git, as a person runs them whom jeton has let in by ~/.netrc, or by exec."""
import git_server
from let_in import REGISTRY, Tool

GIT = git_server.GitServer(REGISTRY)


class Curl(Tool):
    name = "curl"
    login = "netrc"
    exec = ()

    def _run(self, place, *words):
        # exec says by itself where the file is.
        return place.run("/usr/bin/curl", "-q", "-sSf", *(("--netrc",) if place.way == "login" else ()), *words)

    def install(self, place):
        return self._run(place, "-o", "there", f"{REGISTRY.url('pypi')}simple/hello-jeton/"), place.has("there")

    def publish(self, place):
        file = place.write("file", "text\n")
        return self._run(place, "-T", file, f"{REGISTRY.url('generic')}file"), REGISTRY.uploaded("generic", "file") == b"text\n"


class Git(Tool):
    name = "git"
    login = "netrc"
    exec = ()
    env = True

    def _run(self, place, *words):
        return place.run("/usr/bin/git", *words, GIT_TERMINAL_PROMPT=0)

    def install(self, place):
        # What keeps a credential must not get ours.
        config = place.home.path / ".gitconfig"
        config.write_text("[credential]\nhelper = store\n")
        result = self._run(place, "clone", "-q", GIT.url, place.path / "clone")
        return result, place.has("clone/file")

    def publish(self, place):
        text = f"{place.path}\n"
        if not place.has("clone"):
            return self._run(place, "ls-remote", GIT.url), False
        return self._run(place, *git_server.push_words(place.path / "clone", text)), GIT.has(text)


TOOLS = [Curl(), Git()]
