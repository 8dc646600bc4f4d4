# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""A stand-in for STS and CodeArtifact on one socket: what they answer, what they were asked, by host or by path.

It is that of the tool which replays the AWS CLI's transcripts: it speaks HTTP, and as a proxy HTTPS under the names of
AWS's hosts, so that the AWS CLI, which knows no other address for STS, comes here too.
"""
import datetime
import hashlib
import importlib.util
import pathlib
import urllib.parse

from harness import ACCOUNT, REGION, SCRATCH, SHARED, Key, check, environment, equal, new_folder, run
from signing import canonical, signature

_SPEC = importlib.util.spec_from_file_location("replay_aws_cli", SHARED / "tools" / "replay_aws_cli.py")
_REPLAY = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_REPLAY)

PKI = SCRATCH / "pki"
PKI.mkdir()
_REPLAY.make_pki(str(PKI))
STUB = _REPLAY.Stub(str(PKI))
URL = f"http://127.0.0.1:{STUB.port}"

TOKEN_PATH = "/v1/authorization-token"
TOKEN = {"status": 200, "headers": {"Content-Type": "application/json"},
         "body": '{"authorizationToken": "the-token", "expiration": 1700000000.0}'}
SOURCE = Key("AKIASOURCE", "the-secret-of-the-source")
SESSION = Key("ASIAROLE", "the-secret-of-the-role", "the-token-of-the-role")
OPERATION = ("codeartifact", "get-authorization-token", "--domain", "demo")
ROLE = f"arn:aws:iam::{ACCOUNT}:role/r"
SOURCE_PROFILE = f"[profile source]\naws_access_key_id={SOURCE.id}\naws_secret_access_key={SOURCE.secret}\n"


def in_minutes(minutes):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def session(minutes=60, key=SESSION, operation="AssumeRole"):
    """STS's answer: a session of a role that ends in MINUTES."""
    body = (f'<{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result>'
            f"<AssumedRoleUser><AssumedRoleId>AROA:s</AssumedRoleId>"
            f"<Arn>arn:aws:sts::{ACCOUNT}:assumed-role/r/s</Arn></AssumedRoleUser><Credentials>"
            f"<AccessKeyId>{key.id}</AccessKeyId><SecretAccessKey>{key.secret}</SecretAccessKey>"
            f"<SessionToken>{key.token}</SessionToken><Expiration>{in_minutes(minutes)}</Expiration></Credentials>"
            f"</{operation}Result><ResponseMetadata><RequestId>the-request</RequestId></ResponseMetadata>"
            f"</{operation}Response>")
    return {"status": 200, "headers": {"Content-Type": "text/xml"}, "body": body}


def answer(*sts, **routes):
    """STS answers so, one after the other, and the last again and again."""
    STUB.reset([], {"/": list(sts) or [session()], TOKEN_PATH: TOKEN, **routes}, True)


def home(config, **files):
    """A home with this config file, and further files by their path."""
    folder = new_folder("home")
    for name, text in {".aws/config": config, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o600)
    return folder


def settings(folder, **changes):
    """An environment in which STS and CodeArtifact are the stub's, over HTTP."""
    changes = {"HOME": folder, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": URL, **changes}
    return environment(**changes)


def by_proxy(folder, **changes):
    """An environment in which AWS's own hosts are the stub's."""
    return settings(folder, AWS_ENDPOINT_URL=None, HTTPS_PROXY=URL, AWS_CA_BUNDLE=PKI / "ca.pem", **changes)


def get_token(program, env, *options, **more):
    """How the program that gets a token ended."""
    return run(program, *OPERATION, *options, env=env, **more)


def asked(path=None):
    """The requests since answer(), those for PATH alone."""
    return [request for request in list(STUB.log)
            if request["method"] != "CONNECT" and path in (None, request["path"])]


def forms():
    """What STS was asked: [{name: value}]."""
    return [dict(urllib.parse.parse_qsl(request["body"], keep_blank_values=True)) for request in asked("/")]


def check_signer(request, key, service="sts"):
    """The request is signed by KEY."""
    headers = {name.lower(): value for name, value in request["headers"]}
    scope, signed, given = (part.partition("=")[2] for part in headers["authorization"].split(", "))
    check(scope.startswith(f"{key.id}/"), f"signed by {key.id}: {headers['authorization']}")
    equal(headers.get("x-amz-security-token"), key.token, "session token")
    target = request["path"] + ("?" + request["query"] if request["query"] else "")
    text = canonical(request["method"], target, request["headers"], signed.split(";"),
                     hashlib.sha256(request["body"].encode()).hexdigest())
    scope = scope.partition("/")[2]
    check(scope.endswith(f"/{service}/aws4_request"), f"the scope is of {service}: {scope}")
    equal(given, signature(key, scope, headers["x-amz-date"], text), "signature")


def cache_files(folder):
    """The cached credentials, by name."""
    return sorted(pathlib.Path(folder, ".aws", "cli", "cache").glob("*"))
