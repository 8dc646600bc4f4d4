# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Where two runs differ, beyond what is known to."""
import copy

from . import known

FIELDS = ("code", "out", "err", "requests", "files")


def differences(case, old, new, used=None):
    """{field: (what the AWS CLI did, made what the newest would do; what jeton did)}; USED counts the rules by name."""
    old, new = copy.deepcopy(old), copy.deepcopy(new)
    for rule in known.RULES:
        before = (copy.deepcopy(old), copy.deepcopy(new)) if used is not None else None
        rule.change(case, old, new)
        if used is not None and before != (old, new):
            used[rule.name] = used.get(rule.name, 0) + 1
    for side in (old, new):
        for request in side["requests"]:
            request.pop("answer", None)
    return {field: (old[field], new[field]) for field in FIELDS if old[field] != new[field]}
