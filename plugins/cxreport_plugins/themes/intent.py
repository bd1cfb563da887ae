"""The exhibits of what is beyond price, and of what was intended."""

from __future__ import annotations

from typing import Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, charts, message
from cxreport_plugins.common import say
from cxreport_plugins.themes.words import names

BEYOND, INTENDED = "themes.beyond_price", "themes.intended"
SIDES: Final = (
    ("experience", message("The experience")), ("quality", message("The product")),
    ("price", message("Price and value")),
)  # fmt: skip
STATED: Final = (("intended", message("Intended")), ("values", message("A stated value")))


def beyond(edition: Edition, words: Words) -> Exhibit | None:
    """What texts are about: price, product, experience; and how they sound."""
    found = [(words.say(label), edition.get(BEYOND, about=side), edition.get(BEYOND, about=side, part="feeling"))
             for side, label in SIDES]  # fmt: skip
    rows = [(label, r, tone) for label, r, tone in found if r is not None and r.shown]
    if not rows:
        return None
    title = words.say(
        "Of texts with a theme {experience} are about the experience, {price} about price",
        experience=words.value(rows[0][1]), price=words.value(rows[-1][1]),
    )  # fmt: skip
    drawn = [say.row(label, r) for label, r, _ in rows]
    body = tuple((label, words.value(r), words.interval(r), "" if tone is None else words.value(tone),
                  words.base(r.n)) for label, r, tone in rows)  # fmt: skip
    columns = (
        message("About"), message("Share of texts"), message("95% interval"), message("Net sentiment"), message("Base")
    )  # fmt: skip
    told = [r for _, r, _ in rows]
    return Exhibit(
        id=BEYOND, heading=words.say("More than price and quality"), title=title,
        subtitle=words.say("Texts with a theme, by what it is about; a text may be about several. {period}",
                           period=say.period(edition, words)),
        results=(*told, *(tone for *_, tone in rows if tone is not None)),
        table=Table(tuple(map(words.say, columns)), body),
        chart=lambda tokens, size: charts.share_bars(drawn, tokens, size, words=words),
        alt=words.say("Bars of shares of texts. {title}.", title=title), keys=(say.INTERVAL,),
        note=say.marks_note(told, words),
        source=say.base_line(edition, words, rows[0][1].n, ("text with a theme", "texts with a theme")),
    )  # fmt: skip


def intended(edition: Edition, words: Words) -> Exhibit | None:
    """Theme by theme, how what was intended or valued sounds."""
    rows = [
        (words.say(label), r)
        for of, label in STATED
        for r in edition.cut(INTENDED, "of", "theme")
        if r.dims["of"] == of
    ]
    if not any(r.shown for _, r in rows):
        return None
    named = names(edition)
    body = tuple((named.of(r), label, words.value(r), words.interval(r), words.base(r.n) if r.n else "")
                 for label, r in rows)  # fmt: skip
    counts = [edition.get(INTENDED, of=of, part="coverage") for of, _ in STATED]
    columns = (
        message("Theme"), message("Stated as"), message("Net sentiment"), message("95% interval"), message("Base")
    )  # fmt: skip
    return Exhibit(
        id=INTENDED, heading=words.say("Intended and shared"), title=_title([r for _, r in rows], edition, words),
        subtitle=words.say("Net sentiment of texts with the themes that the company stated, points. {period}",
                           period=say.period(edition, words)),
        results=(*(r for _, r in rows), *(r for r in counts if r is not None)),
        table=Table(tuple(map(words.say, columns)), body, align=("left", "left", "right", "right", "right")),
        note=" ".join((_unintended(edition, words), say.marks_note((r for _, r in rows), words))).strip(),
    )  # fmt: skip


def _title(results: list[Result], edition: Edition, words: Words) -> str:
    """Which of what was stated is clearly liked, and which clearly disliked."""
    named = names(edition)
    tested = {named.of(r): r for r in results if say.testable(r)}
    liked = [label for label, r in tested.items() if (r.low or 0) > 0]
    missed = [label for label, r in tested.items() if (r.high or 0) < 0]
    if liked and missed:
        return words.say("Of what is intended, {liked} clearly please; {missed} clearly hurt", liked=words.join(liked),
                         missed=words.join(missed))  # fmt: skip
    if liked or missed:
        return words.say(
            "Of what is intended, {themes} clearly please" if liked else "Of what is intended, {themes} clearly hurt",
            themes=words.join(liked or missed),
        )
    return words.say("Nothing that is intended clearly pleases or hurts")


def _unintended(edition: Edition, words: Words) -> str:
    """The commonest themes that nobody intended."""
    listed = edition.get(INTENDED, of="intended", part="unintended")
    if listed is None or not listed.shown or not listed.rows:
        return ""
    labels = names(edition).labels
    said = [labels.get(str(row["theme"]), str(row["theme"])) for row in listed.rows]
    return words.say("Most is said of what was not intended: {themes}.", themes=words.join(said))
