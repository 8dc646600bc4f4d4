#!/usr/bin/python3
# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the YAML reader of the AWS CLI makes of documents, many in one process.

Reads lines of JSON, each a document, and prints for each a line of JSON: [the value as JSON, the values that JSON
cannot hold]; ["refused"] when it is no YAML; null when the AWS CLI would stumble, or has what jeton knowingly refuses.
"""
import datetime
import json
import math
import sys
import warnings

sys.path.insert(0, '/usr/lib/python3/dist-packages')

from ruamel.yaml import YAML  # noqa: E402
from ruamel.yaml.error import YAMLError  # noqa: E402

warnings.simplefilter('ignore')


def foreign_type(value):
    """The name of a type that JSON lacks, or None."""
    for kind, name in ((datetime.datetime, 'datetime.datetime'), (datetime.date, 'datetime.date'), (bytes, 'bytes')):
        if isinstance(value, kind):
            return name
    if isinstance(value, int) and not -2**63 <= value < 2**63:
        return 'int'
    return 'float' if isinstance(value, float) and not math.isfinite(value) else None


def plain(value, foreign, above=()):
    """The value as JSON has it; raises ValueError for what it has in no way."""
    if foreign_type(value):
        foreign.append([foreign_type(value), str(value)])
        return 0.0
    if isinstance(value, (set, tuple)) or value in above:
        raise ValueError
    if isinstance(value, list):
        return [plain(element, foreign, (*above, value)) for element in value]
    if not isinstance(value, dict):
        json.dumps(value).encode()
        return value
    names = [str(key) for key in value]
    if len(set(names)) < len(names) or any(isinstance(key, tuple) or '\0' in str(key) for key in value):
        raise ValueError
    return {name: plain(member, foreign, (*above, value)) for name, member in zip(names, value.values())}


def read(text):
    foreign = []
    try:
        return [plain(YAML(typ='safe', pure=True).load(text), foreign), foreign]
    except YAMLError:
        return ['refused']
    except (ValueError, KeyError, IndexError, RecursionError, TypeError, AttributeError):
        return None


for line in sys.stdin:
    print(json.dumps(read(json.loads(line))))
