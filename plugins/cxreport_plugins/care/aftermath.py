"""Exhibits of what becomes of those who write: seen, answered, resolved; the last word; and what else was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cxreport.api import Edition, Exhibit, Result, Table, Words, message
from cxreport_plugins.care.fates import WORDS
from cxreport_plugins.common import say

RESOLUTION, RECOVERY, TIME = "care.resolution", "care.recovery", "care.first_response_time"
STAGES: Final = {
    "seen": message("Seen"), "answered": message("Answered in substance"), "resolved": message("Resolved")
}  # fmt: skip
ARMS: Final = {"yes": message("Answered complaints"), "no": message("Unanswered complaints")}
COLUMNS: Final = (
    message("Complaints"), message("Negative"), message("Neither"), message("Positive"), message("No word"),
    message("Base"),
)  # fmt: skip
SAID: Final = WORDS[:3]
SELECTION: Final = message(
    "Brands answer easier cases, and those who write again are not like the silent: the difference is not what an "
    "answer causes."
)
ASKED: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    (message("Median wait, business hours only"), TIME, {"clock": "business"}),
    (message("Median wait after coming back"), TIME, {"turn": "reopened"}),
    (message("Answered within the service level"), TIME, {"within": "target"}),
    (message("Praise answered"), "care.praise", {"tone": "positive"}),
    (message("Complaints answered"), "care.praise", {"tone": "negative"}),
    (message("Praise against complaints, points"), "care.praise", {"part": "gap"}),
    (message("Large audiences answered"), "care.equity", {"tier": "large"}),
    (message("Small audiences answered"), "care.equity", {"tier": "small"}),
    (message("Large against small audiences, points"), "care.equity", {"part": "gap"}),
    (message("Answers per answered record"), "care.conversation", {}),
    (message("Customer wrote again after an answer"), "care.conversation", {"part": "continued"}),
    (message("Asked to go on in private"), "care.conversation", {"part": "private"}),
    (message("Three public answers or more"), "care.conversation", {"part": "public_exchange"}),
    (message("Answers that mend, make good or promise to follow up"), "care.recovery_elements", {}),
    (message("Complaints that tell of an earlier failed contact"), "care.escalation", {}),
    (message("Written out of hours"), "care.out_of_hours", {}),
    (message("Out of hours against in hours answered, points"), "care.out_of_hours", {"part": "gap"}),
    (message("Records on channels where the brand answers"), "care.coverage", {}),
    (message("Reactive share of what the brand writes"), "care.two_way", {}),
)


def stages(edition: Edition, words: Words) -> Exhibit | None:
    """Three rates; what is unknown widens them."""
    found = [(words.say(label), edition.get(RESOLUTION, stage=stage)) for stage, label in STAGES.items()]
    rows = [(label, r) for label, r in found if r is not None]
    if len(rows) < len(STAGES) or not all(r.shown for _, r in rows):
        return None

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        bars = [charts.Estimate(label, r.value, r.low, r.high, r.n) for label, r in rows]
        return charts.range_bars(bars, tokens, size, unit="share", words=words, domain=(0, 1))

    seen, _, resolved = (r for _, r in rows)
    body = tuple((label, words.value(r), words.interval(r), words.base(r.n)) for label, r in rows)
    return Exhibit(
        id="care.stages",
        title=words.say(
            "{seen} are seen; at least {least}, at most {most} are helped",
            seen=words.share(seen.value or 0),
            least=words.share(resolved.low or 0),
            most=words.share(resolved.high or 0),
        ),
        subtitle=words.say("Share of first public records; bars of the latter two are bounds for what is unknown"),
        results=tuple(r for _, r in rows),
        table=Table((words.say("Stage"), words.say("Share"), words.say("Interval or bounds"), words.say("Base")), body),
        chart=draw,
        alt=words.say(
            "Range bars of three rates. {rates}.", rates="; ".join(f"{label} {words.interval(r)}" for label, r in rows)
        ),
        note=" ".join(
            part
            for part in (
                words.say(
                    "Unknown: answers that ask to go on in private, and customers who say no more or nothing clear."
                ),
                say.marks_note([r for _, r in rows], words),
            )
            if part
        ),
        source=say.base_line(edition, words, seen.n, ("first public record", "first public records")),
        heading=words.say("Seen, answered, resolved"),
    )


def last_word(edition: Edition, words: Words) -> Exhibit | None:
    """How complaints end, with an answer and without, among customers who say more."""
    arms = [(words.say(label), answered, _ended(edition, answered)) for answered, label in ARMS.items()]
    rows = [(label, answered, ended) for label, answered, ended in arms if ended is not None]
    if not rows:
        return None

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        splits = [charts.Split(label, _among(ended), _heard(ended)) for label, _, ended in rows]
        return charts.diverging_bars(splits, tokens, size, words=words)

    body = tuple(
        (label, *(words.share(r.value or 0) for r in ended), words.base(ended[0].n)) for label, _, ended in rows
    )
    recovery = edition.get(RECOVERY)
    return Exhibit(
        id="care.last_word",
        title=_title(recovery, edition.get(RECOVERY, answered="no"), words),
        subtitle=words.say(
            "Last public word after a complaint, of customers who wrote again: negative, neither, positive"
        ),
        results=(*(r for _, _, ended in rows for r in ended), *([recovery] if recovery else [])),
        table=Table(tuple(map(words.say, COLUMNS)), body, caption=words.say("Of all complaints")),
        chart=draw,
        alt=words.say(
            "Divided bars of last words. {title}.",
            title=_title(recovery, edition.get(RECOVERY, answered="no"), words),
        ),
        note=f"{words.say(SELECTION)} {_silent(rows, words)}",
        source=say.base_line(
            edition, words, sum(e[0].n for _, _, e in rows), ("public complaint", "public complaints")
        ),
        heading=words.say("The last word after a complaint"),
    )


def asked(edition: Edition, words: Words) -> Exhibit | None:
    """Everything else that care was asked, in one table."""
    found = [(words.say(label), edition.get(measure, **dims)) for label, measure, dims in ASKED]
    rows = [(label, r) for label, r in found if r is not None]
    if not any(r.shown for _, r in rows):
        return None
    return Exhibit(
        id="care.else",
        title=words.say("What else was asked"),
        subtitle=words.say("Service in public, {period}", period=say.period(edition, words)),
        results=tuple(r for _, r in rows),
        table=say.estimates(rows, words, words.say("Question"), words.say("Value")),
        note=say.marks_note([r for _, r in rows], words),
        source=words.say("Source: {sources}. The base of each stands beside it.", sources=say.sources(edition, words)),
    )


def _ended(edition: Edition, answered: str) -> list[Result] | None:
    """Shares of negative, neutral, positive and no last word of one group; None where too few say any."""
    found = [edition.get(RECOVERY, answered=answered, word=word) for word in WORDS]
    shares = [r for r in found if r is not None and r.shown and r.value is not None]
    return shares if len(shares) == len(WORDS) and _heard(shares) >= 10 else None


def _heard(ended: Sequence[Result]) -> int:
    """How many of the group said anything more."""
    return round(ended[0].n * (1 - (ended[-1].value or 0)))


def _among(ended: Sequence[Result]) -> tuple[float, ...]:
    """Shares among those who said anything."""
    said = [r.value or 0.0 for r in ended[: len(SAID)]]
    return tuple(value / sum(said) for value in said)


def _title(recovery: Result | None, other: Result | None, words: Words) -> str:
    if recovery is None or not recovery.shown or recovery.value is None:
        return words.say("How complaints end, with an answer and without")
    share = words.share(recovery.value)
    if other is None or not say.testable(other) or not say.testable(recovery) or not say.apart(recovery, other):
        return words.say("{share} of those who write again after an answer end on a good word", share=share)
    return words.say(
        "{share} of those who write again after an answer end on a good word; without one {other}",
        share=share, other=words.share(other.value or 0),
    )  # fmt: skip


def _silent(rows: Sequence[tuple[str, str, list[Result]]], words: Words) -> str:
    """How many say no more, who are not drawn."""
    told = [f"{label.lower()} {words.share(ended[-1].value or 0)}" for label, _, ended in rows]
    return words.say("Not drawn, because they wrote no more: {shares}.", shares=words.join(told))
