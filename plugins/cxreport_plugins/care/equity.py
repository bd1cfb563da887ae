"""The measure `care.equity`."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import ClassVar, Final

import narwhals as nw
import polars as pl

from cxreport.api import Method, Predicate
from cxreport_plugins.care.gaps import GROUP, Gap, Side
from cxreport_plugins.care.shares import INTERVAL
from cxreport_plugins.common.eligible import NEEDS

STEPS: Final = (0, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000)
"""Followers from which each tier begins."""
LARGE: Final = 0.1
"""The highest tiers that hold at least this share of the records have a large audience,"""
SMALL: Final = 0.5
"""the lowest that hold at least this share a small one."""


class Equity(Gap):
    """Customers with a large audience against those with a small one: `tier=large`, `tier=small`, with `wait=median`.

    `part=gap` is large minus small in points, `part=wait_ratio` the wait of the large over that of the small. Who is in
    a tier is neither stored nor shown.
    """

    name: ClassVar[str] = "care.equity"
    title: ClassVar[str] = "Equity of care"
    question: ClassVar[str] = "Are customers with many followers answered more often or sooner?"
    concepts: ClassVar[tuple[str, ...]] = ("A08", "C10")
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "author_followers")
    absence: ClassVar[tuple[str, str]] = (
        "the audiences of those who write are unknown, or all alike", "posts with the follower counts of their authors"
    )  # fmt: skip
    method: ClassVar[Method] = Method(
        formula=(
            "answered / eligible records by authors of the highest tiers of followers that hold a tenth of the "
            "records, and by those of the lowest that hold half; tiers begin at 0, 100, 300, 1,000, 3,000 … followers"
        ),
        interval=f"{INTERVAL}; gap: Newcombe (MOVER); waits: Kaplan–Meier",
        source="Wilson 1927; Newcombe 1998; Zou & Donner 2008; Kaplan & Meier 1958",
        limits="Those with many followers may write of other matters, at other hours; nothing is adjusted for that.",
    )

    def group(self) -> nw.Expr:
        """The tier, from 0."""
        followers = nw.col("author_followers")
        above = reduce(add, ((followers >= step).cast(nw.Int64) for step in STEPS[1:]))
        return nw.when(followers >= 0).then(above)

    def sides(self, rows: pl.DataFrame, roots: Predicate) -> tuple[Side, Side] | None:
        """The highest tiers against the lowest; None where they would meet."""
        counted = [(int(tier), int(n)) for tier, n in rows.select(GROUP, "n").iter_rows()]
        small, large = _reaching(counted, SMALL), _reaching(counted[::-1], LARGE)
        if not counted or max(small) >= min(large):
            return None
        below = roots.where(("author_followers", "lt", STEPS[max(small) + 1]))
        return (
            Side({"tier": "large"}, tuple(large), roots.where(("author_followers", "ge", STEPS[min(large)]))),
            Side({"tier": "small"}, tuple(small), below),
        )


def _reaching(counted: list[tuple[int, int]], part: float) -> list[int]:
    """The first tiers that together hold at least this part of the records."""
    total, held, tiers = sum(n for _, n in counted), 0, []
    for tier, n in counted:
        tiers.append(tier)
        held += n
        if held >= part * total:
            break
    return tiers
