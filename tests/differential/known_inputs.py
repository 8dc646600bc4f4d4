# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the older AWS CLI must be told in other words."""
from .rules import input_rule, rule


@input_rule("endpoints from the environment", "8", "the older one knows the option alone")
def _(case, arguments, env):
    service = next((word for word in arguments if word in ("codeartifact", "sts")), None)
    found = env.get(f"AWS_ENDPOINT_URL_{(service or '').upper()}") or env.get("AWS_ENDPOINT_URL")
    if found and service and not any(word.startswith("--e") for word in arguments):
        arguments += ["--endpoint-url", found]


def _says_off(words):
    return [place for place, word in enumerate(words) if word == "off" and place and words[place - 1] == "--output"]


@input_rule("the output off", "2.1", "the older one prints JSON, which is then taken away")
def _(case, arguments, env):
    for place in _says_off(arguments):
        arguments[place] = "json"


@rule("the output off", "2.1", "the older one has printed what the newest holds back")
def _(case, old, new):
    if _says_off(case["arguments"]) and old["code"] == 0:
        old["out"] = ""
