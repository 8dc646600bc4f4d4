# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Repositories of git's in the registry of the tests, by git's own program for web servers: to clone and to push."""
import itertools
import subprocess

from harness import environment, new_folder, run

BACKEND = "/usr/lib/git-core/git-http-backend"
PLACE = "/git/"
_BRANCHES = itertools.count(1)


def _git(*words):
    done = run("/usr/bin/git", "-c", "user.name=a", "-c", "user.email=a@example.com", *words)
    assert done.code == 0, f"{done!r}"
    return done.out.strip()


class GitServer:
    """One bare repository with the file "file" in it."""

    def __init__(self, registry):
        work, self.root = new_folder("work"), new_folder("git")
        self.bare = self.root / "one"
        (work / "file").write_text("text\n")
        for words in (["init", "-q", "-b", "main", work], ["-C", work, "add", "file"], ["-C", work, "commit", "-qm", "one"],
                      ["clone", "-q", "--bare", work, self.bare]):
            _git(*words)
        self.url = f"{registry.root}{PLACE}one"
        registry.programs[PLACE] = self.answer

    def has(self, text):
        """Whether some branch has the text in the file."""
        return text in [_git("-C", self.bare, "show", f"{branch}:file") + "\n"
                        for branch in _git("-C", self.bare, "for-each-ref", "--format=%(refname)").split()]

    def answer(self, method, target, headers, body):
        """(status, type, content) of a request."""
        path, _, query = target.partition("?")
        env = environment(GIT_PROJECT_ROOT=self.root, GIT_HTTP_EXPORT_ALL=1, REQUEST_METHOD=method, REMOTE_USER="aws",
                          PATH_INFO="/" + path.removeprefix(PLACE), QUERY_STRING=query, CONTENT_LENGTH=len(body),
                          CONTENT_TYPE=headers.get("Content-Type", ""),
                          HTTP_CONTENT_ENCODING=headers.get("Content-Encoding"), HTTP_GIT_PROTOCOL=headers.get("Git-Protocol"))
        done = subprocess.run([BACKEND], input=body, env=env, capture_output=True, timeout=60, check=False)
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        said = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
        return int(said.get("Status", "200").split()[0]), said.get("Content-Type", "text/plain"), content


def push_words(folder, text):
    """Commits TEXT in a clone; the words of git that push it on a branch of its own."""
    (folder / "file").write_text(text)
    _git("-C", folder, "commit", "-qam", "two")
    return "-C", folder, "push", "-q", "origin", f"HEAD:refs/heads/b{next(_BRANCHES)}"
