# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Runs cases of the AWS SDK for JavaScript, sdk/*.mjs, against a service of their own."""
import re
import subprocess

import harness
import npm_packages

FOLDER = npm_packages.HERE / "sdk"


def install():
    npm_packages.install("sdk")


def _key(name, of):
    return {f"{name}_ID": of.id, f"{name}_SECRET": of.secret, f"{name}_TOKEN": of.token or ""}


def _operations():
    """The operations of IAM, by the table that binds them."""
    bound = (harness.ROOT / "src" / "service" / "operations" / "operations.c").read_text()
    return " ".join(re.findall(r'"iam:(\w+)"', bound))


def run(cases):
    """Runs the cases of a file and prints what failed; (passed, failed)."""
    data = harness.Data()
    session, ends = data.session(900)
    with harness.Service(data) as service:
        env = harness.environment(
            ENDPOINT=service.url, REGION=data.region, ACCOUNT=data.account, SESSION_ENDS=ends, OPERATIONS=_operations(),
            **_key("ADMIN", data.key()), **_key("ROOT", data.key("root")), **_key("SESSION", session),
            **_key("NOBODY", data.principal("nobody", ("Allow", "s3:*", "*"))))
        done = subprocess.run([npm_packages.node(), cases], cwd=FOLDER, env=env, stdin=subprocess.DEVNULL, timeout=300,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    text = done.stdout.decode("utf-8", "backslashreplace")
    lines = text.splitlines()
    count = re.fullmatch(r"(\d+) passed, (\d+) failed", lines[-1]) if lines else None
    harness.check(count, f"the cases broke off: {text}")
    print("\n".join(lines[:-1]), end="\n" if lines[1:] else "")
    return [int(number) for number in count.groups()]
