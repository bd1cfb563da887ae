"""The exhibit of business figures that move with experience."""

from __future__ import annotations

from typing import Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say

LINKAGE: Final = "economics.linkage"
SCORES: Final = {"sentiment": message("net sentiment"), "nps": message("Net Promoter Score")}
COLUMNS: Final = (
    message("Figure"), message("Moves with"), message("After"), message("Correlation"), message("95% interval"),
    message("For ten points"), message("95% interval"), message("Base"),
)  # fmt: skip


def moving(edition: Edition, words: Words) -> Exhibit | None:
    """Every figure with every score: lag, correlation, slope."""
    found = [r for r in edition.cut(LINKAGE, "figure", "with") if r.shown and r.rows]
    if not found:
        return None
    ranked = sorted(found, key=lambda r: (r.status == "directional", -abs(r.value or 0), r.key))
    return Exhibit(
        id=LINKAGE, heading=words.say("Figures that move with experience"), title=_title(ranked[0], words),
        subtitle=words.say("Figures of the business against what customers said before. {period}",
                           period=say.period(edition, words)),
        results=tuple(ranked),
        table=Table(tuple(map(words.say, COLUMNS)), tuple(_row(r, words) for r in ranked),
                    align=("left", "left", *("right",) * 6)),
        note=" ".join((
            words.say("An association in time, never a cause: both may follow a third thing."),
            say.marks_note(ranked, words),
        )).strip(),
        source=words.say("Figures: context.kpi. Base: weeks or months that hold both."),
    )  # fmt: skip


def _title(first: Result, words: Words) -> str:
    """The clearest association, or that there is none."""
    if first.status == "directional" or first.value is None:
        return words.say("No figure of the business clearly moves with experience")
    row = first.rows[0]
    score, named = words.say(SCORES[first.dims["with"]]), str(row["figure"])
    lag = _after(first, words)
    if row["unit"] == "week" and row["lag"]:
        lag = words.count(int(row["lag"]), "{n}\u00a0week later", "{n}\u00a0weeks later")
    elif row["lag"]:
        lag = words.count(int(row["lag"]), "{n}\u00a0month later", "{n}\u00a0months later")
    if first.value < 0:
        return words.say("“{figure}” falls when {score} rises, {lag}", figure=named, score=score, lag=lag)
    return words.say("“{figure}” rises with {score}, {lag}", figure=named, score=score, lag=lag)


def _row(result: Result, words: Words) -> tuple[str, ...]:
    row = result.rows[0]
    ends = words.say("{low} to {high}", low=words.signed(row["low"], 1), high=words.signed(row["high"], 1))
    return (
        str(row["figure"]), words.say(SCORES[result.dims["with"]]), _after(result, words),
        words.signed(result.value or 0, 2), words.interval(result), words.signed(row["slope"], 1), ends,
        words.base(result.n),
    )  # fmt: skip


def _after(result: Result, words: Words) -> str:
    lag, unit = int(result.rows[0]["lag"]), str(result.rows[0]["unit"])
    if not lag:
        return words.say("the same week" if unit == "week" else "the same month")
    return words.plural(lag, "week", "weeks") if unit == "week" else words.plural(lag, "month", "months")
