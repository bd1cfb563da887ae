"""The section `voices`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from cxreport.api import MOMENTS, Edition, Exhibit, Page, Result, Section, SectionView, Table, Words
from cxreport_plugins.common.say import period
from cxreport_plugins.voices.choice import NONE, Voiced, rule, voiced

PAGE = Page("voices", "Voice of the customer", "Customers", 70)


class Voices(Section):
    """Redacted verbatims of each moment, the rule that chose them, and how many they are of how many."""

    name: ClassVar[str] = "voices"
    page: ClassVar[Page] = PAGE
    order: ClassVar[int] = 10

    def view(self, edition: Edition, words: Words) -> SectionView:
        """How many records are quoted."""
        groups = voiced(edition)
        return SectionView(
            id=self.name,
            title=_heading(edition, groups, words),
            lede=rule(words) if groups else _why_none(edition, words),
            meta=words.say("{period}. Names, handles and numbers are redacted.", period=period(edition, words)),
            notes=tuple(_withheld(edition, words)),
            data={"groups": [_group(group, words) for group in groups]},
        )

    def exhibits(self, edition: Edition, words: Words) -> Sequence[Exhibit]:
        """How many records there are of each moment, and how many of them are quoted."""
        groups = voiced(edition)
        counts = {moment: _count(edition, moment) for moment in (*MOMENTS, NONE)}
        if groups:
            return [_selection(edition, groups, counts, words)]
        return [_counts(edition, counts, words)] if any(r is not None for r in counts.values()) else []


Counts = dict[str, Result | None]


def _count(edition: Edition, moment: str) -> Result | None:
    return edition.get("journey.moments", moment=moment, part="records")


def _selection(edition: Edition, groups: Sequence[Voiced], counts: Counts, words: Words) -> Exhibit:
    rows = []
    for moment, count in counts.items():
        group = next((g for g in groups if g.moment == moment), Voiced(moment, (), ()))
        sides = (words.number(len(side)) for side in (group.negative, group.positive))
        rows.append((_title(moment, words), _told(count, words), *sides))
    return Exhibit(
        id="voices.selection",
        heading=words.say("What the quotes were chosen from"),
        title=_balance(groups, words),
        subtitle=words.say("Customer records and quoted records by moment. {period}", period=period(edition, words)),
        table=Table(
            (words.say("Moment"), words.say("Records"), words.say("Quoted, negative"), words.say("Quoted, positive")),
            tuple(rows),
            caption=words.say("Selection"),
        ),
        source=words.say(
            "Chosen from the records that this edition holds, {records}: a few of each source, channel, moment and "
            "sentiment.",
            records=words.number(len(edition.evidence)),
        ),
    )


def _counts(edition: Edition, counts: Counts, words: Words) -> Exhibit:
    """What can be shown where nobody may be quoted."""
    known = [(moment, r) for moment, r in counts.items() if r is not None and r.shown and r.value]
    title = words.say("No moment has records that may be counted here")
    if known:
        moment, most = max(known, key=lambda item: item[1].value or 0)
        count, place = int(most.value or 0), _title(moment, words)
        title = words.count(
            count, "{n}\u00a0record is about {moment}, the most of all",
            "{n}\u00a0records are about {moment}, the most of all", moment=place,
        )  # fmt: skip
        if moment == NONE:
            title = words.count(
                count, "Nothing tells the moment of {n}\u00a0record, the most of all",
                "Nothing tells the moment of {n}\u00a0records, the most of all",
            )  # fmt: skip
    return Exhibit(
        id="voices.counts",
        heading=words.say("Records by moment"),
        title=title,
        subtitle=words.say("Customer records by moment. {period}", period=period(edition, words)),
        results=tuple(r for _, r in known),
        table=Table(
            (words.say("Moment"), words.say("Records")),
            tuple((_title(m, words), _told(r, words)) for m, r in counts.items()),
            caption=words.say("Records by moment"),
        ),
    )  # fmt: skip


def _told(count: Result | None, words: Words) -> str:
    return "" if count is None else words.value(count)


def _total(edition: Edition) -> int:
    return edition.waterfall[-1].left if edition.waterfall else len(edition.evidence)


def _quoted(groups: Sequence[Voiced]) -> int:
    return sum(len(group.records) for group in groups)


def _heading(edition: Edition, groups: Sequence[Voiced], words: Words) -> str:
    if not groups:
        return words.say("No customer is quoted in this edition")
    quoted, total = _quoted(groups), max(_total(edition), _quoted(groups))
    return words.count(
        quoted, "{n} of {records} is quoted here, chosen by a rule",
        "{n} of {records} are quoted here, chosen by a rule", records=words.plural(total, "record", "records"),
    )  # fmt: skip


def _why_none(edition: Edition, words: Words) -> str:
    if edition.profile == "public":
        kept = edition.withheld.get("verbatims", 0)
        return words.say(
            "The public edition shows counts only: the words of {records} are withheld, for they lead to people.",
            records=words.plural(kept, "record", "records"),
        )
    if not any(record.text for record in edition.evidence):
        return words.say("No record has a redacted text, and nothing is shown that was not redacted.")
    return words.say("No record fits the rule by which quotes are chosen.")


def _withheld(edition: Edition, words: Words) -> list[str]:
    """What the profile kept back of the records."""
    beyond = edition.withheld.get("posts beyond X's limit", 0)
    if not beyond:
        return []
    return [
        words.count(
            beyond, "{n}\u00a0post of X is kept back: its terms limit how many may be passed on.",
            "{n}\u00a0posts of X are kept back: its terms limit how many may be passed on.",
        )
    ]  # fmt: skip


def _balance(groups: Sequence[Voiced], words: Words) -> str:
    negative, positive = sum(len(g.negative) for g in groups), sum(len(g.positive) for g in groups)
    if negative == positive:
        return words.say("As many negative as positive records are quoted: {each} of each", each=words.number(negative))
    return words.count(
        positive, "{negative} negative and {n}\u00a0positive record is quoted",
        "{negative} negative and {n}\u00a0positive records are quoted", negative=words.number(negative),
    )  # fmt: skip


def _title(moment: str, words: Words) -> str:
    return words.moment(moment, long=True)


def _group(group: Voiced, words: Words) -> dict[str, Any]:
    return {"id": group.moment, "title": _title(group.moment, words), "records": group.records}
