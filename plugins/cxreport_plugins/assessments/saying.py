"""Ratings in words: a step of a scale, a range of raters, and the sentence that a system comes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cxreport.api import OPINION, WITHHELD, Assessment, Rated, Words, counted, message

_NONE = "–"
_KINDS = {
    "measure": counted("measure", "measures"), "record": counted("record", "records"),
    "doc": counted("document", "documents"),
}  # fmt: skip
_OTHERS = {OPINION: message("opinion"), WITHHELD: message("not shown in this edition")}


@dataclass(frozen=True)
class Item:
    """One thing that may be rated: a whole assessment or a part of one."""

    title: str
    rated: Rated
    of: Assessment

    @property
    def scale(self) -> Mapping[int, str]:
        """Its steps, from worst to best."""
        return self.of.scale

    @property
    def whole(self) -> bool:
        """Whether it is the whole of its assessment."""
        return self.rated is self.of

    @property
    def listed(self) -> bool:
        """Whether it is a row of the table: a part, or a whole that was rated or has no parts."""
        return not self.whole or self.rated.rated or not self.of.parts


def items(assessments: Sequence[Assessment]) -> list[Item]:
    """Each whole followed by its parts."""
    found: list[Item] = []
    for one in assessments:
        found.append(Item(one.heading, one, one))
        found += [Item(part.title, part, one) for part in one.parts]
    return found


def step(item: Item, rating: int, words: Words) -> str:
    """`2 partial`, the number not parted from its word."""
    return f"{rating}\u00a0{words.say(item.scale[rating])}"


def agreed(item: Item, words: Words) -> str:
    """The step agreed on; that there is none; or that nobody rated it."""
    if item.rated.rating is not None:
        return step(item, item.rated.rating, words)
    return words.say("not agreed") if item.rated.rated else _NONE


def spread(item: Item, words: Words) -> str:
    """What the raters gave, as a range, and how many they were."""
    given = item.rated.range
    if given is None or not item.rated.raters:
        return _NONE
    who = words.plural(len(item.rated.raters), "rater", "raters")
    low, high = given
    return f"{low if low == high else words.say('{low} to {high}', low=low, high=high)} ({who})"


def differ(item: Item) -> bool:
    """Whether raters gave different steps."""
    return item.rated.range is not None and item.rated.range[0] < item.rated.range[1]


def rests_on(item: Item, words: Words) -> str:
    """The kinds of its evidence: `2 measures, 1 document`, or `opinion`."""
    kinds = [link.partition(":")[0] for link in item.rated.evidence]
    named = [words.plural(kinds.count(kind), *forms) for kind, forms in _KINDS.items() if kind in kinds]
    return ", ".join([*named, *(words.say(text) for kind, text in _OTHERS.items() if kind in kinds)]) or _NONE


def missing(found: Sequence[Item]) -> int:
    """Facts that were left empty."""
    return sum(not text for item in found for text in item.rated.facts.values())


def sentence(system: str, found: Sequence[Item], words: Words) -> str:
    """What a system comes to: its rating, where it is weakest, or what was listed and what is missing."""
    wholes = [item for item in found if item.whole and item.rated.rated]
    parts = [item for item in found if not item.whole and item.rated.rated]
    said = [_one(wholes[0], words)] if len(wholes) == 1 else []
    rated = [*wholes, *parts] if len(wholes) > 1 else parts
    said += [_ends(rated, words)] if len(rated) > 1 else []
    said += [] if said else [_listed([item for item in found if item.listed], words)]
    lack = missing(found)
    if lack:
        said.append(words.count(lack, "{n}\u00a0fact is missing", "{n}\u00a0facts are missing"))
    return f"{system}: {'; '.join(said)}"


def _listed(found: Sequence[Item], words: Words) -> str:
    minutes = [item.rated.facts["minutes"] for item in found if item.rated.facts.get("minutes", "").isdigit()]
    entries = words.plural(len(found), "entry", "entries")
    if not minutes:
        return entries
    took = words.plural(sum(map(int, minutes)), "minute", "minutes")
    return words.say("{entries} in {minutes}", entries=entries, minutes=took)


def _one(item: Item, words: Words) -> str:
    low, high = item.rated.range or (0, 0)
    agreed = low if item.rated.rating is None else item.rated.rating
    if low == high:
        return words.say(item.scale[agreed])
    return words.say(
        "raters differ, {low} to {high}" if item.rated.rating is None else "{step} (raters: {low} to {high})",
        step=words.say(item.scale[agreed]), low=words.say(item.scale[low]), high=words.say(item.scale[high]),
    )  # fmt: skip


def _ends(rated: Sequence[Item], words: Words) -> str:
    """The weakest by what was agreed on, else by the lowest that was given."""
    least = min(map(_level, rated))
    weakest = [item for item in rated if _level(item) == least]
    word, every = words.say(weakest[0].scale[least]), words.number(len(rated))
    if len(weakest) == len(rated):
        return words.say("all {n} at “{step}”", n=every, step=word)
    if len(weakest) == 1:
        return words.say("weakest is “{title}”, at “{step}”", title=words.say(weakest[0].title), step=word)
    some = words.number(len(weakest))
    return words.say("{some} of {every} no better than “{step}”", some=some, every=every, step=word)


def _level(item: Item) -> int:
    low = (item.rated.range or (0, 0))[0]
    return low if item.rated.rating is None else item.rated.rating
