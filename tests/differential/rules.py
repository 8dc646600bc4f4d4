# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What a rule of known.py is, and the table of them."""

TABLE = []
INPUTS = []


class Rule:
    """One known difference: how a run of the older AWS CLI, or of jeton, becomes what the other would be.

    SECTION is that of ../shared/reference/aws-cli-behaviour.md, or "knowingly better" for what the manual lists;
    CHANGE(case, old, new) alters what the two runs noted, and nothing where the difference is not there.
    """

    def __init__(self, name, section, reason, change):
        self.name, self.section, self.reason, self.change = name, section, reason, change


def take(old, new, *fields):
    """What jeton did and said, as it is, in the place of the other."""
    for field in ("err", *fields):
        old[field] = new[field]
    old["framed"] = True


def rule(name, section, reason):
    """Marks a function as a rule. They are applied from the first to the last."""
    def add(function):
        TABLE.append(Rule(name, section, reason, function))
        return function
    return add


def input_rule(name, section, reason):
    """Marks a function(case, arguments, env) that tells the older AWS CLI in its words what newer ones say.

    It alters the arguments and the environment of the older alone.
    """
    def add(function):
        INPUTS.append(Rule(name, section, reason, function))
        return function
    return add


def for_old(case):
    """The case as the older AWS CLI is given it."""
    arguments, env = list(case["arguments"]), dict(case.get("env", {}))
    for one in INPUTS:
        one.change(case, arguments, env)
    return dict(case, arguments=arguments, env=env)
