"""Exhibits of labelled estimates: bars of shares, or dots with intervals, with their table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cxreport.api import Edition, Exhibit, Words, message
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

THIN = message("Thin line: 95% interval.")


@dataclass(frozen=True)
class Wording:
    """What is said around the estimates; all but the title may be untranslated."""

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
        _told(wording, rows, edition, words, message("Bars: {shown}. {title}."), THIN),
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
        _told(wording, rows, edition, words, message("Dots with intervals: {shown}. {title}.")),
        keys=(ESTIMATE, INTERVAL, HOLLOW) if unit == "points" else (ESTIMATE, INTERVAL),
        chart=lambda tokens, size: charts.dot_interval(lines, tokens, size, unit=unit, words=words),
    )


def _told(
    wording: Wording, rows: Sequence[Labelled], edition: Edition, words: Words, drawing: str, note: str = ""
) -> Exhibit:
    """All but the chart."""
    results = tuple(result for _, result in rows)
    notes = (*map(words.say, (note, *wording.notes)), marks_note(results, words))
    heading, shown = words.say(wording.heading), words.say(wording.shown)
    first, value = map(words.say, wording.columns)
    return Exhibit(
        id=wording.id, heading=heading, title=wording.title,
        subtitle=f"{words.say(wording.subtitle)}. {period(edition, words)}", results=results,
        table=estimates(rows, words, first, value, words.say(wording.caption) or heading),
        alt=words.say(drawing, shown=shown, title=wording.title), note=" ".join(said for said in notes if said),
        source=base_line(edition, words, *wording.base),
    )  # fmt: skip
