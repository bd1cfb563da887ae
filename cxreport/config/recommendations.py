"""A file of recommendations → Recommended: every fault at once, each with its file, its line and the mend."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cxreport.config.findings import unknown_finding
from cxreport.config.load import suggestion, validate
from cxreport.config.nodes import Document, Loc, read_yaml
from cxreport.model.problem import ConfigError, Problem
from cxreport.model.recommendation import Expected, Recommendations

_WRITE = "`cxreport init --recommendations` writes a template."


@dataclass(frozen=True)
class Recommended:
    """The recommendations of a project as read."""

    recommendations: Recommendations | None = None
    places: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(number of the recommendation, of its expected change), from 0 → where it is written: `file:line: path`."""
    sha256: str = ""

    def expected(self) -> Iterator[tuple[str, Expected]]:
        """(place, expected change), in order."""
        every = self.recommendations.recommendations if self.recommendations else ()
        for i, one in enumerate(every):
            yield from ((self.places[i, j], expected) for j, expected in enumerate(one.expected))


def read_recommendations(
    base: Path, name: str | None, document: Document, known: Mapping[str, Collection[str]], problems: list[Problem]
) -> Recommended:
    """Read the file that `recommendations:` names; faults are added to `problems`.

    `known` holds the ids of `findings` that sections may tell, and of `measures`; whether the audit has a result by
    which a change can be measured is seen when it is measured.
    """
    if name is None:
        return Recommended()
    path = base / name
    if not path.is_file():
        problems.append(document.problem(("recommendations",), f"there is no file {name}.", _WRITE))
        return Recommended()
    try:
        written = read_yaml(path, name)
    except ConfigError as error:
        problems += error.problems
        return Recommended()
    problems += written.problems
    made = validate(Recommendations, written.data, written, (), problems)
    if made is None:
        return Recommended()
    problems += _faults(made, written, known)
    places = {
        (i, j): written.problem(_at(i, "expected", j, "measure"), "").where
        for i, one in enumerate(made.recommendations)
        for j, _ in enumerate(one.expected)
    }
    return Recommended(made, places, hashlib.sha256(path.read_bytes()).hexdigest())


def _at(*parts: str | int) -> Loc:
    return ("recommendations", *parts)


def _faults(made: Recommendations, written: Document, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """What each names must be there: findings, measures, horizons; and no id twice."""
    seen: set[str] = set()
    for i, one in enumerate(made.recommendations):
        if one.id in seen:
            yield written.problem(_at(i, "id"), f"the id {one.id!r} is used twice.")
        seen.add(one.id)
        horizons = [horizon.name for horizon in made.horizons]
        if one.horizon not in horizons:
            what, mend = f"{one.horizon!r} is none of the horizons.", suggestion(one.horizon, horizons)
            yield written.problem(_at(i, "horizon"), what, mend)
        for j, ident in enumerate(one.findings):
            yield from unknown_finding(written, _at(i, "findings", j), ident, known["findings"])
        for j, expected in enumerate(one.expected):
            measure = expected.measure.partition("[")[0]
            if measure not in known["measures"]:
                what, mend = f"there is no measure {measure!r}.", suggestion(measure, known["measures"])
                yield written.problem(_at(i, "expected", j, "measure"), what, mend)
