# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""pip, pdm, twine and poetry, as a person runs them whom jeton has let in; and what uv's documentation says that uv does."""
import pathlib
import re

from harness import run
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
"""


class Poetry(Tool):
    name = login = "poetry"
    sourced = True
    helped = True
    exec = ()
    env = True

    def _run(self, place, *words):
        # From this source alone: before poetry 2 that had to be said, since then it may not.
        version = re.search(r"version (\d+)\.", run("/usr/bin/poetry", "--version").out)
        only = "default = true\n" if int(version[1]) < 2 else ""
        place.write("pyproject.toml", PROJECT.format(source=self.source, url=REGISTRY.url("pypi")) + only)
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


PDM = pathlib.Path("/usr/bin/pdm")
PDM_PROJECT = """\
[project]
name = "user"
version = "1.0"
requires-python = ">=3.9"
dependencies = ["hello-jeton"]

[tool.pdm]
distribution = false
"""
PDM_SOURCE = """
[[tool.pdm.source]]
name = "{source}"
url = "{url}simple/"
"""


class Pdm(Tool):
    """By helper it asks Python's keyring library, by exec it needs the name of a source of the project."""
    name = login = "pdm"
    sourced = True
    source = "pypi"  # the one that a project has if it does not say another
    helped = True
    exec = ()
    env = True
    missing = None if PDM.exists() else f"{PDM} is not here"
    library = True

    def install(self, place):
        named = PDM_SOURCE.format(source=self.source, url=REGISTRY.url("pypi")) if place.way == "exec" else ""
        place.write("pyproject.toml", PDM_PROJECT + named)
        (place.path / "__pypackages__").mkdir()  # so there is no virtual environment
        more = {}
        if not self.library:
            place.write("without/keyring.py", "raise ImportError\n")
            more["PYTHONPATH"] = place.path / "without"
        result = place.run(PDM, "install", "--no-self", PDM_NON_INTERACTIVE=1, PDM_CHECK_UPDATE=0, **more)
        return result, place.has("__pypackages__/*/lib/hello_jeton.py")


class PdmByCommand(Pdm):
    """Where there is no such library it runs the command keyring, with its words in an order of its own."""
    name = "pdm, without Python's keyring library,"
    library = False
    exec = None
    env = False


class Uv(Tool):
    """What uv's documentation says of its variables, by a program that does nothing else: uv was not to be had."""
    name = "uv, by its rules,"
    sourced = True
    exec = ("--tool", "uv")
    env = True

    def install(self, place):
        done = [place.run(SYSTEM_PYTHON, UV, *words, "hello-jeton", place.path / "there")
                for words in (("default-index",), ("index", self.source, f"{REGISTRY.url('pypi')}simple/"))]
        failed = [result for result in done if result.code != 0]
        return (failed or done)[0], not failed and place.has("there/hello_jeton-1.0-py3-none-any.whl")

    def publish(self, place):
        return place.run(SYSTEM_PYTHON, UV, "publish", wheel(place.path, "published-jeton", "1.0")), uploaded()


TOOLS = [Pip(), Pdm(), PdmByCommand(), Twine(), Poetry(), Uv()]
