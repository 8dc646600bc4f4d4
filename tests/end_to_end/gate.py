# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Questions at the gate, asked as nginx asks them."""
from harness import ACCOUNT, DOMAIN, check
from signing import exchange, request_bytes

READ = ("GET", "/lodash")
PUBLISH = ("PUT", "/lodash")


def ask(service, token, repository="lib", what=READ, domain=DOMAIN, account=ACCOUNT):
    """The answer to a request to an npm repository, which may say why."""
    method, path = what
    headers = [("Host", f"{service.host}:{service.port}"), ("X-Original-Method", method),
               ("X-Original-URI", f"/npm/d/{domain}-{account}/{repository}{path}"),
               ("X-Original-Host", f"{service.host}:{service.port}"), ("Authorization", f"Bearer {token}")]
    answer = exchange(service, request_bytes("GET", "/gate/nginx", headers, b""))
    check(answer.status in (200, 401, 403), f"{answer!r}")
    return answer


def status(service, token, *arguments, **options):
    return ask(service, token, *arguments, **options).status
