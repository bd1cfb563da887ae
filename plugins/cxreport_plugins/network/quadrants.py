"""The measures `network.quadrants` and `network.influence`: people by audience, never one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Result, Scope, message
from cxreport_plugins.common.figures import outward
from cxreport_plugins.common.populations import public
from cxreport_plugins.network.authors import ABSENCE, INPUT, REACH, Frame, authors, known
from cxreport_plugins.network.options import InfluenceOptions, QuadrantsOptions
from cxreport_plugins.network.potential import SEEN

SIDES: Final = ("friend", "critic", "neither")
AUDIENCES: Final = ("large", "small")
TIERS: Final = (
    (message("top 1%"), 0.01), (message("next 9%"), 0.10), (message("next 40%"), 0.50), (message("the rest"), 1.0)
)  # fmt: skip
"""Tiers of influence, and which part of everybody stands in it or above."""


class Quadrants(Measure):
    """People with a large and a small `audience` who are friends or critics (`side`): counts of people."""

    name: ClassVar[str] = "network.quadrants"
    title: ClassVar[str] = "Friends and critics by audience"
    question: ClassVar[str] = "Are loud customers friends or enemies?"
    concepts: ClassVar[tuple[str, ...]] = ("C18",)
    unit: ClassVar[Any] = "people"
    needs: ClassVar[tuple[str, ...]] = ("author_followers", "sentiment")
    Options: ClassVar[type[QuadrantsOptions]] = QuadrantsOptions
    method: ClassVar[Method] = Method(
        formula=(
            "Friend: more positive than negative records; critic: more negative than positive. Large: 1,000 followers "
            "or more, unless set"
        ),
        interval="A census: none",
        source="Counts of authors; fewer than ten are not shown",
        limits="Sentiment is read from words, with errors, and most people write once. " + SEEN,
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """People by audience and side."""
        people = authors(feedback.of(public(scope)))
        lean = nw.col("positive") - nw.col("negative")
        side = (
            nw.when(lean > 0).then(nw.lit("friend")).when(lean < 0).then(nw.lit("critic")).otherwise(nw.lit("neither"))
        )
        large = nw.when(nw.col(REACH) >= self.options.large).then(nw.lit("large")).otherwise(nw.lit("small"))
        return {"people": people.with_columns(side=side, audience=large).group_by("audience", "side").agg(n=nw.len())}

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """The six counts."""
        counts = {(audience, side): n for audience, side, n in frames["people"].select("audience", "side", "n").rows()}
        if not counts:
            return [self.untestable(ABSENCE, INPUT)]
        population = known(public(scope))
        return [
            self.based(
                counts.get((audience, side), 0), counts.get((audience, side), 0), kind="count", level=None,
                n_authors=counts.get((audience, side), 0), dims={"audience": audience, "side": side},
                population=population,
            )
            for audience in AUDIENCES
            for side in SIDES
        ]  # fmt: skip


class Influence(Measure):
    """Tiers of influence by an open formula: people, the followers from which a tier begins, and what it holds.

    `tier` with `part`: `people`, `from` (followers, rounded) or `followers` (its share of all followers).
    """

    name: ClassVar[str] = "network.influence"
    title: ClassVar[str] = "Tiers of influence"
    question: ClassVar[str] = "How is influence spread, by an open formula?"
    concepts: ClassVar[tuple[str, ...]] = ("C08",)
    unit: ClassVar[Any] = "people"
    needs: ClassVar[tuple[str, ...]] = ("author_followers",)
    Options: ClassVar[type[InfluenceOptions]] = InfluenceOptions
    method: ClassVar[Method] = Method(
        formula=(
            "Influence of a person = 100 · rank percentile of log10(1 + followers) among all who wrote in public. It "
            "forms tiers and is kept of nobody; who is named in `optout` is left out before anything is counted"
        ),
        interval="A census: none",
        source="Open rank percentile; no closed index can be imported",
        limits=(
            "Influence here is audience alone: not trust, not effect. Equal followers share a tier. Tiers of fewer "
            "than ten people are not shown. " + SEEN
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Sums by tier of the rank percentile; no row is a person's."""
        ranked = _ranked(authors(_without(feedback.of(public(scope)), self.options.names)))
        tier: Any = sum((nw.col("above") > part).cast(nw.Int64) for _, part in TIERS[:-1])
        tiered = ranked.with_columns(tier=tier)
        return {
            "tiers": tiered.group_by("tier").agg(
                n=nw.len(), least=nw.col(REACH).min(), total=nw.col(REACH).sum()
            )
        }  # fmt: skip

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """People, threshold and share of followers of each tier."""
        rows = {row["tier"]: row for row in frames["tiers"].iter_rows(named=True)}
        if not rows:
            return [self.untestable(ABSENCE, INPUT)]
        whole = sum(row["total"] for row in rows.values())
        return [r for number, row in sorted(rows.items()) for r in self._tier(TIERS[number][0], row, whole, scope)]

    def _tier(self, name: str, row: dict[str, Any], whole: int, scope: Scope) -> list[Result]:
        n = row["n"]
        facts: dict[str, Any] = {"n_authors": n, "level": None, "population": known(public(scope))}
        parts = {
            "people": ("people", n), "from": ("people", outward(row["least"], row["least"])[0]),
            **({"followers": ("share", row["total"] / whole)} if whole else {}),
        }  # fmt: skip
        return [
            self.based(n, value, kind="count", unit=unit, dims={"tier": name, "part": part}, **facts)
            for part, (unit, value) in parts.items()
        ]


def _without(records: Frame, names: Sequence[str]) -> Frame:
    """Records but those of people who opted out, by handle or id."""
    if not names:
        return records
    handle = nw.col("author_handle").fill_null("").str.to_lowercase().str.replace_all("@", "", literal=True)
    listed = list(names)
    return records.filter(~handle.is_in(listed) & ~nw.col("author_id").fill_null("").is_in(listed))


def _ranked(people: Frame) -> Frame:
    """People with `above`: their rank from the top as a part of everybody; equal followers share the best rank.

    From counts by number of followers: ranking people themselves would sort all of them.
    """
    counts = people.group_by(REACH).agg(__n=nw.len())
    running = counts.with_columns(
        __above=nw.col("__n").cum_sum(reverse=True).over(order_by=REACH), __all=nw.col("__n").sum()
    )
    share = running.select(REACH, above=(nw.col("__above") - nw.col("__n") + 1) / nw.col("__all"))
    return people.join(share, on=REACH, how="inner")
