# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The grammar of the profile files, the choice of a profile, settings from everywhere, and static credentials."""
import base64

from .generate_base import URL, key, key_lines, on, plain

SECTIONS = ["[default]", "[profile p]", "[profile p]", "[p]", "[profile default]", "[profile 'p']", '[profile "p q"]',
            "[ profile p ]", "[profile  p]", "[profile\tp]", "[Default]", "[DEFAULT]", "[profile p q]", "[default] x",
            "[profile p", "[]", "[ ]", "[sso-session s]", "[services s]", "[profile é]", "[plugins]", "[preview]",
            "[profile p]]", "[[profile p]]", "[profile p] ; c", "  [profile p]", "[profile]", "[PROFILE p]"]
LINES = ["region = eu-west-1", "region=us-east-1", "region: eu-west-1", "REGION = eu-west-1", "region = eu-west-1 # c",
         "region = eu-west-1 ; c", "  region = eu-west-1", "region =", "region", "= x", ": x", "# comment", "; comment",
         "  # comment", "", "  continued", "\tcontinued", "output = text", "output = json", "output = bogus",
         "region = 'eu-west-1'", 'region = "eu-west-1"', "region = %(x)s", "region = $HOME", "s3 =\n  a = b",
         "s3 =\n  a\n", "s3 =\n  a = b\n  c = d", "region = eu-west-1\n  more", "x y = z", "a:b=c", "a=b:c",
         "rem comment",
         "region = eu-west-1\nregion = us-east-1", "parameter_validation = false", "parameter_validation = true",
         "parameter_validation = False", "parameter_validation =", "max_attempts = 1", "cli_pager =", "endpoint =\n",
         "region = é", "\x0cregion = x", "region = a\x00b", "api_versions =\n  ec2 = 2015",
         "cli_follow_urlparam = false",
         "use_fips_endpoint = true", "use_dualstack_endpoint = true", "cli_binary_format = bogus",
         "cli_timestamp_format = wire", "cli_auto_prompt = off", "cli_history = disabled", "tcp_keepalive = true",
         "ca_bundle = /absent", "aws_access_key_id = AKIDLINE", "aws_secret_access_key = SECRET/AKIDLINE",
         "sts_regional_endpoints = legacy", "region = us-west-2\\", "[x"]


def _grammar(chance):
    lines = []
    for _ in range(chance.number(1, 3)):
        if not chance.happens(8):
            lines.append(chance.pick(SECTIONS) if chance.happens(45) else chance.pick(SECTIONS[:3]))
        lines += [chance.pick(LINES) for _ in range(chance.number(0, 3))]
    text = chance.pick(["\n", "\n", "\n", "\r\n", "\n\n"]).join(lines)
    return chance.pick(["", "", "", "", "", "\ufeff", "\n"]) + text + chance.pick(["\n", "\n", ""])


def grammar(chance):
    """Files in odd grammar, and a profile to find in them."""
    case = plain(chance)
    del case["env"]["AWS_DEFAULT_REGION"]
    files = chance.pick([["config"], ["config"], ["config", "credentials"], ["credentials"]])
    for name in files:
        case["files"]["~/.aws/" + name] = _grammar(chance)
    if chance.happens(3):
        case["files"]["~/.aws/config"] = {"base64": base64.b64encode(b"[default]\nregion = \xff\n").decode()}
    choose_profile(chance, case)
    if chance.happens(60):
        case["env"]["AWS_DEFAULT_REGION"] = "us-west-2"
    return case


def choose_profile(chance, case, names=("p", "p", "p", "default", "p q", "é", "absent", "")):
    way = chance.weighted({"none": 4, "option": 3, "AWS_PROFILE": 3, "AWS_DEFAULT_PROFILE": 1, "both": 1})
    if way == "option":
        case["globals"].append(["--profile", chance.pick(names)])
    elif way == "both":
        case["env"].update(AWS_PROFILE=chance.pick(names), AWS_DEFAULT_PROFILE=chance.pick(names))
    elif way != "none":
        case["env"][way] = chance.pick(names)


def static(chance):
    """Credentials of the environment and of both files, in part or whole."""
    case = plain(chance)
    case["env"] = {"AWS_DEFAULT_REGION": "us-west-2", "AWS_MAX_ATTEMPTS": "1"}
    if chance.happens(45):
        given = key("AKIDENV", chance.pick([None, None, "TOK/en+=", "", "a b"]))
        given.update({"AWS_SECURITY_TOKEN": "OLD"} if chance.happens(15) else {})
        given.update({"AWS_CREDENTIAL_EXPIRATION": chance.pick(["{NOW+3600}", "{NOW-10}", "zz", "", "{NOW+60}"])}
                     if chance.happens(25) else {})
        given.update({"AWS_ACCOUNT_ID": "111122223333"} if chance.happens(10) else {})
        if chance.happens(20):
            given[chance.pick(list(given))] = chance.pick(["", " x", "é"])
        if chance.happens(15):
            del given[chance.pick(list(given))]
        case["env"].update(given)
    for name, heads in (("credentials", ["[default]", "[p]", "[profile p]"]), ("config", ["[default]", "[profile p]"])):
        if chance.happens(60):
            case["files"]["~/.aws/" + name] = "".join(
                f"{head}\n{_part(chance, f'AKID{name.upper()}{place}')}" for place, head in enumerate(heads)
                if chance.happens(60))
    choose_profile(chance, case, ("p", "p", "default", "absent"))
    if chance.happens(6):
        case["env"]["AWS_SHARED_CREDENTIALS_FILE"] = chance.pick(["~/other", "$HOME/other", "", "/",
                                                                  "{HOME}/.aws/config"])
        case["files"]["~/other"] = "[default]\n" + key_lines("AKIDOTHER")
    return case


def _part(chance, id):
    lines = key_lines(id, chance.pick([None, None, "TOKEN", ""])).splitlines()
    if chance.happens(10):
        lines.append("aws_security_token = OLDTOKEN")
    if chance.happens(20):
        lines.remove(chance.pick(lines))
    if chance.happens(10):
        lines[chance.number(0, len(lines) - 1)] = chance.pick(["aws_access_key_id =", "aws_secret_access_key ="])
    if chance.happens(20):
        lines.append("region = eu-west-1")
    if len({line.split("=")[0] for line in lines}) < len(lines):
        lines = lines[:1]
    return "\n".join(lines) + "\n"


ENVIRONMENT = {"AWS_REGION": ["eu-west-1", "", "a.b", "us-east-1"], "AWS_DEFAULT_REGION": ["eu-west-1", "", "-", None],
               "AWS_DEFAULT_OUTPUT": ["text", "json", "", "bogus"], "AWS_PAGER": ["", "cat"],
               "AWS_PROFILE": ["", "p", "absent", "default"], "AWS_CONFIG_FILE": ["~/c", "$HOME/c", "", "/absent", "/"],
               "AWS_SHARED_CREDENTIALS_FILE": ["~/c", "/absent"], "AWS_CA_BUNDLE": ["/absent"],
               "AWS_EXECUTION_ENV": ["X", ""], "AWS_CLI_AUTO_PROMPT": ["off", "bogus", ""],
               "AWS_STS_REGIONAL_ENDPOINTS": ["legacy"],
               "AWS_USE_FIPS_ENDPOINT": ["true", "false", "TRUE", "1", ""], "AWS_USE_DUALSTACK_ENDPOINT": ["true", "x"],
               "AWS_MAX_ATTEMPTS": ["1"], "LANG": ["C", "en_US.UTF-8", ""], "AWS_CLI_FILE_ENCODING": ["utf-8",
                                                                                                      "latin-1"],
               "AWS_DATA_PATH": ["/absent"], "HTTP_PROXY": [URL, ""], "http_proxy": [URL], "NO_PROXY": ["127.0.0.1",
                                                                                                        "*"]}


def settings(chance):
    """Settings from the environment, beside a sound config file."""
    case = plain(chance)
    case["files"]["~/.aws/config"] = "[default]\nregion = us-east-1\n[profile p]\nregion = eu-west-1\noutput = text\n"
    case["files"]["~/c"] = "[default]\nregion = eu-west-1\n[profile p]\noutput = json\n"
    for name in chance.sample(list(ENVIRONMENT), chance.number(1, 3)):
        value = chance.pick(ENVIRONMENT[name])
        if value is None:
            case["env"].pop(name, None)
        else:
            case["env"][name] = value
    return case


ALIASES = ["[toplevel]\nwho = sts get-caller-identity\n", "[command codeartifact]\nmine = get-authorization-token\n",
           "[toplevel]\nca = codeartifact\n",
           "[toplevel]\nid = sts get-caller-identity --query Account --output text\n",
           "[command codeartifact]\nt = get-authorization-token --domain my-dom --output text\n",
           "[toplevel]\nwho = sts\n",
           "[toplevel]\nwho\n", "[toplevel\n", "[toplevel]\nwho = !echo hello\n",
           "[toplevel]\nwho = !echo \"$1\" && false\n",
           "[toplevel]\nwho = codeartifact --region eu-west-1\n", "[toplevel]\nwho = nothing\n",
           "[toplevel]\nwho = 'x\n",
           "[toplevel]\nsts = codeartifact\n", "[toplevel]\nwho = --version\n", "", "x",
           "[toplevel]\nwho = ca\nca = sts\n",
           "[command sts]\nwho = get-caller-identity\nme = who\n", "[toplevel]\nwho =\n  sts get-caller-identity\n"]


def alias(chance):
    """~/.aws/cli/alias."""
    if not on("alias"):
        return None
    case = plain(chance)
    case["files"]["~/.aws/cli/alias"] = chance.pick(ALIASES)
    tail = [word for pair in case["options"] + case["globals"] for word in pair]
    head = chance.pick([["who"], ["codeartifact", "mine"], ["ca", "get-authorization-token"], ["id"], ["codeartifact",
                                                                                                       "t"],
                        [case["operation"].service, case["operation"].command], ["sts", "me"], ["sts", "who"],
                        ["who", "get-caller-identity"], ["who", "a b"]])
    case["arguments"] = [*head, *tail] if chance.happens(75) else [*head, "--endpoint-url", URL]
    return case
