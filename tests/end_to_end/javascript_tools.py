# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Package managers that speak npm's protocol, each in a home of its own: an install and a publish of one package.

Packages are of the scope @acme: their names have the one encoded slash that a registry knows (@acme%2fname). The token reaches every tool as it is
documented for CodeArtifact, by a file of the user; none of them gets it in its arguments.
"""
import json
import os
import shutil

import npm_packages
from harness import environment, new_folder, run


class Tool:
    """One run of a tool: INSTALL and PUBLISH are its words; {package} is NAME@VERSION."""

    name, install_words, publish_words = "", [], []
    words = {("install", 401): "401", ("install", 403): "403", ("publish", 401): "401", ("publish", 403): "403",
             ("publish", "none"): "ENEEDAUTH"}

    def program(self):
        raise NotImplementedError

    def configure(self, project, home, url, token):
        """Writes the tool's files; the environment that it needs."""
        key = url.split(":", 1)[1]
        token_line = f"{key}:_authToken={token}\n" if token else ""
        (home / ".npmrc").write_text(f"registry={url}\n{token_line}update-notifier=false\nfund=false\naudit=false\n")
        return {"NPM_CONFIG_USERCONFIG": home / ".npmrc"}

    def _run(self, words, manifest, url, token):
        home = new_folder("home")
        project = home / "project"
        project.mkdir()
        (project / "package.json").write_text(json.dumps(manifest))
        more = self.configure(project, home, url, token)
        # The PATH holds the same Node and npm for all of them; CI makes them ask nothing.
        path = f"{os.path.dirname(npm_packages.node())}:/usr/bin:/bin"
        env = environment(HOME=home, PATH=path, CI="true", XDG_CACHE_HOME=home / "cache", **more)
        command = self.program()
        return run(command[0], *command[1:], *words, env=env, cwd=project), project

    def install(self, url, token, package, version):
        """Installs it; the result, and whether the package is there."""
        words = [word.format(package=f"@acme/{package}@{version}") for word in self.install_words]
        result, project = self._run(words, {"name": "user", "version": "1.0.0", "private": True}, url, token)
        found = project / "node_modules" / "@acme" / package / "package.json"
        return result, found.exists() and json.loads(found.read_text())["version"] == version

    def publish(self, url, token, package, version):
        return self._run(self.publish_words, {"name": f"@acme/{package}", "version": version, "license": "MIT"}, url, token)[0]


class Npm(Tool):
    name = "npm"
    install_words = ["install", "{package}"]
    publish_words = ["publish"]

    def program(self):
        return [shutil.which("npm", path=os.environ.get("PATH")) or "npm"]


class Pnpm(Tool):
    name = "pnpm"
    install_words = ["add", "{package}", "--ignore-scripts"]
    publish_words = ["publish", "--no-git-checks"]

    def program(self):
        return installed("pnpm/bin/pnpm.cjs")

    def configure(self, project, home, url, token):
        return {**super().configure(project, home, url, token), "PNPM_HOME": home / "pnpm",
                "NPM_CONFIG_STORE_DIR": home / "store"}


class Yarn(Tool):
    name = "yarn 1"
    install_words = ["add", "{package}", "--non-interactive", "--no-progress"]
    publish_words = ["publish", "--non-interactive"]
    # It takes an install's 401 for an absent package, and a publish's 401 for success.
    words = {**Tool.words, ("install", 401): "Couldn't find package", ("publish", 401): "",
             ("publish", "none"): "No token found"}
    silent = {("publish", 401)}

    def program(self):
        return installed("yarn/bin/yarn.js")

    def configure(self, project, home, url, token):
        super().configure(project, home, url, token)
        with open(home / ".npmrc", "a", encoding="utf-8") as npmrc:
            npmrc.write(f"{url.split(':', 1)[1]}:always-auth=true\n")
        (home / ".yarnrc").write_text(f'registry "{url}"\ndisable-self-update-check true\n')
        return {"YARN_CACHE_FOLDER": home / "cache"}


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


class Berry(Tool):
    name = "yarn berry"
    install_words = ["add", "{package}"]
    publish_words = ["npm", "publish"]
    words = {("install", 401): "Invalid authentication", ("install", 403): "403|Invalid authentication",
             ("publish", 401): "Invalid authentication", ("publish", 403): "403",
             ("publish", "none"): "No authentication configured"}

    def program(self):
        return installed("@yarnpkg/cli-dist/bin/yarn.js")

    def configure(self, project, home, url, token):
        name = json.loads((project / "package.json").read_text())["name"]
        (project / "yarn.lock").write_text(LOCK.format(name=name))
        (home / ".yarnrc.yml").write_text(
            f"npmRegistryServer: {url}\nnpmAlwaysAuth: true\nunsafeHttpWhitelist: ['127.0.0.1']\n"
            f"enableTelemetry: false\nnpmMinimalAgeGate: 0\nnodeLinker: node-modules\nenableImmutableInstalls: false\n"
            + (f"npmAuthToken: {token}\n" if token else ""))
        return {"YARN_GLOBAL_FOLDER": home / "yarn"}


class Bun(Tool):
    name = "bun"
    install_words = ["add", "{package}"]
    publish_words = ["publish"]
    words = {**Tool.words, ("publish", 401): "unable to authenticate", ("publish", "none"): "missing authentication"}

    def program(self):
        # npm before 10 does not look at a package's C library, and installs that for musl as well.
        found = (npm_packages.install("registries") / "node_modules" / "@oven").glob("bun-linux-*/bin/bun")
        return [next(path for path in sorted(found) if "musl" not in str(path))]

    def configure(self, project, home, url, token):
        return {**super().configure(project, home, url, token), "BUN_INSTALL_CACHE_DIR": home / "cache"}


def installed(path):
    """A program of Node's from the lock file."""
    return [npm_packages.node(), npm_packages.install("registries") / "node_modules" / path]
