#!/usr/bin/python3
# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The AWS CLI of the distribution, imported once and forked for every command line.

Reads one JSON object a line: arguments, env, cwd, out, err (files), seconds; writes the exit code, one a line; a
number below 0 is the signal that ended it. Starting the program costs half a second, a fork a tenth of that; a run of
the test checks on some of its cases that both answer alike.

What differs from the program: data files are parsed once, and what it would wait between attempts, it does not wait.
"""
import gc
import io
import json
import os
import signal
import sys
import time

import awscli.clidriver
import botocore.endpoint  # the copy inside awscli, which puts itself in the way
import botocore.loaders
import botocore.utils
import distro

DATA_PATH = os.environ["AWS_DATA_PATH"]
LISTED = ("service-2", "endpoint-rule-set-1", "waiters-2", "paginators-1")
_PARSED = {}
_load = botocore.loaders.JSONFileLoader.load_file
_list = botocore.loaders.Loader.list_available_services


def load_once(loader, path):
    if path not in _PARSED:
        _PARSED[path] = _load(loader, path)
    return _PARSED[path]


class Time:
    """The module time, for one that waits."""

    def __getattr__(self, name):
        return getattr(time, name)

    def sleep(self, seconds):
        pass


def prepare():
    """Does all that is the same for every command line."""
    botocore.loaders.JSONFileLoader.load_file = load_once
    loader = botocore.loaders.create_loader(DATA_PATH)
    names = {kind: _list(loader, type_name=kind) for kind in LISTED}
    distro.major_version()
    botocore.loaders.Loader.list_available_services = \
        lambda self, type_name: names[type_name] if type_name in names else _list(self, type_name=type_name)
    botocore.endpoint.time = Time()
    botocore.utils.ContainerMetadataFetcher.SLEEP_TIME = 0
    devnull = os.open("/dev/null", os.O_WRONLY)
    saved = os.dup(1), os.dup(2)
    os.dup2(devnull, 1), os.dup2(devnull, 2)
    for line in (["codeartifact", "list-domains", "--generate-cli-skeleton", "output"],
                 ["sts", "get-caller-identity", "--generate-cli-skeleton", "output", "--output", "yaml"],
                 ["codeartifact", "list-domains", "--endpoint-url", "http://127.0.0.1:9", "--output", "table"],
                 ["codeartifact", "list-domains", "--endpoint-url", "https://127.0.0.1:9"]):
        os.environ.update(AWS_REGION="us-west-2", AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b",
                          AWS_MAX_ATTEMPTS="1", AWS_PAGER="")
        if os.fork() == 0:  # first in a child: it tells which modules are wanted, and changes nothing here
            awscli.clidriver.AWSCLIEntryPoint().main(line)
            with open(os.environ["MODULES"], "a", encoding="utf-8") as file:
                file.write("\n".join(sys.modules) + "\n" + "\n".join("=" + path for path in _PARSED) + "\n")
            os._exit(0)
        os.wait()
    os.dup2(saved[0], 1), os.dup2(saved[1], 2)
    import_and_parse()
    gc.collect()
    gc.freeze()


def import_and_parse():
    with open(os.environ["MODULES"], encoding="utf-8") as file:
        for name in file.read().split("\n"):
            if name.startswith("="):
                load_once(botocore.loaders.JSONFileLoader(), name[1:])
            elif name and name not in sys.modules and name != "__main__":
                try:
                    __import__(name)
                except ImportError:
                    pass


def renew_streams():
    sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding="utf-8",
                                  errors="surrogateescape")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w", closefd=False)), encoding="utf-8",
                                  errors="backslashreplace", line_buffering=True)


def run(task):
    """In the child: becomes the program."""
    os.environ.clear()
    os.environ.update(task["env"])
    data = os.environ.get("AWS_DATA_PATH")
    os.environ["AWS_DATA_PATH"] = f"{data}:{DATA_PATH}" if data else DATA_PATH
    time.tzset()
    os.chdir(task["cwd"])
    for target, path, flags in ((0, "/dev/null", os.O_RDONLY), (1, task["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
                                (2, task["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)):
        opened = os.open(path, flags, 0o600)
        os.dup2(opened, target)
        os.close(opened)
    renew_streams()
    sys.argv = ["/usr/bin/aws", *task["arguments"]]
    signal.alarm(task["seconds"])
    try:
        code = awscli.clidriver.main()
    except SystemExit as end:
        code = end.code
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code or 0


def main():
    own = os.path.dirname(os.environ["MODULES"])
    os.chdir(own)
    prepare()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 99
            try:
                code = run(json.loads(line))
            finally:
                os._exit(code & 0xFF)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
