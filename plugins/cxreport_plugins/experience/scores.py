"""What the four ratings have in common: records with a score, counted by score, on scales that are never pooled."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.cells import partitions, split
from cxreport_plugins.common.people import bucket, heads, people

SCORE = "score"
MOST_BARS = 11
"""Scales with more points than this get no distribution."""
BASE = "at the effective base of people (512 buckets) where somebody answered more than once"
"""What every interval of a rating adds to the name of its method."""


@dataclass(frozen=True)
class Scores:
    """How often each score was given, and by how many people."""

    rows: pl.DataFrame
    """Columns `score` and `n`."""
    people: int | None
    clusters: pl.DataFrame
    """Columns `n` and `total`, the sum of the scores: a row for each cluster of people."""

    @property
    def n(self) -> int:
        """Answers."""
        return int(self.rows["n"].sum())

    @cached_property
    def base(self) -> float:
        """How many independent answers they are worth: fewer than `n` where people answered more than once."""
        if self.people is None or self.people >= self.n:
            return float(self.n)
        ordered = self.clusters.sort("total", "n")
        worth = stats.mean_base(ordered["total"], ordered["n"], self.deviation)
        return 1.0 if math.isnan(worth) else worth

    def method(self, name: str) -> str:
        """What an interval of theirs is called."""
        if self.base == self.n:
            return name
        return message("{method} at the effective base of people (512 buckets)").format(method=name)

    def net_interval(self, positive: int, negative: int) -> stats.Interval:
        """Limits of 100 · (positive − negative) / n, in points."""
        worth = self.base / self.n
        low, high = stats.adjusted_wald_nps(positive * worth, negative * worth, self.base)
        return stats.Interval(low, high)

    def share_interval(self, k: int) -> stats.Interval:
        """Limits of k / n."""
        return stats.wilson(k * self.base / self.n, self.base)

    def between(self, low: float, high: float) -> int:
        """Answers from `low` to `high`, both included."""
        return int(self.rows.filter(pl.col(SCORE).is_between(low, high))["n"].sum())

    @property
    def least(self) -> int:
        """Where the scale begins: at 1, or at 0 where somebody answered that."""
        return 0 if self.between(0, 0.49) else 1

    @property
    def mean(self) -> float:
        """Mean score."""
        return float((self.rows[SCORE] * self.rows["n"]).sum()) / self.n

    @property
    def deviation(self) -> float:
        """Sample standard deviation; 0 for a single answer."""
        squares = float(((self.rows[SCORE] - self.mean) ** 2 * self.rows["n"]).sum())
        return (squares / (self.n - 1)) ** 0.5 if self.n > 1 else 0.0

    def mean_interval(self, low: float, high: float) -> stats.Interval:
        """Student's t interval of the mean, within the scale.

        Answers that all agree show no spread to compute it from. Then Wilson bounds how many may answer otherwise,
        and those are taken to be as far away as the scale allows.
        """
        if self.deviation > 0:
            ends = stats.t_mean(self.mean, self.deviation, self.base)
            return stats.Interval(max(low, ends.low), min(high, ends.high))
        others = 1 - stats.wilson(self.base, self.base).low
        return stats.Interval(self.mean - others * (self.mean - low), self.mean + others * (high - self.mean))


@dataclass(frozen=True)
class Group:
    """The scores of one scale (and cut), with their dims and population."""

    values: Mapping[str, Any]
    """The values of the measure's `keys`."""
    dims: dict[str, str]
    population: Predicate
    scores: Scores


class Rated(Measure):
    """A measure of scores. Results of different `keys` (scales, sites) are never pooled."""

    keys: ClassVar[tuple[str, ...]] = ()
    column: ClassVar[str]
    """The column of the records that holds the score."""
    absence: ClassVar[tuple[str, str]]
    """Why there is nothing to measure, and what it needs."""
    by: ClassVar[tuple[str, ...]] = ("source_id", "segment")

    @abstractmethod
    def scored(self, records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """Records that have the score, with the columns `score` and `keys`."""

    def within(self, population: Predicate, values: Mapping[str, Any]) -> Predicate:
        """The population of those records that have these values of `keys`."""
        return population.where((self.column, "not_null", None))

    @abstractmethod
    def headline(self, group: Group) -> Result:
        """The one number of a group."""

    @abstractmethod
    def details(self, group: Group) -> Iterator[Result]:
        """What else is told of a whole group: parts and distribution."""

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Answers per score, and people, of everything and by each cut."""
        rows = self.scored(feedback.of(scope.population))
        present, _ = split(self, scope)
        cuts: list[tuple[str, ...]] = [(), *((cut,) for cut in present)]
        counted = {_named(cut): rows.group_by(*cut, *self.keys, SCORE).agg(n=nw.len()) for cut in cuts}
        known = {f"people {_named(cut)}": heads(rows, *cut, *self.keys) for cut in cuts}
        clustered = rows.with_columns(bucket=bucket())
        totals = {"n": nw.len(), "total": nw.col(SCORE).sum()}
        clusters = {
            f"clusters {_named(cut)}": clustered.group_by(*cut, *self.keys, "bucket").agg(**totals) for cut in cuts
        }
        return counted | known | clusters

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Each scale by itself: headline, details, then the headline of each cell of each cut."""
        groups = list(self._groups(frames, scope.population))
        if not groups:
            return [self.untestable(*self.absence)]
        present, missing = split(self, scope)
        cut = [g for column in present for g in self._cut(frames, scope.population, column)]
        whole = [r for g in groups for r in (self.headline(g), *self.details(g))]
        return [*whole, *map(self.headline, cut), *missing]

    def share(self, of: Group, k: int, evidence: Predicate, **dims: str) -> Result:
        """A share of a group's answers with Wilson's interval."""
        n = of.scores.n
        return self.based(
            n, k / n, *of.scores.share_interval(k), unit="share", dims=of.dims | dims, n_authors=of.scores.people,
            method=of.scores.method(message("95% Wilson")), population=of.population, evidence=evidence,
        )  # fmt: skip

    def distribution(self, group: Group, low: int, high: int) -> Iterator[Result]:
        """The share of each point of a scale; values in between count to the nearest point."""
        if high - low >= MOST_BARS:
            return
        for point in range(low, high + 1):
            k = int(group.scores.rows.filter((pl.col(SCORE) + 0.5).floor() == point)["n"].sum())
            near = group.population.where((self.column, "ge", point - 0.5), (self.column, "lt", point + 0.5))
            yield self.share(group, k, near, score=str(point))

    def _groups(self, frames: Mapping[str, pl.DataFrame], population: Predicate, *cut: str) -> Iterator[Group]:
        columns = (*cut, *self.keys)
        heads_of = {tuple(v.values()): people(r) for v, r in _parts(frames[f"people {_named(cut)}"], columns)}
        clusters = {tuple(v.values()): r for v, r in _parts(frames[f"clusters {_named(cut)}"], columns)}
        for values, rows in _parts(frames[_named(cut)], columns):
            keyed = {key: values[key] for key in self.keys}
            within = self.within(population, keyed).where(*((c, "eq", values[c]) for c in cut))
            key = tuple(values.values())
            scores = Scores(rows.select(SCORE, "n"), heads_of[key], clusters[key].select("n", "total"))
            if scores.n:
                yield Group(keyed, {c: written(v) for c, v in values.items()}, within, scores)

    def _cut(self, frames: Mapping[str, pl.DataFrame], population: Predicate, column: str) -> list[Group]:
        """The groups of a cut; a column with one value cuts nothing."""
        groups = list(self._groups(frames, population, column))
        return groups if len({g.dims[column] for g in groups}) > 1 else []


def _named(cut: tuple[str, ...]) -> str:
    return f"by {cut[0]}" if cut else "all"


def _parts(frame: pl.DataFrame, columns: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], pl.DataFrame]]:
    if columns:
        yield from partitions(frame, *columns)
    else:
        yield {}, frame


def written(value: Any) -> str:
    """A value of a dim in words: 5 for 5.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)
