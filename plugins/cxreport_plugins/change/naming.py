"""How changes are named and told in words."""

from __future__ import annotations

from typing import Final

from cxreport.api import Change, Edition, Side, Words, message

THEMES: Final = "themes.share"
UNTOLD: Final = ("scale", "version")
"""Dims that tell readers nothing where there is only one of them."""
VERDICTS: Final = {
    "up": message("up"),
    "down": message("down"),
    "same": message("no material change"),
    "open": message("inconclusive"),
    "untested": message("not tested"),
    "broken": message("not comparable"),
    "hidden": message("hidden"),
}


def label(change: Change, edition: Edition, words: Words) -> str:
    """`Star ratings: Google reviews`: the measure, then what of it."""
    info = edition.infos.get(change.measure)
    title = words.retell(info.title) if info else change.measure
    parts = [_part(dim, value, edition, words) for dim, value in change.dims.items() if dim not in UNTOLD]
    return f"{title}: {', '.join(parts)}" if parts else title


def _part(dim: str, value: str, edition: Edition, words: Words) -> str:
    if dim == "channel":
        return words.channel(value)
    if dim == "moment":
        return words.moment(value, long=True)
    if dim == "within":
        return words.say("within {time}", time=words.retell(value))
    return theme(value, edition) if dim == "theme" else words.retell(value.replace("_", " "))


def theme(name: str, edition: Edition) -> str:
    """The label of a theme of the codebook."""
    listed = edition.get(THEMES, part="codebook")
    labels = {str(row["id"]): str(row["label"]) for row in listed.rows} if listed else {}
    return labels.get(name, name.replace("-", " ").capitalize())


def value(side: Side | None, unit: str, words: Words) -> str:
    """A value as its audit told it."""
    if side is None:
        return "–"
    return words.say("not reached") if side.value is None else words.amount(side.value, unit)


def moved(change: Change, words: Words) -> str:
    """`+11 points`, `−0.33`."""
    return "" if change.value is None else _signed(change.value, change.unit, words)


def interval(change: Change, words: Words) -> str:
    """`+5 to +18`: 95% limits of the difference."""
    if change.low is None or change.high is None:
        return ""
    low, high = (_amount(end, change.unit, words) for end in (change.low, change.high))
    return words.say("{low} to {high}", low=low, high=high)


def margin(change: Change, words: Words) -> str:
    """The least material change."""
    return "" if not change.margin else "±" + _amount(change.margin, change.unit, words).removeprefix("+")


def p_value(raw: float | None, adjusted: float | None, words: Words) -> str:
    """`0.013 (0.004)`: adjusted, and raw in brackets."""
    if raw is None or adjusted is None:
        return ""
    least = 0.001
    shown = [f"<{words.number(least, 3)}" if p < least else words.number(p, 3) for p in (adjusted, raw)]
    return f"{shown[0]} ({shown[1]})"


def _signed(number: float, unit: str, words: Words) -> str:
    said = _amount(number, unit, words)
    return words.say("{points} points", points=said) if unit in ("share", "points") else said


def _amount(number: float, unit: str, words: Words) -> str:
    if unit == "share":
        return words.signed(100 * number, 1)
    if unit == "points":
        return words.signed(number, 1)
    if unit in ("minutes", "hours"):
        return ("+" if number > 0 else "") + words.amount(number, unit)
    return words.signed(number, 2)
