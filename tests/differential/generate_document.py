# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""--cli-input-json, --cli-input-yaml and --generate-cli-skeleton."""
import json

from . import model
from .generate_base import ODD, WORDS, on, option, plain, plain_value
from .generate_line import spread

VALUES = [None, True, False, 0, 1, -1, 900, 1.5, 1e3, 10 ** 20, "", "x", "my-dom", "900", [], {}, ["a"], {"a": 1}, "é",
          "file://x", [None], [{"key": "k", "value": "v"}], [{"key": "k"}], [{"key": 1, "value": None}],
          [{"repositoryName": "up"}], [{"repositoryName": 1, "x": 2}], [["a"]], "a" * 200]
BROKEN_JSON = ["", " ", "{", "[]", "null", "1", '"x"', "{'domain': 'my-dom'}", '{"domain": "my-dom",}', "\ufeff{}",
               '{"domain": "my-dom"} x', '{"domain": NaN}', '{"durationSeconds": Infinity, "domain": "my-dom"}',
               '{"domain": "a\tb"}', '{"domain": "\\ud800"}', '{"domain": "\\u0041\\u00e9"}', "[1, 2]", "true",
               '{"domain": "one", "domain": "two"}', "file://absent.json", "fileb://absent.json", '{"domain": "x" "y"}',
               '{"domain": "my-dom", "durationSeconds": 1e2}', '{"domain": "my-dom", "durationSeconds": -0}',
               '{"domain": 01}', '{"domain": "my-dom", "durationSeconds": 123456789012345678901234567890}',
               '{"":""}', '{"domain":"my-dom","Domain":"x"}', "domain: my-dom"]
YAML = ["domain: my-dom", "domain: my-dom\n", "{domain: my-dom}", "domain: yes", "domain: 'my-dom'", 'domain: "a\\tb"',
        "domain: 2020-01-01", "domain: 0o17", "domain: 017", "domain: 1_000", "domain: ~", "domain:", "domain: null",
        "domain: my-dom\ndomain: two", "- domain", "domain: !!str 5", "domain: !x y", "a: b\n---\nc: d",
        "---\ndomain: x1",
        "domain: |\n  my-dom\n", "domain: >-\n  my\n  dom\n", "domain: my-dom # comment",
        "domain: &a my-dom\ndomainOwner: *a",
        "domain: [a, b]", "domain: {a: b}", "domain: my-dom\ndurationSeconds: 900",
        "domain: my-dom\ndurationSeconds: 9e2",
        "domain: my-dom\ndurationSeconds: 0x10", "domain: my-dom\ndurationSeconds: '900'", "", "#", "domain",
        "domain: my-dom\ndurationSeconds: 1.5", "domain: my-dom\ndurationSeconds: true", "\tdomain: x", "domain: 1:30",
        "domain: my-dom\nbogus: 1", "? domain\n: my-dom", "domain : my-dom", "domain:my-dom", "domain: a: b",
        "%YAML 1.2",
        "domain: .inf", "domain: 'it''s'", "domain: a\n  b", "domain: @x", "domain: `x", "domain: %x",
        "<<: {domain: my-dom}",
        "domain: my-dom\n...\n", "domain: my-dom\ntags:\n- key: a\n  value: b\n",
        "tags: [{key: a, value: b}]\ndomain: d1",
        "domain: é", "domain: \"\\u00e9\"", "domain: 1e3", "domain: 12e03", "domain: 0b11", "domain: +1", "domain: 1."]


def _members(chance, operation):
    document = {}
    for name in operation.input["members"]:
        if name in operation.required or chance.happens(30):
            kind = operation.shape(operation.input["members"][name])["type"]
            value = plain_value(chance, operation, name)
            document[name] = int(value) if kind in ("integer", "long") else value
            if kind == "list":
                document[name] = {"tags": [{"key": "a", "value": "b"}], "tagKeys": ["a"]}.get(
                    name, [{"repositoryName": "up"}])
    return document


def _spoil(chance, document):
    for _ in range(chance.number(0, 2)):
        what = chance.number(1, 4)
        if what == 1 and document:
            del document[chance.pick(list(document))]
        elif what == 2 and document:
            document[chance.pick(list(document))] = chance.pick(VALUES)
        elif what == 3:
            document[chance.pick(["bogus", "Domain", "domain-owner", "", "durationSeconds",
                                  "domain"])] = chance.pick(VALUES)
        elif document:
            document[chance.pick(list(document))] = chance.pick(ODD)


def _place(chance, case, text):
    """As the word itself, or in a file."""
    if not chance.happens(35):
        return text
    case["files"]["~/input.txt"] = text
    return chance.pick(["file://", "file://", "fileb://"]) + chance.pick(["~/input.txt", "input.txt",
                                                                          "{HOME}/input.txt"])


def document(chance):
    """The input as a document, with options beside it."""
    case = plain(chance)
    operation = case["operation"]
    yaml = on("yaml") and chance.happens(45)
    if yaml and chance.happens(60):
        text = chance.pick(YAML)
    elif chance.happens(30):
        text = chance.pick(BROKEN_JSON)
    else:
        members = _members(chance, operation)
        _spoil(chance, members)
        text = json.dumps(members, ensure_ascii=chance.happens(50), indent=chance.pick([None, 2]))
    if not chance.happens(25):
        case["options"] = []
    name = "--cli-input-yaml" if yaml else "--cli-input-json"
    text = _place(chance, case, text)
    case["options"].append([f"{name}={text}"] if chance.happens(8) else [name, text])
    if chance.happens(4):
        case["options"].append(["--cli-input-json", "{}"])
    if chance.happens(25):
        members = list(operation.input["members"])
        if members:
            case["options"].append([option(chance.pick(members)), chance.pick(WORDS)])
    return spread(chance, case) if chance.happens(20) else case


def skeleton(chance):
    """--generate-cli-skeleton in all its forms."""
    case = plain(chance, chance.pick(model.ALL))
    forms = [["input"], [], ["output"], ["output"], ["bogus"], [""]] + ([["yaml-input"]] * 2 if on("yaml") else [])
    form = ["--generate-cli-skeleton", *chance.pick(forms)]
    if len(form) == 2 and chance.happens(20):
        form = ["=".join(form)]
    if chance.happens(35):
        case["options"] = case["options"][1:]
    case["options"].insert(chance.number(0, len(case["options"])), form)
    for name in ("AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID"):
        if chance.happens(15):
            case["env"].pop(name)
    if chance.happens(40):
        kinds = ["text", "json"] + (["yaml", "yaml-stream"] if on("yaml") else []) + (["table"] if on("table") else [])
        case["globals"].append(["--output", chance.pick(kinds)])
    if chance.happens(15):
        case["globals"].append(["--query", chance.pick(["authorizationToken", "domain", "Arn", "nothing"])])
    if chance.happens(10):
        case["globals"] = [pair for pair in case["globals"] if pair[0] != "--endpoint-url"]
    return case
