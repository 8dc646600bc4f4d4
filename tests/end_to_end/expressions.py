# SPDX-FileCopyrightText: The jeton authors
# SPDX-License-Identifier: Apache-2.0
"""Makes JMESPath expressions and the documents that they are for, the same ones for the same seed."""
import json
import random

NAMES = ["a", "b", "c", "aa", "b_1"]
QUOTED = ["d e", "é", "a", "x\ny", "\u20ac\U0001f600", "0"]
TEXTS = ["", "a", "b", "ab", "aba", "é", "€\U0001f600", "10", " 1.5 ", "-2e3", "x y", "A", "true", "\\", "\"", "'", "`"]
NUMBERS = [0, 1, -1, 2, 3, 10, 0.0, 1.0, 0.5, -1.5, 2.25, 1e16, 1e-7, 123456789012, 4503599627370497]
COMPARATORS = ["==", "!=", "<", "<=", ">", ">="]
ARGUMENTS = {  # v: any value, n: a number, s: a string, l: a list, o: an object, &: an expression reference
    "abs": "n", "avg": "l", "ceil": "n", "contains": "lv", "ends_with": "ss", "floor": "n", "join": "sl", "keys": "o",
    "length": "l", "map": "&l", "max": "l", "max_by": "l&", "merge": "oo", "min": "l", "min_by": "l&",
    "not_null": "vvv", "reverse": "l", "sort": "l", "sort_by": "l&", "starts_with": "ss", "sum": "l", "to_array": "v",
    "to_number": "v", "to_string": "v", "type": "v", "values": "o"}
MUTATIONS = list("abz019.*[]{}()|&!<>=,:@`'\"\\- \t\n#?/+~") + ["&&", "||", "[]", "[?", "[*]", "é", "``", "''", "1:2"]


class Maker:
    """Expressions and documents by one random source."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, probability):
        return self.random.random() < probability

    def pick(self, options):
        return self.random.choice(options)

    # ------------------------------------------------------------------ documents

    def scalar(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.pick(TEXTS)
        return self.pick(NUMBERS) if kind < 0.8 else self.pick([True, False, None])

    def record(self, depth):
        names = self.random.sample(NAMES + QUOTED[:2], self.random.randint(0, 3))
        return {name: self.value(depth - 1) for name in names}

    def table(self):
        """A list of objects alike, which sorting and filtering are made for."""
        texts = self.chance(0.4)
        return [{"a": self.pick(TEXTS if texts else NUMBERS), "b": self.scalar(), "c": self.pick([[1, 2], [], {"a": 1}])}
                for _ in range(self.random.randint(0, 6))]

    def value(self, depth):
        kind = self.random.random()
        if depth <= 0 or kind < 0.15:
            return self.scalar()
        if kind < 0.3:
            return self.table()
        if kind < 0.42:
            source = self.pick([TEXTS, NUMBERS, [0, 1, 2, 3]])
            return [self.pick(source) for _ in range(self.random.randint(0, 6))]
        if kind < 0.6:
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 4))]
        return self.record(depth)

    def document(self):
        document = self.value(3)
        if not isinstance(document, dict) and self.chance(0.8):
            return {"a": document, "b": self.value(2), "c": self.value(1)}
        return document

    # ------------------------------------------------------------------ expressions

    def name(self):
        return self.pick(NAMES) if self.chance(0.85) else json.dumps(self.pick(QUOTED), ensure_ascii=self.chance(0.5))

    def literal(self):
        kind = self.random.random()
        if kind < 0.3:
            return "'" + self.pick(TEXTS).replace("\\", "").replace("'", "\\'") + "'"
        value = self.scalar() if kind < 0.75 else self.value(1)
        if isinstance(value, str) and value.isalnum() and self.chance(0.3):
            return "`" + value + "`"  # without its quotes, as it once was
        return "`" + json.dumps(value, ensure_ascii=self.chance(0.5)).replace("`", "\\`") + "`"

    def number(self):
        return self.pick(["0", "1", "2", "-1", "-2", "5", "-7"])

    def bounds(self):
        parts = [self.number() if self.chance(0.5) else "" for _ in range(self.random.randint(2, 3))]
        if len(parts) == 3 and parts[2] == "0" and self.chance(0.8):
            parts[2] = "2"
        return ":".join(parts)

    def call(self, depth):
        name = self.pick(list(ARGUMENTS))
        kinds = ARGUMENTS[name]
        if name == "not_null":
            kinds = kinds[:self.random.randint(0, 3)]
        if name == "merge":
            kinds = kinds[:self.random.randint(1, 2)]
        if self.chance(0.03):
            kinds += "v"
        return f"{name}({', '.join(self.argument(kind, depth - 1) for kind in kinds)})"

    def argument(self, kind, depth):
        if kind == "&":
            return "&" + self.expression(depth) if self.chance(0.97) else self.expression(depth)
        if self.chance(0.4):
            return self.expression(depth)
        if kind == "n":
            return self.pick(["@", "a", "`-1.5`", "length(to_array(@))", "to_number(a)"])
        if kind == "s":
            return self.pick(["@", "a", "'a'", "`\"b\"`", "to_string(@)", "type(@)"])
        if kind == "l":
            return self.pick(["@", "a", "b", "@[]", "a[].a", "[*].a", "`[1, 2.5]`", "['a', 'b']", "[a, b][]", "b[*]"])
        if kind == "o":
            return self.pick(["@", "a", "b", "`{\"a\": 1}`", "{b: a}", "a[0]"])
        return self.expression(depth)

    def left(self, depth):
        """What an expression begins with."""
        kind = self.random.random()
        if depth <= 0 or kind < 0.4:
            return self.name()
        if kind < 0.5:
            return "@"
        if kind < 0.62:
            return self.literal()
        if kind < 0.76:
            return self.call(depth)
        if kind < 0.82:
            return "[" + ", ".join(self.expression(depth - 1) for _ in range(self.random.randint(1, 3))) + "]"
        if kind < 0.88:
            return "{" + ", ".join(f"{self.name()}: {self.expression(depth - 1)}"
                                   for _ in range(self.random.randint(1, 3))) + "}"
        if kind < 0.92:
            return "!" + self.left(depth - 1)
        if kind < 0.96:
            return "(" + self.expression(depth - 1) + ")"
        return self.pick(["[*]", "*", "[]", f"[{self.number()}]", f"[{self.bounds()}]", f"[?{self.condition(depth)}]"])

    def condition(self, depth):
        if self.chance(0.7):
            return f"{self.left(0)} {self.pick(COMPARATORS)} {self.pick([self.literal(), self.left(0)])}"
        return self.expression(depth - 1)

    def right(self, depth):
        """What goes on with one."""
        kind = self.random.random()
        if kind < 0.3:
            return "." + self.name()
        if kind < 0.42:
            return f"[{self.number()}]"
        if kind < 0.5:
            return f"[{self.bounds()}]"
        if kind < 0.62:
            return "[*]"
        if kind < 0.7:
            return "[]"
        if kind < 0.75:
            return ".*"
        if kind < 0.85:
            return f"[?{self.condition(depth)}]"
        if kind < 0.9:
            return ".[" + ", ".join(self.expression(depth - 1) for _ in range(self.random.randint(1, 2))) + "]"
        if kind < 0.95:
            return f".{{{self.name()}: {self.expression(depth - 1)}}}"
        return "." + self.call(depth)

    def expression(self, depth):
        text = self.left(depth)
        while self.chance(0.35 if depth < 2 else 0.6):
            text += self.right(depth)
        if depth > 0 and self.chance(0.25):
            sign = self.pick(["|", "||", "&&"] + COMPARATORS)
            text += f" {sign} {self.expression(depth - 1)}"
        return text

    def mutated(self):
        """An expression with a few characters changed: most are none any more."""
        text = list(self.expression(2))
        for _ in range(self.random.randint(1, 3)):
            at = self.random.randrange(len(text) + 1)
            kind = self.random.random()
            if kind < 0.4:
                text[at:at + 1] = [self.pick(MUTATIONS)]
            elif kind < 0.7:
                text.insert(at, self.pick(MUTATIONS))
            else:
                del text[at:at + self.random.randint(1, 3)]
        return "".join(text)
