# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Command lines: positions, abbreviations, repetitions, values, files, lists and structures."""
import base64

from . import model
from .generate_base import NUMBERS, ODD, option, plain, plain_value

GLOBAL = [["--output", "json"], ["--output", "text"], ["--region", "eu-west-1"], ["--no-cli-pager"], ["--no-paginate"],
          ["--color", "off"], ["--cli-read-timeout", "20"], ["--cli-connect-timeout", "20"], ["--no-verify-ssl"],
          ["--cli-binary-format", "base64"], ["--no-cli-auto-prompt"], ["--no-sign-request"], ["--region", ""],
          ["--profile", ""]]
BAD_GLOBAL = [["--output", "jsn"], ["--output", "JSON"], ["--output", ""], ["--color", "always"], ["--region", "a.b"],
              ["--region", "-x"], ["--profile", "nobody"], ["--cli-read-timeout", "abc"],
              ["--cli-connect-timeout", "-1"], ["--endpoint-url", "foo"], ["--endpoint-url", "ftp://x"],
              ["--endpoint-url", ""], ["--endpoint-url", "http://"], ["--no-cli-pager=1"],
              ["--cli-binary-format", "x"], ["--cli-auto-prompt"], ["--output"], ["--bogus"], ["--bogus", "v"],
              ["--bogus=v"], ["extra"], ["-x"], ["-1"], ["--", "extra"], ["-"], ["--cli-read-timeout", "1.5"],
              ["--endpoint-url", "http://127.0.0.1:99999"], ["--query"], ["--region", "é"], ["--ca-bundle", "/absent"],
              ["--color", "On"], ["--output", "tabel"], ["--output", "yml"], ["--cli-binary-format", "base-64"]]
COMMANDS = ["codeartifact", "sts", "codeartifac", "code-artifact", "Codeartifact", "st", "stss", "", "xyz", "--", "s4"]
SUBCOMMANDS = ["get-authorization-tokens", "get-authorisation-token", "get-authorization", "gat", "list-domain", "",
               "get-caller-identify", "create", "Delete-domain", "describe-domains", "delete-repositories", "-", "--x"]


def spread(chance, case):
    """Global options anywhere, the operation's anywhere behind it."""
    operation = case["operation"]
    front, middle, back = [], [], [*case["options"]]
    for pair in case["globals"]:
        chance.pick([front, middle, back, back]).append(pair)
    chance.shuffle(back)
    pairs = [*front, [operation.service], *middle, [operation.command], *back]
    case["arguments"] = [word for pair in pairs for word in pair]
    return case


def _form(chance, pair, percent=30):
    """--name=value, or an abbreviation."""
    pair = list(pair)
    if chance.happens(percent) and pair[0].startswith("--") and len(pair[0]) > 4:
        pair[0] = pair[0][:chance.number(3, len(pair[0]) - 1)]
    if len(pair) == 2 and chance.happens(percent):
        pair = ["=".join(pair)]
    return pair


def line(chance):
    """Options in all forms and places, some of them wrong."""
    case = plain(chance)
    for _ in range(chance.number(0, 3)):
        case["globals"].append(chance.pick(GLOBAL))
    if chance.happens(50):
        case["globals"].append(chance.pick(BAD_GLOBAL))
    if chance.happens(15) and case["options"]:
        case["options"].remove(chance.pick(case["options"]))
    if chance.happens(15) and case["options"]:
        again = chance.pick(case["options"])
        case["options"].append([again[0], chance.word()])
    if chance.happens(8) and case["options"]:
        chance.pick(case["options"])[1:] = []
    case["options"] = [_form(chance, pair) for pair in case["options"]]
    case["globals"] = [_form(chance, pair, 15) for pair in case["globals"]]
    return spread(chance, case)


def command(chance):
    """Commands that are not there, or nearly."""
    case = plain(chance)
    spread(chance, case)
    words = case["arguments"]
    for name, others in ((case["operation"].service, COMMANDS), (case["operation"].command, SUBCOMMANDS)):
        if chance.happens(45):
            words[words.index(name)] = chance.pick(others)
    if chance.happens(15):
        del words[chance.number(0, len(words) - 1):]
    return case


def _value(chance, case, operation, name):
    kind = operation.shape(operation.input["members"][name])["type"]
    if kind == "list":
        return structure(chance, name)
    if chance.happens(15):
        return from_file(chance, case)
    if kind in ("integer", "long"):
        return [chance.pick(NUMBERS)]
    return [chance.word()]


def from_file(chance, case):
    """file:// and fileb:// with all sorts of files."""
    contents = ["my-dom", "my-dom\n", "", "é", "a\r\nb", {"base64": base64.b64encode(b"\xff\xfe").decode()}, "900",
                '[{"key":"k","value":"v"}]', "key=k,value=v"]
    case["files"]["~/value.txt"] = chance.pick(contents)
    path = chance.pick(["~/value.txt", "$HOME/value.txt", "{HOME}/value.txt", "value.txt", "./value.txt", "absent.txt",
                        "", "/", "~/absent", "${HOME}/value.txt", "~nobody/x"])
    return [chance.pick(["file://", "file://", "fileb://"]) + path]


def values(chance):
    """Odd values of the operation's options."""
    case = plain(chance)
    operation = case["operation"]
    names = list(operation.input["members"])
    for name in chance.sample(names, chance.number(0, min(3, len(names)))):
        case["options"] = [pair for pair in case["options"] if pair[0] != option(name)]
        value = _value(chance, case, operation, name)
        case["options"].append([option(name) + "=" + value[0]] if len(value) == 1 and chance.happens(30)
                               else [option(name), *value])
    return spread(chance, case) if chance.happens(30) else case


TAGS = ["key=a,value=b", "key=a", "value=b", "Key=a,Value=b", "key=a,value=", "key=,value=", "key=a,value=b,extra=c",
        "key=a,value=b,", "key=a,,value=b", "key", "", " ", "key=a value=b", "key='a,b',value=c", 'key="a b",value="c"',
        "key=a,value=[b]", "key=a,value={b=c}", "key=[a,b],value=c", "key=a,value=b=c", "key = a , value = b",
        "key=a,key=b,value=c", '{"key": "a", "value": "b"}', '[{"key": "a", "value": "b"}]', '[{"key": 1}]', "[]", "[",
        "{", '{"key": "a"', "key=é,value=日", "key=a\\,b,value=c", "key=a,value=b c", "null", '"x"', "5", "[null]",
        "key=a,value=file://x", "key=a,value@=file://value.txt", '[{"key": "a", "value": null}]', "a.b=c", "key:a",
        "key='a", 'key="', "key=a'b,value=c\"d", "key={a=b},value=1", "key=a\tb,value=c", '{"key": "a", "key": "b"}',
        '[["key"]]', '[{"key":"a","value":"b","z":1}]', "key=a,value=b;key=c"]
UPSTREAMS = ["repositoryName=up", "repositoryName=up,", "repositoryName=", "repositoryname=up", "up", "[]", "",
             '[{"repositoryName": "up"}]', '{"repositoryName": "up"}', "repositoryName=a,repositoryName=b",
             '[{"repositoryName": 5}]', "repositoryName=[a]", "repositoryName='x y'", '["up"]', "repositoryName=x=y",
             "repositoryName", "=up", "repositoryName=a b", '[{"repositoryName": "a"}, {"repositoryName": "b"}]']


def structure(chance, name):
    return [chance.pick(TAGS if name == "tags" else UPSTREAMS) for _ in range(chance.weighted({1: 6, 2: 2, 3: 1,
                                                                                               0: 1}))]


def structures(chance):
    """Lists of structures, as shorthand and as JSON."""
    operation = model.BY_COMMAND[chance.pick(["create-domain", "create-repository", "update-repository",
                                              "tag-resource"])]
    case = plain(chance, operation)
    name = chance.pick([name for name in ("tags", "upstreams") if name in operation.input["members"]])
    case["options"] = [pair for pair in case["options"] if pair[0] != option(name)]
    value = from_file(chance, case) if chance.happens(8) else structure(chance, name)
    case["options"].append([option(name), *value])
    return case


PAGING = [["--max-items", "1"], ["--max-items", "2"], ["--max-items", "0"],
          ["--max-items", "x"], ["--page-size", "1"], ["--page-size", "0"], ["--page-size", "2000"],
          ["--page-size", "x"], ["--starting-token", "t1"], ["--starting-token", ""], ["--no-paginate"],
          ["--max-results", "2"], ["--next-token", "t1"], ["--max-results", "0"], ["--next-token", ""],
          ["--starting-token", "eyJuZXh0VG9rZW4iOiAidDEiLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="],
          ["--starting-token", "eyJuZXh0VG9rZW4iOiBudWxsLCAiYm90b190cnVuY2F0ZV9hbW91bnQiOiAxfQ=="],
          ["--max-items", "99999999999999999999"], ["--output", "text"], ["--output", "text"]]


def paging(chance):
    """Listings of several pages, and what limits them."""
    from .generate_base import json_answer, result
    operation = model.BY_COMMAND[chance.pick(["list-domains", "list-repositories", "list-repositories-in-domain"])]
    case = plain(chance, operation)
    for pair in chance.sample(PAGING, chance.number(0, 3)):
        case["options"].append(pair)
    tokens = chance.pick([[None], ["t1", None], ["t1", "t2", None], ["t1", "t1"], ["", None], ["t1", "t2", "t3", None]])
    answers = []
    for token in tokens:
        page = result(chance, operation)
        page.pop("nextToken", None)
        if token is not None:
            page["nextToken"] = token
        if chance.happens(8):
            page = chance.pick([{}, {"nextToken": None}, {"domains": None}, {"domains": []}])
        answers.append(json_answer(page))
    case["script"] = {"answers": answers}
    return case
