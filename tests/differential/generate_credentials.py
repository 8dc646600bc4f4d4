# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Credentials that come from elsewhere: processes, roles, web identity, SSO, containers, instances."""
import hashlib
import json

from .generate_base import key, key_lines, on, plain

ROLE = "arn:aws:iam::111122223333:role/r"
STS = "sts.us-west-2.amazonaws.com"
LATER = ["{NOW+3600}", "{NOW+3600}", "{NOW+3600}", "{NOW+300}", "{NOW-60}", "bogus"]


def _start(chance, lines, region="us-west-2"):
    """A case without keys in the environment, whose profile p holds LINES, through the proxy."""
    case = plain(chance)
    case["proxy"] = True
    case["env"] = {"AWS_DEFAULT_REGION": region, "AWS_MAX_ATTEMPTS": "1"}
    case["files"]["~/.aws/config"] = "[profile p]\n" + "".join(line + "\n" for line in lines)
    if chance.happens(50):
        case["globals"].append(["--profile", "p"])
    else:
        case["env"]["AWS_PROFILE"] = "p"
    if chance.happens(10):
        case["env"].update(key("AKIDENV"))
    return case


def _route(case, where, answers):
    case["script"].setdefault("routes", {})[where] = answers


def _json(value, status=200):
    return {"status": status, "headers": [["Content-Type", "application/json"]], "body": json.dumps(value)}


# ------------------------------------------------------------------ processes

def _process_document(chance):
    document = {"Version": 1, "AccessKeyId": "AKIDPROC", "SecretAccessKey": "SECRET/AKIDPROC"}
    if chance.happens(50):
        document["SessionToken"] = chance.pick(["TOKEN", "", None, "a b"])
    if chance.happens(50):
        document["Expiration"] = chance.pick(LATER + ["", None, "2099-01-01T00:00:00"])
    if chance.happens(15):
        document["AccountId"] = "111122223333"
    if chance.happens(20):
        document[chance.pick(["Version", "AccessKeyId", "SecretAccessKey"])] = chance.pick([2, "1", None, 5, "", 1.0,
                                                                                            True])
    if chance.happens(20):
        del document[chance.pick(list(document))]
    return document


COMMANDS = ["cat {HOME}/proc.json", "/bin/cat {HOME}/proc.json", "sh -c 'cat {HOME}/proc.json'", "cat proc.json",
            'cat "{HOME}/proc.json"', "cat  {HOME}/proc.json ", "cat ~/proc.json", "cat $HOME/proc.json", "false",
            "/absent", "sh -c 'echo no >&2; exit 3'", "", "cat 'unclosed", "cat {HOME}/proc.json\\ ",
            "sh -c 'cat proc.json; echo x >&2'",
            "true", "cat {HOME}/proc.json | cat", "{HOME}", "sh -c 'cat proc.json; exit 1'", "sh -c 'kill -9 $$'"]


def process(chance):
    if not on("process"):
        return None
    command = chance.pick(COMMANDS[:7] if chance.happens(60) else COMMANDS)
    case = _start(chance, ["credential_process = " + command])
    text = json.dumps(_process_document(chance))
    if chance.happens(12):
        text = chance.pick(["", "x", "[]", "null", "{", text + "x", text * 2, "\ufeff" + text, "5", text.replace('"',
                                                                                                                 "'")])
    case["files"]["~/proc.json"] = text
    return case


# ------------------------------------------------------------------ roles

def _sts_answer(chance, operation, extra=""):
    expiration = chance.pick(LATER[:5] if chance.happens(90) else LATER)
    inner = (f"<Credentials><AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>SECRET/AKIDROLE</SecretAccessKey>"
             f"<SessionToken>ROLETOKEN</SessionToken><Expiration>{expiration}</Expiration></Credentials>"
             f"<AssumedRoleUser><AssumedRoleId>AROA:x</AssumedRoleId>"
             "<Arn>arn:aws:sts::111122223333:assumed-role/r/x</Arn>"
             f"</AssumedRoleUser>{extra}")
    return {"headers": [["Content-Type", "text/xml"]], "body":
            f'<{operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{operation}Result>{inner}'
            f"</{operation}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"
            f"</{operation}Response>"}


def _sts_script(chance, operation):
    if chance.happens(15):
        return [chance.pick([
            {"status": 403, "headers": [["Content-Type", "text/xml"]], "body":
             "<ErrorResponse><Error><Code>AccessDenied</Code><Message>not you</Message></Error></ErrorResponse>"},
            {"status": 500}, {"form": "drop"}, {"status": 200, "body": "<html>"}, {"status": 200, "body": ""},
            {"status": 400, "body":
             "<ErrorResponse><Error><Code>ExpiredTokenException</Code><Message>old</Message></Error>"
                                    "</ErrorResponse>"}])]
    return [_sts_answer(chance, operation)]


def _cached(chance, case, what):
    """Perhaps a cache file for the assumed role."""
    if not chance.happens(30):
        return
    name = hashlib.sha1(json.dumps(what, sort_keys=True).encode()).hexdigest()
    document = {"Credentials": {"AccessKeyId": "AKIDCACHE", "SecretAccessKey": "SECRET/AKIDCACHE",
                                "SessionToken": "CACHED",
                                "Expiration": chance.pick(["{NOW+3600}", "{NOW+3600}", "{NOW+600}", "{NOW-60}"])},
                "AssumedRoleUser": {"AssumedRoleId": "AROA:x", "Arn": "arn:aws:sts::111122223333:assumed-role/r/x"},
                "ResponseMetadata": {"RequestId": "r-0", "HTTPStatusCode": 200, "HTTPHeaders": {}, "RetryAttempts": 0}}
    text = json.dumps(document)
    if chance.happens(20):
        text = chance.pick(["", "{}", "[]", "x", json.dumps({"Credentials": {}})])
    case["files"][f"~/.aws/cli/cache/{name}.json"] = text


def role(chance):
    """role_arn with a source: a profile, a chain, the environment."""
    if not on("role"):
        return None
    what = {"RoleArn": ROLE}
    lines = [f"role_arn = {ROLE}"]
    for name, setting, values in (("RoleSessionName", "role_session_name", ["me", "é", ""]),
                                  ("ExternalId", "external_id", ["ext", "a b&c"]),
                                  ("DurationSeconds", "duration_seconds", ["900", "x", "0"])):
        if chance.happens(30):
            value = chance.pick(values)
            lines.append(f"{setting} = {value}")
            what[name] = int(value) if value.isdigit() else value
    source = chance.weighted({"base": 6, "itself": 1, "chain": 2, "loop": 1, "absent": 1, "none": 1, "both": 1,
                              "Environment": 2, "bogus": 1, "keyless": 1})
    lines += {"base": ["source_profile = base"], "itself": ["source_profile = p", *key_lines("AKIDSELF").splitlines()],
              "chain": ["source_profile = middle"], "loop": ["source_profile = loop"],
              "absent": ["source_profile = zz"],
              "none": [],
              "both": ["source_profile = base", "credential_source = Environment"],
              "Environment": ["credential_source = Environment"], "bogus": ["credential_source = environment"],
              "keyless": ["source_profile = keyless"]}[source]
    case = _start(chance, lines)
    if chance.happens(15):
        lines_region = "region = eu-west-1\n"
        case["files"]["~/.aws/config"] += lines_region
    case["files"]["~/.aws/config"] += (
        f"[profile middle]\nrole_arn = {ROLE}2\nsource_profile = base\n"
        f"[profile loop]\nrole_arn = {ROLE}3\nsource_profile = p\n"
        "[profile keyless]\nregion = us-east-1\n")
    case["files"]["~/.aws/credentials"] = "[base]\n" + key_lines("AKIDBASE", chance.pick([None, "BASETOKEN"]))
    if source == "Environment" and chance.happens(85):
        case["env"].update(key("AKIDENV", chance.pick([None, "TOKEN"])))
        case["globals"] = [["--endpoint-url", "http://127.0.0.1:{PORT}"], ["--profile", "p"]]
        case["env"].pop("AWS_PROFILE", None)
    for region in ("us-west-2", "eu-west-1"):
        _route(case, f"sts.{region}.amazonaws.com", _sts_script(chance, "AssumeRole"))
    _cached(chance, case, what)
    return case


def web_identity(chance):
    if not on("web identity"):
        return None
    settings = {"web_identity_token_file": chance.pick(["{HOME}/token", "{HOME}/token", "{HOME}/token", "token",
                                                        "~/token",
                                                        "/absent", ""]),
                "role_arn": ROLE, "role_session_name": "me"}
    for name in list(settings):
        if chance.happens({"role_session_name": 50}.get(name, 8)):
            del settings[name]
    if chance.happens(50):
        case = _start(chance, [f"{name} = {value}" for name, value in settings.items()])
    else:
        names = {"web_identity_token_file": "AWS_WEB_IDENTITY_TOKEN_FILE", "role_arn": "AWS_ROLE_ARN",
                 "role_session_name": "AWS_ROLE_SESSION_NAME"}
        case = _start(chance, ["region = us-west-2"])
        case["env"].update({names[name]: value for name, value in settings.items()})
        if chance.happens(80):
            case["env"].pop("AWS_PROFILE", None)
            case["globals"] = [["--endpoint-url", "http://127.0.0.1:{PORT}"]]
    case["files"]["~/token"] = chance.pick(["eyTOKEN", "eyTOKEN\n", "", "a b+c&d=é"])
    _route(case, STS, _sts_script(chance, "AssumeRoleWithWebIdentity"))
    what = {"RoleArn": ROLE}
    if "role_session_name" in settings:
        what["RoleSessionName"] = settings["role_session_name"]
    _cached(chance, case, what)
    return case


# ------------------------------------------------------------------ SSO

START = "https://start.example/start"


def sso(chance):
    if not on("sso"):
        return None
    session = chance.happens(60)
    settings = {"sso_account_id": "111122223333", "sso_role_name": "R"}
    settings.update({"sso_session": "s"} if session else {"sso_start_url": START, "sso_region": "us-west-2"})
    if chance.happens(10):
        settings["sso_region"] = chance.pick(["us-west-2", "eu-west-1"])
    if chance.happens(15):
        del settings[chance.pick(list(settings))]
    case = _start(chance, [f"{name} = {value}" for name, value in settings.items()])
    if session and chance.happens(92):
        lines = [f"sso_start_url = {START}", "sso_region = us-west-2", "sso_registration_scopes = sso:account:access"]
        if chance.happens(10):
            del lines[chance.number(0, 1)]
        case["files"]["~/.aws/config"] += "[sso-session s]\n" + "\n".join(lines) + "\n"
    _sso_token(chance, case, "s" if session else START)
    _sso_answers(chance, case)
    return case


def _sso_token(chance, case, name):
    token = {"startUrl": START, "region": "us-west-2", "accessToken": "SSOTOKEN", "expiresAt":
             chance.pick(["{NOW+3600}", "{NOW+3600}", "{NOW+3600}", "{NOW+600}", "{NOW-60}", "bogus"])}
    if chance.happens(60):
        token.update(clientId="id", clientSecret="secret",
                     registrationExpiresAt=chance.pick(["{NOW+9999}", "{NOW+9999}", "{NOW-9}"]),
                     refreshToken="REFRESH")
    if chance.happens(8):
        del token[chance.pick(list(token))]
    text = json.dumps(token, indent=chance.pick([None, 2]))
    if chance.happens(7):
        text = chance.pick(["", "{}", "x", "[]"])
    if not chance.happens(6):
        case["files"][f"~/.aws/sso/cache/{hashlib.sha1(name.encode()).hexdigest()}.json"] = text


def _sso_answers(chance, case):
    role_answer = _json({"roleCredentials": {"accessKeyId": "AKIDSSO", "secretAccessKey": "SECRET/AKIDSSO",
                                             "sessionToken": "SESSION", "expiration": chance.pick([4102444800000,
                                                                                                   1000])}})
    if chance.happens(20):
        role_answer = chance.pick([
            {"status": 401, "headers": [["x-amzn-errortype", "UnauthorizedException"]],
             "body": '{"message": "Session token not found"}'},
            {"status": 403, "headers": [["x-amzn-errortype", "ForbiddenException"]],
             "body": '{"message": "No access"}'},
            {"status": 500}, {"form": "drop"}, _json({}), {"status": 200, "body": "<html>"}])
    _route(case, "portal.sso.us-west-2.amazonaws.com", [role_answer])
    token_answer = _json({"accessToken": "NEWTOKEN", "tokenType": "Bearer", "expiresIn": 3600,
                          "refreshToken": "REFRESH2"})
    if chance.happens(30):
        token_answer = chance.pick([{"status": 400, "headers": [["x-amzn-errortype", "InvalidGrantException"]], "body":
                                     '{"error": "invalid_grant"}'}, {"status": 500}, {"form": "drop"}, _json({})])
    _route(case, "oidc.us-west-2.amazonaws.com", [token_answer])


# ------------------------------------------------------------------ containers and instances

def _metadata(chance):
    document = {"AccessKeyId": "AKIDMETA", "SecretAccessKey": "SECRET/AKIDMETA", "Token": "METATOKEN",
                "Expiration": chance.pick(LATER[:5]), "Code": "Success", "Type": "AWS-HMAC", "LastUpdated": "{NOW-60}"}
    if chance.happens(12):
        del document[chance.pick(["AccessKeyId", "SecretAccessKey", "Token", "Expiration", "Code"])]
    return chance.pick([{"status": 404, "body": "absent"}, {"status": 200, "body": "x"}, {"status": 200, "body": ""},
                        {"status": 500},
                        {"form": "drop"}, {"status": 200, "body": "[]"}]) if chance.happens(15) else _json(document)


def container(chance):
    if not on("container"):
        return None
    case = _start(chance, ["region = us-west-2"])
    case["env"]["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = chance.pick(
        ["http://127.0.0.1:{PORT}/creds"] * 5 + ["http://localhost:{PORT}/creds?x=1", "http://example.com/creds", "",
                                                 "foo",
                                                 "http://127.0.0.1:{PORT}"])
    case["env"]["NO_PROXY"] = "127.0.0.1,localhost"
    if chance.happens(50):
        case["env"]["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = chance.pick(["secret", "Basic abc", "", "é"])
    for place in ("/creds", "/"):
        _route(case, place, [_metadata(chance)])
    return case


def instance(chance):
    """The instance's own endpoint, for credentials and for the region."""
    if not on("instance"):
        return None
    case = _start(chance, ["output = json"])
    case["env"].update(AWS_EC2_METADATA_DISABLED=chance.pick(["false", "false", "false", "", "TRUE"]),
                       AWS_EC2_METADATA_SERVICE_ENDPOINT="http://127.0.0.1:{PORT}/", NO_PROXY="127.0.0.1")
    if chance.happens(40):
        del case["env"]["AWS_DEFAULT_REGION"]
    case["script"]["routes"] = {
        "/latest/api/token": [chance.pick([{"body": "IMDSTOKEN"}] * 5 +
                                          [{"status": status} for status in (403, 404, 400, 500)])],
        "/latest/meta-data/iam/security-credentials/": [
            chance.pick([{"body": "r"}] * 6 + [{"body": ""}, {"status": 404}, {"body": "r\n"}])],
        "/latest/meta-data/iam/security-credentials/r": [_metadata(chance)],
        "/latest/meta-data/placement/availability-zone/": [
            chance.pick([{"body": "us-west-2a"}] * 3 + [{"status": 404}, {"body": ""}])],
    }
    if chance.happens(20):
        case["env"]["AWS_METADATA_SERVICE_NUM_ATTEMPTS"] = chance.pick(["1", "x", "0"])
    if chance.happens(10):
        case["env"]["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = chance.pick(["ipv4", "IPv4", "bogus"])
    return case
