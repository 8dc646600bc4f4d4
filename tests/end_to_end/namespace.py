# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A network of one's own, in which a test may have every address. To be entered before anything else is made."""
import os
import subprocess
import sys

INSIDE = "JETON_TEST_IN_NAMESPACE"


def enter():
    """Starts this program again in a network of its own, if that is allowed here; whether we are in one."""
    if INSIDE in os.environ:
        return os.environ[INSIDE] == "1"
    unshare = ["unshare", "--map-root-user", "--net", "--mount"]
    try:
        tried = subprocess.run([*unshare, "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
        allowed = tried.returncode == 0
    except OSError:
        allowed = False
    os.environ[INSIDE] = "1" if allowed else "0"
    if allowed:
        os.execvp(unshare[0], [*unshare, sys.executable, *sys.argv])
    return False
