"""The measure `network.audience`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

import narwhals as nw
import numpy as np
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, stats
from cxreport_plugins.common import net
from cxreport_plugins.common.cells import Cell
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import ABSENCE, INPUT, REACH, Frame, authors, known, with_reach
from cxreport_plugins.network.options import AudienceOptions
from cxreport_plugins.network.potential import SEEN

SEED: Final = 20_260
DRAWS: Final = 500
FEWEST: Final = 10
"""People of a tier; a smaller one is merged with the next, so that no tier points at anybody."""
TOP: Final = 0.01
DIGITS: Final = 3
"""Significant digits to which follower counts are taken, so that few distinct ones are collected."""
LARGEST: Final = 12
"""Digits of the largest number of followers that is thought of."""


class Audience(Measure):
    """How unevenly followers are spread over those who wrote, and how each tier of them feels.

    `statistic` is `median`, `p90`, `gini` or `top`, the share of all followers that the top 1% of authors have.
    `tier` (such as `1000-9999` or `10000+`) alone is net sentiment; with `part=people` or `part=records` a count.
    """

    name: ClassVar[str] = "network.audience"
    title: ClassVar[str] = "Audience of those who wrote"
    question: ClassVar[str] = "How many followers do customers who write have, and how unevenly?"
    concepts: ClassVar[tuple[str, ...]] = ("A10", "C09")
    unit: ClassVar[Any] = "people"
    needs: ClassVar[tuple[str, ...]] = ("author_followers", "sentiment")
    Options: ClassVar[type[AudienceOptions]] = AudienceOptions
    method: ClassVar[Method] = Method(
        formula=(
            "Median and 90th percentile of followers per author; Gini = Σ(2i − n − 1)·x(i) / (nΣx); top share = "
            f"followers of the 1% of authors with most / all followers. {net.METHOD.formula}, by tier"
        ),
        interval=(
            "Quantiles: 95% by order statistics. Gini and top share: 95% percentile bootstrap over authors, 500 draws, "
            f"fixed seed. Net sentiment: {net.METHOD.interval}"
        ),
        source="David & Nagaraja 2003, §7.1; Efron & Tibshirani 1993, §13.3; Gini 1912",
        limits=(
            "Follower counts are taken to three significant digits. Tiers of fewer than ten people are merged with the "
            "next; nobody is named or ranked. Intervals of the Gini and of the top share are too narrow where few hold "
            "nearly all. " + SEEN
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Authors by number of followers; authors, records and sentiment by tier."""
        records = feedback.of(public(scope))
        people = authors(records)
        tier = sum((nw.col(REACH) >= bound).cast(nw.Int64) for bound in self.options.tiers)
        tiered = people.with_columns(tier=tier)
        return {
            "people": _shortened(people).group_by(REACH).agg(n=nw.len()),
            "tiers": tiered.group_by("tier").agg(people=nw.len(), records=nw.col("records").sum()),
            "sentiment": net.tallies(with_reach(records).with_columns(tier=tier), "tier", accuracy=scope.accuracy),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """Statistics of everybody, then each tier from the smallest audiences to the largest."""
        followers = frames["people"].sort(REACH)
        if not followers.height:
            return [self.untestable(ABSENCE, INPUT)]
        tiers = merged(frames["tiers"], self.options.tiers)
        return [*self._statistics(followers, scope), *(r for tier in tiers for r in self._tier(tier, frames, scope))]

    def _statistics(self, followers: pl.DataFrame, scope: Scope) -> Iterator[Result]:
        spread = Spread(followers[REACH].to_numpy().astype(float), followers["n"].to_numpy())
        n = spread.n
        facts: dict[str, Any] = {
            "n_authors": n, "population": public(scope), "evidence": known(public(scope)),
        }  # fmt: skip
        for name, q in (("median", 0.5), ("p90", 0.9)):
            low, high = (spread.at(rank) for rank in stats.quantile_ranks(n, q))
            yield self.based(n, spread.quantile(q), low, high, dims={"statistic": name}, **facts)
        for name, unit, (value, low, high) in (("gini", "ratio", spread.gini()), ("top", "share", spread.top())):
            if value is not None:
                yield self.based(n, value, low, high, dims={"statistic": name}, unit=unit, **facts)

    def _tier(self, tier: Tier, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Iterator[Result]:
        within = public(scope).where(("author_followers", "ge", tier.low))
        population = within if tier.high is None else within.where(("author_followers", "lt", tier.high))
        dims = {"tier": tier.name}
        facts: dict[str, Any] = {"kind": "count", "level": None, "population": population, "evidence": population}
        for part, count in (("people", tier.people), ("records", tier.records)):
            yield self.result(
                value=count, n=count, n_authors=tier.people, unit=part, dims={**dims, "part": part}, **facts
            )
        rows = frames["sentiment"].filter(pl.col("tier").is_in(tier.numbers))
        yield net.net_result(self, Cell(dims, population, rows), scope.accuracy).model_copy(update={"unit": "points"})


@dataclass(frozen=True)
class Tier:
    """Authors with `low` or more followers and fewer than `high` (None: no limit)."""

    numbers: tuple[int, ...]
    low: int
    high: int | None
    people: int
    records: int

    @property
    def name(self) -> str:
        """`100-999`, `10000+`."""
        return f"{self.low}+" if self.high is None else f"{self.low}-{self.high - 1}"


def merged(counts: pl.DataFrame, bounds: Sequence[int]) -> list[Tier]:
    """Tiers of ten people or more, from below, made of those between `bounds`; one of all if they are fewer."""
    lows, highs = (0, *bounds), (*bounds, None)
    have = {int(tier): (int(people), int(records)) for tier, people, records in counts.iter_rows()}
    tiers: list[Tier] = []
    for number in reversed(range(len(lows))):
        one = Tier((number,), lows[number], highs[number], *have.get(number, (0, 0)))
        above = tiers[-1] if tiers else None
        tiers[-1:] = [_joined(one, above)] if above and above.people < FEWEST else [*tiers[-1:], one]
    if len(tiers) > 1 and tiers[-1].people < FEWEST:
        tiers[-2:] = [_joined(tiers[-1], tiers[-2])]
    return tiers[::-1]


def _joined(low: Tier, high: Tier) -> Tier:
    return Tier((*low.numbers, *high.numbers), low.low, high.high, low.people + high.people, low.records + high.records)


@dataclass(frozen=True)
class Spread:
    """Distinct values, ascending, and how often each occurs."""

    values: np.ndarray[Any, np.dtype[np.float64]]
    counts: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def n(self) -> int:
        """Observations."""
        return int(self.counts.sum())

    def at(self, rank: int) -> float | None:
        """The value of a rank, from 1; None outside."""
        if not 1 <= rank <= self.n:
            return None
        return float(self.values[int(np.searchsorted(np.cumsum(self.counts), rank))])

    def quantile(self, q: float) -> float:
        """The smallest value that at least a share `q` of the observations do not exceed."""
        return self.at(max(1, int(np.ceil(q * self.n - 1e-9)))) or 0.0

    def gini(self) -> tuple[float | None, float | None, float | None]:
        """Gini coefficient with its bootstrap limits; None if nobody has anything."""
        return self._bootstrapped(lambda counts: stats.gini(self.values, counts))

    def top(self) -> tuple[float | None, float | None, float | None]:
        """Likewise the share of the top 1%."""
        return self._bootstrapped(lambda counts: stats.top_share(self.values, TOP, counts))

    def _bootstrapped(self, statistic: Any) -> tuple[float | None, float | None, float | None]:
        value = statistic(self.counts)
        if not np.isfinite(value):
            return None, None, None
        drawn = np.random.default_rng(SEED).multinomial(self.n, self.counts / self.n, size=DRAWS)
        found = [v for v in map(statistic, drawn) if np.isfinite(v)]
        low, high = np.quantile(found, [0.025, 0.975], method="inverted_cdf")
        return value, min(float(low), value), max(float(high), value)


def _shortened(people: Frame) -> Frame:
    """`reach` to three significant digits: below ten thousand distinct values, whatever comes."""
    whole: Any = nw.col(REACH)
    short = whole
    for digits in range(DIGITS + 1, LARGEST + 1):
        step = 10 ** (digits - DIGITS)
        short = nw.when(whole >= 10 ** (digits - 1)).then((whole + step // 2) // step * step).otherwise(short)
    return people.with_columns(short.alias(REACH))
