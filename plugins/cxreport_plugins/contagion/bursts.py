"""The measure `contagion.bursts`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Feedback, Measure, Method, Predicate, Result, Scope, message, stats
from cxreport_plugins.common.populations import public
from cxreport_plugins.contagion.growth import DAY_MS, HOUR_MS, Burst, bursts_of

Frame = nw.LazyFrame[Any]
LEAST: Final = 3
"""People who complain about one theme on one day, from which they may be a burst."""
SIGMAS: Final = 3
TOLD: Final = 10
"""People of a burst that is told by itself; smaller ones are only counted."""
MOST: Final = 8
"""Bursts told, largest first."""
NEEDS: Final = ("shared", "sentiment", "themes_read")


class Bursts(Measure):
    """Days on which many people complain about the same thing at once: how many, how fast and how high.

    The result without dims counts bursts. `part=cases` lists those of ten people or more: `theme`, first `day`,
    `days`, `records`, `people`, `amplitude` (records on the highest day over an ordinary day, which has `usual`),
    `doubling_hours`, and bounds of followers, `reach_low` and `reach_high`, where they are known. `part=amplitude` and
    `part=doubling` are the medians over all bursts.
    """

    name: ClassVar[str] = "contagion.bursts"
    title: ClassVar[str] = "Bursts of complaints"
    question: ClassVar[str] = "When do complaints burst, how fast do they grow, and how high?"
    concepts: ClassVar[tuple[str, ...]] = ("C07", "D09")
    unit: ClassVar[Any] = "records"
    needs: ClassVar[tuple[str, ...]] = NEEDS
    method: ClassVar[Method] = Method(
        formula=(
            f"Burst: consecutive days (UTC) on each of which {LEAST} people or more wrote negatively about one theme, "
            "and more of them than u + 3√u, u = such records a day over the whole period. Amplitude = records on the "
            "highest day / u. Doubling time = hours from a quarter to a half of the burst's records. Followers: "
            "max R to Σ R"
        ),
        interval="Counts: none. Medians over bursts: 95% by order statistics",
        source="Shewhart u-chart; David & Nagaraja 2003, §7.1",
        limits=(
            "A text may have several themes, so one event may burst in several. Themes and tone are found by their "
            "words. Many themes and days are looked at: where an ordinary day has a record or less, chance alone makes "
            "some days pass the limit, so amplitude and people tell more than the number of bursts. Followers are not "
            "viewers, and audiences overlap."
        ),
    )

    def aggregate(self, feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
        """Days above the limit by theme, and the hours of these days."""
        spoken = _spoken(feedback, complaints(scope))
        days, span = _days(spoken), _span(feedback.of(public(scope)))
        high = _above(days, span)
        within = spoken.join(high.select("theme", "day"), on=["theme", "day"], how="inner")
        return {
            "days": high,
            "hours": within.group_by("theme", "hour").agg(n=nw.len()),
            "all": spoken.select(n=nw.len()),
        }

    def estimate(self, frames: Mapping[str, pl.DataFrame], scope: Scope) -> Sequence[Result]:
        """How many, the largest, and the medians."""
        population, n = complaints(scope), int(frames["all"]["n"].sum())
        if not n:
            return [self.untestable("no public negative record has a theme", "enrich.themes.packs", "sentiment")]
        found = bursts_of(frames["days"], frames["hours"])
        facts: dict[str, Any] = {"population": population, "evidence": population}
        count = self.based(n, len(found), kind="count", level=None, **facts)
        large = sorted((b for b in found if b.people >= TOLD), key=lambda b: (-b.people, b.day, b.theme))[:MOST]
        rows = tuple(burst.row for burst in large)
        table = self.based(n, 0, **facts).model_copy(
            update={"kind": "table", "dims": {"part": "cases"}, "value": None, "level": None, "rows": rows}
        )
        return [count, table, *self._medians(found, population)] if count.shown else [count]

    def _medians(self, found: Sequence[Burst], population: Predicate) -> list[Result]:
        kinds: tuple[tuple[str, str, list[float]], ...] = (
            ("amplitude", "ratio", [b.amplitude for b in found]),
            ("doubling", "minutes", [60 * b.doubling for b in found if b.doubling is not None]),
        )
        return [self._median(part, unit, sorted(values), population) for part, unit, values in kinds if values]

    def _median(self, part: str, unit: str, values: list[float], population: Predicate) -> Result:
        low, high = stats.quantile_ranks(len(values), 0.5)
        limits = [values[rank - 1] if 1 <= rank <= len(values) else None for rank in (low, high)]
        middle = values[(len(values) - 1) // 2]
        dims = {"part": part}
        found = self.based(len(values), middle, *limits, dims=dims, unit=unit, population=population)
        if found.status == "hidden":
            return found.model_copy(update={"reason": message("fewer than 10 bursts")})
        return found


def complaints(scope: Scope) -> Predicate:
    """Dated negative records in public."""
    return public(scope).where(("sentiment", "eq", "negative"), ("created_at", "not_null", None))


def _spoken(feedback: Feedback, population: Predicate) -> Frame:
    """Negative records once for each of their themes, with `who`, `day` and `hour` since 1970."""
    themes = feedback.labels.filter(nw.col("kind") == "themes").select("record_id", theme=nw.col("label")).unique()
    joined = feedback.of(population).join(themes, on="record_id", how="inner")
    at = nw.col("created_at").dt.timestamp("ms")
    somebody = nw.concat_str(nw.lit("record "), nw.col("record_id"))
    who = nw.coalesce(nw.col("author_id"), somebody)
    return joined.with_columns(__who=who, day=at // DAY_MS, hour=at // HOUR_MS)


def _days(spoken: Frame) -> Frame:
    """Themes by day: records, people, and the followers of these."""
    followers = nw.when(nw.col("author_followers") >= 0).then(nw.col("author_followers"))
    one = spoken.group_by("theme", "day", "__who").agg(n=nw.len(), reach=followers.max())
    return one.group_by("theme", "day").agg(
        n=nw.col("n").sum(), people=nw.len(), largest=nw.col("reach").max(), total=nw.col("reach").sum()
    )


def _span(records: Frame) -> Frame:
    """How many days the public records of the audit span."""
    day = nw.col("created_at").dt.timestamp("ms") // DAY_MS
    return records.select(span=day.max() - day.min() + 1)


def _above(days: Frame, span: Frame) -> Frame:
    """The days of a theme on which it lies above its limit, with its `usual` records a day."""
    usual = nw.col("n").sum().over("theme") / nw.col("span")
    rated = days.join(span, how="cross").with_columns(usual=usual)
    limit = nw.col("usual") + SIGMAS * nw.col("usual").sqrt()
    return rated.filter((nw.col("people") >= LEAST) & (nw.col("n") > limit))
