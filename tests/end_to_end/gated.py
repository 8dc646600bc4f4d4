# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The cases that every package manager has to pass at the gate, through every front, and the ground for them.

A tool has a NAME, WORDS {(action, status): what it says when the gate says that}, and the methods
install(url, token, package, version) -> (result, whether it is installed), publish(url, token, package, version) ->
result. The token None is none at all.
"""
import glob
import http.client
import itertools
import json
import re
import urllib.parse

import crashes
import fronts
import signing
from forked import ForkedAws
from harness import JETON, REGION, SCRATCH, Data, Service, case, check, contains, environment, equal, run
from servers import free_port

READ = ("Allow", "codeartifact:ReadFromRepository", "*")
PUBLISH = ("Allow", ["codeartifact:PublishPackageVersion", "codeartifact:PutPackageMetadata"], "*")
TOKEN = ("Allow", ["codeartifact:GetAuthorizationToken", "sts:GetServiceBearerToken"], "*")
SEED = "1.0.0"
AHEAD = "+13h"  # a token lives 12 hours
# By kind, what a client asks a registry first.
READABLE = {"npm": "-/ping", "pypi": "simple/seed/", "maven": "org/example/seed/maven-metadata.xml",
            "cargo": "config.json", "ruby": "specs.4.8.gz"}


def fake_clock(shift):
    """The environment of a program whose clock is off, as faketime(1) makes it, for a program under sanitizers too."""
    (library,) = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    return environment(LD_PRELOAD=library, FAKETIME=shift, FAKETIME_DONT_FAKE_MONOTONIC=1,
                       ASAN_OPTIONS=crashes.sanitizer("verify_asan_link_order=0"))


def ask(url, **headers):
    """(status, headers) of a GET."""
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request("GET", parts.path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        connection.close()


class Way:
    """A front, the same front when 13 hours have passed, and what is behind both: {kind: URL}."""

    def __init__(self, registries, front, late):
        self.registries, self.front, self.late, self.name = registries, front, late, front.name


class Ground:
    """A service with one repository, the ways in to it, and users.

    BEHIND(data, root) starts the registries for clients that come by ROOT, or by any host for None; it gives
    {kind: URL}.
    """

    def __init__(self, behind, with_caddy=False):
        self.data = Data()
        self._number = itertools.count(1)
        self._good = None
        plain = behind(self.data, None)
        port = free_port()
        own = behind(self.data, f"http://127.0.0.1:{port}")
        upstreams = [word for kind, url in own.items() for word in ("--upstream", f"{kind}/{fronts.REPOSITORY}={url}")]
        self.service = Service(self.data, *upstreams, listen=f"127.0.0.1:{port}")
        self.service.client = ForkedAws(SCRATCH)
        self.service.aws("codeartifact", "create-repository", "--domain", self.data.domain, "--repository",
                         fronts.REPOSITORY).ok()
        self.late_service = Service(self.data, *upstreams, env=fake_clock(AHEAD))
        both = self.service, self.late_service
        self.ways = [Way(plain, *[fronts.nginx(service, plain) for service in both]),
                     Way(own, *[fronts.jetond(service) for service in both])]
        if with_caddy:
            self.ways.append(Way(plain, *[fronts.caddy(service, plain) for service in both]))

    def user(self, *statements):
        """(name, key) of a new user who may get tokens, and what the statements say."""
        name = f"user{next(self._number)}"
        return name, self.data.principal(name, TOKEN, *statements)

    def token(self, key, *options):
        """A token from jeton."""
        return run(JETON, "codeartifact", "get-authorization-token", "--domain", self.data.domain, "--query",
                   "authorizationToken", "--output", "text", "--endpoint-url", self.service.url, *options,
                   env=environment(AWS_DEFAULT_REGION=REGION, **key.env())).ok().out.strip()

    def good(self):
        """A token that opens everything, the same each time."""
        if self._good is None:
            self._good = self.token(self.user(READ, PUBLISH)[1])
        return self._good

    def package(self):
        return f"package-{next(self._number)}"

    def revoke(self, token):
        """Revokes one token, by the id that the gate tells."""
        place = fronts.prefix(self.data, "npm") + "-/ping"
        status, headers = ask(f"{self.service.url}/gate/nginx", Authorization=f"Bearer {token}", **{
            "X-Original-Method": "GET", "X-Original-URI": place, "X-Original-Host": "127.0.0.1"})
        equal(status, 200, "the gate")
        target, body = "/jeton/v1/revoke-tokens", json.dumps({"tokenId": headers["X-Jeton-Token-Id"]}).encode()
        signed = signing.sign(self.data.key(), "POST", target, [("Host", f"127.0.0.1:{self.service.port}")], body,
                              service="jeton") + [("Content-Length", str(len(body)))]
        answer = signing.exchange(self.service, signing.request_bytes("POST", target, signed, body))
        equal(answer.status, 200, f"the revocation: {answer!r}")


class Trial:
    """One tool on one way in."""

    def __init__(self, ground, kind, tool, way, seed):
        self.ground, self.kind, self.tool, self.way, self.seed = ground, kind, tool, way, seed
        self.url = way.front.url(kind)

    def installs(self, token, package=None, url=None):
        result, there = self.tool.install(url or self.url, token, package or self.seed, SEED)
        check(result.code == 0 and there, f"the install succeeds: {result!r}")

    def publishes(self, token, package):
        result = self.tool.publish(self.url, token, package, SEED)
        equal(result.code, 0, f"the publish succeeds: {result!r}")

    def _refused(self, action, result, status):
        if (action, status) not in getattr(self.tool, "silent", ()):
            check(result.code != 0, f"the {action} fails: {result!r}")
        pattern = self.tool.words[(action, status)]
        check(re.search(pattern, result.out + result.err), f"the {action} says {pattern!r}: {result!r}")

    def install_refused(self, token, status, url=None):
        result, there = self.tool.install(url or self.url, token, self.seed, SEED)
        self._refused("install", result, status)
        check(not there, f"nothing is installed: {result!r}")

    def publish_refused(self, token, status):
        package = self.ground.package()
        self._refused("publish", self.tool.publish(self.url, token, package, SEED), status)
        check(not self.tool.install(self.url, self.ground.good(), package, SEED)[1], "what was refused is there")

    # -------------------------------------------------------------- what holds, each on users of its own

    def without_a_token(self):
        """a request without a token is denied, with a challenge"""
        status, headers = ask(self.url + READABLE[self.kind])
        challenges = ", ".join(headers.get_all("WWW-Authenticate", []))
        equal(status, 401, "status")
        for scheme in self.way.front.challenges:
            contains(challenges, f'{scheme} realm="{self.ground.data.domain}/{fronts.REPOSITORY}"', "challenges")
        self.install_refused(None, 401)
        self.publish_refused(None, "none")

    def with_a_token(self):
        """what is published with a token is installed with one"""
        token = self.ground.token(self.ground.user(READ, PUBLISH)[1])
        package = self.ground.package()
        self.publishes(token, package)
        self.installs(token, package)

    def read_only(self):
        """a user who may only read installs, and publishes nothing"""
        token = self.ground.token(self.ground.user(READ)[1])
        self.installs(token)
        self.publish_refused(token, 403)

    def scoped(self):
        """a token for reading alone installs, and publishes nothing, whatever its user may"""
        token = self.ground.token(self.ground.user(READ, PUBLISH)[1], "--scope", "read")
        self.installs(token)
        self.publish_refused(token, 403)

    def revoked(self):
        """a revoked token opens nothing, another one of its user does"""
        key = self.ground.user(READ, PUBLISH)[1]
        token, other = self.ground.token(key), self.ground.token(key)
        self.installs(token)
        self.ground.revoke(token)
        self.install_refused(token, 401)
        self.publish_refused(token, 401)
        self.installs(other)

    def other_policy(self):
        """a token opens no more than its user's policy of this moment"""
        name, key = self.ground.user(READ, PUBLISH)
        token = self.ground.token(key)
        self.installs(token)
        self.ground.service.aws("iam", "delete-user-policy", "--user-name", name, "--policy-name", "inline").ok()
        self.install_refused(token, 403)

    def expired(self):
        """a token opens nothing after 12 hours"""
        token = self.ground.token(self.ground.user(READ)[1])
        self.installs(token)
        self.install_refused(token, 401, self.way.late.url(self.kind))


HOLDS = [Trial.without_a_token, Trial.with_a_token, Trial.read_only, Trial.scoped, Trial.revoked, Trial.other_policy,
         Trial.expired]


def add_cases(ground, kind, tools, without=()):
    """Every one of HOLDS for every tool on every way in, but the pairs of names (tool, way) WITHOUT. Each tool's seed
    is put behind every front."""
    for tool in tools:
        seed = "seed-" + re.sub(r"\W+", "-", tool.name.lower())
        for number, way in enumerate(ground.ways):
            if all(way.registries is not before.registries for before in ground.ways[:number]):
                Trial(ground, kind, tool, way, seed).publishes(ground.good(), seed)
            trial = Trial(ground, kind, tool, way, seed)
            for holds in HOLDS if (tool.name, way.name) not in without else ():
                case(f"{tool.name} through {way.name}: {holds.__doc__}")(lambda trial=trial, holds=holds: holds(trial))
