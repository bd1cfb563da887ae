"""What coded records tell of the sentiment of others: which scorers are corrected, and how far to trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import polars as pl

from cxreport.api import SENTIMENTS, Accuracy, message, stats

Floats = np.ndarray[Any, np.dtype[np.float64]]
CODED: Final = "coded"
"""The scorer of records whose sentiment people decided: they count as they are."""
MOST_DOUBTFUL: Final = 0.1
"""Share of the scored records whose classifier errs too often, or was judged on too little, from which a number is
directional."""


@dataclass(frozen=True)
class Judged:
    """The rows of the accuracy card about sentiment. Without any, nothing is corrected and nothing doubted."""

    accuracy: Sequence[Accuracy] = ()

    @cached_property
    def _known(self) -> dict[str, Accuracy]:
        """Scorers that can be corrected: judged on enough coded records, and well above chance."""
        rows = [a for a in self.accuracy if a.field == "sentiment" and a.scorer]
        return {a.scorer: a for a in rows if stats.may_test(a.n) and _sense(a) >= stats.LEAST_INFORMEDNESS}

    @cached_property
    def exists(self) -> bool:
        """Whether people coded sentiment at all."""
        return any(a.field == "sentiment" for a in self.accuracy)

    @property
    def scorers(self) -> tuple[str, ...]:
        """What `tallies` counts apart."""
        return (*self._known, CODED) if self.exists else ()

    def corrects(self, rows: pl.DataFrame) -> bool:
        """Whether any of these records were scored by a classifier that can be corrected."""
        return any(_counts(rows, scorer).sum() for scorer in self._known)

    def counted(self, rows: pl.DataFrame) -> list[stats.Counted]:
        """What each scorer counted; coded records, and those of classifiers that nobody judged, as they are."""
        parts = [stats.Counted(_counts(rows, s), confusion(a, SENTIMENTS)) for s, a in self._known.items()]
        rest = np.array([float(rows[s].sum()) for s in SENTIMENTS]) - sum(part.counts for part in parts)
        return [*(part for part in parts if part.counts.sum()), stats.Counted(rest, None)]

    def by(self, rows: pl.DataFrame) -> str:
        """What corrects these records: `corrected by 400 coded records`."""
        used = [a.n for s, a in self._known.items() if _counts(rows, s).sum()]
        return message("corrected by {records} coded records").format(records=f"{sum(used):,}")

    def doubt(self, rows: pl.DataFrame) -> str:
        """Why a number on these records is directional, or nothing."""
        if not self.exists:
            return ""
        scored = sum(float(rows[s].sum()) for s in SENTIMENTS)
        unsound = {s: float(_counts(rows, s).sum()) for s, a in self._known.items() if not a.sound}
        judged = sum(float(_counts(rows, s).sum()) for s in self.scorers)
        if scored - judged + sum(unsound.values()) <= MOST_DOUBTFUL * scored:
            return ""
        if scored - judged > max(unsound.values(), default=0):
            return message("too few of the records that its sentiment rests on are coded")
        return self._known[max(unsound, key=lambda s: (unsound[s], s))].reason


NOBODY: Final = Judged()


def counted_by(scorer: str, sentiment: str) -> str:
    """The column of `tallies` for records of a sentiment by a scorer."""
    return f"{sentiment} by {scorer}"


def _counts(rows: pl.DataFrame, scorer: str) -> Floats:
    names = [counted_by(scorer, s) for s in SENTIMENTS]
    return np.array([float(rows[name].sum()) if name in rows.columns else 0.0 for name in names])


def confusion(accuracy: Accuracy, classes: Sequence[str]) -> Floats:
    """By truth and label in the order of `classes`."""
    table = np.array([[cell or 0.0 for cell in row] for row in accuracy.confusion])
    place = [accuracy.classes.index(name) for name in classes]
    return np.asarray(table[np.ix_(place, place)])


def _sense(accuracy: Accuracy) -> float:
    return stats.informedness(confusion(accuracy, SENTIMENTS))
