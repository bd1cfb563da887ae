"""The exhibit of first responses: the share answered, by time since posting."""

from __future__ import annotations

from typing import Any, Final

from cxreport.api import Edition, Exhibit, Result, Words
from cxreport_plugins.common import say

RATE, TIME = "care.response_rate", "care.first_response_time"
WAITED: Final = {"1 hour": 60, "4 hours": 240, "1 day": 1440, "7 days": 10080}
"""How the measure names its waits, and their minutes."""


def headline(rate: Result, words: Words) -> str:
    """Never more than the interval allows."""
    low, high = rate.low or 0.0, 1.0 if rate.high is None else rate.high
    if high < 0.5:
        return words.say("More than half of the customers who write in public never get an answer")
    if low > 0.5:
        return words.say(
            "{share} of the customers who write in public get an answer", share=words.share(rate.value or 0)
        )
    return words.say("About half of the customers who write in public get an answer")


def curve_of(edition: Edition, words: Words, plain: bool = False) -> Exhibit | None:
    """The curve, titled by the share ever answered; `plain` names what it shows instead."""
    series, rate = edition.get(TIME, curve="all"), edition.get(RATE)
    if series is None or not series.shown or not series.rows:
        return None
    points = [dict(row) for row in series.rows]
    shares = [(within, found) for within in WAITED if (found := edition.get(TIME, within=within))]
    rows = [(waited(within, words), result) for within, result in shares if result.testable]
    told = [(words.share(r.value), within) for within, r in rows if r.value is not None]
    said = ", ".join(words.say("{share} within {time}", share=share, time=within) for share, within in told)

    def draw(tokens: Any, size: Any) -> Any:
        from cxreport.api import charts

        instants = [charts.Instant(p["minutes"], p["share"], p["low"], p["high"]) for p in points]
        return charts.response_curve(instants, tokens, size, words=words)

    title = headline(rate, words) if rate and rate.shown else words.say("How soon customers are answered in public")
    return Exhibit(
        id="care.curve",
        title=words.say("Share answered, by time since posting") if plain else title,
        subtitle=words.say("Kaplan–Meier estimate of the share answered, by days since the customer wrote"),
        results=(series, *(r for _, r in rows)),
        table=say.estimates(rows, words, words.say("Answered within"), words.say("Share")),
        chart=draw,
        alt=words.say("Response curve of first public records by time since posting. {shares}.", shares=said),
        note=" ".join(part for part in (_waiting(words), _base(edition, words)) if part),
        keys=(say.INTERVAL,),
        source=say.base_line(edition, words, series.n, ("first public record", "first public records")),
        heading=words.say("Share answered, by time since posting"),
    )  # fmt: skip


def waited(within: str, words: Words) -> str:
    """A wait that the measure names, as the report's language has it."""
    return words.duration(WAITED[within])


def _waiting(words: Words) -> str:
    return words.say("Hatched: not answered. Unanswered records count as still waiting.")


def _base(edition: Edition, words: Words) -> str:
    """Why the waits and the share answered have different bases."""
    rate, series, untimed = edition.get(RATE), edition.get(TIME, curve="all"), edition.get(TIME, left_out="untimed")
    if rate is None or not rate.shown or series is None:
        return ""
    left_out = int((untimed.value if untimed is not None else 0) or 0)
    young, said = series.n + left_out - rate.n, []
    if young > 0:
        recent = words.plural(young, "record", "records")
        said.append(words.say(
            "{recent} so recent that an answer may still come count here as waiting, but not in the share answered "
            "({base}).", recent=recent, base=words.base(rate.n),
        ))  # fmt: skip
    if left_out:
        lost = words.plural(left_out, "record", "records")
        said.append(words.say("{lost} without a time, or with an answer without one, cannot be timed.", lost=lost))
    return " ".join(said)
