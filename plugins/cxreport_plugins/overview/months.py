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
    title = words.say("{month} was the busiest month: {records}", month=named(busiest, words), records=count)
    if tied:
        title = words.say("The busiest months had {records} each", records=count)
    points = [charts.Month(r.dims["month"], r.value) for r in results]
    return Exhibit(
        id="data.months",
        heading=words.say("Volume by month"),
        title=title,
        subtitle=words.say("Customer records a calendar month, UTC. {period}", period=period(edition, words)),
        results=tuple(results),
        table=Table(
            (words.say("Month"), words.say("Records")),
            tuple((named(r, words), words.value(r)) for r in results),
            caption=words.say("Volume by month"),
        ),
        chart=lambda tokens, size: charts.monthly_line(points, tokens, size, unit="records", words=words),
        alt=words.say("Line of records by month. {title}.", title=title),
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
        heading=words.say("Net sentiment by month"),
        title=title,
        subtitle=words.say(
            "Share positive minus share negative by calendar month (UTC), points. {period}",
            period=period(edition, words),
        ),
        results=tuple(results),
        table=estimates([(named(r, words), r) for r in results], words, words.say("Month"), words.say("Net sentiment")),
        chart=lambda tokens, size: charts.monthly_line(points, tokens, size, unit="points", words=words),
        alt=words.say("Line of net sentiment by month with its interval. {title}.", title=title),
        keys=(INTERVAL,),
        note=marks_note(results, words),
        source=base_line(edition, words, sum(r.n for r in results), ("scored record", "scored records")),
    )


def _course(results: Sequence[Result], words: Words) -> str:
    """The lowest and highest month, where they clearly differ."""
    tested = [r for r in results if testable(r)]
    if len(tested) < 2 and unsure(results):
        return words.say("Net sentiment by month can be read as a direction only")
    if len(tested) < 2:
        return words.say("Too few months have thirty records or more to compare them")
    low, high = (pick(tested, key=lambda r: (r.value or 0, r.dims["month"])) for pick in (min, max))
    if not apart(high, low):
        return words.say("Net sentiment did not clearly change from month to month")
    return words.say(
        "Net sentiment moved between {best} in {best_month} and {worst} in {worst_month}",
        best=words.value(high), best_month=named(high, words), worst=words.value(low), worst_month=named(low, words),
    )  # fmt: skip
