"""Importance and performance of the parts of one source, as sections read them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cxreport.api import Edition, Result
from cxreport_plugins.common import say

IMPORTANCE, IMPACT = "drivers.importance", "drivers.theme_impact"
FEW = 3
"""Parts that may come first together."""
ALIKE = 5.0
"""Variance inflation from which parts are said to be rated alike (a common rule of thumb)."""


@dataclass(frozen=True)
class Part:
    """One part of the experience."""

    name: str
    importance: Result
    mean: Result
    relative: Result

    @property
    def sure(self) -> bool:
        """Whether it may be compared with others."""
        return say.testable(self.importance) and say.testable(self.mean)


@dataclass(frozen=True)
class Weighed:
    """The parts of one source that could be weighed, the most important first."""

    source: str
    explained: Result
    parts: Sequence[Part]
    missing: Sequence[Result]
    """Parts that could not be weighed."""
    scored: int
    """Answers that give the score, whether they rate every part or not."""

    @property
    def even(self) -> float:
        """The share that each part would have if all weighed alike."""
        return 1 / len(self.parts)

    @property
    def scale(self) -> tuple[float, float] | None:
        """The scale on which all parts were rated; None where they differ."""
        scales = {(float(p.mean.rows[0]["low"]), float(p.mean.rows[0]["high"])) for p in self.parts}
        return scales.pop() if len(scales) == 1 else None

    @property
    def usual(self) -> float:
        """The mean of the parts' means."""
        return sum(p.mean.value or 0 for p in self.parts) / len(self.parts)

    @property
    def metric(self) -> str:
        """What the score is: `nps`, `csat`, `stars` …"""
        return str(self.explained.rows[0]["metric"])

    @property
    def inflation(self) -> float:
        """The largest variance inflation factor."""
        return float(self.explained.rows[0]["inflation"])

    @property
    def leaders(self) -> Sequence[Part]:
        """The most important part, or the few that come first together; none where no line can be drawn below them."""
        for most in range(1, min(FEW, len(self.parts) - 1) + 1):
            first, rest = self.parts[:most], self.parts[most:]
            if all(say.testable(one.importance) for one in first) and all(
                say.apart(one.importance, other.importance) for one in first for other in rest
            ):
                return first
        return ()

    def quarter(self, part: Part) -> tuple[bool, bool] | None:
        """Whether a part matters more than most and is rated better than most; None where that cannot be told."""
        if not part.sure or self.scale is None:
            return None
        places = [
            _side(result, line) for result, line in ((part.importance, self.even), (part.mean, self.usual))
        ]  # fmt: skip
        more, better = places
        return None if more is None or better is None else (more, better)

    @property
    def pressing(self) -> list[Part]:
        """Parts that clearly matter more than most and are clearly rated lower than most."""
        return [part for part in self.parts if self.quarter(part) == (True, False)]


def _side(result: Result, line: float) -> bool | None:
    if result.low is None or result.high is None or result.low <= line <= result.high:
        return None
    return result.low > line


def weighed(edition: Edition) -> list[Weighed]:
    """What each source says of its parts, those of most answers first."""
    found = [_of(edition, r) for r in edition.cut(IMPORTANCE, "part", "source_id") if r.shown and r.rows]
    return sorted((one for one in found if len(one.parts) > 1), key=lambda one: (-one.explained.n, one.source))


def _of(edition: Edition, explained: Result) -> Weighed:
    source = explained.dims["source_id"]
    own = [r for r in edition.cut(IMPORTANCE, "source_id", "topic") if r.dims["source_id"] == source]
    parts = [part for r in own if (part := _part(edition, r)) is not None]
    ranked = sorted(parts, key=lambda part: (-(part.importance.value or 0), part.name))
    scored = edition.get(IMPORTANCE, source_id=source, part="scored")
    return Weighed(source, explained, ranked, [r for r in own if not r.shown], int(scored.value or 0) if scored else 0)


def _part(edition: Edition, importance: Result) -> Part | None:
    mean, relative = (
        edition.get(IMPORTANCE, **importance.dims, part=part) for part in ("mean", "relative_weight")
    )  # fmt: skip
    whole = importance.shown and mean is not None and mean.shown and relative is not None
    return Part(importance.dims["topic"], importance, mean, relative) if whole and mean and relative else None
