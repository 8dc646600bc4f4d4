# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Programs of tests that come from npm: each folder here with a lock file holds some."""
import fcntl
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent


def install(folder):
    """The packages of the folder's lock file, unless they are there: npm leaves its own copy of the lock file with
    them. Where two tests ask at once, one waits. The folder."""
    place = HERE / folder
    done, wanted = place / "node_modules" / ".package-lock.json", place / "package-lock.json"
    with open(place / "package.json", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists() or done.stat().st_mtime < wanted.stat().st_mtime:
            subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=place,
                           check=True, timeout=300, stdin=subprocess.DEVNULL)
    return place


def node():
    """Where Node is: not everywhere the distribution's."""
    return shutil.which("node", path=os.environ.get("PATH")) or "node"
