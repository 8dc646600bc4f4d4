# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The AWS CLI of the distribution, started once and forked for every command line: for tests that ask it many times."""
import json
import pathlib
import subprocess
import threading

from harness import AWS, SCRATCH, Result, new_folder

FORKED = pathlib.Path(__file__).resolve().parents[1] / "differential" / "forked_awscli.py"
SECONDS = 120


class ForkedAws:
    """One of one home: where its aliases and caches are, the AWS CLI knows when it is imported. Ends with the test."""

    def __init__(self, home):
        self._folder = new_folder("forked")
        self._lock = threading.Lock()
        self._process = subprocess.Popen(
            ["/usr/bin/python3", str(FORKED)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": str(home),
                 "MODULES": str(self._folder / "modules")})
        self._ready = False

    def _ask(self, task):
        if not self._ready and self._process.stdout.readline() != "ready\n":
            raise RuntimeError("the forking AWS CLI did not start")
        self._ready = True
        self._process.stdin.write(json.dumps(task) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def run(self, *arguments, env):
        """As harness.run() of the AWS CLI itself."""
        out, err = self._folder / "out", self._folder / "err"
        words = [str(word) for word in arguments]
        with self._lock:
            code = self._ask({"arguments": words, "env": env, "cwd": str(SCRATCH), "out": str(out), "err": str(err),
                              "seconds": SECONDS})
            return Result([AWS, *words], code, out.read_bytes().decode("utf-8", "backslashreplace"),
                          err.read_bytes().decode("utf-8", "backslashreplace"))
