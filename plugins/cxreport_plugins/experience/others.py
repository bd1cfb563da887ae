"""Exhibits of banality and delight, and of what else was asked about the experience."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common import say

BANALITY, EXPECTATIONS, GOALS = "experience.banality", "experience.expectations", "experience.goals"
PEAK, SEGMENTS, LIVE = "experience.peak_end", "experience.segments", "experience.live"
OTHERS: Final = (EXPECTATIONS, GOALS, PEAK, SEGMENTS, LIVE)
LEVELS: Final = ("middling", "best", "extraordinary")
COLUMNS: Final = (
    message("Rated"), message("Middling"), message("Best"), message("Best, and says why"), message("Base")
)  # fmt: skip


def banality(edition: Edition, words: Words) -> Exhibit | None:
    """How much is middling, and how much extraordinary, by what was rated."""
    rated = [r for r in edition.results(BANALITY) if r.dims.get("level") == LEVELS[0] and r.shown]
    if not rated:
        return None
    levels = {r.key: [_level(edition, r, level) for level in LEVELS] for r in rated}
    body = tuple(
        (_named(r, words), *(words.value(one) if one is not None and one.shown else "" for one in levels[r.key]),
         words.base(r.n))
        for r in rated
    )  # fmt: skip
    shown = [one for found in levels.values() for one in found if one is not None]
    return Exhibit(
        id=BANALITY, heading=words.say("Banality and delight"), title=_banal(rated, levels[rated[0].key], words),
        subtitle=words.say("Middling: 7–8 of 10, 3 of 5 stars. Best: 9–10, 5 stars. {period}",
                           period=say.period(edition, words)),
        results=tuple(shown),
        table=Table(tuple(map(words.say, COLUMNS)), body, align=("left", *("right",) * 4)),
        note=" ".join((words.say("Says why: a word of delight beside a score, any text beside five stars."),
                       say.marks_note(rated, words))).strip(),
    )  # fmt: skip


def _level(edition: Edition, result: Result, level: str) -> Result | None:
    return edition.get(BANALITY, **{**result.dims, "level": level})


def _banal(rated: list[Result], levels: list[Result | None], words: Words) -> str:
    """What most answers say, of what was rated first."""
    middling, best, extraordinary = levels
    named = _named(rated[0], words)
    if middling is None or best is None or not best.shown:
        return words.say("{rated}: how much is middling", rated=named)
    if extraordinary is None or not extraordinary.shown:
        return words.say("{rated}: {middling} middling, {best} the best", rated=named, middling=words.value(middling),
                         best=words.value(best))  # fmt: skip
    return words.say(
        "{rated}: {middling} middling, {best} the best, {why} that also say why", rated=named,
        middling=words.value(middling), best=words.value(best), why=words.value(extraordinary),
    )  # fmt: skip


def _named(result: Result, words: Words) -> str:
    site = result.dims.get("channel")
    return words.say("Net Promoter answers") if site is None else words.channel(site)


def others(edition: Edition, words: Words) -> Exhibit | None:
    """Expectations, goals, peak and end, the mix of customers, live participation: in one table."""
    rows = [(label, r) for label, r in _asked(edition, words) if r is not None]
    if not any(r.shown for _, r in rows):
        return None
    return Exhibit(
        id="experience.others", heading=words.say("What else was asked"),
        title=words.say("What else was asked about the experience"),
        subtitle=words.say("Values with 95% intervals and bases. {period}", period=say.period(edition, words)),
        results=tuple(r for _, r in rows),
        table=say.estimates(rows, words, words.say("Asked"), words.say("Value"), words.say("What else was asked")),
        note=say.marks_note((r for _, r in rows), words),
    )  # fmt: skip


def _asked(edition: Edition, words: Words) -> Iterator[tuple[str, Result | None]]:
    for r in edition.cut(GOALS, "question") or [edition.get(GOALS)]:
        if r is not None:
            yield words.say("Goal reached: {asked}", asked=r.dims.get("question", "")).rstrip(": "), r
    yield words.say("Experienced less expected, of those asked both"), edition.get(EXPECTATIONS, part="gap")
    rates = {cue: edition.get(EXPECTATIONS, cue=cue, part="rate") for cue in ("below", "above", "owed")}
    yield words.say("Texts in a thousand that tell of less than expected"), rates["below"]
    yield words.say("Texts in a thousand that tell of more than expected"), rates["above"]
    yield words.say("Texts in a thousand that tell what their author takes to be owed"), rates["owed"]
    yield words.say("Change of that rate a month"), edition.get(EXPECTATIONS, cue="owed", part="slope")
    for r in edition.results(PEAK):
        if not r.dims.get("part"):
            yield words.say("Remembered less lived through (peak and end)"), r
    for r in edition.cut(SEGMENTS, "source") or [edition.get(SEGMENTS)]:
        if r is not None:
            named = r.dims.get("source", "")
            yield words.say("Shift of the mix of customers, {source} (0.1 is some)", source=named), r
    yield words.say("Written on the day of the experience"), edition.get(LIVE, lag="same_day") or edition.get(LIVE)
