"""The texts of Python modules and templates that are shown in the report's language."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from jinja2.ext import babel_extract

from cxreport.plugin.measure import Measure

Text = str | tuple[str, str]
"""A message, or the singular and plural of one."""

TRANSLATED = {"say": 0}
COUNTED = {"count": 1, "plural": 1}
"""Methods of `words` → where their text stands, or the singular before the plural."""
PAIRED = {"base_line": 3, "signs": 2}
"""Functions of what sections share → where one and many of what is counted stand, as a tuple."""
NAMED = {"message": (0,), "untestable": (0, 1, 2), "lacking": (2, 3, 4), "Page": (1, 2)}
"""Functions → which of their arguments are texts."""
WORDS = "words.py"
"""The module whose class speaks for itself."""
WORDED = {"Wording": ("heading", "subtitle", "columns", "caption", "shown", "notes", "base")}
"""Functions → which of their keywords are texts, or hold some."""


@dataclass
class Module:
    """What a module says."""

    path: Path
    texts: list[Text] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Places where a text is put together before it is translated, which no catalogue can follow."""

    def __post_init__(self) -> None:
        for node in ast.walk(ast.parse(self.path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                self._call(node)

    def _call(self, node: ast.Call) -> None:
        name, of_words = _called(node.func, ("words", "self") if self.path.name == WORDS else ("words",))
        if of_words and name in TRANSLATED and node.args:
            self.texts += self._strings(node.args[0])
        elif of_words and name in COUNTED and len(node.args) >= COUNTED[name] + 2:
            one, many = (self._strings(arg) for arg in node.args[COUNTED[name] : COUNTED[name] + 2])
            self.texts += zip(one, many, strict=True)
        if name == "counted" and len(node.args) == 2:
            self.texts += self._pair(node.args)
        place = PAIRED.get(name, len(node.args))
        if place < len(node.args) and isinstance(pair := node.args[place], ast.Tuple):
            self.texts += self._pair(pair.elts)
        for keyword in node.keywords:
            self.texts += self._held(keyword.value) if keyword.arg in WORDED.get(name, ()) else []
        for place in NAMED.get(name, ()):
            self.texts += self._strings(node.args[place]) if place < len(node.args) else []

    def _held(self, node: ast.expr) -> list[Text]:
        """The strings of a tuple and of the tuples in it; two that follow a number are one and many."""
        if not isinstance(node, ast.Tuple):
            return list(self._strings(node))
        inner = [item for item in node.elts if isinstance(item, ast.Tuple)]
        pairs = [pair for item in inner for pair in self._pair(item.elts)]
        return [*(text for item in node.elts for text in self._strings(item)), *pairs]

    def _pair(self, nodes: Sequence[ast.expr]) -> list[Text]:
        texts = [text for node in nodes for text in self._strings(node)]
        return [(texts[0], texts[1])] if len(texts) == 2 else []

    def _strings(self, node: ast.expr) -> list[str]:
        """The strings an argument may be: a literal, or either side of a choice."""
        if isinstance(node, ast.IfExp):
            return [*self._strings(node.body), *self._strings(node.orelse)]
        if isinstance(node, ast.JoinedStr):
            self.broken.append(f"{self.path.name}:{node.lineno}")
        return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value else []


def _called(function: ast.expr, owners: Sequence[str]) -> tuple[str, bool]:
    """The name of what is called, and whether it belongs to the report's words."""
    if not isinstance(function, ast.Attribute):
        return getattr(function, "id", ""), False
    owner = function.value
    return function.attr, any(name in owners for name in (getattr(owner, "id", ""), getattr(owner, "attr", "")))


def declared(measure: type[Measure]) -> Iterator[Text]:
    """What a measure says of itself, which may be put together of what several share."""
    method = measure.method
    texts = (measure.title, measure.question, method.formula, method.interval, method.source, method.limits)
    yield from (text for text in texts if text)


def template(path: Path) -> Iterator[Text]:
    """Texts that a template gives to `t`, `words.say`, `words.plural` or `words.count`."""
    functions = ("t", *TRANSLATED, *COUNTED)
    with path.open("rb") as file:
        for _, function, texts, _ in babel_extract(file, functions, (), {"silent": "false"}):
            known = [text for text in (texts if isinstance(texts, tuple) else (texts,)) if text]
            if function in COUNTED and len(known) == 2:
                yield (known[0], known[1])
            elif function not in COUNTED:
                yield from known[:1]
