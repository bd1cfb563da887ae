"""Bursts from days above their limit: joined where days follow on one another, timed by their hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from cxreport_plugins.common.figures import outward

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS


@dataclass(frozen=True)
class Burst:
    """Consecutive days on which one theme lay above its limit."""

    theme: str
    first: int
    """Days since 1970."""
    days: int
    records: int
    people: int
    """On the highest day, so that nobody counts twice."""
    amplitude: float
    usual: float
    """Records on an ordinary day."""
    doubling: float | None
    """Hours from a quarter to a half of its records; None where both fell into one hour."""
    reach: tuple[int, int] | None

    @property
    def day(self) -> str:
        """The first day, such as `2026-01-14`."""
        return datetime.fromtimestamp(self.first * DAY_MS / 1000, UTC).date().isoformat()

    @property
    def row(self) -> dict[str, Any]:
        """As it is told: bounds of followers to two significant digits."""
        low, high = outward(*self.reach) if self.reach else (None, None)
        return {
            "theme": self.theme, "day": self.day, "days": self.days, "records": self.records, "people": self.people,
            "amplitude": round(self.amplitude, 1), "usual": self.usual, "doubling_hours": self.doubling,
            "reach_low": low, "reach_high": high,
        }  # fmt: skip


def bursts_of(days: pl.DataFrame, hours: pl.DataFrame) -> list[Burst]:
    """Bursts by theme and time.

    `days`: theme, day, n, people, largest, total, usual, one row a day above its limit; `hours`: theme, hour, n.
    """
    ordered = days.sort("theme", "day")
    begins = (pl.col("day") != pl.col("day").shift(1) + 1) | (pl.col("theme") != pl.col("theme").shift(1))
    numbered = ordered.with_columns(burst=begins.fill_null(value=True).cum_sum())
    return [_burst(rows, hours) for rows in numbered.partition_by("burst", maintain_order=True)]


def _burst(rows: pl.DataFrame, hours: pl.DataFrame) -> Burst:
    theme, first, last = rows["theme"][0], int(rows["day"][0]), int(rows["day"][-1])
    own = hours.filter((pl.col("theme") == theme) & (pl.col("hour") // 24).is_between(first, last)).sort("hour")
    peak = rows.sort("people", descending=True, maintain_order=True).row(0, named=True)
    known = peak["largest"] is not None
    return Burst(
        theme=theme, first=first, days=len(rows), records=int(rows["n"].sum()), people=int(peak["people"]),
        amplitude=float((rows["n"] / rows["usual"]).to_numpy().max()), usual=float(rows["usual"][0]),
        doubling=doubling(own), reach=(int(peak["largest"]), int(peak["total"])) if known else None,
    )  # fmt: skip


def doubling(hours: pl.DataFrame) -> float | None:
    """Hours from the one in which a quarter of all records was reached to the one in which half was.

    None where that is one and the same: an hour is as exact as it gets.
    """
    so_far = hours["n"].cum_sum()
    whole = float(hours["n"].sum())
    quarter, half = (int(hours["hour"][int((so_far < share * whole).sum())]) for share in (0.25, 0.5))
    return float(half - quarter) if half > quarter else None
