# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What all generators build on: chances, odd values, and a command that works."""
import json
import random

from . import features, model

URL = "http://127.0.0.1:{PORT}"
OWNER = "111122223333"
WORDS = ["my-dom", "demo", "alpha2", "a1", "re-po", "Team.Repo_1"]
ODD = ["", " ", "x", "é", "日本語", "a b", "a&b=c", "a%20b", "a+b", "a/b", "..", "'", '"', "\\", "\t", "a\nb", "\u0085",
       "null", "true", "None", "0", "-1", "{}", "[]", "[", "{", "~", "$HOME", "*", "#", "=", "a=b", ",", "\x7f", "😀",
       "a" * 300, "－", "http://x/", "https://x/", "FILE://x", "name with é", "A_B!", "%", "%zz", ";", "a\u00a0b"]
NUMBERS = ["0", "900", "43200", "43201", "-1", "-0", "+5", "007", "1_000", " 12 ", "1.5", "1e3", "abc", "", "0x10", "٣",
           "12345678901234567890", "99999999999999999999999999", "1__0", "_1", "-", "--1", "½", "- 1"]


class Chance:
    """Choices of one case, made from its seed alone."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self.pick = self._random.choice
        self.number = self._random.randint
        self.shuffle = self._random.shuffle
        self.sample = self._random.sample

    def happens(self, percent):
        return self._random.random() * 100 < percent

    def weighted(self, table):
        """A key of {key: weight}."""
        return self._random.choices(list(table), weights=list(table.values()))[0]

    def word(self):
        return self.pick(ODD) if self.happens(60) else self.pick(WORDS)


def on(feature):
    return features.ON[feature]


def key(id, token=None):
    """The environment of an access key; run.KeyOf knows its secret."""
    env = {"AWS_ACCESS_KEY_ID": id, "AWS_SECRET_ACCESS_KEY": "SECRET/" + id}
    return env if token is None else {**env, "AWS_SESSION_TOKEN": token}


def key_lines(id, token=None):
    """The same in a profile."""
    lines = [f"aws_access_key_id = {id}", f"aws_secret_access_key = SECRET/{id}"]
    return "\n".join(lines + ([f"aws_session_token = {token}"] if token else [])) + "\n"


def plain_value(chance, operation, name):
    """A value that the service would take, or at least the client."""
    kind = operation.shape(operation.input["members"][name])
    if kind["type"] in ("integer", "long"):
        return str(chance.pick([0, 900, 1, 43200]) if name == "durationSeconds" else chance.number(1, 3))
    if kind["type"] == "list":
        return {"tags": "key=a,value=b", "tagKeys": "a"}.get(name, "repositoryName=up-stream")
    if "enum" in kind:
        return chance.pick(kind["enum"])
    fixed = {"domainOwner": OWNER, "administratorAccount": OWNER, "policyDocument": '{"Version": "2012-10-17"}',
             "resourceArn": "arn:aws:codeartifact:us-west-2:111122223333:domain/my-dom"}
    return fixed.get(name) or chance.pick(WORDS)


def option(name):
    return "--" + model.option_of(name)


def options_of(chance, operation, percent=25):
    """Pairs of option and value: the required ones, and some others."""
    pairs = []
    for name in operation.input["members"]:
        manual = operation.pages and name in ("maxResults", "nextToken")
        if name in operation.required or (not manual and chance.happens(percent)):
            pairs.append([option(name), plain_value(chance, operation, name)])
    return pairs


def plain(chance, operation=None):
    """A case that works, as a builder: generators change its parts, finish() puts them together."""
    weights = {name: 2 for name in model.BY_COMMAND}
    weights.update({"get-authorization-token": 12, "get-repository-endpoint": 5, "get-caller-identity": 4})
    operation = operation or model.BY_COMMAND[chance.weighted(weights)]
    case = {"operation": operation, "options": options_of(chance, operation), "globals": [["--endpoint-url", URL]],
            "env": {**key("AKIDENV"), "AWS_DEFAULT_REGION": "us-west-2", "AWS_MAX_ATTEMPTS": "1"}, "files": {},
            "script": {"answers": [success(chance, operation)]},
            # Where an endpoint is odd, the older one calls that of STS itself.
            "proxy": operation.service == "sts"}
    return case


def finish(case):
    """The case as run.py and the printed record have it."""
    if "arguments" not in case:
        words = [case["operation"].service, case["operation"].command]
        words += [word for pair in case["options"] + case["globals"] for word in pair]
        case["arguments"] = words
    kept = ("theme", "arguments", "env", "files", "script", "proxy")
    return {name: case[name] for name in kept if case.get(name) not in (None, {}, False)}


# ------------------------------------------------------------------ answers that are right

def value_of(chance, operation, reference, name=""):
    shape = operation.shape(reference)
    kind = shape["type"]
    if kind == "structure":
        return {member: value_of(chance, operation, part, member) for member, part in shape["members"].items()}
    if kind == "list":
        return [value_of(chance, operation, shape["member"]) for _ in range(chance.number(0, 3))]
    if kind == "timestamp":
        return chance.pick([1700000000, 1700000000.5, 1700000000.123456, 0])
    if kind in ("integer", "long"):
        return chance.number(0, 99999)
    if "enum" in shape:
        return chance.pick(shape["enum"])
    return {"nextToken": None}.get(name, f"{name}-{chance.number(1, 9)}")


def result(chance, operation):
    """An output of the operation, without null members."""
    value = value_of(chance, operation, {"shape": next(name for name, shape in operation.shapes.items()
                                                       if shape is operation.output)})
    return {name: part for name, part in value.items() if part is not None}


def success(chance, operation):
    if operation.service == "sts":
        return {"headers": [["Content-Type", "text/xml"]], "body": identity_xml("111122223333", "AIDAX",
                                                                               "arn:aws:iam::111122223333:user/x")}
    return json_answer(result(chance, operation))


def json_answer(value, status=200):
    return {"status": status, "headers": [["Content-Type", "application/json"]],
            "body": json.dumps(value, ensure_ascii=False)}


def identity_xml(account, user, arn):
    return ('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>'
            f"<Arn>{arn}</Arn><UserId>{user}</UserId><Account>{account}</Account></GetCallerIdentityResult>"
            "<ResponseMetadata><RequestId>01234567-89ab-cdef-0123-456789abcdef</RequestId></ResponseMetadata>"
            "</GetCallerIdentityResponse>")
