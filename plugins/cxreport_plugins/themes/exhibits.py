"""Exhibits of themes: share, net sentiment, net sentiment by channel, change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from cxreport.api import Edition, Exhibit, Key, Result, Table, Words, charts, counted, message
from cxreport_plugins.common.drawn import Wording, bars, dots
from cxreport_plugins.common.say import (
    ESTIMATE,
    INTERVAL,
    Labelled,
    apart,
    base_line,
    marks_note,
    period,
    row,
    shown_status,
    signs,
    testable,
)
from cxreport_plugins.themes.counting import WITHOUT
from cxreport_plugins.themes.words import CHANGE, FEELING, SHARE, changed, names

MOST = 15
"""Themes drawn; the table has all."""
ROWS, COLUMNS = 10, 5
"""Themes and channels of the grid."""
CHANGES = (
    message("Theme"), message("Before"), message("Since"), message("Change"), message("95% interval"), message("q")
)  # fmt: skip
KIND = counted("theme", "themes")
TEXTS = counted("text", "texts")
TOLD = counted("theme told in a scored text", "themes told in scored texts")


def shares(edition: Edition, words: Words) -> Exhibit | None:
    """Share of texts by theme, the largest first."""
    named = names(edition)
    found = [r for r in edition.cut(SHARE, "theme") if r.dims["theme"] != WITHOUT and r.testable]
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (-(r.value or 0), named.of(r)))
    rows = [(named.of(r), r) for r in ranked]
    rest = edition.get(SHARE, theme=WITHOUT)
    wording = Wording(
        id="themes.share", heading="Themes", title=_commonest(rows, words),
        subtitle="Texts with the theme, share of all texts",
        columns=("Theme", "Share of texts"), caption="Share of texts by theme", shown="the share of texts by theme",
        base=(ranked[0].n, TEXTS),
        notes=(
            "A text may have several themes.",
            words.say("Drawn: the {most} commonest.", most=MOST) if len(rows) > MOST else "",
        ),
    )  # fmt: skip
    listed = [*rows, *([(words.say("None of these"), rest)] if rest else [])]
    return bars(wording, listed, edition, words, drawn=[one for one in rows if one[1].value][:MOST])


def _commonest(rows: Sequence[Labelled], words: Words) -> str:
    tested = [(label, r) for label, r in rows if testable(r) and r.value]
    if not tested:
        return words.say("Too few texts to compare themes")
    (label, first), others = tested[0], tested[1:]
    if others and not apart(first, others[0][1]):
        second, next_ = others[0]
        return words.say(
            "{first} and {second} are named most, in {share} and {other} of texts",
            first=label, second=second, share=words.value(first), other=words.value(next_),
        )  # fmt: skip
    return words.say(
        "{theme} is named in {share} of texts, more than any other theme", theme=label, share=words.value(first)
    )


def feelings(edition: Edition, words: Words, plain: str = "") -> Exhibit | None:
    """Net sentiment by theme, the lowest first; `plain` is the label that stands for the title in a finding."""
    named = names(edition)
    found = [r for r in edition.cut(FEELING, "theme") if r.testable]
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (r.value is None, r.value or 0, named.of(r)))
    rows = [(named.of(r), r) for r in ranked]
    wording = Wording(
        id="themes.sentiment", heading="Net sentiment by theme", title=plain or signs(rows, words, KIND),
        subtitle="Share positive minus share negative of the texts with the theme, points",
        columns=("Theme", "Net sentiment"), shown="net sentiment by theme",
        base=(sum(r.n for r in ranked), TOLD),
    )  # fmt: skip
    return dots(wording, rows, edition, words, drawn=[one for one in rows if one[1].shown])


def grid(edition: Edition, words: Words) -> Exhibit | None:
    """Net sentiment by theme and channel: the commonest themes, the largest channels."""
    cells = [r for r in edition.cut(FEELING, "theme", "channel") if r.shown]
    channels = _largest([(r.dims["channel"], r.n) for r in cells], COLUMNS)
    themes = _largest([(r.dims["theme"], r.n) for r in cells], ROWS)
    cells = [r for r in cells if r.dims["theme"] in themes and r.dims["channel"] in channels]
    if len(channels) < 2:
        return None
    named, have = names(edition), {(r.dims["theme"], r.dims["channel"]): r for r in cells}
    drawn = [_cell(named.labels.get(t, t), words.channel(c), have.get((t, c))) for t in themes for c in channels]
    body = tuple(
        (named.labels.get(t, t), *(_told(have.get((t, c)), words) for c in channels)) for t in themes
    )  # fmt: skip
    columns = (words.say("Theme"), *(words.channel(c) for c in channels))
    title = _span(cells, edition, words)
    return Exhibit(
        id="themes.grid", heading=words.say("Themes by channel"), title=title,
        subtitle=words.say(
            "Net sentiment of the texts with the theme, points; n = scored texts. {period}",
            period=period(edition, words),
        ),
        results=tuple(cells),
        table=Table(columns, body, caption=words.say("Net sentiment by theme and channel")),
        chart=lambda tokens, size: charts.heatmap(drawn, tokens, size, words=words),
        alt=words.say("Heatmap of net sentiment by theme and channel. {title}.", title=title),
        note=" ".join(
            part
            for part in (
                words.say(
                    "The {themes} commonest themes on the {channels} largest channels.",
                    themes=len(themes), channels=len(channels),
                ),
                marks_note(cells, words),
                words.say("n/t also where fewer than ten are scored."),
            )
            if part
        ),
    )  # fmt: skip


def _largest(sized: Sequence[tuple[str, int]], most: int) -> list[str]:
    totals: dict[str, int] = {}
    for name, n in sized:
        totals[name] = totals.get(name, 0) + n
    return sorted(totals, key=lambda name: (-totals[name], name))[:most]


def _cell(theme: str, channel: str, result: Result | None) -> charts.Cell:
    if result is None:
        return charts.Cell(theme, channel, status="not_testable")
    return charts.Cell(theme, channel, result.value, result.n, shown_status(result))


def _told(result: Result | None, words: Words) -> str:
    return "" if result is None else f"{words.value(result)} ({words.base(result.n)})"


def _span(cells: Sequence[Result], edition: Edition, words: Words) -> str:
    named = names(edition)
    tested = sorted((r for r in cells if testable(r)), key=lambda r: (r.value or 0, r.key))
    if len(tested) < 2 or not apart(tested[-1], tested[0]):
        return words.say("No theme clearly sounds different on one channel than on another")
    low, high = (
        f"{words.value(r)} ({named.of(r)}, {words.channel(r.dims['channel'])})" for r in (tested[0], tested[-1])
    )
    return words.say("Net sentiment runs from {low} to {high}", low=low, high=high)


def changes(edition: Edition, words: Words) -> Exhibit | None:
    """Change of each theme's share, the largest rise first."""
    named = names(edition)
    found = [r for r in edition.cut(CHANGE, "theme") if r.testable]
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (-(r.value or 0), named.of(r)))
    rows = [(named.of(r), r) for r in ranked]
    drawn = [replace(row(label, r), n=None, changed=changed(r)) for label, r in rows if r.shown]
    title = _moved(rows, words)
    day = next((str(r.rows[0]["turn"]) for r in ranked if r.rows), "")
    told = words.say("Share of texts with the theme, minus the share before, points.")
    if day:
        told = words.say(
            "Share of texts with the theme since {date}, minus the share before, points.",
            date=words.date(dt.date.fromisoformat(day)),
        )
    return Exhibit(
        id="themes.change", heading=words.say("Rising and fading themes"), title=title,
        subtitle=f"{told} {period(edition, words)}",
        results=tuple(ranked),
        table=_changed(rows, words),
        chart=lambda tokens, size: charts.dot_interval(drawn, tokens, size, unit="points", words=words),
        alt=words.say("Dots with intervals of the change in share by theme. {title}.", title=title),
        keys=(ESTIMATE, INTERVAL, Key("hollow", message("hollow: no clear change"))),
        note=words.say(
            "Clear: two points or more, and adjusted p below 0.10. Only channels heard both before and since."
        ),
        source=base_line(edition, words, ranked[0].n, ("text in the smaller part", "texts in the smaller part")),
    )  # fmt: skip


def _moved(rows: Sequence[Labelled], words: Words) -> str:
    clear = [(label, r) for label, r in rows if changed(r)]
    if not clear:
        return words.say("No theme is clearly talked about more or less than before")
    risen = [pair for pair in clear if (pair[1].value or 0) > 0][:1]
    fallen = [pair for pair in clear if (pair[1].value or 0) < 0][-1:]
    return ", ".join(_step(label, r, words) for label, r in (*risen, *fallen))


def _step(label: str, result: Result, words: Words) -> str:
    before, late = (words.share(result.rows[0][part]) for part in ("before", "late"))
    return words.say(
        "{theme} rose from {before} to {late} of texts"
        if (result.value or 0) > 0
        else "{theme} fell from {before} to {late} of texts",
        theme=label,
        before=before,
        late=late,
    )


def _changed(rows: Sequence[Labelled], words: Words) -> Table:
    body = tuple(
        (
            label,
            *((words.share(r.rows[0][part], 1) if r.rows else "") for part in ("before", "late")),
            words.value(r), words.interval(r) if r.shown else words.retell(r.reason),
            words.number(r.rows[0]["q"], 3) if r.rows else "",
        )
        for label, r in rows
    )  # fmt: skip
    return Table(tuple(map(words.say, CHANGES)), body, caption=words.say("Change by theme"))
