"""Context files → Facts: every fault at once, each with its file, its line and the mend."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from cxreport.config.load import read_options, suggestion
from cxreport.config.models import ContextFiles
from cxreport.config.nodes import Document
from cxreport.config.rows import read_rows
from cxreport.model.fact import Fact
from cxreport.model.facts import SHARED_OUT, Belief, Budget, Costs, Event, Facts, Figure, SearchResult, sums_to_one
from cxreport.model.hours import Hours
from cxreport.model.problem import ConfigError, Problem

M = TypeVar("M", bound=BaseModel)
_WRITE = "`cxreport init --context` writes templates."


class Beliefs(Fact):
    """A file of beliefs in YAML."""

    beliefs: tuple[Belief, ...]
    """One for each question and item."""


def read_facts(
    files: ContextFiles, document: Document, base: Path, known: Mapping[str, Collection[str]], problems: list[Problem]
) -> Facts:
    """Read the files that `context:` names, relative to `base`; every fault is added to `problems`.

    `known` holds the names of `rivals` that search results may use, and the ids of `measures` that beliefs may.
    """
    reader = _Reader(document, base, problems)
    calendar = reader.rows("calendar", files.calendar, Event)
    costs = reader.tree("costs", files.costs, Costs)
    budget = reader.tree("budget", files.budget, Budget)
    beliefs = reader.beliefs(files.beliefs)
    serp = reader.rows("serp", files.serp, SearchResult)
    kpi = reader.rows("kpi", files.kpi, Figure)
    hours = reader.tree("hours", files.hours, Hours)
    reader.questions(files.beliefs, beliefs or (), known["measures"])
    reader.rivals(files.serp, serp or (), known["rivals"])
    reader.once(files.kpi, kpi or ())
    return Facts(
        calendar=_sorted(calendar, lambda e: (e.start, e.end, e.title)),
        costs=costs,
        budget=budget,
        beliefs=beliefs,
        serp=_sorted(serp, lambda r: (r.date, r.query, r.rank, r.url)),
        kpi=_sorted(kpi, lambda f: (f.name, f.date)),
        hours=hours,
        sha256=reader.digest.hexdigest() if any(files.model_dump().values()) else "",
    )


class _Reader:
    """Reads one file after the other into one digest and one list of problems."""

    def __init__(self, document: Document, base: Path, problems: list[Problem]) -> None:
        self.document, self.base, self.problems = document, base, problems
        self.digest = hashlib.sha256()

    def rows(self, key: str, name: str | None, model: type[M]) -> list[tuple[int, M]] | None:
        """A table by line; None when it was not given or is not there."""
        path = self._path(key, name)
        return read_rows(path, str(name), model, self.problems) if path else None

    def tree(self, key: str, name: str | None, model: type[M]) -> M | None:
        """A YAML file; None when it was not given, is not there or has faults."""
        path = self._path(key, name)
        try:
            return read_options(path, str(name), model) if path else None
        except ConfigError as error:
            self.problems += error.problems
            return None

    def beliefs(self, name: str | None) -> tuple[Belief, ...] | None:
        """Beliefs, from a table or from YAML; one person's shares must make a whole."""
        if name and name.endswith((".yaml", ".yml")):
            tree = self.tree("beliefs", name, Beliefs)
            found = tree.beliefs if tree else None
        else:
            rows = self.rows("beliefs", name, Belief)
            found = tuple(belief for _, belief in rows) if rows is not None else None
        for question, who, shares in _wholes(found or ()):
            fault = sums_to_one(shares)
            if fault:
                self._add(str(name), f"{question}{f' of {who}' if who else ''}: {fault}.", "Add what is missing.")
        return found

    def questions(self, name: str | None, beliefs: Iterable[Belief], measures: Collection[str]) -> None:
        """A belief about a measure must name one that there is."""
        asked = dict.fromkeys(belief.question for belief in beliefs if belief.question not in SHARED_OUT)
        for question in asked:
            if question not in measures:
                self._add(f"{name}: question", f"there is no measure {question}.", suggestion(question, measures))

    def rivals(self, name: str | None, rows: Iterable[tuple[int, SearchResult]], rivals: Collection[str]) -> None:
        """A rival's page must say which rival of the audit it is."""
        for line, result in rows:
            if result.kind == "rival" and result.rival not in rivals:
                what = f"{result.rival!r} is no rival of this audit." if result.rival else "it does not say which one."
                mend = suggestion(result.rival, rivals) or "Name them under brand.rivals."
                self._add(f"{name}:{line}: rival", what, mend)

    def once(self, name: str | None, rows: Sequence[tuple[int, Figure]]) -> None:
        """A figure may be told once for a day."""
        seen: dict[tuple[str, str], int] = {}
        for line, figure in rows:
            first = seen.setdefault((figure.name, str(figure.date)), line)
            if first != line:
                what = f"line {first} tells {figure.name} of that day already."
                self._add(f"{name}:{line}", what, "Keep one of them.")

    def _path(self, key: str, name: str | None) -> Path | None:
        path = self.base / name if name else None
        if path is None:
            return None
        if not path.is_file():
            self.problems.append(self.document.problem(("context", key), f"there is no file {name}.", _WRITE))
            return None
        self.digest.update(f"{key}\0{path.stat().st_size}\0".encode() + path.read_bytes())
        return path

    def _add(self, where: str, what: str, mend: str) -> None:
        self.problems.append(Problem(where, what, mend))


def _sorted(rows: Sequence[tuple[int, M]] | None, key: Callable[[M], Any]) -> tuple[M, ...] | None:
    return None if rows is None else tuple(sorted((row for _, row in rows), key=key))


def _wholes(beliefs: Iterable[Belief]) -> list[tuple[str, str, list[float]]]:
    """(question, who, shares) of each question whose items share a whole."""
    wholes: dict[tuple[str, str], list[float]] = {}
    for belief in beliefs:
        if belief.question in SHARED_OUT:
            wholes.setdefault((belief.question, belief.who), []).append(belief.value)
    return [(question, who, shares) for (question, who), shares in wholes.items()]
