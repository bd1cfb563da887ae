"""Exhibits of telling phrases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from babel import Locale

from cxreport.api import Edition, Exhibit, Key, Result, Table, Words, charts
from cxreport_plugins.common.say import period
from cxreport_plugins.themes.words import PHRASES

SIDES = {"sentiment": ("negative", "positive"), "time": ("late", "before")}
COLOURS = {"sentiment": ("neg-2", "pos-2"), "time": ("cat-1", "cat-3")}
RIGHT: tuple[Literal["right"], ...] = ("right",) * 5
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
        heading=f"Telling phrases, {spoken}: {'bad and good' if contrast == 'sentiment' else 'now and before'}",
        title=title,
        subtitle=f"{subtitle} Texts in {spoken}. {period(edition, words)}",
        results=(result,),
        table=_table(result, words),
        chart=lambda tokens, size: charts.lollipop(right, left, tokens, size, colours=COLOURS[contrast], words=words),
        alt=f"Lollipops of how many times as often people use a phrase. {title}.",
        keys=(Key("interval", "95% interval"),),
        note="Each phrase was used by ten people or more; one person counts once, however often they say it. "
        "Listed where the adjusted p-value is below 0.10, the clearest first.",
        source=f"Base: {words.plural(result.n, 'person on either side', 'people on either side')}.",
    )


def _said(contrast: str, first: Sequence[Row], second: Sequence[Row], result: Result, words: Words) -> tuple[str, str]:
    """Title and subtitle."""
    one, other = (words.join([f"\u201c{r['phrase']}\u201d" for r in rows[:2]]) for rows in (first, second))
    if contrast == "sentiment":
        parts = [f"bad experiences by {one}" if one else "", f"good ones by {other}" if other else ""]
        said = " and ".join(part for part in parts if part)
        return (
            f"People tell {said}",
            "How many times as often people use a phrase in negative texts (right) as in positive (left).",
        )
    day = words.date(dt.date.fromisoformat(str(result.rows[0]["turn"])))
    parts = [f"{one} rose" if one else "", f"{other} faded" if other else ""]
    return (
        ", ".join(part for part in parts if part),
        f"How many times as often people use a phrase since {day} (right) as before (left).",
    )


def _lollipop(row: Row) -> charts.Estimate:
    return charts.Estimate(row["phrase"], row["odds"], row["low"], row["high"], row["people"])


def _table(result: Result, words: Words) -> Table:
    names = {"negative": "Negative", "positive": "Positive", "late": "Since", "before": "Before"}
    body = tuple(
        (
            r["phrase"], names[r["side"]], f"{words.number(r['odds'], 1)}×",
            f"{words.number(r['low'], 1)} to {words.number(r['high'], 1)}",
            words.number(r["z"], 1), words.number(r["q"], 3), f"{words.number(r['people'])} or more",
        )
        for r in result.rows
    )  # fmt: skip
    columns = ("Phrase", "Side", "Times as often", "95% interval", "z", "q", "People")
    return Table(
        columns, body, ("left", "left", "right", "right", "right", "right", "right"), caption="Telling phrases"
    )
