"""What the exports count: contacts by channel, complaints, who made them, who saw them, and who was won back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final

import narwhals as nw
import polars as pl

from cxreport.api import Context, Feedback, Predicate, Scope
from cxreport_plugins.common.people import heads, people

NEEDS: Final = ("first_reply_ms", "sentiment", "shared", "answered_by_brand", "closes", "thread_id", "thread_position")
YEAR: Final = 365.25
LEAST_DAYS: Final = 28
"""A shorter period tells nothing of a year."""


@dataclass(frozen=True)
class Counted:
    """Counts of the period; `yearly` brings one to twelve months."""

    contacts: Mapping[str, int]
    """Channel → private records, and public ones that were answered: what somebody had to deal with."""
    complaints: int
    complainants: int
    recovered: int
    """Complaints that were answered and end with something positive: known, not estimated."""
    answered: int
    """Complaints that were answered in public."""
    seen: float
    """Measured impressions of public complaints."""
    followers: float
    """Followers of the authors of public complaints without such a count."""
    days: float

    def yearly(self, count: float) -> float:
        """A count of the period as of twelve months."""
        return count * YEAR / self.days


def complaints(scope: Scope) -> Predicate:
    """Negative records of the default population."""
    return scope.population.where(("sentiment", "eq", "negative"))


def aggregates(feedback: Feedback, scope: Scope) -> dict[str, nw.LazyFrame[Any]]:
    """What `counted` reads."""
    answered = nw.col("answered_by_brand").fill_null(value=False)
    mine = feedback.of(scope.population)
    dealt = mine.filter((nw.col("shared") == "private").fill_null(value=False) | answered)
    negative = feedback.of(complaints(scope))
    public = negative.filter((nw.col("shared") == "public").fill_null(value=False))
    own = (nw.col("impressions") >= 0) & ~nw.col("metrics_of_original").fill_null(value=False)
    shown = nw.when(own).then(nw.col("impressions"))
    known = public.with_columns(__shown=shown, __followers=nw.when(nw.col("author_followers") >= 0).then(
        nw.col("author_followers")
    ))  # fmt: skip
    roots = negative.filter((nw.col("thread_position") == 0) & answered)
    glad = feedback.records.filter(
        nw.col("closes").fill_null(value=False), (nw.col("sentiment") == "positive").fill_null(value=False)
    ).select("thread_id", __said=nw.col("created_at").dt.timestamp("ms"))
    won = roots.join(glad, left_on="record_id", right_on="thread_id", how="inner").filter(
        nw.col("__said") > nw.col("created_at").dt.timestamp("ms") + nw.col("first_reply_ms").fill_null(0)
    )
    return {
        "contacts": dealt.group_by("channel").agg(n=nw.len()),
        "complaints": heads(negative),
        "counts": negative.select(n=nw.len()),
        "seen": known.select(
            seen=nw.col("__shown").sum(),
            followers=nw.when(nw.col("__shown").is_null()).then(nw.col("__followers")).sum(),
        ),
        "roots": roots.select(n=nw.len()),
        "won": won.select(n=nw.len()),
        "span": mine.select(first=nw.col("created_at").min(), last=nw.col("created_at").max()),
    }


def counted(frames: Mapping[str, pl.DataFrame], context: Context) -> Counted | None:
    """The counts; None where there is no contact and no complaint, or less than four weeks of them."""
    days = _days(frames["span"], context)
    nothing = not frames["contacts"].height and not frames["counts"].item()
    if days is None or days < LEAST_DAYS or nothing:
        return None
    seen = frames["seen"].row(0, named=True)
    rows = frames["contacts"].drop_nulls("channel").sort("channel")
    complaints_ = int(frames["counts"].item() or 0)
    heads_ = people(frames["complaints"]) if frames["complaints"].height else None
    return Counted(
        contacts={channel.casefold(): int(n) for channel, n in rows.iter_rows()},
        complaints=complaints_,
        complainants=heads_ if heads_ is not None else complaints_,
        recovered=int(frames["won"].item() or 0),
        answered=int(frames["roots"].item() or 0),
        seen=float(seen["seen"] or 0),
        followers=float(seen["followers"] or 0),
        days=days,
    )


def _days(span: pl.DataFrame, context: Context) -> float | None:
    """The period of the audit, else from the first record to the last."""
    first, last = span.row(0)
    begin, end = context.period
    if begin is not None:
        first = datetime.combine(begin, time(), UTC)
    if end is not None:
        last = datetime.combine(end + timedelta(days=1), time(), UTC)
    return None if first is None or last is None else (last - first).total_seconds() / 86_400
