# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Which case stands under which number: the same seed and number make the same case, whatever ran before."""
from . import (generate_answer, generate_credentials, generate_document, generate_host, generate_line, generate_output,
               generate_profile)
from .generate_base import Chance, finish

THEMES = {  # generator: weight
    generate_line.line: 14, generate_line.command: 4, generate_line.values: 9, generate_line.structures: 7,
    generate_line.paging: 6, generate_document.document: 10, generate_document.skeleton: 5, generate_output.output: 18,
    generate_answer.answer: 10, generate_answer.retry: 2, generate_answer.retry_settings: 2,
    generate_profile.grammar: 9,
    generate_profile.static: 6, generate_profile.settings: 6, generate_profile.alias: 3, generate_host.host: 5,
    generate_host.endpoint: 4, generate_host.configured: 2, generate_credentials.process: 5,
    generate_credentials.role: 6,
    generate_credentials.web_identity: 4, generate_credentials.sso: 5, generate_credentials.container: 3,
    generate_credentials.instance: 4,
}


def make(seed, number, only=None):
    """The case; ONLY names the generator to take, otherwise chance does."""
    chance = Chance(f"{seed}/{number}")
    themes = {theme: weight for theme, weight in THEMES.items() if only in (None, theme.__name__)}
    while True:
        theme = chance.weighted(themes)
        case = theme(chance)
        if case is not None:  # its feature is there
            return finish(dict(case, theme=theme.__name__))
