# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The callers' sides of two protocols whose programs cannot be had here, as their sources have them: uv's keyring
provider (crates/uv-auth/src/keyring.rs of astral-sh/uv), and Bazel's credential helpers (CredentialHelper.java and
GetCredentialsResponse.java of bazelbuild/bazel). Each is as strict as its program, and fails where that would."""
import datetime
import json
import re
import subprocess
import urllib.parse


def uv_fetch(home, program, url, user=None, **more):
    """uv's question for a URL: the user and the password, or None; and what the person would see."""
    parts = urllib.parse.urlsplit(url)
    assert parts.hostname and parts.password is None and parts.username is None and user != ""
    services = [url, parts.netloc]
    if parts.scheme != "https":
        services.append(f"{parts.scheme}://{parts.netloc}")
    seen = ""
    for service in services:
        words = ["get", service, *([user] if user is not None else ["--mode", "creds"])]
        done = subprocess.run([program, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=home.env(**more), cwd=home.path, timeout=60, check=False)
        errors = done.stderr.decode()
        if done.returncode != 0:
            assert "unrecognized arguments: --mode" not in errors, "uv would say that keyring is too old"
            seen += errors
            continue
        seen += errors
        text = done.stdout.decode()
        if user is not None:
            return (user, text.rstrip()), seen
        lines = text.splitlines()
        assert len(lines) >= 2 and lines[1], f"a user without a password: {text!r}"
        return (lines[0], lines[1]), seen
    return None, seen


# JSON as Gson writes it: no blanks, and <, >, &, =, ' as \\uXXXX.
def _gson(value):
    return re.sub(r"[<>&=']", lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, separators=(",", ":")))


class HelperFailed(Exception):
    """What ends a build: the sentence that Bazel prints."""


def bazel_fetch(home, program, uri, seconds=10, **more):
    """Bazel's question for a URI: the headers, and their end or None."""
    helper = subprocess.Popen([program, "get"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=home.env(**more), cwd=home.path)
    about = f"Failed to get credentials for '{uri}' from helper '{program}'"
    try:
        out, errors = helper.communicate(_gson({"uri": uri}).encode(), timeout=seconds)
    except subprocess.TimeoutExpired as late:
        helper.kill()
        helper.communicate()
        raise HelperFailed(f"{about}: process timed out") from late
    if helper.returncode != 0:
        raise HelperFailed(f"{about}: process exited with code {helper.returncode}. stderr: {errors.decode()}")
    assert errors == b"", f"what nobody would see: {errors!r}"
    answer = json.loads(out)
    assert isinstance(answer, dict), "no object"
    for values in answer.get("headers", {}).values():
        assert isinstance(values, list) and all(isinstance(value, str) for value in values), "a header is no list of texts"
    end = answer.get("expires")
    if end is not None:
        # The pattern yyyy-MM-dd'T'HH:mm:ssXXX knows no fractions of seconds.
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", end), f"no moment for Bazel: {end}"
        end = datetime.datetime.fromisoformat(end)
    return answer.get("headers", {}), end
