# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Made-up results and YAML documents, by a seed: texts that a writer may have to quote, values of every shape."""

PIECES = (
    "a", "b", "word", "yes", "no", "true", "null", "1", "0x1f", "0o17", "1_000", "1.5", "1e3", ".5", "2020-01-01",
    "2020-01-01 10:00:00", "12:30", " ", "  ", "\n", "\t", "'", '"', ":", ": ", "#", " #", "-", "- ", "?", "? ", "[",
    "]", "{", "}", ",", ", ", "&", "*", "!", "|", ">", "%", "@", "`", "~", "=", "<<", "\\", "\x01", "\x7f", "é", "ü",
    "日本", "😀", "\u0301", "０", "ﾊ", "…", "→", "e", "E", "+", "_", ".", " a b c d e f g h i j k l m n o p q r s t" * 3,
    "x" * 90, "---", "...")
# Python's repr(), in which the cells of text and tables show what is nested, escapes these; we show them.
UNSEEN = ("\x85", "\xa0", "\u2028", "\ufeff", "\u200b")
NAMES = ("name", "arn", "a", "b", "Zed", "with space", "k: v", "", "x" * 130, "1", "true")


class Maker:
    """Makes values. With UNSEEN_TOO they hold characters that only JSON and YAML show alike, in names too."""

    def __init__(self, random, unseen_too):
        self.random = random
        self.pieces = PIECES + UNSEEN if unseen_too else PIECES
        # The text form's labels are in upper case: ours of ASCII letters alone.
        self.names = NAMES + ("é", "日本") if unseen_too else NAMES

    def text(self):
        count = self.random.choice((0, 1, 1, 1, 2, 2, 3, 4, 6, 12))
        return "".join(self.random.choice(self.pieces) for _ in range(count))

    def scalar(self):
        kind = self.random.randrange(13)
        if kind < 8:
            return self.text()
        return (self.random.randrange(-10**6, 10**6), self.random.choice((0, 1, -1, 2**63 - 1, -2**63)),
                self.random.choice((0.0, -0.0, 1.5, 1e16, 1e-7, 1700000000.0, 123456789.123)),
                self.random.random() < 0.5, None)[kind - 8]

    def value(self, depth=0):
        kind = self.random.random()
        if depth > 4 or (depth > 0 and kind < 0.45):
            return self.scalar()
        count = self.random.choice((0, 1, 1, 2, 2, 3, 5))
        if kind < 0.7:
            return {self.random.choice(self.names): self.value(depth + 1) for _ in range(count)}
        if kind < 0.85:
            names = self.random.sample(self.names, 3)
            deeper = depth + self.random.choice((1, 3, 3))
            return [{name: self.value(deeper) for name in names if self.random.random() < 0.8} for _ in range(count)]
        if kind < 0.93:
            return [self.scalar() for _ in range(count)]
        return [self.value(depth + 1) for _ in range(count)]


# Not there: blanks that are tabs, and line breaks of Unicode, with which libyaml is more lenient than ruamel.yaml.
YAML_PIECES = (
    "a", "b", "key", "yes", "true", "null", "~", "1", "0x1f", "0o17", "017", "1_000", "1.5", "1e3", ".5", "-.inf",
    ".nan", "2020-01-01", "2020-01-01T10:00:00Z", "2020-01-01 10:00:00.5 +2", "12:30", " ", "  ", "\n", "\n  ", "\n- ",
    "\n  - ", "'", '"', ": ", ":", " #x", "#", "- ", "-", "? ", "[", "]", "{", "}", ", ", ",", "&a ", "*a", "&b ", "*b",
    "!!str ", "!x ", "|\n  ", ">\n  ", "|-\n  ", "<<: ", "<<", "=", "%", "@", "`", "\\n", "\\x41", "\\", "é", "日",
    "😀", "---\n", "...\n", "--- ", "\r\n", "!!binary aGk=", "!!null ", "a: ", "b: ", "key: ", "domain: x\n",
    "tags:\n- key: a\n  value: b\n")
YAML_KEYS = ("a", "b", "c", "domain", "1", "'q'", '"d"', "<<", "? a\n")


def yaml_document(random):
    if random.random() < 0.5:
        return "a" + "".join(random.choice(YAML_PIECES) for _ in range(random.randrange(12)))
    return "\n".join(random.choice(YAML_KEYS) + ": " +
                     "".join(random.choice(YAML_PIECES) for _ in range(random.randrange(4)))
                     for _ in range(random.randrange(1, 5)))
