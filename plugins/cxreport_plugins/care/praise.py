"""The measure `care.praise`."""

from __future__ import annotations

from typing import ClassVar

import narwhals as nw
import polars as pl

from cxreport.api import Method, Predicate
from cxreport_plugins.care.gaps import Gap, Side
from cxreport_plugins.care.shares import INTERVAL
from cxreport_plugins.common.eligible import NEEDS

TONES = ("negative", "positive")


class Praise(Gap):
    """How often praise is answered, and how often complaints: `tone=positive`, `tone=negative`, with `wait=median`.

    `part=gap` is praise minus complaints in points, `part=wait_ratio` the wait of praise over that of complaints.
    """

    name: ClassVar[str] = "care.praise"
    title: ClassVar[str] = "Praise answered"
    question: ClassVar[str] = "Is praise answered too, or only complaints?"
    concepts: ClassVar[tuple[str, ...]] = ("C15",)
    needs: ClassVar[tuple[str, ...]] = (*NEEDS, "sentiment")
    absence: ClassVar[tuple[str, str]] = ("no public record is scored as praise", "records with a sentiment")
    method: ClassVar[Method] = Method(
        formula="answered / eligible records whose sentiment is positive, and the same of negative ones",
        interval=f"{INTERVAL}; gap: Newcombe (MOVER); waits: Kaplan–Meier",
        source="Wilson 1927; Newcombe 1998; Zou & Donner 2008; Kaplan & Meier 1958",
        limits="Sentiment is read by classifiers and not corrected here: irony counts as praise.",
    )

    def group(self) -> nw.Expr:
        """0 complaint, 1 praise."""
        tone = nw.col("sentiment")
        return nw.when(tone == "positive").then(nw.lit(1)).otherwise(nw.when(tone == "negative").then(nw.lit(0)))

    def sides(self, rows: pl.DataFrame, roots: Predicate) -> tuple[Side, Side] | None:
        """Praise against complaints."""
        if 1 not in rows["group"]:
            return None
        complaint, praise = (Side({"tone": t}, (i,), roots.where(("sentiment", "eq", t))) for i, t in enumerate(TONES))
        return praise, complaint
