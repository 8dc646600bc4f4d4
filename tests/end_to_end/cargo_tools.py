# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""cargo with a sparse registry: a crate fetched as a dependency, and one published. It sends the bare token."""
import os
import pathlib
import re
import shutil

from harness import environment, new_folder, run

OLDEST = (1, 74)  # the first with credential providers and authenticated sparse registries


def find():
    """(program, None) or (None, why there is none): rustup's or the distribution's, if it is new enough."""
    rustup = shutil.which("rustup", path=os.environ.get("PATH"))
    found = (run(rustup, "which", "cargo", env=dict(os.environ)).out.strip() if rustup else "") or \
        shutil.which("cargo", path=os.environ.get("PATH"))
    if not found:
        return None, "there is no cargo"
    said = re.match(r"cargo (\d+)\.(\d+)", run(found, "--version").out)
    if not said or tuple(map(int, said.groups())) < OLDEST:
        return None, f"{found} is older than {OLDEST[0]}.{OLDEST[1]}"
    return pathlib.Path(found), None


def write_project(project, name, version, more=""):
    """A crate of nothing."""
    (project / "src").mkdir(parents=True, exist_ok=True)
    (project / "src" / "lib.rs").touch()
    (project / "Cargo.toml").write_text(f'[package]\nname = "{name}"\nversion = "{version}"\nedition = "2021"\n'
                                        f'license = "MIT"\ndescription = "d"\n{more}')
    return project


def needs(package, version, registry):
    """The lines of a project that needs a crate of a registry."""
    return f'[dependencies]\n{package} = {{ version = "={version}", registry = "{registry}" }}\n'


def publish_words(registry):
    return "publish", "--registry", registry, "--no-verify", "--allow-dirty"


class Cargo:
    name = "cargo"
    words = {("install", 401): "401|no token found", ("install", 403): "403", ("publish", 401): "401", ("publish", 403): "403",
             ("publish", "none"): "no token found"}

    def __init__(self, program):
        self.program = program

    def _run(self, project, url, token, *words):
        home = new_folder("home")
        (home / "config.toml").write_text(f'[registries.team]\nindex = "sparse+{url}"\n'
                                          'credential-provider = ["cargo:token"]\n[net]\nretry = 0\n')
        given = {"CARGO_REGISTRIES_TEAM_TOKEN": token} if token else {}
        path = f"{self.program.parent}:/usr/bin:/bin"
        result = run(self.program, *words, cwd=project, env=environment(HOME=home, CARGO_HOME=home, PATH=path, **given))
        return result, home

    def install(self, url, token, package, version):
        project = write_project(new_folder("crate"), "user", "1.0.0", needs(package, version, "team"))
        result, home = self._run(project, url, token, "fetch")
        return result, bool(list(home.glob(f"registry/cache/*/{package}-{version}.crate")))

    def publish(self, url, token, package, version):
        return self._run(write_project(new_folder("crate"), package, version), url, token, *publish_words("team"))[0]
