# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Signature Version 4 for requests that no AWS client would send, and their exchange over a plain socket."""
import datetime
import hashlib
import hmac
import http.client
import socket
import ssl
import urllib.parse

from harness import REGION


def now(shift=0):
    """The time as AWS writes it, some seconds off."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=shift)
    return moment.strftime("%Y%m%dT%H%M%SZ")


def quote(text):
    """TEXT, or bytes, in the escapes of RFC 3986."""
    return urllib.parse.quote(text, safe="-_.~")


def canonical_query(query):
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    encoded = sorted((quote(urllib.parse.unquote_to_bytes(name)), quote(urllib.parse.unquote_to_bytes(value)))
                     for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def canonical(method, target, headers, signed, payload_hash):
    path, _, query = target.partition("?")
    joined = {}
    for name, value in headers:
        joined.setdefault(name.lower(), []).append(" ".join(value.split()))
    lines = "".join(f"{name}:{','.join(joined[name])}\n" for name in signed)
    return "\n".join([method, urllib.parse.quote(path, safe="/~-_."), canonical_query(query), lines, ";".join(signed),
                      payload_hash])


def signature(key, scope, date, canonical_request):
    to_sign = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical_request.encode()).hexdigest()])
    secret = ("AWS4" + key.secret).encode()
    for part in scope.split("/"):
        secret = hmac.new(secret, part.encode(), hashlib.sha256).digest()
    return hmac.new(secret, to_sign.encode(), hashlib.sha256).hexdigest()


def sign(key, method, target, headers, body=b"", region=REGION, service="codeartifact", date=None, signed=None,
         scope=None):
    """HEADERS, a list of pairs, with the date, the session token and the Authorization that sign the request."""
    date = date or now()
    scope = scope or f"{date[:8]}/{region}/{service}/aws4_request"
    headers = list(headers) + [("X-Amz-Date", date)]
    if key.token:
        headers.append(("X-Amz-Security-Token", key.token))
    signed = signed or sorted({name.lower() for name, _ in headers
                               if name.lower() in ("host", "content-type") or name.lower().startswith("x-amz-")})
    request = canonical(method, target, headers, signed, hashlib.sha256(body).hexdigest())
    value = (f"AWS4-HMAC-SHA256 Credential={key.id}/{scope}, SignedHeaders={';'.join(signed)}, "
             f"Signature={signature(key, scope, date, request)}")
    return headers + [("Authorization", value)]


def presign(key, method, target, host, region=REGION, service="codeartifact", expires=300, date=None):
    """TARGET with the query that signs it."""
    date = date or now()
    scope = f"{date[:8]}/{region}/{service}/aws4_request"
    added = [("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Credential", f"{key.id}/{scope}"), ("X-Amz-Date", date),
             ("X-Amz-Expires", str(expires)), ("X-Amz-SignedHeaders", "host")]
    if key.token:
        added.append(("X-Amz-Security-Token", key.token))
    target += ("&" if "?" in target else "?") + "&".join(f"{name}={quote(value)}" for name, value in added)
    request = canonical(method, target, [("Host", host)], ["host"], hashlib.sha256(b"").hexdigest())
    return f"{target}&X-Amz-Signature={signature(key, scope, date, request)}"


def request_bytes(method, target, headers, body=b"", version="HTTP/1.1"):
    lines = [f"{method} {target} {version}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


class Answer:
    """A response, or, with status 0, a connection that ended without one."""

    def __init__(self, status=0, headers=None, body=b""):
        self.status, self.headers, self.body = status, headers or {}, body

    def code(self):
        return self.headers.get("x-amzn-errortype", "")

    def __repr__(self):
        return f"{self.status} {self.headers} {self.body[:400]!r}"


def connect(service, timeout=30, context=None):
    connection = socket.create_connection((service.host, service.port), timeout)
    if service.scheme == "https":
        connection = (context or ssl._create_unverified_context()).wrap_socket(connection)
    return connection


def read_answer(connection, method="GET"):
    response = http.client.HTTPResponse(connection, method=method)
    try:
        response.begin()
        body = response.read()
    except (http.client.HTTPException, ConnectionError):
        return Answer()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


def exchange(service, data, timeout=30, method="GET"):
    """Sends bytes over a connection of their own, and reads the answer to the first request in them."""
    with connect(service, timeout) as connection:
        try:
            connection.sendall(data)
        except ConnectionError:
            pass  # refused before it had read all; the answer may be there nevertheless
        return read_answer(connection, method)


def call(service, key, method, target, body=b"", headers=(), **options):
    """One signed request, as an SDK would send it."""
    headers = [("Host", f"{service.host}:{service.port}"), *headers]
    headers = sign(key, method, target, headers, body, **options)
    if body or method in ("POST", "PUT"):
        headers.append(("Content-Length", str(len(body))))
    return exchange(service, request_bytes(method, target, headers, body), method=method)
