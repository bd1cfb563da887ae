"""What sections say alike: base lines, tables of estimates, keys, and rows of charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from cxreport.api import Edition, Key, Result, Table, Words, message, stats

if TYPE_CHECKING:
    from cxreport.api import charts

Labelled = tuple[str, Result]
Status = Literal["ok", "small_base", "directional", "hidden", "not_testable"]

LONGEST_TITLE = 90
"""Characters of a title that still stands in two lines."""
ESTIMATE = Key("estimate", message("estimate"))
INTERVAL = Key("interval", message("95% interval"))
HOLLOW = Key("hollow", message("hollow: cannot be told from zero"))


def period(edition: Edition, words: Words) -> str:
    """The period of the audit."""
    return words.period(edition.meta.period_from, edition.meta.period_to)


def sources(edition: Edition, words: Words) -> str:
    """Six sources, or the only one by its name."""
    named = sorted({load.source_id for load in edition.loads if load.records})
    return named[0] if len(named) == 1 else words.plural(len(named), "source", "sources")


def base_line(edition: Edition, words: Words, n: int, what: tuple[str, str]) -> str:
    """Base and sources, as they stand under an exhibit of all sources."""
    return words.say(
        "Base: {records}. Source: {sources}.", records=words.plural(n, *what), sources=sources(edition, words)
    )


def shown_status(result: Result) -> Status:
    """The status a chart draws: bases of 10 to 29 only point a direction, whatever else is sound."""
    if not result.shown:
        return result.status
    drawn: dict[str, Status] = {"": "ok", "*": "small_base", "**": "directional"}
    return drawn[stats.mark(result.n)]


def row(label: str, result: Result) -> charts.Estimate:
    """A row of a chart of estimates."""
    from cxreport.api import charts

    status = shown_status(result)
    return charts.Estimate(label, result.value, result.low, result.high, result.n, status)


def estimates(rows: Sequence[Labelled], words: Words, first: str, value: str, caption: str = "") -> Table:
    """A table of estimates: label, value, interval, base."""
    body = tuple(
        (
            label,
            words.value(r),
            words.interval(r) if r.shown else words.retell(r.reason),
            words.base(r.n) if r.n else "",
        )
        for label, r in rows
    )
    return Table((first, value, words.say("95% interval"), words.say("Base")), body, caption=caption)


def marks_note(results: Iterable[Result], words: Words) -> str:
    """What the marks of small bases mean, for those marks that occur, and why what is directional is so."""
    drawn = list(results)
    doubts = sorted({r.reason for r in drawn if r.status == "directional" and r.reason})
    seen = {stats.mark(r.n) for r in drawn if r.shown}
    said = [
        ("*" in seen, words.say("* n 30\u201399.")),
        ("**" in seen, words.say("** n 10\u201329: shown, not tested or ranked.")),
        (any(r.status == "hidden" for r in drawn), words.say("<{fewest}: too few to show.", fewest=stats.HIDDEN_BELOW)),
        (any(r.status == "not_testable" for r in drawn), words.say("n/t: not testable.")),
        *((True, words.say("Directional, not tested: {doubt}.", doubt=words.retell(doubt))) for doubt in doubts),
    ]
    return " ".join(text for occurs, text in said if occurs)


def sound(result: Result) -> bool:
    """Whether a sentence may rest on it: shown without a mark, with an interval."""
    return result.status == "ok" and result.value is not None and result.low is not None and result.high is not None


def testable(result: Result) -> bool:
    """Whether it may be compared with others at all: shown, more than directional, on thirty or more."""
    return (
        result.shown
        and result.status != "directional"
        and result.low is not None
        and result.high is not None
        and stats.may_test(result.n)
    )


def leaning(result: Result) -> bool:
    """Whether a sentence may at least point its way: sound, or a direction with interval on a base without a mark."""
    bounded = result.value is not None and result.low is not None and result.high is not None
    return sound(result) or (result.status == "directional" and bounded and not stats.mark(result.n))


def unsure(results: Iterable[Result]) -> bool:
    """Whether any of them is shown as a direction only."""
    return any(r.status == "directional" for r in results)


def apart(higher: Result, lower: Result) -> bool:
    """Whether the first clearly exceeds the second: their intervals do not overlap."""
    return higher.low is not None and lower.high is not None and higher.low > lower.high


def signs(rows: Sequence[Labelled], words: Words, kind: tuple[str, str]) -> str:
    """Which rows are clearly negative or positive: by name, or how many of a `kind` where names would be many.

    Only rows that may be tested speak; a row whose interval holds zero is neither.
    """
    tested = [(label, r) for label, r in rows if testable(r)]
    below = [label for label, r in tested if (r.high or 0) < 0]
    above = [label for label, r in tested if (r.low or 0) > 0]
    if not tested and unsure(r for _, r in rows):
        return words.say("Net sentiment can be read as a direction only")
    if not tested:
        return words.say("Too few records to tell net sentiment from zero")
    of = words.plural(len(tested), *kind)
    if not below and not above:
        return words.say("Net sentiment cannot be told from zero at any of {of}", of=of)
    named = _named(below, above, words)
    return named if len(named) <= LONGEST_TITLE else _counted(len(below), len(above), of, words)


def _named(below: Sequence[str], above: Sequence[str], words: Words) -> str:
    """Bags and Crew are clearly negative, Seats is clearly positive."""
    lows, highs = words.join(below), words.join(above)
    low = words.count(len(below), "{rows} is clearly negative", "{rows} are clearly negative", rows=lows)
    high = words.count(len(above), "{rows} is clearly positive", "{rows} are clearly positive", rows=highs)
    named = ", ".join(text for text, rows in ((low, below), (high, above)) if rows)
    return named[0].upper() + named[1:]


def _counted(below: int, above: int, of: str, words: Words) -> str:
    low, high = words.number(below), words.number(above)
    if not above:
        return words.say("Net sentiment is clearly negative for {low} of {of}", low=low, of=of)
    if not below:
        return words.say("Net sentiment is clearly positive for {high} of {of}", high=high, of=of)
    return words.say(
        "Net sentiment is clearly negative for {low} and clearly positive for {high} of {of}", low=low, high=high, of=of
    )


def weight(points: float, reach: float, result: Result) -> float:
    """How early a finding is told: effect in points, times the share of records it is about, times its soundness."""
    return abs(points) / 100 * reach * (1.0 if result.status == "ok" else 0.5)
