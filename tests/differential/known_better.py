# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Where jeton is knowingly better: the list in its manual."""
import datetime
import json
import re

from .rules import rule, take
from .stub import body_of

PLACE = re.compile(r"Invalid JSON: .*?: line \d+ column \d+ \(char \d+\)\nJSON received")
OWN_PLACE = re.compile(r"Invalid JSON: line \d+, column \d+: .*?\nJSON received")


@rule("where a file is broken", "knowingly better", "the line and what is wrong there stand behind the path")
def _(case, old, new):
    if re.search(r"Unable to parse config file: \S+\n$", old["err"]):
        new["err"] = re.sub(r"(Unable to parse config file: \S+), line \d+: .*(?=\n$)", r"\1", new["err"])


@rule("where JSON is broken", "knowingly better", "in words that are not Python's")
def _(case, old, new):
    if PLACE.search(old["err"]) and OWN_PLACE.search(new["err"]):
        old["err"] = PLACE.sub("Invalid JSON: {PLACE}\nJSON received", old["err"])
        new["err"] = OWN_PLACE.sub("Invalid JSON: {PLACE}\nJSON received", new["err"])


@rule("no prompt", "knowingly better", "--cli-auto-prompt says that there is none, on a terminal too")
def _(case, old, new):
    said = "\naws: [ERROR]: There is no prompt here" in new["err"]
    if said and old["err"].startswith("Warning: Input is not a terminal"):
        take(old, new)


@rule("a cut answer", "knowingly better", "an answer that ends before its length is a broken connection, not an answer")
def _(case, old, new):
    last = old["requests"][-1] if old["requests"] else {"answer": None}
    if last["answer"] is None or last["answer"].get("form") != "short" or last["answer"].get("status") in (204, 304):
        return  # 204 and 304 have no body that could be cut
    host = next(value for name, value in last["headers"] if name == "Host")
    url = f"{'https' if last['host'] else 'http'}://{host}{last['target']}"
    old.update(code=255, out="", err=f"\nConnection was closed before we received a valid response from endpoint URL: "
                                     f'"{url}".\n')


@rule("a scalar in a table", "knowingly better", "the older one loses it")
def _(case, old, new):
    title = re.fullmatch(r"-+\n\| *(\w+) *\|\n\+-+\+\n", old["out"])
    table = re.fullmatch(r"-+\n\| *(\w+) *\|\n\+-+\+\n\|.*\|\n\+-+\+\n", new["out"], re.DOTALL)
    false = old["out"] == "" and re.search(r"\n\|  (0|-?0\.0|False) +\|\n\+-+\+\n$", new["out"])
    if table and (false or title and title[1] == table[1]):
        old["out"] = new["out"]


NO_ANSWER = re.compile(r"\naws: \[ERROR\]: The answer to \w+ cannot be the service's: its status is (\d+), and .*",
                       re.DOTALL)
NOT_UNDERSTOOD = re.compile(
    r"\n('\w+' object (has no attribute '\w+'|is not iterable|is not subscriptable|does not support item assignment)"
    r"|Unable to parse response \(.*\), invalid XML received\. Further retries may succeed:\nb.*"
    r"|'utf-8' codec can't decode .*|argument of type '\w+' is not iterable|string indices must be integers.*"
    r"|'(roleCredentials|GetCallerIdentityResult|GetCallerIdentityResponse)')\n", re.DOTALL)


@rule("an answer that is none", "knowingly better",
      "status, reason and the first line instead of silence or Python's words")
def _(case, old, new):
    said = NO_ANSWER.fullmatch(new["err"])
    last = old["requests"][-1]["answer"] if old["requests"] else None
    if not said or new["code"] != 255 or last is None or int(said[1]) != last.get("status", 200):
        return
    if is_object(last) and "invalid XML" not in old["err"]:
        return
    if old["code"] == 0 and old["out"] == "":
        take(old, new, "code")
    elif old["code"] == 0 and old["out"] == "None\n" and "text" in case["arguments"]:  # the list that is not there
        take(old, new, "code", "out")
    elif old["code"] == 255 and NOT_UNDERSTOOD.fullmatch(old["err"]):
        take(old, new, "code")


@rule("an answer without what it is for", "knowingly better", "it is told of as none")
def _(case, old, new):
    said = NO_ANSWER.fullmatch(new["err"])
    looked_at_time = re.match(r'\nInvalid timestamp ".*": ', old["err"], re.DOTALL)
    if said and re.search(r", and it has no \w+\. See that", new["err"]) and new["code"] == 255 and (
            old["code"] == 0 or looked_at_time):
        take(old, new, "code", "out")


def is_object(answer):
    """Whether an answer is a JSON object, as it should be."""
    try:
        return isinstance(json.loads(body_of(answer).decode("utf-8")), dict)
    except ValueError:
        return False


WIDE = re.compile(r"[0-9]{19,}")


@rule("wide numbers", "knowingly better", "a number beyond 64 bits is refused instead of kept")
def _(case, old, new):
    if re.search(r"a number is out of range|Invalid JSON received\.\n$", new["err"]) and WIDE.search(json.dumps(case)):
        take(old, new, "code", "out", "requests")


PYTHON = [r"'(int|NoneType)' object is not iterable", r"'(NoneType|float|list|str)' object has no attribute 'get'",
          r"'in <string>' requires string as left operand, not int",
          r"<botocore\.awsrequest\.AWSRequest object at 0x[0-9a-f]+>"]


@rule("exceptions", "knowingly better", "where the older one ends by an exception that says nothing")
def _(case, old, new):
    if old["code"] == 255 and any(re.fullmatch(rf"\n{text}\n", old["err"]) for text in PYTHON) and new["code"] in (252,
                                                                                                                   253,
                                                                                                                   254):
        take(old, new, "code", "requests")


@rule("mixed lists as text", "knowingly better", "each element has its row, where the older one ends by an exception")
def _(case, old, new):
    if re.fullmatch(r"\n'\w+' object has no attribute 'items'\n", old["err"]) and new["code"] == 0:
        take(old, new, "code", "out")


@rule("bytes for a list", "3", "the bytes of fileb:// are read as the text they are, where the older one ends by an exception")
def _(case, old, new):
    given = any("fileb://" in word for word in case["arguments"])
    words = r"\n('in <string>' requires string as left operand, not int|a bytes-like object is required, not 'str')\n"
    if given and re.fullmatch(words, old["err"]) and new["code"] in (0, 252):
        take(old, new, "code", "out", "requests")


@rule("odd endpoints of STS", "3", "they are called or refused as for other services, where the older one calls the "
                                   "region's own endpoint")
def _(case, old, new):
    given = re.search(r"--endpoint-url (.*)", " ".join(case["arguments"]))
    odd = given and re.search(r"[?# ]|:9", given[1])
    if odd and "sts" in case["arguments"] and old["requests"] and all(
            (request["host"] or request["target"]).startswith("sts") for request in old["requests"]):
        take(old, new, "code", "out", "requests")


PRINTED = re.compile(r"\naws: \[ERROR\]: Error when retrieving credentials from custom-process: "
                     r"The (command printed (nothing|no JSON object)|\w+ that the command printed is ).*\n"
                     r"|\naws: \[ERROR\]: Unknown string format: ?.*\n"
                     r"|\naws: \[ERROR\]: The credential_process of the profile \"\w+\" is empty; .*\n")
NOT_PRINTED = re.compile(r"\n(Expecting .*: line \d+ column \d+ \(char \d+\)|Extra data: line .*|sequence item 0: .*"
                         r"|'\w+' object has no attribute '\w+'|list index out of range|list indices must be .*"
                         r"|'\w+' object is not .*"
                         r"|Unexpected UTF-8 BOM .*|string indices must be .*|.*(must|expected).*(str|string|bytes).*"
                         r"|can't subtract offset-naive and offset-aware datetimes"
                         r"|Error when retrieving credentials from custom-process: Missing required key in response: '\w+'"
                         r"|can only concatenate str .*|String does not contain a date: ?.*|Parser must be a string or character stream, not \w+)\n")


@rule("what a process prints", "knowingly better", "in words that are not Python's")
def _(case, old, new):
    if old["code"] == 255 and NOT_PRINTED.fullmatch(old["err"]) and PRINTED.fullmatch(new["err"]):
        take(old, new)


CACHED = re.compile(r"\naws: \[ERROR\]: The (cache of credentials|SSO token) in "
                    r"\S+/\.aws/(cli|sso)/cache/[0-9a-f]{40}\.json:? .*\n")
NOT_CACHED = re.compile(r"\n('[0-9a-f]{40}'|'\w+'|Unknown string format: .*|String does not contain a date: .*"
                        r"|list indices must be .*"
                        r"|can't subtract offset-naive and offset-aware datetimes|'\w+' object .*"
                        r"|string indices must .*"
                        r"|Error loading SSO Token: Token for .* is invalid)\n")


@rule("what is in a cache", "knowingly better", "the file and what is wrong in it, in words that are not Python's")
def _(case, old, new):
    if old["code"] == 255 and NOT_CACHED.fullmatch(old["err"]) and CACHED.fullmatch(new["err"]):
        take(old, new)


@rule("an empty cache", "knowingly better", "a failure of the power leaves it, and it counts as none")
def _(case, old, new):
    empty = any("/.aws/cli/cache/" in name and text == "" for name, text in case.get("files", {}).items())
    if empty and old["code"] == 255 and NOT_CACHED.fullmatch(old["err"]):
        take(old, new, "code", "out", "requests", "files")


@rule("pages before a failure", "5.1", "a listing that fails prints nothing, where the older one has printed its pages")
def _(case, old, new):
    if old["code"] not in (0, None) and old["code"] == new["code"] and new["out"] == "" and len(old["requests"]) > 1:
        old["out"] = ""


@rule("numbers of Python", "knowingly better", "NaN and its like are no JSON, nor is what holds them")
def _(case, old, new):
    last = old["requests"][-1]["answer"] if old["requests"] else None
    if last and re.search(rb"NaN|Infinity|1e400", body_of(last)) and new["code"] >= 254 and new["out"] == "":
        take(old, new, "code", "out")


@rule("a NUL in a message", "knowingly better", "it ends there, no terminal shows more")
def _(case, old, new):
    if "\0" in old["err"]:
        old["err"] = re.sub("\0.*(?=\n)", "", old["err"])


@rule("credentials in part", "knowingly better", "in a sentence instead of the member's name alone")
def _(case, old, new):
    lacking = re.fullmatch(r"\naws: \[ERROR\]: (Error when .*: )?The credentials lack the text (\w+)\n", new["err"])
    named = re.fullmatch(r"\n'(\w+)'\n", old["err"])
    no_object = old["err"] == "\nlist indices must be integers or slices, not str\n"
    if lacking and (no_object or named and named[1].lower() in (lacking[2].lower(), "rolecredentials", "code")):
        take(old, new)


@rule("mixed lists as tables", "knowingly better", "in a sentence that says what to do")
def _(case, old, new):
    if re.fullmatch(r"\n'\w+' object is not iterable\n", old["err"]) and \
            "The result mixes objects with other values, which a table cannot show" in new["err"]:
        take(old, new)


@rule("a token in an error", "knowingly better", "what the answer's token is stands nowhere else, be it one character")
def _(case, old, new):
    last = old["requests"][-1]["answer"] if old["requests"] else None
    token = re.search(rb'"authorizationToken": "([^"\\]+)"', body_of(last)) if last else None
    if token and "***" in new["err"]:
        old["err"] = old["err"].replace(token[1].decode("utf-8", "replace"), "***")


@rule("a token in part", "knowingly better", "in a sentence instead of the member's name alone")
def _(case, old, new):
    if re.fullmatch(r"\n'(expiresIn|accessToken)'\n", old["err"]) and "The answer of CreateToken lacks" in new["err"]:
        take(old, new)


@rule("compact times", "2.2", "jeton does not read 20231114T221320Z, which no service writes; it says so")
def _(case, old, new):
    if 'Invalid timestamp "20231114T221320Z": Unknown string format' in new["err"]:
        take(old, new, "code", "out", "requests")


@rule("a NUL in a file", "knowingly better", "it is refused, since it could be the end of a value")
def _(case, old, new):
    if ", line " in new["err"] and "a NUL cannot be part of a value" in new["err"] and "\0" in "".join(
            text for text in case.get("files", {}).values() if isinstance(text, str)):
        take(old, new, "code", "out", "requests", "files")


@rule("JSON of Python alone", "knowingly better", "a surrogate alone is no text and NaN no number, nor JSON what holds them")
def _(case, old, new):
    if re.search(r": Invalid (JSON|YAML) received\.\n$", new["err"]) and re.search(r"\\\\u[dD][89a-fA-F]|NaN|Infinity", json.dumps(case)):
        take(old, new, "code", "out", "requests")


@rule("broken behind a proxy", "6", "the older one blames the proxy when what stands behind it closes")
def _(case, old, new):
    dropped = any((request["answer"] or {}).get("form") == "drop" for request in old["requests"])
    if dropped and old["err"].startswith("\nFailed to connect to proxy URL: ") and "\naws: [ERROR]: Connection was closed " \
            "before we received a valid response from endpoint URL: " in new["err"]:
        take(old, new)


MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]\d\d:\d\d")


@rule("offsets of the past", "knowingly better", "a moment has the zone's offset of then, not that of now; it is the same")
def _(case, old, new):
    theirs, ours = ([found[0] for found in MOMENT.finditer(side["out"])] for side in (old, new))
    if theirs == ours or len(theirs) != len(ours):
        return
    for before, after in zip(theirs, ours):
        if datetime.datetime.fromisoformat(before) == datetime.datetime.fromisoformat(after):
            old["out"] = old["out"].replace(before, after, 1)
