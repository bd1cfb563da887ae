"""The measure `change.recurrence`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Options, Result, Scope, Snapshot, rules_changed, stats
from cxreport_plugins.journey.breaks import Breaks

TOP: Final = 10
"""Themes that count as the worst."""
COLUMNS: Final = (*Breaks.needs, "themes", "acts")
"""What must rest on the same rules in both audits."""

Ranked = dict[str, tuple[int, Result]]


class Recurrence(Measure):
    """Share of the previous audit's ten themes with most complaints that are still among the ten.

    `rows` name every theme of either list with its rank and the share of complaints among its texts, then and now.
    """

    name: ClassVar[str] = "change.recurrence"
    title: ClassVar[str] = "Recurring faults"
    question: ClassVar[str] = "Do the same faults come back?"
    concepts: ClassVar[tuple[str, ...]] = ("D12",)
    needs: ClassVar[tuple[str, ...]] = Breaks.needs
    Options: ClassVar[type[Options]] = Options
    compared: ClassVar[tuple[tuple[str, ...], ...]] = ()
    method: ClassVar[Method] = Method(
        formula=(
            "themes among the ten with most complaining texts in both audits / themes among the ten of the previous "
            "audit; themes in fewer than 30 texts are not ranked"
        ),
        interval="A count of themes: no interval",
        source="The same rakes: Solis 2013; the themes and complaints are those of journey.breaks",
        limits=(
            "What stays in the list may still have become rarer. A theme is known by its id, and both audits must have "
            "the same codebook."
        ),
    )

    def __init__(self, options: Any, context: Any) -> None:
        super().__init__(options, context)
        self._breaks = Breaks(Breaks.Options(), context)

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Texts with each theme, and those that complain; nothing where there is no previous audit."""
        return self._breaks.aggregate(feedback, scope) if self.context.previous else {}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The share, with both lists."""
        previous = self.context.previous
        if previous is None:
            return [self.untestable("no previous audit is given", "previous")]
        changed = next(rules_changed(COLUMNS, (previous.basis or scope.basis, scope.basis)), "")
        if changed:
            return [self.untestable(changed, "the previous audit, built with the rules of this one")]
        before, now = _worst(_breaks(previous)), _worst(self._breaks.estimate(frames, scope))
        if not before or not now:
            return [self.untestable("no theme has enough texts to be ranked in both audits", "more texts")]
        again = [theme for theme in before if theme in now]
        return [
            self.result(
                kind="count", level=None, value=len(again) / len(before), n=sum(r.n for _, r in now.values()),
                rows=tuple(_row(theme, before, now) for theme in dict.fromkeys((*before, *now))),
            )
        ]  # fmt: skip


def _breaks(previous: Snapshot) -> tuple[Result, ...]:
    return previous.measures.get(Breaks.name, ())


def _worst(results: Iterable[Result]) -> Ranked:
    """The ten themes with most complaining texts, with their ranks from 1."""
    able = [r for r in results if r.shown and r.value and stats.may_test(r.n)]
    ordered = sorted(able, key=lambda r: (-round((r.value or 0) * r.n), r.dims["theme"]))
    return {r.dims["theme"]: (rank, r) for rank, r in enumerate(ordered[:TOP], 1)}


def _row(theme: str, before: Ranked, now: Ranked) -> dict[str, Any]:
    sides = (("before", before.get(theme)), ("now", now.get(theme)))
    told = {name: (rank, result.value) for name, found in sides if found for rank, result in [found]}
    return {
        "theme": theme,
        **{f"rank_{name}": rank for name, (rank, _) in told.items()},
        **{f"share_{name}": value for name, (_, value) in told.items()},
    }
