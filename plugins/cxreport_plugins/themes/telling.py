"""Exhibits of telling phrases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from babel import Locale

from cxreport.api import Edition, Exhibit, Result, Table, Words, charts, message
from cxreport_plugins.common.say import INTERVAL, period
from cxreport_plugins.themes.words import PHRASES

SIDES = {"sentiment": ("negative", "positive"), "time": ("late", "before")}
COLOURS = {"sentiment": ("neg-2", "pos-2"), "time": ("cat-1", "cat-3")}
RIGHT: tuple[Literal["right"], ...] = ("right",) * 5
SIDED = {
    "negative": message("Negative"), "positive": message("Positive"), "late": message("Since"),
    "before": message("Before"),
}  # fmt: skip
COLUMNS = (
    message("Phrase"), message("Side"), message("Times as often"), message("95% interval"), message("z"), message("q"),
    message("People"),
)  # fmt: skip
Row = Mapping[str, Any]


def telling(edition: Edition, words: Words) -> Iterator[Exhibit]:
    """One exhibit a contrast and language in which some phrase tells the sides apart."""
    for result in edition.results(PHRASES):
        if result.shown and result.rows:
            yield _exhibit(result, edition, words)


def _exhibit(result: Result, edition: Edition, words: Words) -> Exhibit:
    contrast, language = result.dims["contrast"], result.dims["lang"]
    first, second = ([r for r in result.rows if r["side"] == side] for side in SIDES[contrast])
    spoken = Locale.parse(words.language).languages.get(language, language)
    title, subtitle = _said(contrast, first, second, result, words)
    right, left = ([_lollipop(r) for r in rows] for rows in (first, second))
    return Exhibit(
        id=f"themes.{contrast}-{language}",
        heading=words.say(
            "Telling phrases, {language}: bad and good"
            if contrast == "sentiment"
            else "Telling phrases, {language}: now and before",
            language=spoken,
        ),
        title=title,
        subtitle=f"{subtitle} {words.say('Texts in {language}.', language=spoken)} {period(edition, words)}",
        results=(result,),
        table=_table(result, words),
        chart=lambda tokens, size: charts.lollipop(right, left, tokens, size, colours=COLOURS[contrast], words=words),
        alt=words.say("Lollipops of how many times as often people use a phrase. {title}.", title=title),
        keys=(INTERVAL,),
        note=words.say(
            "Each phrase was used by ten people or more; one person counts once, however often they say it. Listed "
            "where the adjusted p-value is below 0.10, the clearest first."
        ),
        source=words.say(
            "Base: {people}.", people=words.plural(result.n, "person on either side", "people on either side")
        ),
    )


def _said(contrast: str, first: Sequence[Row], second: Sequence[Row], result: Result, words: Words) -> tuple[str, str]:
    """Title and subtitle."""
    one, other = (words.join([f"\u201c{r['phrase']}\u201d" for r in rows[:2]]) for rows in (first, second))
    if contrast == "sentiment":
        told = words.say("People tell bad experiences by {bad} and good ones by {good}", bad=one, good=other)
        if not one:
            told = words.say("People tell good ones by {good}", good=other)
        if not other:
            told = words.say("People tell bad experiences by {bad}", bad=one)
        return told, words.say(
            "How many times as often people use a phrase in negative texts (right) as in positive (left)."
        )
    day = words.date(dt.date.fromisoformat(str(result.rows[0]["turn"])))
    parts = (words.say("{phrases} rose", phrases=one), words.say("{phrases} faded", phrases=other))
    return (
        ", ".join(part for part, there in zip(parts, (one, other), strict=True) if there),
        words.say("How many times as often people use a phrase since {date} (right) as before (left).", date=day),
    )


def _lollipop(row: Row) -> charts.Estimate:
    return charts.Estimate(row["phrase"], row["odds"], row["low"], row["high"], row["people"])


def _table(result: Result, words: Words) -> Table:
    body = tuple(
        (
            r["phrase"], words.say(SIDED[r["side"]]), f"{words.number(r['odds'], 1)}×",
            words.say("{low} to {high}", low=words.number(r["low"], 1), high=words.number(r["high"], 1)),
            words.number(r["z"], 1), words.number(r["q"], 3),
            words.say("{low} or more", low=words.number(r["people"])),
        )
        for r in result.rows
    )  # fmt: skip
    align: tuple[Literal["left", "right"], ...] = ("left", "left", *RIGHT)
    return Table(tuple(map(words.say, COLUMNS)), body, align, caption=words.say("Telling phrases"))
