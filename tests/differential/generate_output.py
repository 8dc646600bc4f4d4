# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Answers with odd values, and the forms in which they are printed."""
import json

from .generate_base import identity_xml, on, plain, result

STRINGS = ["", "x", "a b", "é", "日本語", "ｆｕｌｌ", "a\tb", "a\nb", "\x01", "\x1b[31m", "'", '"', "\\", "yes", "true",
           "null", "~",
           "1", "1.5", "0x10", "2020-01-01", "- a", "a: b", "a #b", "@x", "%x", "!x", "&x", "*x", "?x", "-", "[x", "{x",
           "=", "<", "|", ">", "`x", "y", "1:30", "a#b", "a,b", "a'b", 'a"b', "a:b", " lead", "trail ", "\u0085",
           "\u2028",
           "\u00a0", "😀", "a" * 30, "word " * 30, "x" * 120, "<<", "1_000", "0o17", "017", ".5", "1e3", "+1", "NaN",
           ".inf", "NULL", "True", "FALSE", "on", "a\n", "\na", "\t", "a\r\nb", "\x7f", "\ufeff", "&amp;", "</x>", "/",
           "combining e\u0301", "00", "-1", "#", "a: ", ":", ": a", "a:", "...", "---", "--- a", ",", "a]", "}"]
TIMES = [1700000000, 1700000000.0, 1.7e9, -1.5, 0, -1, 1700000000.1234567, "1700000000.5", "2023-11-14T22:13:20Z",
         "2023-11-14T22:13:20+05:30", "Tue, 14 Nov 2023 22:13:20 GMT", "2023-11-14", 1700000000123, "bogus", "", None,
         True, 1e15, 253402300799, 0.000001, 1700000000.999999, 1700000000.9999999, "20231114T221320Z", [], {},
         "2023-11-14T22:13:20.5Z", "1700000000", 1709164800, 1699999999.5000005]
WRONG = [None, 5, 1.5, True, False, [], {}, ["a"], {"a": "b"}, [[1, 2], [3]], -7, 10 ** 20, 1e300, 0.1, "text"]
ZONES = ["UTC", "Asia/Kolkata", "America/St_Johns", "America/New_York", "Europe/Berlin", "EST5EDT", "XYZ-3:30",
         "Nowhere/Not",
         "", ":UTC", "Pacific/Chatham", "<+03>-3", "Australia/Lord_Howe", "America/Sao_Paulo",
         "CET-1CEST,M3.5.0,M10.5.0/3"]
QUERIES = ["authorizationToken", "expiration", "@", "*", "domain", "domain.name", "domains[].name", "domains[0]", "[]",
           "keys(@)", "length(@)", "domains[?name=='x'].arn", "{a: domain, b: expiration}",
           "[authorizationToken, expiration]",
           "repositories[*].[name,arn]", "domains[].{N:name,O:owner}", "nofn(@)", "length(`1`)", "domain.", "'lit'",
           "`5`",
           "`[1,2]`", "`null`", "`true`", "`{}`", "`[]`", "`\"\"`", "to_string(@)", "sort_by(domains, &name)",
           "domains[-1]",
           "domains[::2].name", "domains | [0]", "not_null(x, domain)", "join(',', keys(@))", "x || `\"d\"`", "!x", "",
           " ",
           "repository.upstreams[].repositoryName", "type(@)", "values(@)", "`{\"a\":{\"b\":\"x\"},\"c\":[1,2]}`",
           "[[`1`],[`2`]]",
           "`[[1,2],[3,4]]`", "`[{\"a\":1,\"b\":[1,2]},{\"a\":2}]`", "`[{\"b\":1},{\"a\":{\"c\":1}}]`", "`1.50`",
           "`1e3`", "Account",
           "[Account, Arn]", "max_by(domains, &assetSizeBytes)", "`[{}]`", "`[[]]`", "`[null,1]`", "`{\"a\":null}`",
           "`-0.0`",
           "`{\"b\":1,\"a\":2}`", "`[1,[2]]`", "`[{\"a\":1},5]`", "`{\"a\":[{\"b\":1,\"c\":{\"d\":2}}]}`"]
SIMPLE = ["authorizationToken", "expiration", "domain", "domains", "repository", "repositories", "Account", "nothing"]


def _spoil(chance, operation, value, depth=0):
    """VALUE with other leaves."""
    if isinstance(value, dict):
        spoiled = {name: _time(chance, part) if name in ("expiration", "createdTime") and chance.happens(50)
                   else _spoil(chance, operation, part, depth + 1) for name, part in value.items()}
        if depth == 0 and chance.happens(10):
            spoiled["unknownMember"] = chance.pick(STRINGS)
        if spoiled and chance.happens(8):
            del spoiled[chance.pick(list(spoiled))]
        return spoiled
    if isinstance(value, list):
        return [_spoil(chance, operation, part, depth + 1) for part in value]
    if chance.happens(6):
        return chance.pick(WRONG)
    return chance.pick(STRINGS) if isinstance(value, str) and chance.happens(50) else value


def _time(chance, value):
    return chance.pick(TIMES) if chance.happens(70) else value


def _escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _xml_text(chance):
    return _escape("".join(c for c in chance.pick(STRINGS) if c in "\t\n\r" or c >= " "))


def answer(chance, operation):
    if operation.service == "sts":
        body = identity_xml(*(_xml_text(chance) if chance.happens(60) else "x" for _ in range(3)))
        return {"headers": [["Content-Type", "text/xml"]], "body": body}
    value = _spoil(chance, operation, result(chance, operation))
    return {"headers": [["Content-Type", "application/json"]],
            "body": json.dumps(value, ensure_ascii=chance.happens(20)),
            "form": chance.weighted({"plain": 8, "chunked": 1, "until-close": 1})}


def choose_form(chance, case):
    kinds = ["text"] * 4 + ["json"] * 3 + ["off"]
    kinds += ["yaml"] * 3 + ["yaml-stream"] * 3 if on("yaml") else []
    kinds += ["table"] * 4 if on("table") else []
    kind = chance.pick(kinds)
    place = chance.number(1, 3)
    if place == 1 or kind == "off":
        case["globals"].append(["--output", kind])
    elif place == 2:
        case["env"]["AWS_DEFAULT_OUTPUT"] = kind
    else:
        case["files"]["~/.aws/config"] = f"[default]\noutput = {kind}\n"


def output(chance):
    """Answers whose values are odd, in every form."""
    case = plain(chance)
    case["script"] = {"answers": [answer(chance, case["operation"])]}
    if chance.happens(80):
        choose_form(chance, case)
    if chance.happens(50):
        case["env"]["TZ"] = chance.pick(ZONES)
    if chance.happens(15):
        config = case["files"].get("~/.aws/config", "[default]\n")
        kind = chance.pick(["wire", "iso8601", "none", "", "ISO8601", "wire"])
        case["files"]["~/.aws/config"] = config + f"cli_timestamp_format = {kind}\n"
    if chance.happens(45) and ["--output", "off"] not in case["globals"]:
        case["globals"].append(["--query", chance.pick(QUERIES if on("query") else SIMPLE)])
    if chance.happens(10):
        case["globals"].append(["--color", chance.pick(["on", "off", "auto"])])
    if chance.happens(4):
        case["env"]["AWS_DEFAULT_OUTPUT"] = chance.pick(["", "bogus", "JSON"])
    return case
