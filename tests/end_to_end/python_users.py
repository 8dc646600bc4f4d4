# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""pip, twine and poetry, as a person runs them whom jeton has let in; and what uv's documentation says that uv does."""
import pathlib

from let_in import REGISTRY, Tool
from python_tools import SYSTEM_PYTHON, wheel

UV = pathlib.Path(__file__).parent / "uv_rules.py"


def uploaded():
    """Whether the wheel of the package has come to the registry since the last time."""
    body = REGISTRY.uploaded("pypi", "/")
    return body is not None and b"published_jeton" in body and b"METADATA" in body


class Pip(Tool):
    name = login = "pip"
    helped = True
    exec = ("--tool", "pip")  # the command is python3
    env = True

    def install(self, place):
        more = {}
        if place.way == "helper":
            # pip asks the library before the command.
            place.write("without/keyring.py", "raise ImportError\n")
            more["PYTHONPATH"] = place.path / "without"
        result = place.run(SYSTEM_PYTHON, "-m", "pip", "install", "--no-cache-dir", "--no-deps",
                           "--disable-pip-version-check", "--root-user-action=ignore", "--trusted-host", "127.0.0.1",
                           "--target", place.path / "there", "hello-jeton", PIP_RETRIES=0, **more)
        return result, place.has("there/hello_jeton.py")


class Twine(Tool):
    name = login = "twine"
    helped = True
    exec = ()
    env = True

    def publish(self, place):
        name = () if place.way == "exec" else ("--repository", "codeartifact")
        return place.run("/usr/bin/twine", "upload", "--non-interactive", "--disable-progress-bar", *name,
                         wheel(place.path, "published-jeton", "1.0")), uploaded()


PROJECT = """\
[tool.poetry]
name = "published-jeton"
version = "1.0"
description = ""
authors = []

[tool.poetry.dependencies]
python = "*"
hello-jeton = "1.0"

[[tool.poetry.source]]
name = "{source}"
url = "{url}simple/"
default = true
"""


class Poetry(Tool):
    name = login = "poetry"
    helped = True
    exec = ()
    env = True

    def _run(self, place, *words):
        place.write("pyproject.toml", PROJECT.format(source=self.source, url=REGISTRY.url("pypi")))
        return place.run("/usr/bin/poetry", *words, "--no-interaction", POETRY_CACHE_DIR=place.path / "cache",
                         POETRY_VIRTUALENVS_CREATE="false")

    def install(self, place):
        result = self._run(place, "lock")
        lock = place.path / "poetry.lock"
        return result, lock.exists() and 'name = "hello-jeton"' in lock.read_text()

    def publish(self, place):
        (place.path / "dist").mkdir()
        wheel(place.path / "dist", "published-jeton", "1.0")
        return self._run(place, "publish", "--repository", self.source), uploaded()


class Uv(Tool):
    """What uv's documentation says of its variables, by a program that does nothing else: uv was not to be had."""
    name = "uv, by its rules,"
    exec = ("--tool", "uv")
    env = True

    def install(self, place):
        done = [place.run(SYSTEM_PYTHON, UV, *words, "hello-jeton", place.path / "there")
                for words in (("default-index",), ("index", self.source, f"{REGISTRY.url('pypi')}simple/"))]
        failed = [result for result in done if result.code != 0]
        return (failed or done)[0], not failed and place.has("there/hello_jeton-1.0-py3-none-any.whl")

    def publish(self, place):
        return place.run(SYSTEM_PYTHON, UV, "publish", wheel(place.path, "published-jeton", "1.0")), uploaded()


TOOLS = [Pip(), Twine(), Poetry(), Uv()]
