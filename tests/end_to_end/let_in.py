# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The three ways in which jeton lets a package manager in to a repository, and what must hold on each of them.

A tool has a NAME, the names LOGIN (jeton login's), SOURCE (what its project calls the repository) and its ways:
HELPED, whether login --helper knows it, EXEC, the options of jeton exec, or None, and ENV, whether a shell can export
all that it reads. Its methods install(place) and publish(place), one of which may be missing, give a result, and whether
what was wanted is there. MISSING says why the tool cannot be run here. prepare(place) writes what the person has in the
own files who uses exec or env. On the ways TRACED no process may have a token in its arguments: a virtual machine of
Java's takes seconds more when it is watched.
"""
import crashes
from harness import DOMAIN, JETON, case, check, contains, equal, new_folder
from login import DATA, PATH, REGISTRY, SERVICE, TOKEN, Home, holders, installed

LABEL = f"{DOMAIN}-repo"
# Tokens end with the session, and so near to their end jeton never gives one out twice: no test waits for it.
SESSION_SECONDS = 540
NO_KEYRING = "keyring.backends.null.Keyring"


class Tool:
    """What most of them have in common."""
    name = login = None
    source = LABEL
    helped = env = sourced = False  # sourced: what the environment says goes by the name of a source
    exec = None
    missing = None
    traced = ("login", "helper", "exec")

    def prepare(self, place):
        pass

    def actions(self):
        """(what it does, how) of all that it can."""
        return [(name, getattr(self, name)) for name in ("install", "publish") if hasattr(self, name)]


class Place:
    """A project in a home, with caches of its own, so that nothing comes from an earlier run.

    WAY is "login", "helper", or "exec" for env too, BEFORE the words before each command, PATH the programs' folders.
    """

    def __init__(self, tool, home, name, way="login", before=(), path=PATH, **more):
        self.home, self.way, self.before, self.programs, self.more = home, way, before, path, more
        self.traced = way in tool.traced
        self.path = home.work / name
        self.path.mkdir()

    def write(self, name, text):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
        return place

    def run(self, *command, path="", **more):
        """A command of the tool's, with the folder PATH before the others."""
        given = {"PATH": ":".join(filter(None, (path, self.programs))), "CI": "true", "LC_ALL": "C.UTF-8",
                 "XDG_CACHE_HOME": self.path / "cache",
                 # Java asks the system's list of users for the home; the rest lets it start sooner.
                 "JAVA_TOOL_OPTIONS": f"-Duser.home={self.home.path} -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                 **self.more, **more}
        log = new_folder("trace") / "arguments"
        watch = crashes.arguments(log) if self.traced else ("/usr/bin/env",)
        result = self.home.run(*watch, *self.before, *command, cwd=self.path, **given)
        if self.traced:
            arguments = log.read_text(errors="replace")
            contains(arguments, "execve(", f"what was traced of {result!r}")
            check(not TOKEN.search(arguments), f"a token in the arguments of a process: {command}")
        return result

    def has(self, pattern):
        return bool(list(self.path.glob(pattern)))


def gets_in(tool, place):
    """Does all that it can, and says no token; those that it used."""
    used = set()
    for name, action in tool.actions():
        REGISTRY.used.clear()
        result, there = action(place)
        check(result.code == 0 and there, f"{name}: did not get in: {result!r}\n{REGISTRY.asked[-5:]}")
        check(REGISTRY.used, f"{name}: no token was used")
        check(not TOKEN.search(result.out + result.err), f"{name} says a token")
        used.update(REGISTRY.used)
    return used


def is_refused(tool, place):
    for name, action in tool.actions():
        result, there = action(place)
        check(result.code != 0 and not there, f"{name}: got in: {result!r}")


def after_login(tool):
    """gets in after login, and not after logout"""
    home = Home()
    home.login(tool.login).ok()
    equal(len(gets_in(tool, Place(tool, home, "in", PYTHON_KEYRING_BACKEND=NO_KEYRING))), 1, "tokens used")
    home.logout(tool.login).ok()
    is_refused(tool, Place(tool, home, "out", PYTHON_KEYRING_BACKEND=NO_KEYRING))


def by_helper(tool):
    """gets in after login --helper, and again when the token has ended, with no token in any file"""
    home, top = Home(), installed()
    key = DATA.session(SESSION_SECONDS)[0].env()
    given = {"path": f"{top / 'libexec/jeton'}:{top / 'bin'}:{PATH}", **key}
    done = home.login(tool.login, program=top / "bin" / "jeton", options=("--helper", "--duration-seconds", "0"), **key)
    equal(done.code, 0, f"exit code of {done!r}")
    for folder in ("first", "second"):
        # The registry refuses them from now on, as it does when they have ended.
        REGISTRY.refused |= gets_in(tool, Place(tool, home, folder, "helper", **given))
    equal(holders(home), [], "files with a token in them")
    equal(home.logout(tool.login).code, 0, "exit code of logout")
    is_refused(tool, Place(tool, home, "out", "helper", **given))


def _by_environment(tool, *before):
    home = Home()
    place = Place(tool, home, "in", "exec", before, PYTHON_KEYRING_BACKEND=NO_KEYRING)
    tool.prepare(place)
    equal(len(gets_in(tool, place)), 1, "tokens used")
    equal(holders(home), [], "files with a token in them")


def _options(tool):
    return ("--domain", DOMAIN, "--repository", "repo", *(("--source", tool.source) if tool.sourced else ()),
            "--endpoint-url", SERVICE.url)


def by_exec(tool):
    """gets in by jeton exec, which leaves nothing"""
    _by_environment(tool, JETON, "exec", *_options(tool), *tool.exec, "--")


def by_env(tool):
    """gets in by what jeton env prints, for all tools at once"""
    script = f'made=$({JETON} env {" ".join(_options(tool))}) && eval "$made" && exec "$@"'
    _by_environment(tool, "/bin/sh", "-c", script, "sh")


def add_cases(*tools):
    """What holds for each tool on each of its ways."""
    for tool in tools:
        if tool.missing:
            print(f"{tool.name} is left out: {tool.missing}")
            continue
        for holds, wanted in ((after_login, tool.login), (by_helper, tool.helped), (by_exec, tool.exec is not None),
                              (by_env, tool.env)):
            if wanted:
                case(f"{tool.name} {holds.__doc__}")(lambda tool=tool, holds=holds: holds(tool))
