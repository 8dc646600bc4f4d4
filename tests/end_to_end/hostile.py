# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Hostile requests as a table: a name, the bytes (or pieces with pauses between them), and what must happen.

What must happen is a set of statuses, of which the first answer has one; CLOSED among them means that the connection
may be closed without one, which is what libmicrohttpd does where it cannot find a request in the bytes.
"""
import hashlib
import json
import urllib.parse

from signing import request_bytes, sign

CLOSED = 0
REFUSED = {400}
UNSIGNED = {403}          # well-formed as far as it was read, so that only the signature is missing
UNKNOWN = {404}
LARGE = {413}
NO_HTTP = {400, CLOSED}
HOST = "127.0.0.1"        # whom the bytes are sent to is of no matter to these
DESCRIBE = "/v1/domain?domain=demo"
DOMAINS = "/v1/domains"
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")
HUGE = 200_000


def head(*lines, first="GET /v1/domain?domain=demo HTTP/1.1", host=True, end="\r\n\r\n"):
    """A request of lines, which may be bytes or text."""
    parts = [first, *(["Host: x"] if host else []), *lines]
    return b"\r\n".join(part if isinstance(part, bytes) else part.encode("latin-1") for part in parts) + end.encode()


def post(*lines, body=b"", target=DOMAINS):
    return head(*lines, first=f"POST {target} HTTP/1.1") + body


def chunked(body, *lines):
    return post("Transfer-Encoding: chunked", *lines, body=body)


def lengths(*values, body=b"{}"):
    return post(*(f"Content-Length: {value}" for value in values), body=body)


REQUEST_LINES = [
    ("nothing", b"", {CLOSED}),
    ("one line end", b"\r\n", {CLOSED}),
    ("words", b"hello there, server\r\n\r\n", NO_HTTP),
    ("a method alone", b"GET\r\n\r\n", NO_HTTP),
    ("a method and blanks", b"GET   \r\n\r\n", NO_HTTP),
    ("no version", b"GET /\r\n\r\n", NO_HTTP),
    ("an empty target", b"GET  HTTP/1.1\r\nHost: x\r\n\r\n", NO_HTTP),
    ("HTTP/0.9", b"GET /v1/domain\r\n", NO_HTTP),
    ("HTTP/0.1", head(first="GET / HTTP/0.1"), {400, 505, CLOSED}),
    ("HTTP/1.2", head(first="GET /v1/domain?domain=demo HTTP/1.2"), {400, 403, 505, CLOSED}),
    ("HTTP/2.0", head(first="GET / HTTP/2.0"), {400, 505, CLOSED}),
    ("HTTP/11", head(first="GET / HTTP/11"), {400, 505, CLOSED}),
    ("HTTP/1.", head(first="GET / HTTP/1."), {400, 505, CLOSED}),
    ("http in small letters", head(first="GET / http/1.1"), {400, 505, CLOSED}),
    ("something behind the version", head(first="GET / HTTP/1.1 more"), {400, 505, CLOSED}),
    ("a version with a NUL", head(first=b"GET / HTTP/1.1\x00"), {400, 505, CLOSED}),
    ("a tab for a blank", head(first="GET\t/\tHTTP/1.1"), NO_HTTP),
    ("two blanks", head(first="GET  /v1/domain?domain=demo HTTP/1.1"), {400, 403, CLOSED}),
    ("blanks before the method", b"  GET / HTTP/1.1\r\nHost: x\r\n\r\n", NO_HTTP | {404}),
    ("line ends before the method", b"\r\n\r\n" + head(), UNSIGNED | NO_HTTP),
    ("a bare CR behind the request line", b"GET /v1/domain?domain=demo HTTP/1.1\rHost: x\r\r", NO_HTTP | UNSIGNED),
    ("bare LFs throughout", b"GET /v1/domain?domain=demo HTTP/1.1\nHost: x\n\n", NO_HTTP | UNSIGNED),
    ("a method of 10,000 letters", head(first="A" * 10_000 + " / HTTP/1.1"), {404, 413, 414, 431, CLOSED}),
    ("a method of 200,000 letters", head(first="A" * HUGE + " / HTTP/1.1"), {413, 414, 431, CLOSED}),
    ("a method of signs", head(first="(){}[] / HTTP/1.1"), {400, 404, CLOSED}),
    ("a method with a NUL", head(first=b"GE\x00T / HTTP/1.1"), {400, 404, CLOSED}),
    ("a method that is no ASCII", head(first=b"G\xc3\x89T / HTTP/1.1"), {400, 404, CLOSED}),
    ("a method with an escape sequence", head(first=b"\x1b[2J / HTTP/1.1"), {400, 404, CLOSED}),
    ("TRACE", head(first="TRACE / HTTP/1.1"), UNKNOWN),
    ("TRACK", head(first="TRACK / HTTP/1.1"), UNKNOWN),
    ("CONNECT", head(first="CONNECT x:443 HTTP/1.1"), {400, 404}),
    ("OPTIONS of all", head(first="OPTIONS * HTTP/1.1"), UNKNOWN),
    ("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505, CLOSED}),
    ("an upgrade to HTTP/2", head("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
     UNSIGNED),
    ("an upgrade to WebSocket", head("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"),
     UNSIGNED),
    ("the greeting of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(512), NO_HTTP),
    ("the greeting of SSH", b"SSH-2.0-OpenSSH_9.2\r\n", NO_HTTP),
    ("mail", b"EHLO x\r\nMAIL FROM:<a@b>\r\n\r\n", NO_HTTP),
    ("a command of a key-value store", b"*1\r\n$4\r\nPING\r\n\r\n", NO_HTTP),
    ("zeros", bytes(5000), NO_HTTP),
    ("high bytes", b"\xff" * 5000 + b"\r\n\r\n", NO_HTTP),
    ("random bytes", hashlib.sha512(b"seed").digest() * 100 + b"\r\n\r\n", NO_HTTP | {404, 505}),
    ("200,000 letters without an end", b"A" * HUGE, {413, 414, 431, CLOSED}),
    ("100,000 line ends", b"\r\n" * 100_000, NO_HTTP | {414}),
]

TARGETS = [
    *((f"the target {target[:30]}", head(first=f"GET {target} HTTP/1.1"), wanted) for target, wanted in [
        ("relative", {400, 404}), ("//", UNKNOWN), ("///v1/domain?domain=demo", UNKNOWN), ("/../../etc/passwd", UNKNOWN),
        ("/v1/../v1/domain?domain=demo", UNKNOWN), ("/v1/./domain?domain=demo", UNKNOWN),
        ("/%2e%2e/%2e%2e/etc/passwd", UNKNOWN), ("/v1%2fdomain?domain=demo", UNKNOWN),
        ("/v1/domain;x=y?domain=demo", UNKNOWN), ("/v1/domain%00?domain=demo", UNKNOWN), ("/%", UNKNOWN),
        ("/%zz", UNKNOWN), ("/%u0041", UNKNOWN), ("\\v1\\domain", {400, 404}), ("*", UNKNOWN),
        ("/v1/domain#fragment", UNKNOWN), ("/v1/domain?domain=demo#fragment", UNSIGNED), ("?", {400, 404}),
        ("/?", UNKNOWN), ("/??", {403}), ("/v1/domain?", UNSIGNED), ("/v1/domain?&&&&", UNSIGNED),
        ("/v1/domain?=", UNSIGNED), ("/v1/domain?domain", UNSIGNED), ("/v1/domain?domain=%", UNSIGNED),
        ("/v1/domain?domain=%00", UNSIGNED), ("/v1/domain?domain=%ff%fe", UNSIGNED),
        ("/v1/domain?domain=%c0%af", UNSIGNED), ("/v1/domain?domain=%ed%a0%80", UNSIGNED),
        ("/v1/domain?domain=${jndi:ldap://x}", UNSIGNED), ("/v1/domain?domain=';DROP--", UNSIGNED),
        ("http://elsewhere/v1/domain?domain=demo", UNSIGNED), ("https://elsewhere:1/v1/domain?domain=demo", UNSIGNED),
        ("http://", {400, 404}), ("http:///", UNKNOWN), ("http://[::1/", UNKNOWN), ("http://user:word@x/", UNKNOWN),
        ("ftp://elsewhere/v1/domain", UNKNOWN), ("file:///etc/passwd", UNKNOWN), ("HTTP://x?domain=demo", {400, 404})]),
    ("a target that is no UTF-8", head(first=b"GET /v1/\xff\xfe HTTP/1.1"), {400, 404}),
    ("a target with a NUL", head(first=b"GET /v1/\x00domain HTTP/1.1"), {400, 404, CLOSED}),
    ("a target with a CR", head(first=b"GET /v1/\rdomain HTTP/1.1"), NO_HTTP),
    ("a target with a tab", head(first=b"GET /v1/\tdomain HTTP/1.1"), NO_HTTP),
    ("a target with DEL", head(first=b"GET /v1/\x7fdomain HTTP/1.1"), REFUSED),
    ("a target with escape sequences", head(first=b"GET /\x1b[31m HTTP/1.1"), REFUSED),
    ("a blank in the query", head(first="GET /v1/domain?domain=a b HTTP/1.1"), NO_HTTP),
    ("a path of 12 kB", head(first="GET /" + "a" * 12_500 + " HTTP/1.1"), LARGE),
    ("a path of 20 kB", head(first="GET /" + "a" * 20_000 + " HTTP/1.1"), {413, 414, 431}),
    ("a path of 200 kB", head(first="GET /" + "a" * HUGE + " HTTP/1.1"), {413, 414, 431, CLOSED}),
    ("a path of 6,000 slashes", head(first="GET /" + "/" * 6000 + " HTTP/1.1"), UNKNOWN),
    ("a path of 2,000 folders up", head(first="GET " + "/.." * 2000 + " HTTP/1.1"), UNKNOWN),
    ("a path of 4,000 escapes", head(first="GET /" + "%2f" * 4000 + " HTTP/1.1"), UNKNOWN),
    ("a query of 12 kB", head(first="GET /v1/domain?domain=" + "a" * 12_500 + " HTTP/1.1"), LARGE),
    ("a query of 200 kB", head(first="GET /v1/domain?" + "a" * HUGE + " HTTP/1.1"), {413, 414, 431, CLOSED}),
    ("5,000 parameters", head(first="GET /v1/domain?" + "a&" * 5000 + " HTTP/1.1"), {413, CLOSED}),
    ("200 parameters", head(first="GET /v1/domain?domain=a" + "&a" * 199 + " HTTP/1.1"), UNSIGNED),
    ("201 parameters", head(first="GET /v1/domain?domain=a" + "&a" * 200 + " HTTP/1.1"), LARGE),
    ("1,300 domains", head(first="GET /v1/domain?" + "domain=a&" * 1300 + " HTTP/1.1"), {413, CLOSED}),
    ("4,000 escapes in the query", head(first="GET /v1/domain?domain=" + "%41" * 4000 + " HTTP/1.1"), UNSIGNED),
]

HEADERS = [
    ("no Host", head(host=False), REFUSED),
    ("no Host in HTTP/1.0", head(first="GET /v1/domain?domain=demo HTTP/1.0", host=False), UNSIGNED),
    ("two Hosts", head("Host: y"), REFUSED),
    ("an empty Host", head("Host:", host=False), {400, 403}),
    ("a Host of 10 kB", head("Host: " + "a" * 10_000, host=False), UNSIGNED),
    ("a Host with escape sequences", head(b"Host: \x1b[31m", host=False), {400, 403}),
    ("two Authorizations", head("Authorization: AWS4-HMAC-SHA256 a", "Authorization: AWS4-HMAC-SHA256 b"), REFUSED),
    ("a header without a colon", head("nonsense"), NO_HTTP),
    # For libmicrohttpd 0.9.75 the headers end here, and what follows is another request.
    ("a header without a name", head(": value"), REFUSED),
    ("a header without a name among others", head(": value", "X-Y: a"), REFUSED),
    ("a header of blanks", head("   "), NO_HTTP | UNSIGNED),
    ("a blank before the colon", head("X-Y : z"), REFUSED),
    ("a blank before the colon of the length", post("Content-Length : 2", body=b"{}"), REFUSED),
    ("a tab before the colon of the coding", post("Transfer-Encoding\t: chunked", body=b"0\r\n\r\n"), REFUSED),
    ("a folded header", head("X-Y: a", " b"), REFUSED),
    ("a folded Authorization", head("Authorization: AWS4-HMAC-SHA256", "\tCredential=a"), REFUSED),
    ("a folded length", post("Content-Length: 2", " 0", body=b"{}"), REFUSED),
    ("a length in the fold", post("Content-Length:", " 2", body=b"{}"), REFUSED),
    ("a length folded into a name", post("Content-Len: 2", " gth", body=b"{}"), REFUSED),
    ("a folded coding", post("Transfer-Encoding:", " chunked", body=b"0\r\n\r\n"), REFUSED),
    ("a fold before any header", b"GET / HTTP/1.1\r\n Host: x\r\n\r\n", NO_HTTP),
    ("10,000 folds", head("X-Y: a", *([" b"] * 2000)), {400, 403, 413, 431}),
    ("a NUL in a header's value", head(b"X-Y: a\x00b"), REFUSED),
    ("a NUL at the start of a line", head(b"\x00X-Y: a", "X-Z: b"), REFUSED),
    ("a NUL in a header's name", head(b"X-\x00Y: a"), NO_HTTP),
    ("a NUL in Authorization", head(b"Authorization: AWS4-HMAC-SHA256\x00 a"), REFUSED),
    ("a NUL in the length", post(b"Content-Length: 2\x00", body=b"{}"), REFUSED),
    ("a NUL in the coding", post(b"Transfer-Encoding: chunked\x00", body=b"0\r\n\r\n"), REFUSED),
    ("a bare CR in a value", head(b"X-Y: a\rContent-Length: 5"), {400, 403, CLOSED}),
    ("a bare CR before a length", post(b"X-Y: a\rContent-Length: 2", body=b""), {400, 403, CLOSED}),
    ("a bare LF before a length", post(b"X-Y: a\nContent-Length: 2", body=b"{}"), {400, 403, CLOSED}),
    ("controls in a value", head(b"X-Y: \x01\x02\x1b[31m\x7f"), {400, 403}),
    ("a name in Latin-1", head(b"X-\xe9: a"), REFUSED),
    ("a name of signs", head("X(Y): a"), REFUSED),
    ("a name in quotes", head('"Host": a'), REFUSED),
    ("a value that is no UTF-8", head(b"X-Amz-Date: \xff\xfe"), UNSIGNED),
    ("a value of 10 kB", head("X-Y: " + "a" * 10_000), UNSIGNED),
    ("a value of 13 kB", head("X-Y: " + "a" * 13_000), LARGE),
    ("a value of 200 kB", head("X-Y: " + "a" * HUGE), {413, 431, CLOSED}),
    ("a name of 200 kB", head("X" * HUGE + ": a"), {413, 431, CLOSED}),
    ("64 headers too many", head(*(f"X-{number}: y" for number in range(128))), LARGE),
    ("10,000 headers", head(*(f"X-{number}: y" for number in range(10_000))), {413, 431, CLOSED}),
    ("1,000 empty headers", head(*(["X:"] * 1000)), {413, 431}),
    ("1,000 Cookies", head(*(["Cookie: a=b; c=d; e"] * 50)), UNSIGNED),
    ("a Cookie of nothing but signs", head("Cookie: " + ";=," * 1000), UNSIGNED | {431}),
    ("an unknown Expect", head("Expect: the-best"), {403, 417}),
    ("Expect without a body", head("Expect: 100-continue"), UNSIGNED),
    ("a Range", head("Range: bytes=" + "0-," * 2000), UNSIGNED),
    ("all kinds of forwarding", head("X-Forwarded-For: 10.0.0.1", "Forwarded: for=_x", "X-Original-URL: /admin",
                                     "X-HTTP-Method-Override: DELETE"), UNSIGNED),
    ("Connection names the signature", head("Connection: Authorization, Host"), UNSIGNED),
    ("a Connection of 3,000 names", head("Connection: " + "a," * 3000), UNSIGNED),
]

LENGTHS = [
    *((f"the length {value[:24]!r}", lengths(value), wanted) for value, wanted in [
        ("-1", REFUSED), ("-0", REFUSED), ("+2", REFUSED), ("0x2", REFUSED), ("2.0", REFUSED), ("2e0", REFUSED),
        ("two", REFUSED), ("", {400, 403}), ("2 2", REFUSED), ("2,2", REFUSED), ("2, 3", REFUSED), ("2;x", REFUSED),
        ("²", REFUSED), ("9" * 19, {400, 413}), ("9" * 20, {400, 413}), ("9" * 400, {400, 413}),
        (str(2 ** 63), {400, 413}), (str(2 ** 64), {400, 413}), (str(2 ** 64 + 2), {400, 413}),
        (str(2 ** 32 + 2), LARGE), ("10000000", LARGE)]),
    ("the length 0000000000000002", lengths("0" * 14 + "2"), UNSIGNED),
    ("two lengths that differ", lengths("2", "3"), REFUSED),
    ("two lengths that agree", lengths("2", "2"), REFUSED),
    ("a length in small letters beside another", post("content-length: 2", "Content-Length: 20", body=b"{}"), REFUSED),
    ("three lengths", lengths("0", "2", "0"), REFUSED),
    ("a length without the body", lengths("1000"), {CLOSED, 400, 403}),
    ("a length that is too short", lengths("1", body=b"{}GET /x HTTP/1.1\r\n\r\n"), UNSIGNED),
    ("a length with GET", head("Content-Length: 2") + b"{}", UNSIGNED),
    ("a body of 300 kB", lengths("300000", body=b" " * 300_000), LARGE),
    ("a body of 2 MB", lengths("2000000", body=b" " * 2_000_000), LARGE),
    ("a body of 2 MB that nobody announced", head() + b"x" * 2_000_000, UNSIGNED | {CLOSED}),
]

SMUGGLING = [
    ("a length and chunks", chunked(b"0\r\n\r\n", "Content-Length: 5"), REFUSED),
    ("chunks and a length", post("Content-Length: 5", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"), REFUSED),
    ("a length and chunks in HTTP/1.0", head("Content-Length: 5", "Transfer-Encoding: chunked",
                                              first="POST /v1/domains HTTP/1.0") + b"0\r\n\r\n", REFUSED),
    ("a length of 0 and chunks", chunked(b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n", "Content-Length: 0"),
     REFUSED),
    *((f"the coding {value!r}", post(f"Transfer-Encoding: {value}", body=b"0\r\n\r\n"), {400, 501} | more)
      for value, more in [
          ("gzip", set()), ("identity", set()), ("chunked, identity", set()), ("identity, chunked", set()),
          ("chunked, chunked", set()), ("gzip, chunked", set()), ("xchunked", set()), ("chunkedx", set()),
          ("chunked;q=1", set()), ("\x0bchunked", {CLOSED}), ("'chunked'", set()), ('"chunked"', set()), ("chunk", set()),
          ("", {403}), (",chunked", set()), ("chunked,", set()), ("CHUNKED", {403}), ("\tchunked", {403})]),
    ("two codings", post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked", body=b"0\r\n\r\n"), REFUSED),
    ("a coding hidden by another", post("Transfer-Encoding: identity", "Transfer-Encoding: chunked",
                                        body=b"0\r\n\r\n"), REFUSED),
    ("a coding by an underscore", post("Transfer_Encoding: chunked", "Content-Length: 2", body=b"{}"), UNSIGNED),
    ("a coding in an absolute target", head("Transfer-Encoding: chunked", "Content-Length: 2",
                                            first="POST http://x/v1/domains HTTP/1.1") + b"{}", REFUSED),
    ("chunks in HTTP/1.0", head("Transfer-Encoding: chunked", first="POST /v1/domains HTTP/1.0") + b"0\r\n\r\n",
     {400, 403}),
    ("chunks with GET", head("Transfer-Encoding: chunked") + b"0\r\n\r\n", UNSIGNED),
    ("a request behind the body", lengths("0", body=head()), UNSIGNED),
    ("a request behind the last chunk", chunked(b"0\r\n\r\n" + head()), UNSIGNED),
]

CHUNKS = [
    *((f"the chunk {body[:24]!r}", chunked(body), wanted) for body, wanted in [
        (b"zz\r\n{}\r\n0\r\n\r\n", NO_HTTP), (b"-2\r\n{}\r\n0\r\n\r\n", NO_HTTP), (b"+2\r\n{}\r\n0\r\n\r\n", NO_HTTP),
        (b"0x2\r\n{}\r\n0\r\n\r\n", NO_HTTP), (b" 2\r\n{}\r\n0\r\n\r\n", NO_HTTP), (b"\r\n\r\n", NO_HTTP),
        (b"2 \r\n{}\r\n0\r\n\r\n", NO_HTTP | UNSIGNED), (b"F" * 16 + b"\r\n{}", NO_HTTP | {413}),
        (b"F" * 17 + b"\r\n{}", NO_HTTP | {413}), (b"0" * 30 + b"2\r\n{}\r\n0\r\n\r\n", NO_HTTP | UNSIGNED | {413}),
        (b"8000000000000000\r\n{}", NO_HTTP | {413}), (b"1\r\n{}{}{}\r\n0\r\n\r\n", NO_HTTP),
        (b"2\r\n{}0\r\n\r\n", NO_HTTP), (b"2\n{}\n0\n\n", NO_HTTP | UNSIGNED), (b"2\r{}\r0\r\r", NO_HTTP),
        (b"2\r\n{}", NO_HTTP), (b"2\r\n{}\r\n", NO_HTTP), (b"2\r\n{}\r\n0", NO_HTTP), (b"2\r\n{}\r\n0\r\n", NO_HTTP),
        (b"2;x=y\r\n{}\r\n0\r\n\r\n", UNSIGNED), (b"2;\r\n{}\r\n0\r\n\r\n", UNSIGNED),
        (b"2;a\nb\r\n{}\r\n0\r\n\r\n", NO_HTTP | UNSIGNED), (b"2\x00\r\n{}\r\n0\r\n\r\n", NO_HTTP),
        (b"0\r\nX-Trailer: a\r\n\r\n", UNSIGNED), (b"0\r\nContent-Length: 9\r\n\r\n", UNSIGNED | REFUSED),
        (b"0\r\nnonsense\r\n\r\n", NO_HTTP | UNSIGNED)]),
    # libmicrohttpd calls this a failure of its own; it closes the connection.
    ("a chunk extension of 100 kB", chunked(b"2;" + b"x" * 100_000 + b"\r\n{}\r\n0\r\n\r\n"), {400, 413, 500, CLOSED}),
    ("10,000 chunk extensions", chunked(b"1;x=y\r\n \r\n" * 10_000 + b"0\r\n\r\n"), UNSIGNED | {413}),
    ("20,000 chunks of a byte", chunked(b"1\r\n \r\n" * 20_000 + b"0\r\n\r\n"), UNSIGNED),
    ("2 MB in chunks", chunked((b"8000\r\n" + b"x" * 32768 + b"\r\n") * 64 + b"0\r\n\r\n"), {413, CLOSED}),
    ("1,000 trailers", chunked(b"0\r\n" + b"X: y\r\n" * 1000 + b"\r\n"), {400, 403, 413, 431, CLOSED}),
    ("a trailer of 100 kB", chunked(b"0\r\nX: " + b"y" * 100_000 + b"\r\n\r\n"), {400, 403, 413, 431, CLOSED}),
]


def signed(key, method, target, body=b"", headers=(), scope=()):
    """A request that is signed, so that its body is read and understood."""
    headers = sign(key, method, target, [("Host", HOST), *headers], body, *scope)
    return request_bytes(method, target, [*headers, ("Content-Length", str(len(body)))], body)


def nest(depth, inner, before, after):
    return (before * depth + inner + after * depth).encode()


def bodies(key):
    """Bodies that come signed: what the decoders meet."""
    def json_row(name, body, wanted=None, target="/v1/domain?domain=hostile"):
        return (f"JSON: {name}", signed(key, "POST", target, body, [JSON]), wanted or REFUSED)

    def form_row(name, body, wanted=None, scope=("us-east-1", "iam")):
        return (f"form: {name}", signed(key, "POST", "/", body, [FORM], scope), wanted or REFUSED)

    create = b"Action=CreateUser&Version=2010-05-08&UserName=Hostile/1&"
    put = b"Action=PutUserPolicy&Version=2010-05-08&UserName=nobody&PolicyName=p&PolicyDocument="
    return [
        json_row("nothing but a brace", b"{"), json_row("an array", b"[]"), json_row("a number", b"1"),
        json_row("a string", b'"x"'), json_row("null", b"null"), json_row("two objects", b"{}{}"),
        json_row("words", b"hello"), json_row("XML", b"<?xml version='1.0'?><a/>"),
        json_row("a byte order mark", b"\xef\xbb\xbf{}"), json_row("UTF-16", '{"tags":[]}'.encode("utf-16")),
        json_row("no UTF-8", b'{"tags":[{"key":"\xff","value":"b"}]}'),
        json_row("an overlong slash", b'{"tags":[{"key":"\xc0\xaf","value":"b"}]}'),
        json_row("half a surrogate", b'{"tags":[{"key":"\\ud800","value":"b"}]}'),
        json_row("a NUL", b'{"encryptionKey":"a\\u0000b"}'), json_row("a raw NUL", b'{"encryptionKey":"a\x00b"}'),
        json_row("a raw line end in a string", b'{"encryptionKey":"a\nb"}'),
        json_row("a comma too many", b'{"encryptionKey":"arn",}'), json_row("single quotes", b"{'a':1}"),
        json_row("NaN", b'{"tags":NaN}'), json_row("a number beyond all", b'{"tags":1e999999}'),
        json_row("10,000 digits", b'{"tags":' + b"9" * 10_000 + b"}"),
        json_row("10,000 arrays deep", b'{"tags":' + nest(10_000, "", "[", "]") + b"}"),
        json_row("10,000 objects deep", nest(10_000, "1", '{"a":', "}")),
        json_row("100,000 open arrays", b"[" * 100_000),
        json_row("2,000 arrays deep in a member that nobody knows", b'{"x":' + nest(2000, "", "[", "]") + b"}",
                 {200, 409}),
        json_row("a tag of the wrong type", b'{"tags":[1,2,3]}'), json_row("tags as an object", b'{"tags":{"a":"b"}}'),
        json_row("10,000 tags", json.dumps({"tags": [{"key": f"{n}", "value": ""} for n in range(5000)]}).encode()),
        json_row("10,000 members of one name", b"{" + b'"encryptionKey":"a",' * 5000 + b'"encryptionKey":"b"}', {200, 400, 409}),
        json_row("a string of 100 kB", b'{"encryptionKey":"' + b"a" * 100_000 + b'"}'),
        json_row("5,000 escapes", b'{"encryptionKey":"' + b"\\u0041" * 5000 + b'"}'),
        json_row("a name with a slash", b"{}", target="/v1/domain?domain=a%2Fb"),
        json_row("a name with a NUL", b"{}", target="/v1/domain?domain=a%00b"),
        json_row("a name that is no UTF-8", b"{}", target="/v1/domain?domain=%ff"),
        json_row("two names", b"{}", target="/v1/domain?domain=aaa&domain=bbb"),
        form_row("no action", b"Version=2010-05-08", {400, 404}), form_row("nothing", b"", {400, 404}),
        form_row("ampersands", b"&" * 50_000, {400, 404}), form_row("equals signs", b"=" * 50_000, {400, 404}),
        form_row("two actions", b"Action=ListUsers&Action=DeleteUser&Version=2010-05-08"),
        form_row("an action of 100 kB", b"Action=" + b"A" * 100_000, {400, 404}),
        form_row("an action with a NUL", b"Action=List%00Users&Version=2010-05-08", {400, 404}),
        form_row("broken escapes", create + b"Path=%zz"), form_row("an escape cut off", create + b"Path=%2"),
        form_row("no UTF-8", create + b"Path=%ff%fe"), form_row("an overlong slash", create + b"Path=%c0%af"),
        form_row("a NUL", create + b"Path=/%00/"), form_row("20,000 parameters", create + b"a=b&" * 20_000),
        form_row("5,000 tags", create + b"&".join(b"Tags.member.%d.Key=k%d&Tags.member.%d.Value=v" % (n, n, n)
                                                 for n in range(1, 4000))),
        form_row("a tag numbered 0", create + b"Tags.member.0.Key=a"),
        form_row("a tag numbered -1", create + b"Tags.member.-1.Key=a"),
        form_row("a tag numbered 4294967297", create + b"Tags.member.4294967297.Key=a"),
        form_row("a tag numbered beyond all", create + b"Tags.member.%s.Key=a" % (b"9" * 400)),
        form_row("a gap in the tags", create + b"Tags.member.1.Key=a&Tags.member.3.Key=b"),
        form_row("a tag that is two things", create + b"Tags.member.1=a&Tags.member.1.Key=b"),
        form_row("a name of 10,000 dots", create + b"Tags" + b"." * 10_000 + b"=a"),
        form_row("a name of 20,000 steps", create + b"Tags.member.1" * 5000 + b"=a"),
        form_row("a name in escapes", create + b"%54ags.member.1.Key=a&Tags.member.1.Key=b"),
        form_row("JSON as a form", b'{"Action":"ListUsers"}', {400, 404}),
        form_row("XML as a form", b"<a>" * 10_000, {400, 404}),
        form_row("entities as a form", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', {400, 404}),
        form_row("a policy that is no JSON", put + b"hello", {400, 404}),
        form_row("a policy of 10,000 arrays", put + urllib.parse.quote(b"[" * 10_000).encode(), {400, 404}),
        form_row("a policy 2,000 deep", put + urllib.parse.quote(nest(2000, "1", '{"Statement":', "}")).encode(),
                 {400, 404}),
        form_row("a policy of 150 kB", put + b"a" * 150_000, {400, 404, 413}),
        form_row("a token that is none", b"Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=abc&"
                 b"RoleArn=arn:aws:iam::111122223333:role/none&WebIdentityToken=" + b"." * 5000,
                 {400, 403, 404}, ("us-west-2", "sts")),
    ]


AUTHORIZATION = [
    (f"{number}, {value[:40]!r}", head(f"Authorization: {value}", "X-Amz-Date: 20260101T000000Z"), {400, 403})
    for number, value in enumerate([
        "", "AWS4-HMAC-SHA256", "AWS4-HMAC-SHA256 ", "Basic YWRtaW46YWRtaW4=", "Bearer " + "a" * 5000,
        "AWS4-HMAC-SHA256 Credential=", "AWS4-HMAC-SHA256 Credential=/////, SignedHeaders=;;;;, Signature=",
        "AWS4-HMAC-SHA256 " + "Credential=a/20260101/us-west-2/codeartifact/aws4_request, " * 100,
        "AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/codeartifact/aws4_request, SignedHeaders=" + "host;" * 2000 +
        ", Signature=" + "0" * 64,
        "AWS4-HMAC-SHA256 Credential=" + "A" * 10_000 + "/20260101/us-west-2/codeartifact/aws4_request, "
        "SignedHeaders=host, Signature=" + "0" * 64,
        "AWS4-HMAC-SHA256 Credential=AKIA/99999999/us-west-2/codeartifact/aws4_request, SignedHeaders=host, "
        "Signature=" + "z" * 64,
        "AWS4-HMAC-SHA256 " + "," * 10_000, "AWS4-HMAC-SHA256 " + "=" * 10_000], 1)
] + [
    ("a session token of 10 kB", head("X-Amz-Security-Token: " + "eyJ" * 3400), UNSIGNED),
    ("a session token of dots", head("X-Amz-Security-Token: " + "." * 5000), UNSIGNED),
    ("a presigned URL of nothing", head(first="GET /?X-Amz-Signature=&X-Amz-Credential=&X-Amz-Algorithm= HTTP/1.1"),
     {400, 403}),
    ("a presigned URL for ever", head(first="GET /v1/domain?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires="
                                     + "9" * 100 + " HTTP/1.1"), {400, 403}),
]

PIPELINES = [
    ("500 requests at once", head() * 500, UNSIGNED),
    ("500 refusals at once", head("X Y: a") * 500, REFUSED),
    ("a refusal and 500 requests", head("X-Y : a") + head() * 500, REFUSED),
    ("500 requests of 300 bytes that ask to close", head("Connection: close", "X-Y: " + "a" * 200) * 500, UNSIGNED),
    ("3,000 half requests", b"GET / HTTP/1.1\r\n" * 3000, {400, 403, 404, 413, 431, CLOSED}),
    ("a request and garbage", head() + b"\x00\x01\x02" * 1000, UNSIGNED),
    ("a body twice", lengths("2", body=b"{}") * 2, UNSIGNED),
    ("a HEAD and what it must not answer", head(first="HEAD /v1/domain?domain=demo HTTP/1.1") * 50, UNKNOWN),
]

ROWS = [(f"{group}: {name}", data, wanted) for group, rows in (
    ("request line", REQUEST_LINES), ("target", TARGETS), ("header", HEADERS), ("length", LENGTHS),
    ("smuggling", SMUGGLING), ("chunks", CHUNKS), ("authorization", AUTHORIZATION), ("pipeline", PIPELINES))
    for name, data, wanted in rows]
