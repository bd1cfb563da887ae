"""What a text is about and what it does, by weighted patterns (a rule-based classifier).

The rules are those of the published rule sets for consumer decision journeys (Vázquez et al. 2014) in spirit:
weighted cues a class, guards between classes, ties to the latest evidence. Measured on brand posts they are
weak (macro precision about .6 in English, .4 in Russian): only shares corrected by a hand-coded sample are
worth showing, and `smot` alone is reliable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from cxreport_plugins.common.labels import FOUND, gathered
from cxreport_plugins.common.search import search
from cxreport_plugins.moments.pattern import (
    ACT,
    ACTS,
    BOUGHT,
    EVALUATIONS,
    MOMENTS,
    UNRESOLVED,
    Pattern,
    heaviest_first,
)

Hits = NDArray[np.bool_]
"""A row a text, a column a pattern."""
TOLD = {"moment": pl.String, "moment_rule": pl.String, "moment_alt": pl.String, "stage": pl.String}


def hits(folded: pl.Series, found: Sequence[Pattern]) -> Hits:
    """Which pattern is found in which text."""
    hit = np.zeros((len(folded), len(found)), dtype=np.bool_, order="F")
    for column, rows in enumerate(search(tuple(p.regex for p in found)).rows(folded)):
        hit[rows.to_numpy(), column] = True
    return hit


def moment_of(hit: Hits, found: Sequence[Pattern], minimum: int) -> pl.DataFrame:
    """moment, moment_rule, moment_alt and stage for every row of `hit`.

    Issue guard: with smot at `minimum`, stimulus loses 2 and zmot 1 (a question about a booking one has is
    service). Bought guard: smot gains 2 and fmot loses 2. The best score wins from `minimum` on; of equals
    the later moment wins and the other stands in `moment_alt`. Weights are whole numbers, so a margin below
    one is a tie.

    `stage` is `umot` where an evaluation scores higher than the moment, or as high and nothing is unresolved, or
    as high as an earlier moment than smot; else it is the moment.
    """
    score = _guarded(hit, found, minimum)
    best = score.max(axis=1)
    tied = (score == best[:, None]) & (best >= minimum)[:, None]
    order = np.argsort(~tied, axis=1, kind="stable")
    count = tied.sum(axis=1)
    moment, other = (np.where(count > place, order[:, place], -1) for place in (0, 1))
    umot = _sum(hit, found, lambda p: p.section == ACT and bool(set(p.acts) & set(EVALUATIONS)))
    service = (moment == 0) & (_sum(hit, found, lambda p: p.section == UNRESOLVED) > 0)
    evaluates = (umot >= minimum) & ((umot > best) | ((umot == best) & ~service))
    stage = np.where(evaluates, len(MOMENTS), moment)
    names = (*MOMENTS, "umot")
    return pl.DataFrame(
        {"moment": _named(moment, names), "moment_rule": _rules(hit, found, moment), "moment_alt": _named(other, names),
         "stage": _named(stage, names)}, schema=TOLD,
    )  # fmt: skip


def acts_of(hit: Hits, found: Sequence[Pattern], minimum: int) -> pl.Series:
    """A list of labels for every row: acts that reach `minimum`, with their score and heaviest pattern."""
    return gathered(pl.concat([_act(hit, act, found, minimum) for act in ACTS]), len(hit))


def _guarded(hit: Hits, found: Sequence[Pattern], minimum: int) -> NDArray[np.int32]:
    """The score of each moment (columns as in `MOMENTS`), after the guards."""
    score = {moment: _sum(hit, found, lambda p, m=moment: p.section == m) for moment in MOMENTS}  # type: ignore[misc]
    bought = _sum(hit, found, lambda p: p.section == BOUGHT)
    score["smot"], score["fmot"] = score["smot"] + bought, score["fmot"] - bought
    issue = score["smot"] >= minimum
    score["stimulus"], score["zmot"] = score["stimulus"] - 2 * issue, score["zmot"] - issue
    return np.column_stack([score[moment] for moment in MOMENTS])


def _sum(hit: Hits, found: Sequence[Pattern], counts: Callable[[Pattern], bool]) -> NDArray[np.int32]:
    """The weights of those patterns that count, summed over what was found."""
    total = np.zeros(len(hit), dtype=np.int32)
    for column, pattern in enumerate(found):
        if counts(pattern):
            total += hit[:, column] * np.int32(pattern.weight)
    return total


def _rules(hit: Hits, found: Sequence[Pattern], moment: NDArray[np.intp]) -> pl.Series:
    """The heaviest pattern that spoke for the moment (a guard alone can lift smot: then `bought`)."""
    names = ["none.below_minimum", "text.bought", *(f"text.{p.id}" for p in found)]
    rule = np.where(moment >= 0, 1, 0)
    for number, name in enumerate(MOMENTS):
        rows = np.flatnonzero(moment == number)
        first = _heaviest(hit, rows, found, [p for p in found if p.section == name])
        rule[rows] = np.where(first >= 0, first + 2, 1)
    return _named(rule, names)


def _act(hit: Hits, act: str, found: Sequence[Pattern], minimum: int) -> pl.DataFrame:
    """One label for each row that does `act` (see `FOUND`)."""
    score = _sum(hit, found, lambda p: act in p.acts)
    rows = np.flatnonzero(score >= minimum)
    rule = _heaviest(hit, rows, found, [p for p in found if act in p.acts])
    columns = {"row": rows, "label": act, "weight": score[rows], "rule": _named(rule, [p.id for p in found])}
    return pl.DataFrame(columns, schema_overrides=FOUND).cast(FOUND)  # type: ignore[arg-type]


def _heaviest(hit: Hits, rows: NDArray[np.intp], found: Sequence[Pattern], of: list[Pattern]) -> NDArray[np.intp]:
    """For each of `rows`, the place in `found` of the heaviest pattern of `of` that it holds; -1 for none."""
    place = {p.id: column for column, p in enumerate(found)}
    columns = np.array([place[p.id] for p in heaviest_first(of)], dtype=np.intp)
    if not len(columns):
        return np.full(len(rows), -1, dtype=np.intp)
    held = hit[np.ix_(rows, columns)]
    return np.where(held.any(axis=1), columns[held.argmax(axis=1)], -1)


def _named(numbers: NDArray[np.intp], names: Sequence[str]) -> pl.Series:
    """The names with these numbers; null where negative."""
    return pl.Series([*names, None], dtype=pl.String).gather(np.where(numbers < 0, len(names), numbers))
