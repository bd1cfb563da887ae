"""Below the journey map: before, during and after; engagement at each moment; break points; budget and need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cxreport.api import MOMENTS, Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.common.drawn import Wording, bars, dots
from cxreport_plugins.common.say import Labelled, apart, base_line, period, signs, testable
from cxreport_plugins.journey.words import BREAKS, ENGAGEMENT, NEEDS, PHASES, banner, directional, when

NAMES: Final = {"before": message("Before"), "during": message("During"), "after": message("After")}
BUDGET: Final = (
    message("Moment"), message("Share of the negative"), message("Budget minus that"), message("95% interval")
)  # fmt: skip
MOST: Final = 12
"""Break points drawn; the table has all."""


def phases(edition: Edition, words: Words) -> Exhibit | None:
    """Net sentiment before, during and after."""
    found = [(words.say(name), edition.get(PHASES, phase=phase)) for phase, name in NAMES.items()]
    rows = [(name, r) for name, r in found if r is not None and r.testable]
    if not rows:
        return None
    title = _leaning(rows, words) if directional(edition) else _ordered(rows, words)
    wording = Wording(
        id="journey.phases", heading="Before, during, after", title=title,
        subtitle="Net sentiment, points. Before: first hearing and research; during: choice and use as told when "
        "asked; after: asking for help and passing it on",
        columns=("Phase", "Net sentiment"), caption="Net sentiment by phase", shown="net sentiment by phase",
        base=(sum(r.n for _, r in rows), ("scored record", "scored records")),
        notes=("The phases are heard on different channels, on which people differ too.", banner(edition, words)),
    )  # fmt: skip
    return dots(wording, rows, edition, words)


def _leaning(rows: Sequence[Labelled], words: Words) -> str:
    """The lowest phase, as what the records point to without a test."""
    name, lowest = min(rows, key=lambda one: one[1].value or 0)
    return words.say(
        "The lowest phase seems to be {phase} the experience: net sentiment {value}",
        phase=name.lower(), value=words.value(lowest),
    )  # fmt: skip


def _ordered(rows: Sequence[Labelled], words: Words) -> str:
    """The clearly lowest phase by name; else which are clearly negative or positive."""
    tested = [one for one in rows if testable(one[1])]
    if len(tested) > 1:
        name, lowest = min(tested, key=lambda one: one[1].value or 0)
        if all(apart(r, lowest) for _, r in tested if r is not lowest):
            return words.say(
                "{phase} the experience, net sentiment is lowest: {value}", phase=name, value=words.value(lowest)
            )
    return signs(rows, words, ("phase", "phases"))


def engagement(edition: Edition, words: Words) -> Exhibit | None:
    """Share answered at each moment."""
    found = [(moment, edition.get(ENGAGEMENT, moment=moment)) for moment in MOMENTS]
    rows = [(moment, r) for moment, r in found if r is not None and r.testable]
    labelled = [(words.moment(moment, long=True), r) for moment, r in rows]
    if not any(r.shown for _, r in rows):
        return None
    wording = Wording(
        id="journey.engagement", heading="Engagement by moment", title=_least(rows, words),
        subtitle="Customers' public records that the brand answered, share",
        columns=("Moment", "Answered"), caption="Share answered by moment", shown="the share answered by moment",
        base=(sum(r.n for _, r in rows), ("public record", "public records")),
    )  # fmt: skip
    return bars(wording, labelled, edition, words, drawn=[(words.moment(moment), r) for moment, r in rows])


def _least(rows: Sequence[Labelled], words: Words) -> str:
    tested = [one for one in rows if testable(one[1])]
    if len(tested) < 2:
        return words.say("Too few public records tell a moment to compare how often they are answered")
    moment, least = min(tested, key=lambda one: one[1].value or 0)
    if all(apart(r, least) for _, r in tested if r is not least):
        return words.say(
            "The brand is least there {when}: it answers {share}", when=when(moment, words), share=words.value(least)
        )
    highest = max(tested, key=lambda one: one[1].value or 0)[1]
    return words.say(
        "The brand answers {least} to {most} at each moment; none is clearly lowest",
        least=words.value(least), most=words.value(highest),
    )  # fmt: skip


def breaks(edition: Edition, words: Words) -> Exhibit | None:
    """Share of complaints where each touchpoint is mentioned, the highest first."""
    labels = _themes(edition)
    found = [r for r in edition.cut(BREAKS, "theme") if r.shown]
    ranked = sorted(found, key=lambda r: (-(r.value or 0), r.key))
    rows = [(labels.get(r.dims["theme"], r.dims["theme"].replace("-", " ").capitalize()), r) for r in ranked]
    tested = [one for one in rows if testable(one[1])]
    if not tested:
        return None
    (label, worst), others = tested[0], [r for _, r in tested[1:]]
    clear = all(apart(worst, r) for r in others)
    title = words.say(
        "{share} of the texts about {touchpoint} complain, more than about anything else"
        if clear
        else "{share} of the texts about {touchpoint} complain; no touchpoint is clearly the worst",
        share=words.value(worst),
        touchpoint=f"{label[:1].lower()}{label[1:]}",
    )
    wording = Wording(
        id="journey.breaks", heading="Break points", title=title,
        subtitle="Texts that complain or warn, share of those that mention the touchpoint",
        columns=("Touchpoint", "Complain"), caption="Share of complaints",
        shown="the share of complaints by touchpoint", base=(sum(r.n for _, r in rows), ("mention", "mentions")),
        notes=("Touchpoints are themes of the codebook; people mention what breaks.",
               words.say("Drawn: the {most} highest.", most=MOST) if len(rows) > MOST else ""),
    )  # fmt: skip
    return bars(wording, rows, edition, words, drawn=rows[:MOST])


def budget(edition: Edition, words: Words) -> Exhibit | None:
    """Where the negative lies and where the money goes."""
    whole = edition.get(NEEDS)
    found = [(m, edition.get(NEEDS, moment=m), edition.get(NEEDS, moment=m, part="gap")) for m in MOMENTS]
    rows = [(m, need, gap) for m, need, gap in found if need is not None and gap is not None and gap.shown]
    if whole is None or not whole.shown or not rows:
        return None
    moment, _, widest = max(rows, key=lambda one: abs(one[2].value or 0))
    clear = testable(widest) and ((widest.low or 0) > 0 or (widest.high or 0) < 0)
    title = words.say("The budget follows the negative as closely as can be told")
    if clear:
        title = words.say(
            "The budget gives the {moment} {points} points more than its part of the negative"
            if (widest.value or 0) > 0
            else "The budget gives the {moment} {points} points less than its part of the negative",
            moment=words.moment(moment),
            points=words.number(abs(widest.value or 0)),
        )
    body = tuple((words.moment(m, long=True), words.value(n), words.value(g), words.interval(g)) for m, n, g in rows)
    return Exhibit(
        id="journey.needs", heading=words.say("Budget and need"), title=title,
        subtitle=words.say(
            "Negative records by moment, share; the budget's share minus that, points. {period}",
            period=period(edition, words),
        ),
        results=(whole, *(r for _, *pair in rows for r in pair)),
        table=Table(tuple(map(words.say, BUDGET)), body),
        note=words.say(
            "Misalignment {value} ({interval}): 0 is none, 1 is all.",
            value=words.value(whole), interval=words.interval(whole),
        ),
        source=base_line(edition, words, whole.n, ("negative record", "negative records")),
    )  # fmt: skip


def _themes(edition: Edition) -> dict[str, str]:
    book: Result | None = edition.get("themes.share", part="codebook")
    return {str(item["id"]): str(item["label"]) for item in book.rows} if book else {}
