"""Prospects: a figure today beside what it is expected to come to."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cxreport.api import Edition, Expected, Result, Words, message

CLEAR, BEGINS, REACHED, UNKNOWN = "clear", "begins", "reached", "unknown"
READINGS = {
    CLEAR: message("Far enough from today’s figure to be told"),
    BEGINS: message("Its near end could not be told from no change"),
    REACHED: message("Today’s value already lies in it"),
}


@dataclass(frozen=True)
class Prospect:
    """One expected change and the result by which it is measured; None where this edition has none."""

    expected: Expected
    result: Result | None

    @property
    def kind(self) -> str:
        """How the expected range lies to what is known today.

        `clear`: an audit of the same size can hope to tell its near end from today's value, for it lies further off
        than the limits of a difference of two such figures (√2 times today's limit: MOVER, Zou & Donner 2008);
        `begins`: it cannot; `reached`: today's value is in it; `unknown`: there is no figure today.
        """
        result = self.result
        if result is None or not result.shown or result.value is None:
            return UNKNOWN
        if self.expected.low <= result.value <= self.expected.high:
            return REACHED
        rises = self.expected.low > result.value
        near, limit = (self.expected.low, result.high) if rises else (self.expected.high, result.low)
        known = limit is not None and abs(near - result.value) > math.sqrt(2) * abs(limit - result.value)
        return CLEAR if known else BEGINS


def prospect(edition: Edition, expected: Expected) -> Prospect:
    """The expected change beside today's figure."""
    results = (r for found in edition.measures.values() for r in found)
    return Prospect(expected, next((r for r in results if r.key == expected.measure), None))


def name(one: Prospect, edition: Edition, words: Words) -> str:
    """What is measured, in words."""
    measure, _, dims = one.expected.measure.partition("[")
    title = words.say(edition.infos[measure].title) if measure in edition.infos else measure
    parts = [part.partition("=") for part in dims.removesuffix("]").split(",") if part]
    told = [_part(words, dim, value) for dim, _, value in parts]
    return f"{title} ({', '.join(told)})" if told else title


def _part(words: Words, dim: str, value: str) -> str:
    if dim == "channel":
        return words.channel(value)
    return words.moment(value) if dim == "moment" else f"{dim} {value}"


def today(one: Prospect, words: Words) -> str:
    """Today's figure with its interval."""
    result = one.result
    if result is None:
        return "–"
    interval = words.interval(result) if result.value is not None and result.low is not None else ""
    return f"{words.value(result)} ({interval})" if interval and result.shown else words.value(result)


def wanted(one: Prospect, words: Words) -> str:
    """The expected range."""
    if one.result is None:
        return "–"
    low, high = (words.amount(end, one.result.unit) for end in (one.expected.low, one.expected.high))
    return low if low == high else words.say("{low} to {high}", low=low, high=high)


def reading(one: Prospect, words: Words) -> str:
    """What can be told of the change, in words."""
    if one.kind == UNKNOWN:
        reason = one.result.reason if one.result is not None else ""
        told = words.say("There is no figure today")
        return f"{told}: {words.retell(reason)}" if reason else told
    return words.say(READINGS[one.kind])
