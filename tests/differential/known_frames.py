# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""The frames around messages: how the newest AWS CLI says what the older one says."""
import json
import re

from . import model
from .rules import rule
from .stub import body_of

USAGE = """usage: aws [options] <command> <subcommand> [<subcommand> ...] [parameters]
To see help text, you can run:

  aws help
  aws <command> help
  aws <command> <subcommand> help
"""
PARSER = re.compile(r"\n(usage: aws .*\n)\naws: error: (.*?)\n\n", re.DOTALL)
CODES = {"You must specify a region.": "NoRegion", "Unable to locate credentials.": "NoCredentials",
         "Unable to redirect output to pager.": "Pager"}


def _format(case):
    """legacy or enhanced; others are not in the cases."""
    given = case.get("env", {}).get("AWS_CLI_ERROR_FORMAT", "")
    return "legacy" if given.lower() == "legacy" else "enhanced"


def _class(old, message):
    if old["code"] == 252:
        return "ParamValidation"
    if old["code"] == 253:
        return next((code for start, code in CODES.items() if message.startswith(start)), "Configuration")
    return None


@rule("frames", "5.1", "the newest says [ERROR] and the class, and trims the message")
def _(case, old, new):
    text = old["err"]
    if old.pop("framed", False):
        return
    if old["code"] not in (252, 253, 254, 255) or not text.startswith("\n"):
        return
    unknown = "\n" + USAGE + "\n"
    if old["code"] == 252 and text.startswith(unknown + "Unknown options"):
        old["err"] = f"\n{USAGE}\n\naws: [ERROR]: {text[len(unknown):-2]}\n"
        return
    parser = PARSER.fullmatch(text) if old["code"] == 252 else None
    message = parser[2] if parser else text[1:].strip()
    tail = "\n" + parser[1] if parser else ""
    code = _class(old, message) if _format(case) == "enhanced" else None
    frame = f"An error occurred ({code}): " if code else ""
    old["err"] = f"\naws: [ERROR]: {frame}{message}\n{tail}"


@rule("details", "6", "the newest shows the members of a modelled error")
def _(case, old, new):
    found = re.search(r"An error occurred \((.*?)\) when calling the (\w+) operation", old["err"], re.DOTALL)
    if old["code"] != 254 or not found or _format(case) == "legacy" or not old["requests"]:
        return
    operation = next((one for one in model.ALL if one.name == found[2]), None)
    answer = old["requests"][-1]["answer"]
    if operation is None or answer is None or operation.service != "codeartifact":
        return
    lines = _details(operation.errors.get(found[1]), answer)
    if lines:
        old["err"] += "\nAdditional error details:\n" + lines


def _details(error, answer):
    """The members of ERROR, a shape, in ANSWER."""
    try:
        body = json.loads(body_of(answer))
    except ValueError:
        body = {}
    body = body if isinstance(body, dict) else {}
    headers = {name.lower(): value for name, value in answer.get("headers", [])}
    lines = ""
    for name, member in (error or {"members": {}})["members"].items():
        value = headers.get(member["locationName"].lower()) if member.get("location") == "header" else body.get(name)
        if name != "message" and value is not None:
            lines += f"{name}: {_show(value)}\n"
    return lines


def _show(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {part}" for name, part in value.items()) + "}"
    return "[" + ", ".join(map(str, value)) + "]" if isinstance(value, list) else value
