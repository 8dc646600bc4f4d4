# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Places in a service's store that are written at random, and what must be in them: what the fault tests share.

A place holds a state, which is None while nothing is there. A write says the request and the state that follows. A
write that was answered has happened; one that was not may have happened or not, but nothing in between.
"""
import copy
import http.client
import json
import urllib.parse
import xml.etree.ElementTree

from harness import Key, REGION, check
from signing import exchange as send, request_bytes, sign

FORM = ("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
JSON = ("Content-Type", "application/json")
IAM = {"scope_of": ("us-east-1", "iam")}
STS = {"scope_of": (REGION, "sts")}
UNKNOWN = "the key whose id nobody has been told"


class Silence(Exception):
    """No answer came."""


class Failure(Exception):
    """The service said that it cannot: a 5xx."""

    def __init__(self, answer):
        super().__init__(repr(answer))
        self.answer = answer


def ask(service, key, method, target, body=b"", headers=(), scope_of=(REGION, "codeartifact")):
    """The answer to a request that is signed for a region and a service."""
    headers = sign(key, method, target, [("Host", f"{service.host}:{service.port}"), *headers], body, *scope_of)
    headers.append(("Content-Length", str(len(body))))
    return send(service, request_bytes(method, target, headers, body), method=method)


def exchange(service, key, method, target, body=b"", absent=404, **options):
    """The answer to a signed request that succeeds; None when its object is not there."""
    try:
        answer = ask(service, key, method, target, body, **options)
    except (OSError, http.client.HTTPException) as error:
        raise Silence(str(error)) from error
    if answer.status == 0:
        raise Silence("the connection ended")
    if answer.status >= 500:
        raise Failure(answer)
    if answer.status == absent:
        return None
    check(answer.status == 200, f"{method} {target} {body[:200]!r}: {answer!r}")
    return answer.body


def artifact(service, key, method, target, body=None, **options):
    """CodeArtifact's answer as JSON."""
    body = json.dumps(body).encode() if body is not None else b""
    said = exchange(service, key, method, target, body, headers=[JSON] if body else [], **options)
    return None if said is None else json.loads(said or b"{}")


def flatten(parameters):
    """Lists and structures in the names of the query protocol."""
    for name, value in parameters.items():
        if isinstance(value, list):
            for number, entry in enumerate(value, 1):
                yield from flatten({f"{name}.member.{number}": entry})
        elif isinstance(value, dict):
            yield from flatten({f"{name}.{inner}": entry for inner, entry in value.items()})
        else:
            yield name, value


def iam(service, key, action, **parameters):
    """IAM's answer as an element."""
    body = urllib.parse.urlencode([("Action", action), ("Version", "2010-05-08"), *flatten(parameters)]).encode()
    said = exchange(service, key, "POST", "/", body, headers=[FORM], **IAM)
    return None if said is None else xml.etree.ElementTree.fromstring(said)


def texts(element, name):
    return [found.text for found in element.iter() if found.tag.rpartition("}")[2] == name]


def tag_list(tags, names=("key", "value")):
    return [dict(zip(names, pair)) for pair in sorted(tags.items())]


def tags_of(element):
    return dict(zip(texts(element, "Key"), texts(element, "Value")))


def document(random, resource="*", **statement):
    """A policy that differs from every other, and is long enough for a part of it to be noticed."""
    return {"Version": "2012-10-17", "Statement": [
        {"Sid": f"S{random.getrandbits(64):x}", "Effect": "Allow", "Action": ["codeartifact:*"], "Resource": resource,
         **statement} for _ in range(random.randint(1, 6))]}


class Place:
    """One thing that may be there or not. A state that is not sure is a list of what it may be."""

    def __init__(self, name):
        self.name, self.allowed = name, [None]

    @property
    def state(self):
        check(len(self.allowed) == 1, f"{self.name} is not sure")
        return self.allowed[0]

    def write(self, service, key, random):
        """Makes one write; whether it was answered."""
        action = random.choice([one for one in self.actions() if one])
        after = copy.deepcopy(self.state)
        request, after = action(random, after)
        self.allowed = [self.state, after]
        told = request(service, key)
        self.allowed = [self.settled(after, told)]

    def settled(self, after, told):
        """AFTER, with what the answer told."""
        del told
        return after

    def found(self, state):
        """Checks what is there, and takes it for the state. Whether it is the last of what it may be."""
        check(any(self.agrees(state, wanted) for wanted in self.allowed),
              f"{self.name}: found {state!r}, wanted one of {self.allowed!r}")
        happened = self.agrees(state, self.allowed[-1])
        self.allowed = [self.adopt(state)]
        return happened

    def agrees(self, state, wanted):
        return state == wanted

    def adopt(self, state):
        return state


class Domain(Place):
    """A domain with its tags and its permissions policy."""

    def __init__(self, name, account):
        super().__init__(name)
        self.account, self.repositories = account, []
        self.arn = f"arn:aws:codeartifact:{REGION}:{account}:domain/{name}"

    def actions(self):
        if self.state is None:
            return [self.create]
        empty = all(one.state is None for one in self.repositories)
        return [self.put_policy, self.put_policy, self.tag, self.state["policy"] and self.delete_policy,
                empty and self.delete]

    def create(self, random, _):
        tags = {f"k{number}": f"{random.getrandbits(64):x}" for number in range(3)}
        return (lambda service, key: artifact(service, key, "POST", f"/v1/domain?domain={self.name}",
                                              {"tags": tag_list(tags)})), {"tags": tags, "policy": None}

    def delete(self, _, __):
        return (lambda service, key: artifact(service, key, "DELETE", f"/v1/domain?domain={self.name}")), None

    def put_policy(self, random, after):
        after["policy"] = document(random, Principal="*")
        return (lambda service, key: artifact(service, key, "PUT", "/v1/domain/permissions/policy", {
            "domain": self.name, "policyDocument": json.dumps(after["policy"])})), after

    def delete_policy(self, _, after):
        after["policy"] = None
        return (lambda service, key: artifact(service, key, "DELETE",
                                              f"/v1/domain/permissions/policy?domain={self.name}")), after

    def tag(self, random, after):
        added = {f"k{number}": f"{random.getrandbits(64):x}" for number in range(random.randint(1, 5))}
        after["tags"].update(added)
        return (lambda service, key: artifact(service, key, "POST", f"/v1/tag?resourceArn={self.arn}",
                                              {"tags": tag_list(added)})), after

    def read(self, service, key):
        said = artifact(service, key, "GET", f"/v1/domain?domain={self.name}")
        if said is None:
            return None
        there = sum(one.allowed[0] is not None for one in self.repositories)
        check(said["domain"]["repositoryCount"] == there, f"{self.name} counts its repositories: {said!r}")
        policy = artifact(service, key, "GET", f"/v1/domain/permissions/policy?domain={self.name}")
        tags = artifact(service, key, "POST", f"/v1/tags?resourceArn={self.arn}")["tags"]
        return {"tags": {tag["key"]: tag["value"] for tag in tags},
                "policy": policy and json.loads(policy["policy"]["document"])}


class Repository(Place):
    """A repository with its description, upstream and tags."""

    def __init__(self, name, domain, upstream):
        super().__init__(name)
        self.domain, self.upstream, self.below = domain, upstream, []
        self.target = f"domain={domain.name}&repository={name}"
        if upstream:
            upstream.below.append(self)
        domain.repositories.append(self)

    def actions(self):
        if self.state is None:
            ready = self.domain.state is not None and (self.upstream is None or self.upstream.state is not None)
            return [ready and self.create]
        return [self.update, all(one.state is None for one in self.below) and self.delete]

    def upstreams(self):
        return [{"repositoryName": self.upstream.name}] if self.upstream else []

    def create(self, random, _):
        after = {"description": f"{random.getrandbits(256):x}", "tags": {"a": f"{random.getrandbits(64):x}"}}
        return (lambda service, key: artifact(service, key, "POST", f"/v1/repository?{self.target}", {
            "description": after["description"], "upstreams": self.upstreams(), "tags": tag_list(after["tags"])})), after

    def update(self, random, after):
        after["description"] = f"{random.getrandbits(1024):x}"
        return (lambda service, key: artifact(service, key, "PUT", f"/v1/repository?{self.target}", {
            "description": after["description"]})), after

    def delete(self, _, __):
        return (lambda service, key: artifact(service, key, "DELETE", f"/v1/repository?{self.target}")), None

    def read(self, service, key):
        said = artifact(service, key, "GET", f"/v1/repository?{self.target}")
        if said is None:
            return None
        check(said["repository"]["upstreams"] == self.upstreams(), f"upstreams of {said!r}")
        tags = artifact(service, key, "POST", f"/v1/tags?resourceArn={said['repository']['arn']}")["tags"]
        return {"description": said["repository"]["description"], "tags": {one["key"]: one["value"] for one in tags}}


class User(Place):
    """A user with its path, tags, inline policy and access keys."""

    def __init__(self, name):
        super().__init__(name)
        self.secrets = {}

    def actions(self):
        if self.state is None:
            return [self.create]
        keys = self.state["keys"]
        return [self.put_policy, len(keys) < 2 and self.create_key, keys and self.switch_key, keys and self.delete_key,
                self.state["policy"] and self.delete_policy,
                not keys and not self.state["policy"] and self.delete]

    def does(self, action, **parameters):
        return lambda service, key: iam(service, key, action, UserName=self.name, **parameters)

    def create(self, random, _):
        after = {"path": f"/p{random.getrandbits(32):x}/", "policy": None, "keys": {},
                 "tags": {f"k{number}": f"{random.getrandbits(64):x}" for number in range(random.randint(0, 9))}}
        return self.does("CreateUser", Path=after["path"], Tags=tag_list(after["tags"], ("Key", "Value"))), after

    def delete(self, _, __):
        return self.does("DeleteUser"), None

    def put_policy(self, random, after):
        after["policy"] = document(random)
        return self.does("PutUserPolicy", PolicyName="own", PolicyDocument=json.dumps(after["policy"])), after

    def delete_policy(self, _, after):
        after["policy"] = None
        return self.does("DeleteUserPolicy", PolicyName="own"), after

    def create_key(self, _, after):
        after["keys"][UNKNOWN] = "Active"
        return self.does("CreateAccessKey"), after

    def switch_key(self, random, after):
        id = random.choice(sorted(after["keys"]))
        after["keys"][id] = "Inactive" if after["keys"][id] == "Active" else "Active"
        return self.does("UpdateAccessKey", AccessKeyId=id, Status=after["keys"][id]), after

    def delete_key(self, random, after):
        id = random.choice(sorted(after["keys"]))
        del after["keys"][id]
        return self.does("DeleteAccessKey", AccessKeyId=id), after

    def settled(self, after, told):
        if after and UNKNOWN in after["keys"]:
            id = texts(told, "AccessKeyId")[0]
            self.secrets[id] = Key(id, texts(told, "SecretAccessKey")[0])
            after["keys"][id] = after["keys"].pop(UNKNOWN)
        return after

    def read(self, service, key):
        said = iam(service, key, "GetUser", UserName=self.name)
        if said is None:
            return None
        policy = iam(service, key, "GetUserPolicy", UserName=self.name, PolicyName="own")
        keys = iam(service, key, "ListAccessKeys", UserName=self.name)
        state = {"path": texts(said, "Path")[0], "tags": tags_of(said),
                 "policy": None if policy is None else
                 json.loads(urllib.parse.unquote(texts(policy, "PolicyDocument")[0])),
                 "keys": dict(zip(texts(keys, "AccessKeyId"), texts(keys, "Status")))}
        self.sign(service, state["keys"])
        return state

    def sign(self, service, keys):
        """A key whose secret we were told signs, unless it is not active."""
        for id, status in keys.items():
            if id in self.secrets:
                answer = ask(service, self.secrets[id], "POST", "/", b"Action=GetCallerIdentity&Version=2011-06-15",
                             headers=[FORM], **STS)
                check(answer.status == (200 if status == "Active" else 403), f"{id} is {status}: {answer!r}")

    def agrees(self, state, wanted):
        if not state or not wanted or UNKNOWN not in wanted["keys"]:
            return state == wanted
        told = {id: status for id, status in wanted["keys"].items() if id != UNKNOWN}
        more = {id: status for id, status in state["keys"].items() if id not in told}
        return list(more.values()) == ["Active"] and {**state, "keys": {**told, **more}} == {
            **wanted, "keys": {**told, **more}} and all(state["keys"].get(id) == one for id, one in told.items())


class Policy(Place):
    """A managed policy with its versions and tags."""

    def __init__(self, name, account):
        super().__init__(name)
        self.arn = f"arn:aws:iam::{account}:policy/{name}"

    def actions(self):
        if self.state is None:
            return [self.create]
        several = len(self.state["versions"]) > 1
        return [len(self.state["versions"]) < 5 and self.add_version, several and self.delete_version,
                not several and self.delete]

    def create(self, random, _):
        after = {"document": document(random), "versions": ["v1"], "default": "v1", "last": 1,
                 "tags": {f"k{number}": f"{random.getrandbits(64):x}" for number in range(random.randint(0, 5))}}
        return (lambda service, key: iam(service, key, "CreatePolicy", PolicyName=self.name, PolicyDocument=json.dumps(
            after["document"]), Tags=tag_list(after["tags"], ("Key", "Value")))), after

    def add_version(self, random, after):
        after["last"] += 1
        after["document"], after["default"] = document(random), f"v{after['last']}"
        after["versions"] = sorted([*after["versions"], after["default"]])
        return (lambda service, key: iam(service, key, "CreatePolicyVersion", PolicyArn=self.arn, SetAsDefault="true",
                                         PolicyDocument=json.dumps(after["document"]))), after

    def delete_version(self, random, after):
        version = random.choice([one for one in after["versions"] if one != after["default"]])
        after["versions"].remove(version)
        return (lambda service, key: iam(service, key, "DeletePolicyVersion", PolicyArn=self.arn,
                                         VersionId=version)), after

    def delete(self, _, __):
        return (lambda service, key: iam(service, key, "DeletePolicy", PolicyArn=self.arn)), None

    def read(self, service, key):
        said = iam(service, key, "GetPolicy", PolicyArn=self.arn)
        if said is None:
            return None
        default = texts(said, "DefaultVersionId")[0]
        version = iam(service, key, "GetPolicyVersion", PolicyArn=self.arn, VersionId=default)
        versions = iam(service, key, "ListPolicyVersions", PolicyArn=self.arn)
        return {"document": json.loads(urllib.parse.unquote(texts(version, "Document")[0])), "default": default,
                "versions": sorted(texts(versions, "VersionId")), "tags": tags_of(said)}

    def agrees(self, state, wanted):
        return state == (wanted and {name: value for name, value in wanted.items() if name != "last"})

    def adopt(self, state):
        # The number of the last version is not told; a version that was made is the default one, so it is that.
        return state and {**state, "last": int(state["default"][1:])}


def places(prefix, account):
    """The places of one writer, repositories before their domains: that is the order in which they are read."""
    domains = [Domain(f"{prefix}-d{number}", account) for number in range(2)]
    repositories = []
    for domain in domains:
        base = Repository("base", domain, None)
        repositories += [base, Repository("above", domain, base)]
    return [*repositories, *domains, *(User(f"{prefix}-u{number}") for number in range(3)),
            *(Policy(f"{prefix}-p{number}", account) for number in range(2))]
