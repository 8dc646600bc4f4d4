# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Makes a case that differs as small as it gets."""
import copy
import json
import math
import time

STEPS = 250     # at most so many cases are tried
SECONDS = 25    # and for so long


def shrink(case, differs, until=math.inf):
    """The smallest case found for which DIFFERS(case) still holds, before the monotonic clock says UNTIL."""
    left = STEPS
    end = min(time.monotonic() + SECONDS, until)
    again = True
    while again and left > 0 and time.monotonic() < end:
        again = False
        for smaller in _smaller(case):
            if left == 0 or time.monotonic() > end:
                break
            left -= 1
            if differs(smaller):
                case, again = smaller, True
                break
    return case


def _smaller(case):
    """Cases with a part less, the larger parts first."""
    for name in ("files", "env", "script"):
        if case.get(name):
            yield {key: value for key, value in case.items() if key != name}
    for name in ("files", "env"):
        for key in case.get(name, {}):
            yield _with(case, name, {other: value for other, value in case[name].items() if other != key})
    words = case["arguments"]
    for size in (2, 1):
        for start in range(len(words) - size, -1, -1):
            yield dict(case, arguments=words[:start] + words[start + size:])
    for key, content in case.get("files", {}).items():
        if isinstance(content, str):
            lines = content.splitlines(keepends=True)
            for place in range(len(lines)):
                yield _with(case, "files", {**case["files"], key: "".join(lines[:place] + lines[place + 1:])})
    yield from _smaller_script(case)
    for place, word in enumerate(words):
        for shorter in _shorter(word):
            yield dict(case, arguments=words[:place] + [shorter] + words[place + 1:])


def _with(case, name, value):
    return dict(case, **{name: value})


def _shorter(word):
    if len(word) > 3 and not word.startswith(("--", "http", "file", "{")):
        yield word[:len(word) // 2]
        yield word[len(word) // 2:]
        yield word[:-1]
        yield word[1:]


def _smaller_script(case):
    script = case.get("script", {})
    places = [("answers", None)] + [("routes", route) for route in script.get("routes", {})]
    for kind, route in places:
        answers = script.get(kind, [] if route is None else {})
        answers = answers if route is None else answers[route]
        for place, answer in enumerate(answers):
            for smaller in ([None] if len(answers) > 1 else []) + list(_smaller_answer(answer)):
                changed = copy.deepcopy(script)
                target = changed[kind] if route is None else changed[kind][route]
                target[place:place + 1] = [] if smaller is None else [smaller]
                yield dict(case, script=changed)


def _smaller_answer(answer):
    for name in ("form", "headers", "reason"):
        if name in answer:
            yield {key: value for key, value in answer.items() if key != name}
    try:
        body = json.loads(answer.get("body", ""))
    except (ValueError, TypeError):
        return
    for smaller in _smaller_json(body):
        yield dict(answer, body=json.dumps(smaller))


def _smaller_json(value):
    """VALUE with a member or an element less, or one of them smaller."""
    places = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for place in places:
        fewer = copy.copy(value)
        del fewer[place]
        yield fewer
    for place in places:
        for smaller in _smaller_json(value[place]):
            changed = copy.copy(value)
            changed[place] = smaller
            yield changed
