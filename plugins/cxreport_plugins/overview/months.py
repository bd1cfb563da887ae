"""Exhibits over calendar months: how much was said, and how it sounded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cxreport.api import Edition, Exhibit, Result, Table, Words
from cxreport_plugins.common.say import INTERVAL, apart, base_line, estimates, marks_note, period, testable, unsure

VOLUME, SENTIMENT = "overview.volume", "overview.sentiment"


def named(result: Result, words: Words) -> str:
    """The month of a result: March 2026."""
    year, month = result.dims["month"].split("-")
    return words.month(date(int(year), int(month), 1))


def volume_by_month(edition: Edition, words: Words) -> Exhibit | None:
    """Records by month."""
    results = edition.cut(VOLUME, "month")
    shown = [r for r in results if r.shown and r.value is not None]
    if len(results) < 2 or not shown:
        return None
    from cxreport.api import charts

    busiest = max(shown, key=lambda r: (r.value or 0, r.dims["month"]))
    count = words.plural(int(busiest.value or 0), "record", "records")
    tied = sum(r.value == busiest.value for r in shown) > 1
    title = (
        f"The busiest months had {count} each" if tied else f"{named(busiest, words)} was the busiest month: {count}"
    )
    points = [charts.Month(r.dims["month"], r.value) for r in results]
    return Exhibit(
        id="data.months",
        heading="Volume by month",
        title=title,
        subtitle=f"Customer records a calendar month, UTC. {period(edition, words)}",
        results=tuple(results),
        table=Table(
            ("Month", "Records"),
            tuple((named(r, words), words.value(r)) for r in results),
            caption="Volume by month",
        ),
        chart=lambda tokens, size: charts.monthly_line(points, tokens, size, unit="records", words=words),
        alt=f"Line of records by month. {title}.",
        source=base_line(edition, words, sum(r.n for r in shown), ("customer record", "customer records")),
    )


def sentiment_by_month(edition: Edition, words: Words) -> Exhibit | None:
    """Net sentiment by month."""
    results = edition.cut(SENTIMENT, "month")
    if len(results) < 2 or not any(r.shown for r in results):
        return None
    from cxreport.api import charts

    points = [charts.Month(r.dims["month"], r.value, r.low, r.high, r.n) for r in results]
    title = _course(results, words)
    return Exhibit(
        id="channels.months",
        heading="Net sentiment by month",
        title=title,
        subtitle=f"Share positive minus share negative by calendar month (UTC), points. {period(edition, words)}",
        results=tuple(results),
        table=estimates([(named(r, words), r) for r in results], words, "Month", "Net sentiment"),
        chart=lambda tokens, size: charts.monthly_line(points, tokens, size, unit="points", words=words),
        alt=f"Line of net sentiment by month with its interval. {title}.",
        keys=(INTERVAL,),
        note=marks_note(results, words),
        source=base_line(edition, words, sum(r.n for r in results), ("scored record", "scored records")),
    )


def _course(results: Sequence[Result], words: Words) -> str:
    """The lowest and highest month, where they clearly differ."""
    tested = [r for r in results if testable(r)]
    if len(tested) < 2 and unsure(results):
        return "Net sentiment by month can be read as a direction only"
    if len(tested) < 2:
        return "Too few months have thirty records or more to compare them"
    low, high = (pick(tested, key=lambda r: (r.value or 0, r.dims["month"])) for pick in (min, max))
    if not apart(high, low):
        return "Net sentiment did not clearly change from month to month"
    best, worst = (f"{words.value(r)} in {named(r, words)}" for r in (high, low))
    return f"Net sentiment moved between {best} and {worst}"
