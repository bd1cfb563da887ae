"""Which verbatims are shown: balanced, typical in length, nobody twice."""

from __future__ import annotations

from dataclasses import dataclass

from cxreport.api import MOMENTS, Edition, Evidence, Words
from cxreport_plugins.common.quotes import LONGEST, SHORTEST, TYPICAL, distinct, quotable

PER_SIDE = 3
NONE = "none"


def rule(words: Words) -> str:
    """The rule in words, as the page prints it."""
    return words.say(
        "For each moment, records of {shortest} to {longest} characters, those nearest to {typical} first, then by the "
        "smallest id. As many negative as positive ones, {most} of each at most; one, where the other side has none. "
        "Nobody is quoted twice, as far as authors are known, and nothing is said twice.",
        shortest=SHORTEST, longest=LONGEST, typical=TYPICAL, most=PER_SIDE,
    )  # fmt: skip


@dataclass(frozen=True)
class Voiced:
    """The verbatims of one moment."""

    moment: str
    negative: tuple[Evidence, ...]
    positive: tuple[Evidence, ...]

    @property
    def records(self) -> tuple[Evidence, ...]:
        """Negative and positive in turn."""
        pairs = zip(self.negative, self.positive, strict=False)
        paired = [record for pair in pairs for record in pair]
        return (*paired, *(r for r in (*self.negative, *self.positive) if r not in paired))


def voiced(edition: Edition) -> list[Voiced]:
    """The verbatims of each moment that has any, in the order of the journey."""
    candidates = quotable(edition)
    taken: list[Evidence] = []
    found = []
    for moment in (*MOMENTS, NONE):
        here = [c for c in candidates if (c.moment or NONE) == moment]
        group = _balanced(moment, here, taken)
        taken += group.records
        found.append(group)
    return [group for group in found if group.records]


def _balanced(moment: str, candidates: list[Evidence], taken: list[Evidence]) -> Voiced:
    negative = distinct((c for c in candidates if c.sentiment == "negative"), PER_SIDE, taken)
    positive = distinct((c for c in candidates if c.sentiment == "positive"), PER_SIDE, [*taken, *negative])
    count = max(1, min(len(negative), len(positive)))
    return Voiced(moment, tuple(negative[:count]), tuple(positive[:count]))
