"""The exhibit of importance and performance, one a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Key, Result, Table, Words, message
from cxreport_plugins.common import say
from cxreport_plugins.drivers.weighed import ALIKE, Part, Weighed

NAMES: Final = (
    message("Weighs more, rated lower"), message("Weighs more, rated higher"),
    message("Weighs less, rated lower"), message("Weighs less, rated higher"),
)  # fmt: skip
SCORES: Final = {
    "nps": message("willingness to recommend"), "csat": message("overall satisfaction"),
    "ces": message("ease"), "stars": message("the overall rating"),
}  # fmt: skip
HOLLOW: Final = Key("hollow", message("hollow: an interval crosses a line, so its quarter cannot be told"))


def score(one: Weighed, words: Words) -> str:
    """What the parts explain, in words."""
    return words.say(SCORES.get(one.metric, message("the overall score")))


def matrix(one: Weighed, edition: Edition, words: Words) -> Exhibit:
    """Importance against the mean rating; where the scales differ, importance alone."""
    whole = one.scale is not None
    title = leading(one, words) or headline(one, words)
    return Exhibit(
        id=f"drivers.matrix_{one.source}",
        heading=words.say("Importance and performance"),
        title=title,
        subtitle=_subtitle(one, edition, words),
        results=tuple(r for part in one.parts for r in (part.importance, part.relative, part.mean)),
        table=_table(one, words),
        chart=_quadrants(one, words) if whole else _dots(one.parts, words),
        alt=words.say(
            "Importance of each part against its mean rating, with intervals. {title}.", title=title
        ) if whole else words.say("Dots with intervals of the importance of each part. {title}.", title=title),
        keys=(say.ESTIMATE, say.INTERVAL, HOLLOW) if whole else (say.ESTIMATE, say.INTERVAL),
        note=_note(one, words),
        source=_base(one, words),
    )  # fmt: skip


def headline(one: Weighed, words: Words) -> str:
    """What is clear of the parts, as a sentence."""
    if say.unsure(part.importance for part in one.parts):
        return words.say("Which parts go with {score} can be read as a direction only", score=score(one, words))
    pressing = [part.name for part in one.pressing]
    if pressing and len(pressing) < 4:
        return words.count(
            len(pressing), "{parts} weighs more than other parts, and is rated lower",
            "{parts} weigh more than other parts, and are rated lower", parts=words.join(pressing),
        )  # fmt: skip
    return leading(one, words) or words.say(
        "No part clearly goes with {score} more than all others", score=score(one, words)
    )  # fmt: skip


def leading(one: Weighed, words: Words) -> str:
    """Which parts come first, and with how much; nothing where that is not clear."""
    first = one.leaders
    if not first:
        return ""
    share = words.share(sum(part.importance.value or 0 for part in first))
    return words.count(
        len(first), "{parts} goes with {score} most: {share} of what all parts explain",
        "{parts} go with {score} most: {share} of what all parts explain",
        parts=words.join([part.name for part in first]), score=score(one, words), share=share,
    )  # fmt: skip


def small(one: Weighed, words: Words) -> Exhibit:
    """A miniature for the summary."""
    rows = one.parts[:5]
    return Exhibit(
        id=f"drivers.importance_{one.source}", title=words.say("Importance of parts"),
        subtitle=words.say("Share of what all parts explain of {score}", score=score(one, words)),
        results=tuple(part.importance for part in rows),
        table=say.estimates([(part.name, part.importance) for part in rows], words, words.say("Part"),
                            words.say("Importance")),
        chart=_dots(rows, words), keys=(say.ESTIMATE, say.INTERVAL),
        alt=words.say("Dots with intervals of the importance of parts."), source=_base(one, words),
    )  # fmt: skip


def _base(one: Weighed, words: Words) -> str:
    return words.say(
        "Base: {complete} of {answers}: those that rate every part. Source: {source}.",
        complete=words.number(one.explained.n), answers=words.plural(one.scored, "answer", "answers"),
        source=one.source,
    )  # fmt: skip


def _subtitle(one: Weighed, edition: Edition, words: Words) -> str:
    scale = one.scale
    rated = words.say(
        "Importance: share of what all parts explain of {score} (Shapley value of R²).", score=score(one, words)
    )  # fmt: skip
    if scale is None:
        return f"{rated} {say.period(edition, words)}"
    low, high = (words.number(end) for end in scale)
    mean = words.say("Performance: mean rating, {low} to {high}.", low=low, high=high)
    return f"{rated} {mean} {say.period(edition, words)}"


def _note(one: Weighed, words: Words) -> str:
    parts = [
        words.say(
            "All parts together explain {share} ({interval}) of how {score} differs from person to person.",
            share=words.value(one.explained), interval=words.interval(one.explained), score=score(one, words),
        ),
        words.say("Lines: the share each would have if all mattered alike, and the mean of the ratings.")
        if one.scale is not None else "",
        words.say(
            "Some parts are rated nearly alike (variance inflation {factor}): how their importance divides between "
            "them is uncertain.", factor=words.number(one.inflation, 1),
        ) if one.inflation >= ALIKE else "",
        words.say("Not weighed: {parts}.", parts=words.join([r.dims["topic"] for r in one.missing]))
        if one.missing else "",
        say.marks_note([part.importance for part in one.parts], words),
    ]  # fmt: skip
    return " ".join(part for part in parts if part)


def _table(one: Weighed, words: Words) -> Table:
    columns = (
        message("Part"), message("Importance"), message("95% interval"), message("Relative weight"),
        message("Mean rating"), message("95% interval"), message("Correlation"), message("Place"),
    )  # fmt: skip
    body = tuple(
        (
            part.name, words.value(part.importance), words.interval(part.importance), words.value(part.relative),
            words.value(part.mean), words.interval(part.mean),
            words.number(float(part.importance.rows[0]["correlation"]), 2), _place(one, part, words),
        )
        for part in one.parts
    )  # fmt: skip
    right: Any = ("right",) * 6
    return Table(tuple(words.say(column) for column in columns), body, ("left", *right, "left"),
                 caption=words.say("Importance and performance"))  # fmt: skip


def _place(one: Weighed, part: Part, words: Words) -> str:
    place = one.quarter(part)
    if place is None:
        return words.say("Cannot be told")
    more, better = place
    return words.say(NAMES[2 * (not more) + better])


def _quadrants(one: Weighed, words: Words) -> Any:
    from cxreport.api import charts

    low, high = (words.number(end) for end in one.scale or (0, 0))
    worse, better, poor, good = (words.say(name) for name in NAMES)
    quarters = charts.Quarters(
        (one.usual, one.even), words.say("Mean rating, {low} to {high}", low=low, high=high),
        words.say("Importance"), (worse, better, poor, good), ("stars", "share"),
    )  # fmt: skip
    spots = [charts.Spot(p.name, say.row(p.name, p.mean), _drawn(p.importance, p.name)) for p in one.parts]
    return lambda tokens, size: charts.quadrants(spots, tokens, size, quarters=quarters, words=words)


def _drawn(result: Result, label: str) -> Any:
    """A row of a chart; what is directional for whatever reason looks so."""
    from dataclasses import replace

    own = say.row(label, result)
    return replace(own, status="directional") if result.status == "directional" else own


def _dots(parts: Sequence[Part], words: Words) -> Any:
    from cxreport.api import charts

    rows = [_drawn(part.importance, part.name) for part in parts]
    return lambda tokens, size: charts.dot_interval(rows, tokens, size, unit="share", words=words)
