#!/usr/bin/python3
# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""What the AWS CLI of the distribution prints of results, many in one process.

Reads lines of JSON [form, width, color, value], and prints for each a line of JSON: the text, or null when the AWS CLI
has no such form of the value.
"""
import argparse
import io
import json
import sys

sys.path.insert(0, '/usr/lib/python3/dist-packages')

from awscli.formatter import get_formatter  # noqa: E402


def show(form, width, color, value):
    real = sys.stdout
    sys.stdout = captured = io.StringIO()
    try:
        formatter = get_formatter(form, argparse.Namespace(query=argparse.Namespace(search=lambda _: value), color=color))
        if form == 'table':
            formatter.table._terminal_width = width
        formatter('Title', {}, sys.stdout)
        return captured.getvalue()
    except (ValueError, TypeError, IndexError, AttributeError, KeyError):
        return None
    finally:
        sys.stdout = real


for line in sys.stdin:
    print(json.dumps(show(*json.loads(line))))
