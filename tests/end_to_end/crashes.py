# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A program whose calls are traced: killed or refused something at any of them; and a disk that is full."""
import collections
import contextlib
import os
import re
import subprocess

from harness import new_folder


def sanitizer(option):
    """The options of a sanitizer, if we are built with one, and one more."""
    return ":".join(filter(None, (os.environ.get("ASAN_OPTIONS"), option)))


def strace(trace, *options):
    """What runs a program under strace, whose trace goes to a file. Leaks cannot be looked for there."""
    return ("/usr/bin/env", f"ASAN_OPTIONS={sanitizer('detect_leaks=0')}", "/usr/bin/strace", "-f", "-o", trace, *options)


def arguments(trace):
    """What runs a program and writes down the arguments of it and of all that it starts, whole, but not what is in
    their environments."""
    return strace(trace, "--seccomp-bpf", "-qq", "-e", "trace=execve,execveat", "-s", str(1 << 20))


def calls_of(trace):
    """The calls in a trace, a line each."""
    return [line for line in trace.read_text(encoding="utf-8").splitlines() if re.search(r"\w+\(", line)]


def steps_from(trace, part):
    """Each call from the first one that names PART on, as what strace injects into: (name, how many of that name)."""
    counts = collections.Counter()
    steps, begun = [], False
    for line in calls_of(trace):
        thread, name = re.match(r"(\d+) +(?:<\.\.\. )?(\w+)", line).groups()
        if "resumed>" in line:
            continue
        counts[thread, name] += 1
        begun = begun or part in line
        if begun:
            steps.append((name, counts[thread, name]))
    return steps


@contextlib.contextmanager
def small_disk(size="64k"):
    """A small file system, its folder; None when none can be mounted."""
    folder = new_folder("disk")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=700", "tmpfs", folder],
                             capture_output=True, check=False).returncode == 0
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder, spare=0):
    """Fills the file system, but for so many bytes."""
    with open(folder / "ballast", "wb", buffering=0) as file:
        with contextlib.suppress(OSError):
            while True:
                file.write(bytes(512))
        file.truncate(max(0, file.tell() - spare))


def make_room(folder):
    (folder / "ballast").unlink()
