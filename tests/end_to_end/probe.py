# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A service, and requests to it that no client would send: what the tests of its doors share."""
import json

from harness import Data, Service, check, equal, matches
from signing import call, exchange, request_bytes, sign

DATA = Data()
SERVICE = Service(DATA)
ADMIN = DATA.key()
HOST = f"127.0.0.1:{SERVICE.port}"
DESCRIBE = "/v1/domain?domain=demo"
TOKEN = "/v1/authorization-token?domain=demo"
JSON = ("Content-Type", "application/json")
FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
BAD_SIGNATURE = "InvalidSignatureException"


def serves_on():
    answer = call(SERVICE, ADMIN, "GET", DESCRIBE)
    equal(answer.status, 200, f"the service after it: {answer!r}")
    equal(json.loads(answer.body)["domain"]["name"], "demo", "domain")


def refused(answer, *allowed):
    """A 4xx, what HTTP has for what a server does not know, or no answer; or one of ALLOWED. Ours say why."""
    if allowed:
        check(answer.status in allowed, f"wanted one of {allowed}, got {answer!r}")
    else:
        check(answer.status == 0 or 400 <= answer.status < 500 or answer.status in (501, 505),
              f"wanted a refusal, got {answer!r}")
    if answer.code():
        if answer.headers["content-type"].startswith("application/json"):
            said = json.loads(answer.body)
            check(isinstance(said["message"], str) and said["message"], f"no message in {answer!r}")
        matches(answer.headers["x-amzn-requestid"], "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "request id")


def error(answer, status, code, message=None):
    equal((answer.status, answer.code()), (status, code), f"{answer!r}")
    said = json.loads(answer.body)
    if message:
        matches(said["message"], message, "message")


def signed(method, target, headers=(), body=b"", **options):
    """The headers of a signed request, with its length."""
    headers = sign(ADMIN, method, target, [("Host", HOST), *headers], body, **options)
    return headers + ([("Content-Length", str(len(body)))] if body or method == "POST" else [])


def send(method, target, headers, body=b""):
    return exchange(SERVICE, request_bytes(method, target, headers, body), method=method)
