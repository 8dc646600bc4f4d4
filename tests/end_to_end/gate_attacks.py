# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Attempts to get through the gate, as a table: (name, bytes to send). What each asks for has the marker MARK in its
path, which no upstream may ever see.

The ground: a domain `demo` with the repositories `open` and `closed`, of which `reader` may read `open` alone, and a
domain `other` with a repository `open`. A request that once got in gets a row here.
"""
import base64
import json

from harness import ACCOUNT

MARK = "attack-mark"
FRONT = f"/npm/d/demo-{ACCOUNT}"
OPEN, CLOSED, OTHER = f"{FRONT}/open/{MARK}", f"{FRONT}/closed/{MARK}", f"/npm/d/other-{ACCOUNT}/open/{MARK}"


def message(target, *headers, method="GET", host="localhost", body=b"", version="HTTP/1.1"):
    """A request as it stands on the wire; its connection ends with the answer."""
    lines = [f"{method} {target} {version}", *([f"Host: {host}"] if host is not None else []), "Connection: close",
             *headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def bearer(token):
    return f"Authorization: Bearer {token}"


def basic(text):
    return "Authorization: Basic " + base64.b64encode(text.encode()).decode()


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


# ------------------------------------------------------------------ tokens

def cut_tokens(token):
    """A good token with something missing or too much."""
    parts = token.split(".")
    for count in (1, 2, 3, 4, 5, 8, 16, 21, 22, 23, 40, 100, 200, len(token) - 1):
        yield f"cut by {count} at its end", token[:-count]
        yield f"cut by {count} at its start", token[count:]
    for index, part in enumerate(parts):
        yield f"without part {index}", ".".join(parts[:index] + parts[index + 1:])
        yield f"with part {index} empty", ".".join(parts[:index] + [""] + parts[index + 1:])
        yield f"with part {index} twice", ".".join(parts[:index] + [part, part] + parts[index + 1:])
        yield f"with part {index} of zeroes", ".".join(parts[:index] + ["A" * len(part)] + parts[index + 1:])
        yield f"with part {index} padded", ".".join(parts[:index] + [part + "=" * (-len(part) % 4 or 4)] + parts[index + 1:])
    for index in range(4):
        swapped = parts[:]
        swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
        yield f"with parts {index} and {index + 1} swapped", ".".join(swapped)
    for more in (".", ".A", "A", "==", " x", ",x", ";x", "/", "%00"):
        yield f"with {more!r} behind", token + more
    for more in (".", "A", "e", "Bearer ", "'", '"'):
        yield f"with {more!r} before", more + token


def changed_tokens(token):
    """A good token with one character changed, everywhere in it."""
    places = [index for index, character in enumerate(token) if character != "."]
    for index in places[::max(1, len(places) // 60)]:
        yield f"changed at {index}", token[:index] + ("B" if token[index] == "A" else "A") + token[index + 1:]


def headers_of_tokens(token):
    """A good token whose header says something else, or the same otherwise."""
    first, rest = token.split(".", 1)
    header = json.loads(decode(first))
    changes = [("an end a year later", {"exp": header["exp"] + 31536000}), ("an end that is a text", {"exp": "x"}),
               ("another issue", {"isu": header["isu"] + 1}), ("alg none", {"alg": "none"}), ("alg dir", {"alg": "dir"}),
               ("alg RSA1_5", {"alg": "RSA1_5"}), ("alg in capitals", {"alg": "a128gcmkw"}),
               ("enc A256GCM", {"enc": "A256GCM"}), ("no enc", {"enc": None}), ("another kid", {"kid": "AAAAAAAA"}),
               ("no kid", {"kid": None}), ("a kid that is a path", {"kid": "../../x"}), ("a kid of null", {"kid": ""}),
               ("another iv", {"iv": "AAAAAAAAAAAAAAAA"}), ("another tag", {"tag": "A" * 22}),
               ("a key of its own", {"jwk": {"kty": "oct", "k": "AAAA"}}), ("a jku", {"jku": "http://localhost/"}),
               ("crit", {"crit": ["exp"]}), ("zip", {"zip": "DEF"}), ("another version", {"ver": 2})]
    for name, change in changes:
        new = {key: value for key, value in {**header, **change}.items() if value is not None}
        yield f"its header has {name}", encode(json.dumps(new, separators=(",", ":")).encode()) + "." + rest
    same = json.dumps(header, separators=(",", ":"))
    yield "its header has blanks", encode(json.dumps(header).encode()) + "." + rest
    yield "its header is in another order", encode(json.dumps(dict(reversed(header.items())),
                                                             separators=(",", ":")).encode()) + "." + rest
    yield "its header has a member twice", encode((same[:-1] + f',"exp":{header["exp"]}}}').encode()) + "." + rest
    yield "its header has a blank behind", encode(same.encode() + b" ") + "." + rest
    yield "its header is in base64 with padding", base64.b64encode(same.encode() + b" ").decode() + "." + rest
    yield "all of it once more in base64", encode(token.encode())
    yield "its characters escaped", token.replace(".", "%2e")
    yield "in capitals", token.upper()
    yield "in small letters", token.lower()
    yield "backwards", token[::-1]
    yield "as an unsigned JWT", encode(b'{"alg":"none"}') + "." + encode(b'{"sub":"admin"}') + "."
    yield "as a JWT with five parts", ".".join([encode(b'{"alg":"none"}'), "", "", encode(b'{"sub":"admin"}'), ""])


def wrong_tokens(tokens):
    """Whole tokens that are not good here, by name."""
    for name in ("expired", "ends_now", "foreign", "session", "other_domain", "no_domain", "shorter_domain",
                 "longer_domain", "other_region", "other_account", "revoked", "stranger", "bearerless"):
        yield name, tokens[name]


def token_attacks(tokens):
    """Every bad token asks as the administrator, for what that one may read; in each form, if it can stand there."""
    admin = tokens["admin"]
    for name, text in [*cut_tokens(admin), *changed_tokens(admin), *headers_of_tokens(admin), *wrong_tokens(tokens)]:
        yield f"a token {name}, Bearer", message(CLOSED, bearer(text))
    for name, text in [*headers_of_tokens(admin), *wrong_tokens(tokens)]:
        yield f"a token {name}, Basic", message(CLOSED, basic(f"aws:{text}"))
    for name, text in wrong_tokens(tokens):
        yield f"a token {name}, bare", message(CLOSED, f"Authorization: {text}")
        yield f"a token {name}, as a user's name", message(CLOSED, basic(f"{text}:"))
        yield f"a token {name}, to publish", message(CLOSED, bearer(text), "Content-Length: 2", method="PUT", body=b"{}")


def credential_attacks(tokens):
    """A good token where or how none is taken, and none."""
    good, reader = tokens["admin"], tokens["reader"]
    yield "no credential", message(CLOSED)
    yield "an empty credential", message(CLOSED, "Authorization: ")
    for scheme in ("Token", "Digest", "Negotiate", "AWS4-HMAC-SHA256", "JWT", "Bearer:", "BearerX", "Bearer Bearer"):
        yield f"the scheme {scheme}", message(CLOSED, f"Authorization: {scheme} {good}")
    yield "a comma", message(CLOSED, f"Authorization: Bearer {good}, Bearer {good}")
    yield "two tokens", message(CLOSED, f"Authorization: Bearer {reader} {good}")
    yield "two headers", message(CLOSED, bearer(reader), bearer(good))
    yield "two headers the other way round", message(CLOSED, bearer(good), bearer(reader))
    yield "two headers of one token", message(CLOSED, bearer(good), bearer(good))
    yield "two headers in other letters", message(CLOSED, bearer(good), f"AUTHORIZATION: Bearer {good}")
    yield "two headers, one Basic", message(CLOSED, bearer(good), basic(f"aws:{good}"))
    yield "two tokens in Basic", message(CLOSED, basic(f"{good}:{reader}"))
    yield "Basic without a colon", message(CLOSED, basic(good))
    yield "Basic in no base64", message(CLOSED, f"Authorization: Basic aws:{good}")
    yield "Basic with a third part", message(CLOSED, basic(f"aws:{good}:x"))
    yield "Basic with a line break", message(CLOSED, basic(f"aws:{good}\r\n"))
    yield "Basic with a NUL", message(CLOSED, basic(f"aws:{good}\0"))
    yield "in the query", message(f"{CLOSED}?access_token={good}")
    yield "in the query as Authorization", message(f"{CLOSED}?Authorization=Bearer%20{good}")
    for name in ("Proxy-Authorization", "X-Authorization", "X-Forwarded-Authorization", "X-Original-Authorization",
                 "Authorization-", "Cookie", "X-Amz-Security-Token", "X-NuGet-ApiKey", "X-Auth-Token"):
        yield f"in the header {name}", message(CLOSED, f"{name}: Bearer {good}")
    yield "a folded header", message(CLOSED, f"Authorization: Bearer\r\n {reader}")
    yield "a header with a blank before its colon", message(CLOSED, f"Authorization : Bearer {good}")
    for name in ("X-Jeton-Caller", "X-Jeton-Token-Id", "X-Jeton-Action", "X-Jeton-Account"):
        yield f"a header {name}", message(CLOSED, f"{name}: admin", bearer(reader))


# ------------------------------------------------------------------ URLs

DOTS = ["..", "%2e%2e", "%2E%2E", ".%2e", "%2e.", "%252e%252e", "%25252e%25252e", "..%00", "%00..", "..;", "..;x=y", "..%3b",
        "...", "....", "..%20", "%20..", "..%09", "..%5c", "..\\", "%c0%ae%c0%ae", "%e0%80%ae%e0%80%ae", "%u002e%u002e",
        "%uff0e%uff0e", "..%2f..", "%2e%2e%2f", "..%252f", "..%c0%af", "..%ef%bc%8f", ".", "%2e", "%252e", "..?", "..%3f",
        "..%23", "..%0d%0a", "..%7f", "\uff0e\uff0e".encode().decode("latin-1"), "x/../..", "./..", "..//"]


def url_attacks(tokens):
    """The reader, who may read `open`, asks for what is in `closed`, or in another domain."""
    reader = bearer(tokens["reader"])
    yield "another repository", message(CLOSED, reader)
    yield "another domain", message(OTHER, reader)
    for dots in DOTS:
        yield f"{dots!r} from open to closed", message(f"{FRONT}/open/{dots}/closed/{MARK}", reader)
        yield f"{dots!r} twice, from open to closed", message(f"{FRONT}/open/x/{dots}/{dots}/closed/{MARK}", reader)
    for dots in DOTS[:24]:
        yield f"{dots!r} from open to another domain", message(
            f"{FRONT}/open/{dots}/{dots}/other-{ACCOUNT}/open/{MARK}", reader)
        yield f"{dots!r} before closed", message(f"/x/{dots}{FRONT}/closed/{MARK}", reader)
    slashes = ["//", "/%2f", "%2f", "%2F", "%252f", "\\", "%5c", "%255c", "/./", "/%2e/", ";/", "/;/", "%00/", "/%20/", "%c0%af",
               "%e2%88%95", "/%3b/", "///"]
    for slash in slashes:
        yield f"{slash!r} before the repository", message(f"{FRONT}{slash}closed/{MARK}", reader)
        yield f"{slash!r} behind the repository", message(f"{FRONT}/closed{slash}{MARK}", reader)
        yield f"{slash!r} at the start", message(f"{slash}{CLOSED[1:]}", reader)
        yield f"{slash!r} between names", message(f"{FRONT}/open{slash}closed/{MARK}", reader)
    for name, text in [("capitals", "CLOSED"), ("one capital", "Closed"), ("an escaped letter", "%63losed"),
                       ("all escaped", "%63%6c%6f%73%65%64"), ("escaped twice", "%2563losed"), ("a blank", "closed%20"),
                       ("a tab", "closed%09"), ("a NUL", "closed%00"), ("a dot", "closed."), ("a parameter", "closed;a=b"),
                       ("a colon", "closed:x"), ("a plus", "+closed"), ("wide letters", "%ef%bd%83losed"),
                       ("an invisible", "%e2%80%8bclosed")]:
        yield f"closed with {name}", message(f"{FRONT}/{text}/{MARK}", reader)
    for name, target in [
            ("a dot behind a scope", f"{FRONT}/open/@a%2f./{MARK}"), ("dots behind a scope", f"{FRONT}/open/@a%2f../../closed/{MARK}"),
            ("a fragment", f"{FRONT}/open/x#/../../closed/{MARK}"), ("a fragment first", f"#{CLOSED}"),
            ("a query that is a path", f"{FRONT}/open?/../closed/{MARK}#"),
            ("an escaped question mark", f"{FRONT}/open%3f/../../closed/{MARK}"),
            ("a NUL in the query", f"{FRONT}/open/{MARK}?a=%00"), ("a line break in the query", f"{FRONT}/open/{MARK}?%0d%0aX:%20y"),
            ("a broken escape", f"{FRONT}/open/{MARK}%"), ("half an escape", f"{FRONT}/open/{MARK}%4"),
            ("no escape", f"{FRONT}/open/{MARK}%zz"), ("no slash", OPEN[1:]), ("a star", "*"),
            ("a blank", f"{FRONT}/open/{MARK} x"), ("a tab", f"{FRONT}/open/{MARK}\tx"),
            ("a control character", f"{FRONT}/open/{MARK}\x01"), ("raw UTF-8", f"{FRONT}/open/{MARK}\xc3\xa4"),
            ("two formats", f"/npm/pypi/d/demo-{ACCOUNT}/open/{MARK}"), ("an unknown format", f"/docker/d/demo-{ACCOUNT}/open/{MARK}"),
            ("no account", f"/npm/d/demo/open/{MARK}"), ("a short account", f"/npm/d/demo-{ACCOUNT[:-1]}/open/{MARK}"),
            ("a long account", f"/npm/d/demo-{ACCOUNT}1/open/{MARK}"), ("a capital D", f"/npm/D/demo-{ACCOUNT}/open/{MARK}"),
            ("a domain that is not there", f"/npm/d/none-{ACCOUNT}/open/{MARK}"),
            ("a repository that is not there", f"{FRONT}/none/{MARK}"), ("no repository", f"{FRONT}/?{MARK}"),
            ("the form of host names", f"/npm/closed/{MARK}"), ("the absolute form", f"http://localhost{CLOSED}"),
            ("the absolute form with a user", f"http://x@localhost{CLOSED}"),
            ("the absolute form of another host", f"http://other.example{CLOSED}"),
            ("a scheme in the path", f"/http://localhost{CLOSED}"), ("a long path", f"{FRONT}/open/{'a/' * 80}{MARK}"),
            ("a very long path", f"{FRONT}/open/{'a' * 3000}{MARK}")]:
        yield name, message(target, reader)
    closed_host = f"demo-{ACCOUNT}.d.codeartifact.us-west-2.amazonaws.com"
    for name, host in [("another domain's", f"other-{ACCOUNT}.d.codeartifact.us-west-2.amazonaws.com"),
                       ("its own domain's", closed_host), ("its own with two stacks",
                                                           f"demo-{ACCOUNT}.codeartifact.us-west-2.on.aws")]:
        yield f"a path of open on {name} host", message(OPEN, reader, host=host)
        yield f"closed by {name} host", message(f"/npm/closed/{MARK}", reader, host=host)
    for host in ("", "a b", "a/b", "a@b", "a,b", "..", "a..b", "[", "[::1", "%6cocalhost", "a\tb"):
        yield f"the host {host!r}", message(OPEN, reader, host=host)
    yield "two hosts", message(CLOSED, f"Host: other-{ACCOUNT}.d.codeartifact.us-west-2.amazonaws.com", reader)
    yield "two equal hosts", message(CLOSED, "Host: localhost", reader)


# ------------------------------------------------------------------ methods

def method_attacks(tokens):
    """The reader tries to change what it may read, and methods that nobody knows are tried on it."""
    reader, read_only = bearer(tokens["reader"]), bearer(tokens["read_only"])
    for method in ("PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "MKCOL", "MOVE", "COPY", "LOCK",
                   "LINK", "PURGE", "get", "Get", "GET1", "PUTX", "HEADX", "POST_", "-"):
        yield f"the method {method}", message(OPEN, reader, "Content-Length: 0", method=method)
        yield f"the method {method} with a token to read", message(CLOSED, read_only, "Content-Length: 0", method=method)
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        for method in ("PUT", "DELETE"):
            yield f"{name}: {method}", message(OPEN, reader, f"{name}: {method}")
            yield f"{name.lower()}: {method} with a POST", message(OPEN, reader, f"{name.lower()}: {method}",
                                                                  "Content-Length: 0", method="POST")
    for query in ("_method=DELETE", "x-http-method-override=PUT", "write=true&_method=DELETE", "rev=1"):
        yield f"a query {query}", message(f"{OPEN}?{query}", bearer(tokens["admin"]), "Content-Length: 0", method="PUT")
    for path in ("-/user/org.couchdb.user:x", f"-/package/{MARK}/dist-tags/latest", f"{MARK}/-rev/1", f"{MARK}/-/x.tgz/-rev/1",
                 "-/npm/v1/tokens", "-/npm/v1/user"):
        yield f"PUT {path}", message(f"{FRONT}/open/{path}?{MARK}", reader, "Content-Length: 0", method="PUT")
        yield f"DELETE {path}", message(f"{FRONT}/open/{path}?{MARK}", reader, method="DELETE")


# ------------------------------------------------------------------ headers that answer in the place of the proxy

def contract_attacks(tokens):
    """The client sends what the gate asks the proxy for."""
    reader = bearer(tokens["reader"])
    original = ["X-Original-Method: GET", f"X-Original-URI: {FRONT}/open/x", "X-Original-Host: localhost"]
    forwarded = ["X-Forwarded-Method: GET", f"X-Forwarded-Uri: {FRONT}/open/x", "X-Forwarded-Host: localhost"]
    sets = {"nginx": original, "Caddy": forwarded, "both": original + forwarded}
    for name, headers in sets.items():
        yield f"the headers of {name}", message(CLOSED, *headers, reader)
        yield f"the headers of {name}, behind the credential", message(CLOSED, reader, *headers)
        yield f"the headers of {name} in small letters", message(CLOSED, *map(lower_name, headers), reader)
        yield f"the headers of {name} with underscores", message(CLOSED, *(h.replace("-", "_", 2) for h in headers), reader)
        yield f"the headers of {name} twice", message(CLOSED, *headers, *headers, reader)
        yield f"the headers of {name} without values", message(CLOSED, *(h.split(":")[0] + ":" for h in headers), reader)
        yield f"the headers of {name} as hop-by-hop", message(
            CLOSED, *headers, "Connection: " + ", ".join(h.split(":")[0] for h in headers), reader)
        yield f"the headers of {name} to publish", message(OPEN, *headers, reader, "Content-Length: 0", method="PUT")
        yield f"the headers of {name} with a blank before the colon", message(
            CLOSED, *(h.replace(":", " :", 1) for h in headers), reader)
        yield f"the headers of {name}, folded", message(CLOSED, *(h.replace(": ", ":\r\n ", 1) for h in headers), reader)
        for header in headers:
            yield f"the header {header.split(':')[0]} of {name}", message(CLOSED, header, reader)
    for name in ("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path", "X-Real-URI", "X-Envoy-Original-Path",
                 "X-Accel-Redirect", "X-Sendfile", "Forwarded"):
        yield f"the header {name}", message(CLOSED, f"{name}: {FRONT}/open/x", reader)
    for name in ("X-Original-URL", "X-Rewrite-URL"):
        yield f"{name} from open to closed", message(OPEN, f"{name}: {CLOSED}", reader)
    for name in ("X-Original-Method", "X-Original-URI", "X-Original-Host", "X-Forwarded-Method", "X-Forwarded-Uri",
                 "X-Forwarded-Host", "Authorization", "Host"):
        yield f"hop-by-hop {name}", message(CLOSED, reader, f"Connection: close, {name}")
    for target in ("/_jeton_gate", "/@jeton_refused", "/gate/../" + CLOSED[1:], "/_jeton_gate/" + CLOSED[1:]):
        yield f"{target[:20]} from outside", message(f"{target}?{MARK}", *original, reader)


def lower_name(header):
    name, colon, value = header.partition(":")
    return name.lower() + colon + value


def smuggling_attacks(tokens):
    """A request for `closed` in or behind one for `open`, by lengths that two readers take differently."""
    reader = bearer(tokens["reader"])
    inner = message(CLOSED, reader)
    chunk = f"{len(inner):x}\r\n".encode() + inner + b"\r\n0\r\n\r\n"
    outer = f"{FRONT}/open/x"
    pairs = [("both lengths", ["Content-Length: 4", "Transfer-Encoding: chunked"], b"0\r\n\r\n" + inner),
             ("both lengths the other way", ["Transfer-Encoding: chunked", f"Content-Length: {len(inner) + 5}"], b"0\r\n\r\n" + inner),
             ("two lengths", ["Content-Length: 0", f"Content-Length: {len(inner)}"], inner),
             ("two lengths in one", [f"Content-Length: 0, {len(inner)}"], inner),
             ("a negative length", ["Content-Length: -1"], inner), ("a length with a plus", ["Content-Length: +0"], inner),
             ("a hexadecimal length", ["Content-Length: 0x0"], inner),
             ("a length with a blank", ["Content-Length : 0"], inner),
             ("chunked with a tab", ["Transfer-Encoding:\tchunked"], b"0\r\n\r\n" + inner),
             ("chunked with a capital", ["Transfer-Encoding: Chunked"], b"0\r\n\r\n" + inner),
             ("chunked twice", ["Transfer-Encoding: chunked, chunked"], b"0\r\n\r\n" + inner),
             ("chunked and identity", ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], b"0\r\n\r\n" + inner),
             ("xchunked", ["Transfer-Encoding: xchunked", "Content-Length: 0"], inner),
             ("chunked folded", ["Transfer-Encoding:\r\n chunked", "Content-Length: 0"], inner),
             ("a chunk that is a request", ["Transfer-Encoding: chunked"], chunk),
             ("a length with a line feed", ["X: y\nContent-Length: 0"], inner),
             ("a bare carriage return", ["X: y\rContent-Length: 0"], inner),
             ("an upgrade", ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA"], inner),
             ("a body behind a GET", ["Content-Length: 0"], inner)]
    for name, headers, body in pairs:
        for method in ("GET", "POST"):
            head = [h for h in headers]
            yield f"{name}, {method}", message(outer, reader, *head, method=method, body=body)
    yield "a header without a name", message(CLOSED, ": x", reader)
    yield "a line without a colon", message(CLOSED, "x", reader)
    yield "a NUL in a header", message(CLOSED, "X: a\0b", reader)
    yield "a request behind the first", message(outer, reader) + inner
    yield "line breaks in the request line", message(f"{outer} HTTP/1.1\r\nX:", reader) + inner
    yield "an old version", message(CLOSED, reader, version="HTTP/0.9")
    yield "HTTP/1.0 without a host", message(CLOSED, reader, host=None, version="HTTP/1.0")
    yield "a new version", message(CLOSED, reader, version="HTTP/2.0")
    yield "many headers", message(CLOSED, *(f"X-{i}: y" for i in range(80)), reader)
    yield "large headers", message(CLOSED, *(f"X-{i}: {'y' * 1000}" for i in range(14)), reader)


def attacks(tokens):
    """All rows."""
    for kind in (token_attacks, credential_attacks, url_attacks, method_attacks, contract_attacks, smuggling_attacks):
        yield from kind(tokens)


# ------------------------------------------------------------------ what gets in

def allowed(tokens):
    """Requests that do get in, so that the gate is not merely shut: (name, bytes)."""
    reader, admin = tokens["reader"], tokens["admin"]
    for name, header in [("Bearer", bearer(reader)), ("Bearer in small letters", f"authorization: bearer {reader}"),
                         ("Basic", basic(f"aws:{reader}")), ("Basic of any user", basic(f"token:{reader}")),
                         ("a user's name", basic(f"{reader}:")), ("bare", f"Authorization: {reader}")]:
        yield f"reading, {name}", message(OPEN, header)
    for method in ("GET", "HEAD"):
        yield f"reading by {method}", message(OPEN, bearer(reader), method=method)
    yield "another domain with its own token", message(OTHER, bearer(tokens["other_admin"]))
    for path in (f"@a%2f{MARK}", f"@a/{MARK}/-/{MARK}-1.0.0.tgz", f"{MARK}/-/x%2B1.tgz", f"-/v1/search?text={MARK}&size=20",
                 f"{MARK}?a=b%20c"):
        yield f"reading {path}", message(f"{FRONT}/open/{path}", bearer(reader))
    for method, path in (("PUT", MARK), ("PUT", f"@a%2f{MARK}"), ("PUT", f"{MARK}/-rev/1"), ("DELETE", f"{MARK}/-rev/1"),
                         ("PUT", f"-/package/{MARK}/dist-tags/beta")):
        yield f"{method} {path}", message(f"{FRONT}/open/{path}", bearer(admin), "Content-Length: 2", method=method, body=b"{}")
    yield "asking for vulnerabilities", message(f"{FRONT}/open/-/npm/v1/security/advisories/bulk", bearer(reader),
                                               "Content-Length: 2", f"X-Note: {MARK}", method="POST", body=b"{}")
    yield "a chunked body", message(OPEN, bearer(admin), "Transfer-Encoding: chunked", method="PUT", body=b"2\r\n{}\r\n0\r\n\r\n")
    yield "the headers of others that mean nothing here", message(OPEN, "X-Forwarded-For: 192.0.2.1", "X-Real-IP: 192.0.2.1",
                                                                 bearer(reader))
