# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Every difference that must be between AWS CLI 2.9.19, which runs here, and jeton, whose model is the newest.

The order of the imports is the order of the rules: words first, frames last.
"""
from . import known_inputs, known_requests, known_words, known_better, known_frames  # noqa: F401
from .rules import INPUTS, TABLE as RULES  # noqa: F401
