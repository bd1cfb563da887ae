"""Exhibits of labelled estimates: bars of shares, or dots with intervals, with their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxreport.api import Edition, Exhibit, Words
from cxreport_plugins.common.say import (
    ESTIMATE,
    HOLLOW,
    INTERVAL,
    Labelled,
    base_line,
    estimates,
    marks_note,
    period,
    row,
)

THIN = "Thin line: 95% interval."


@dataclass(frozen=True)
class Wording:
    """What is said around the estimates."""

    id: str
    heading: str
    title: str
    subtitle: str
    """Without the period, which follows it."""
    columns: tuple[str, str]
    """Heads of label and value."""
    shown: str
    """What is drawn, for those who cannot see it: the share of texts by theme."""
    base: tuple[int, tuple[str, str]]
    """How many, and of what: one and many."""
    caption: str = ""
    """Of the table; else the heading."""
    notes: tuple[str, ...] = ()


def bars(
    wording: Wording, rows: Sequence[Labelled], edition: Edition, words: Words, drawn: Sequence[Labelled] | None = None
) -> Exhibit:
    """Bars of shares. The table has all `rows`, the chart those `drawn`, if they are others."""
    from cxreport.api import charts

    lines = [row(*one) for one in (rows if drawn is None else drawn)]
    return replace(
        _told(wording, rows, edition, words, "Bars", THIN),
        chart=lambda tokens, size: charts.share_bars(lines, tokens, size, words=words),
    )


def dots(
    wording: Wording, rows: Sequence[Labelled], edition: Edition, words: Words, unit: str = "points",
    drawn: Sequence[Labelled] | None = None,
) -> Exhibit:  # fmt: skip
    """Dots with intervals; of points, hollow are those that cannot be told from zero."""
    from cxreport.api import charts

    lines = [row(*one) for one in (rows if drawn is None else drawn)]
    return replace(
        _told(wording, rows, edition, words, "Dots with intervals"),
        keys=(ESTIMATE, INTERVAL, HOLLOW) if unit == "points" else (ESTIMATE, INTERVAL),
        chart=lambda tokens, size: charts.dot_interval(lines, tokens, size, unit=unit, words=words),
    )


def _told(
    wording: Wording, rows: Sequence[Labelled], edition: Edition, words: Words, drawing: str, note: str = ""
) -> Exhibit:
    """All but the chart."""
    results = tuple(result for _, result in rows)
    notes = (note, *wording.notes, marks_note(results, words))
    return Exhibit(
        id=wording.id, heading=wording.heading, title=wording.title,
        subtitle=f"{wording.subtitle}. {period(edition, words)}", results=results,
        table=estimates(rows, words, *wording.columns, wording.caption or wording.heading),
        alt=f"{drawing} of {wording.shown}. {wording.title}.", note=" ".join(said for said in notes if said),
        source=base_line(edition, words, *wording.base),
    )  # fmt: skip
