"""YAML with line numbers: values for pydantic, and for each value the line it was written on."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from cxreport.model.problem import ConfigError, Problem

Loc = tuple[str | int, ...]
MAX_BYTES = 1_000_000
MAX_DEPTH = 50


@dataclass
class Document:
    """A parsed YAML file."""

    path: str
    data: Any = None
    lines: dict[Loc, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, loc: Loc) -> int:
        """Line of the value at `loc`, or of the nearest thing around it."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, what: str, mend: str = "", level: str = "error") -> Problem:
        """A problem placed at `file:LINE: path`."""
        where = f"{self.path}:{self.line(loc)}"
        return Problem(f"{where}: {dotted(loc)}" if loc else where, what, mend, level)


def dotted(loc: Loc) -> str:
    """`sources[0].path` for `("sources", 0, "path")`."""
    out = ""
    for part in loc:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else str(part)
    return out


def read_yaml(path: Path, shown: str, environ: Mapping[str, str] = os.environ) -> Document:
    """Parse one YAML file; problems are collected in the document, except that the file cannot be parsed."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(Problem(shown, "there is no such file.", "`cxreport init` writes one.")) from None
    except OSError as error:
        raise ConfigError(Problem(shown, f"it cannot be read: {error.strerror}.")) from None
    if len(raw) > MAX_BYTES:
        raise ConfigError(Problem(shown, f"it is larger than {MAX_BYTES:,} bytes.", "Is it the right file?"))
    document = Document(shown)
    try:
        node = yaml.compose(raw.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise ConfigError(Problem(shown, "it is not UTF-8.", "Save it as UTF-8.")) from None
    except RecursionError:
        raise ConfigError(Problem(shown, "it is nested too deeply.")) from None
    except yaml.YAMLError as error:
        raise ConfigError(_syntax(shown, error)) from None
    if node is not None:
        document.data = _Builder(document, environ).build(node, ())
    return document


def _syntax(shown: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    where = f"{shown}:{mark.line + 1}" if mark else shown
    return Problem(where, f"this is not valid YAML: {what}.", "Check indentation, quotes and colons.")


class _Builder:
    """Turns nodes into plain values; refuses aliases that multiply, duplicate keys and unknown tags."""

    def __init__(self, document: Document, environ: Mapping[str, str]) -> None:
        self.document = document
        self.environ = environ
        self.safe = yaml.SafeLoader("")
        self.budget = 20_000

    def build(self, node: yaml.Node, loc: Loc) -> Any:
        self.document.lines[loc] = node.start_mark.line + 1
        self.budget -= 1
        if self.budget < 0 or len(loc) > MAX_DEPTH:
            raise ConfigError(Problem(self.document.path, "it has too many or too deeply nested values."))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*loc, i)) for i, child in enumerate(node.value)]
        return self._scalar(node, loc)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in out:
                self.document.lines[(*loc, key)] = key_node.start_mark.line + 1
                self._complain((*loc, key), "this key is written twice.", "Keep one of them.")
            out[key] = self.build(value_node, (*loc, key))
            self.document.lines[(*loc, key)] = key_node.start_mark.line + 1
        return out

    def _scalar(self, node: yaml.Node, loc: Loc) -> Any:
        if node.tag == "!env":
            return self._env(str(node.value), loc)
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._complain(loc, f"the tag {node.tag} is unknown.", "Only `!env NAME` is allowed.")
            return None
        try:
            value = self.safe.construct_object(node)
        except (ValueError, yaml.YAMLError):
            return node.value
        return value if isinstance(value, (str, int, float, bool, date, datetime, type(None))) else node.value

    def _env(self, name: str, loc: Loc) -> str | None:
        if name not in self.environ:
            self._complain(loc, f"the environment variable {name} is not set.", f"Set {name}.")
        return self.environ.get(name)

    def _complain(self, loc: Loc, what: str, mend: str) -> None:
        self.document.problems.append(self.document.problem(loc, what, mend))
