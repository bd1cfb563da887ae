"""The section `heatmap`: net sentiment by moment and channel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from cxreport.api import MOMENTS, Edition, Exhibit, Finding, Link, Page, Result, Section, SectionView, Table, Words
from cxreport_plugins.common.say import (
    apart,
    base_line,
    leaning,
    marks_note,
    period,
    shown_status,
    sound,
    testable,
    unsure,
    weight,
)
from cxreport_plugins.journey.pages import HEATMAP
from cxreport_plugins.journey.words import MATRIX, banner, caution, directional, when


class Heatmap(Section):
    """One heatmap: channels down, moments across, with the base in each cell."""

    name: ClassVar[str] = "heatmap"
    page: ClassVar[Page] = HEATMAP
    order: ClassVar[int] = 10
    tells: ClassVar[tuple[str, ...]] = ("heatmap.lowest",)
    needs: ClassVar[tuple[str, ...]] = (MATRIX,)

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many cells are clearly negative or positive."""
        note = banner(edition, words)
        notes = (note,) if note else ()
        return SectionView(self.name, _heading(edition, words), meta=f"{period(edition, words)}.", notes=notes)

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """The heatmap."""
        cells = edition.cut(MATRIX, "moment", "channel")
        return [_exhibit(edition, words, cells)] if any(r.testable for r in cells) else []

    def findings(self, edition: Edition, words: Words) -> Sequence[Finding]:
        """The cell that is clearly the lowest of all."""
        speaks = leaning if directional(edition) else sound
        cells = [r for r in edition.cut(MATRIX, "moment", "channel") if speaks(r)]
        total = sum(r.n for r in cells)
        if len(cells) < 2:
            return []
        lowest = min(cells, key=lambda r: r.value or 0)
        if (lowest.high or 0) >= 0 or not all(apart(r, lowest) for r in cells if r is not lowest):
            return []
        return [_finding(lowest, len(cells), lowest.n / total, words)]


def _place(result: Result, words: Words) -> str:
    return f"{words.channel(result.dims['channel'])}, {words.moment(result.dims['moment'])}"


def _finding(lowest: Result, cells: int, reach: float, words: Words) -> Finding:
    below = words.say(
        "{cell}: {interval}, {base}. Its interval lies below that of each of the other {others} cells with a hundred "
        "records or more.",
        cell=_place(lowest, words), interval=words.interval(lowest), base=words.base(lowest.n),
        others=words.number(cells - 1),
    )  # fmt: skip
    return Finding(
        id="heatmap.lowest",
        title=words.say(
            "The lowest point seems to be {channel}, {when}: net sentiment {value}"
            if unsure((lowest,))
            else "The lowest point is {channel}, {when}: net sentiment {value}",
            channel=words.channel(lowest.dims["channel"]), when=when(lowest.dims["moment"], words),
            value=words.value(lowest),
        ),
        text=f"{below} {caution((lowest,), words)}".strip(), weight=weight(lowest.value or 0, reach, lowest),
        results=(lowest,),
        link=Link("journey.heatmap", words.say("See moments by channel")),
    )  # fmt: skip


def _heading(edition: Edition, words: Words) -> str:
    every = edition.cut(MATRIX, "moment", "channel")
    if directional(edition):
        return _lean([r for r in every if leaning(r)], words)
    cells = [r for r in every if testable(r)]
    if not cells:
        return words.say("No moment has enough records on any channel to compare them")
    down, up = sum((r.high or 0) < 0 for r in cells), sum((r.low or 0) > 0 for r in cells)
    told = {"down": words.number(down), "up": words.number(up), "cells": words.plural(len(cells), "cell", "cells")}
    if down and up:
        return words.say("Net sentiment is clearly negative in {down} of {cells} and clearly positive in {up}", **told)
    if down:
        return words.say("Net sentiment is clearly negative in {down} of {cells}", **told)
    if up:
        return words.say("Net sentiment is clearly positive in {up} of {cells}", **told)
    return words.say("Net sentiment cannot be told from zero in any of {cells}", **told)


def _lean(cells: Sequence[Result], words: Words) -> str:
    """Where moments by channel point to without being tested."""
    low = min(cells, key=lambda r: (r.value or 0, r.key), default=None)
    if low is None or (low.high or 0) >= 0:
        return words.say("Moments by channel point to no low in particular")
    return words.say(
        "Moments by channel point to {channel}, {when}: net sentiment {value}",
        channel=words.channel(low.dims["channel"]), when=when(low.dims["moment"], words), value=words.value(low),
    )  # fmt: skip


def _exhibit(edition: Edition, words: Words, cells: Sequence[Result]) -> Exhibit:
    from cxreport.api import charts

    have = {(r.dims["channel"], r.dims["moment"]): r for r in cells}
    channels = _channels(cells)
    said = _said(cells, directional(edition), words)
    drawn = [
        charts.Cell(words.channel(c), words.moment(m), r.value, r.n, shown_status(r))
        if (r := have.get((c, m)))
        else charts.Cell(words.channel(c), words.moment(m), status="not_testable")
        for c in channels
        for m in MOMENTS
    ]
    body = tuple((words.channel(c), *(_told(have.get((c, m)), words) for m in MOMENTS)) for c in channels)
    return Exhibit(
        id="journey.heatmap",
        heading=words.say("Net sentiment by moment and channel"),
        title=said,
        subtitle=words.say("Net sentiment, points; n = scored records. {period}", period=period(edition, words)),
        results=tuple(cells),
        table=Table(
            (words.say("Channel"), *(words.moment(m) for m in MOMENTS)),
            body,
            caption=words.say("Net sentiment by moment and channel"),
        ),
        chart=lambda tokens, size: charts.heatmap(drawn, tokens, size, words=words),
        alt=words.say("Heatmap of net sentiment by channel and moment. {title}.", title=said),
        note=" ".join(
            text
            for text in (
                banner(edition, words),
                marks_note(cells, words),
                words.say("n/t also where there is no record."),
            )
            if text
        ),
        source=base_line(edition, words, sum(r.n for r in cells), ("scored record", "scored records")),
    )


def _said(cells: Sequence[Result], untested: bool, words: Words) -> str:
    """A moment at which every channel is clearly negative, or a channel on which every moment is; else the span."""
    tested = [] if untested else [r for r in cells if testable(r)]
    low = [v for v in _values(tested, "moment") if _all_negative([r for r in tested if r.dims["moment"] == v])]
    if low:
        where = words.join([words.moment(v) for v in low])
        return words.say("{moments}: every channel with enough records is clearly negative", moments=where)
    low = [v for v in _values(tested, "channel") if _all_negative([r for r in tested if r.dims["channel"] == v])]
    if low:
        where = words.join([words.channel(v) for v in low])
        return words.say("{channels}: every moment with enough records is clearly negative", channels=where)
    shown = sorted((r for r in cells if r.shown), key=lambda r: (r.value or 0, r.key))
    if not shown:
        return words.say("No cell has enough records to be shown")
    ends = [f"{words.value(r)} ({_place(r, words)})" for r in (shown[0], shown[-1])]
    return words.say("As measured, net sentiment runs from {low} to {high}", low=ends[0], high=ends[1])


def _values(cells: Sequence[Result], dim: str) -> list[str]:
    return list(dict.fromkeys(r.dims[dim] for r in cells))


def _all_negative(cells: Sequence[Result]) -> bool:
    return len(cells) > 1 and all((r.high or 0) < 0 for r in cells)


def _channels(cells: Sequence[Result]) -> list[str]:
    """Channels by how much they hold."""
    totals: dict[str, int] = {}
    for r in cells:
        totals[r.dims["channel"]] = totals.get(r.dims["channel"], 0) + r.n
    return sorted(totals, key=lambda c: (-totals[c], c))


def _told(result: Result | None, words: Words) -> str:
    if result is None:
        return words.say("no record")
    if not result.shown:
        return words.retell(result.reason) or words.value(result)
    return f"{words.value(result)} ({words.base(result.n)})"
